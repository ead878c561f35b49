//! Direct debits that came back, by the reason codes of ISO 20022 as the SEPA rulebooks use them.

use maan_policy::slots::WorkflowCase;
use maan_policy::types::Mandate;

/// What a return code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Return {
    /// No funds: contact.
    NoFunds,
    /// The debtor or their bank objects, or there is no mandate: a person looks.
    Disputed,
    /// The account is closed, blocked, unknown or takes no debits: another mandate is needed.
    AccountClosed,
    /// Technical or unknown: a person looks, and the flow goes on.
    Other,
}

/// What a code asks for.
pub(crate) fn returned(code: &str) -> Return {
    match code {
        "AM04" => Return::NoFunds,
        "MD01" | "MD06" | "MD07" | "MS02" | "SL01" => Return::Disputed,
        "AC01" | "AC04" | "AC06" | "AC13" | "AG01" | "BE05" | "MD02" | "RC01" => Return::AccountClosed,
        _ => Return::Other,
    }
}

/// Code of the task that a return gives.
pub(crate) const fn task(what: Return) -> Option<&'static str> {
    match what {
        Return::NoFunds => None,
        Return::Disputed => Some("debit-disputed"),
        Return::AccountClosed => Some("new-mandate"),
        Return::Other => Some("debit-returned"),
    }
}

/// Whether no later debit was tried on the item.
pub(crate) fn is_latest(case: &WorkflowCase, mandate: &Mandate) -> bool {
    !case
        .mandates
        .iter()
        .flatten()
        .any(|other| other.item == mandate.item && other.collection_day > mandate.collection_day)
}
