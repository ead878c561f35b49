//! What stops a debtor's flow, and what lets single items rest. Leaving one out of the settings switches it off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stops all steps for a debtor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StopCause {
    /// An own company or a member of staff.
    Relation,
    /// Bankruptcy, moratorium, debt scheme, guardianship, death, dissolution.
    Legal,
    /// Debt help, recorded as a situation or spoken of.
    DebtHelp,
    /// A rest ordered for the debtor.
    Paused,
    /// A reply that nobody has handled.
    Reply,
}

impl StopCause {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Relation,
        Self::Legal,
        Self::DebtHelp,
        Self::Paused,
        Self::Reply,
    ];
}

/// What lets single items rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RestCause {
    /// The disputed part.
    Disputed,
    /// The part that is factored, retained, on a blocked account, prepaid, or for which a credit is expected.
    Withheld,
    /// Covered by credits or money that is not allocated.
    Covered,
    /// Covered by what we owe the same party.
    SetOff,
    /// A rest ordered for the item.
    Paused,
    /// An extension of the term.
    Extended,
    /// A promise that still holds.
    Promised,
    /// A payment plan.
    InPlan,
    /// A direct debit that can still come back.
    DirectDebit,
    /// The invoice never validly arrived.
    NotDelivered,
    /// An offer to which the debtor can still answer.
    OfferOpen,
    /// An answer that has to be looked into.
    Answered,
}

impl RestCause {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Disputed,
        Self::Withheld,
        Self::Covered,
        Self::SetOff,
        Self::Paused,
        Self::Extended,
        Self::Promised,
        Self::InPlan,
        Self::DirectDebit,
        Self::NotDelivered,
        Self::OfferOpen,
        Self::Answered,
    ];
}
