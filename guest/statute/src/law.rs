//! Whose law applies.

use maan_policy::country::NL;
use maan_policy::slots::StatuteCase;
use maan_policy::types::{Context, Country, DebtorKind};

/// A law that this policy knows, or the country of one that it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Dutch law.
    Netherlands,
    /// Not covered: no fee and no interest.
    Uncovered(Country),
}

impl Law {
    /// The country of the law.
    pub fn country(self) -> Country {
        match self {
            Self::Netherlands => NL,
            Self::Uncovered(country) => country,
        }
    }
}

/// Between businesses the law chosen in the contract, else that of the seller's country (Regulation (EC) 593/2008,
/// Rome I, art. 3 and 4). For a consumer the law of the own country, whose protection no choice takes away (art. 6).
pub fn applicable(context: &Context, case: &StatuteCase) -> Law {
    let country = if has_consumer_protection(case.debtor.kind) {
        case.debtor.country
    } else {
        case.agreement.applicable_law.unwrap_or(context.creditor.country)
    };
    if country == NL {
        Law::Netherlands
    } else {
        Law::Uncovered(country)
    }
}

/// Whether the debtor has the protection of a consumer; one of unknown kind has.
pub fn has_consumer_protection(kind: DebtorKind) -> bool {
    matches!(kind, DebtorKind::Consumer | DebtorKind::Unknown)
}

/// Whether the debtor is, or may be, a natural person.
pub fn is_natural_person(kind: DebtorKind) -> bool {
    has_consumer_protection(kind) || kind == DebtorKind::SoleTrader
}
