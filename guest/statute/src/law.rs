//! Whose law applies.

use crate::countries::{be, de, elsewhere, eu, fr, gb, lu, nl};
use crate::regime::Regime;
use maan_policy::country::{BE, DE, FR, GB, LU, NL};
use maan_policy::slots::StatuteCase;
use maan_policy::types::{Context, Country, DebtorKind};

/// A law that this policy knows, or the country of one that it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Dutch law.
    Netherlands,
    /// Belgian law.
    Belgium,
    /// German law.
    Germany,
    /// French law.
    France,
    /// Luxembourg law.
    Luxembourg,
    /// The law of the United Kingdom.
    UnitedKingdom,
    /// Another member state of the European Union: what its directives give at least.
    Union(Country),
    /// Not covered: no fee and no interest.
    Uncovered(Country),
}

impl Law {
    /// The law of a country.
    pub fn of(country: Country) -> Self {
        match country {
            NL => Self::Netherlands,
            BE => Self::Belgium,
            DE => Self::Germany,
            FR => Self::France,
            LU => Self::Luxembourg,
            GB => Self::UnitedKingdom,
            _ if eu::is_member(country) => Self::Union(country),
            _ => Self::Uncovered(country),
        }
    }

    /// The country of the law.
    pub fn country(self) -> Country {
        match self {
            Self::Netherlands => NL,
            Self::Belgium => BE,
            Self::Germany => DE,
            Self::France => FR,
            Self::Luxembourg => LU,
            Self::UnitedKingdom => GB,
            Self::Union(country) | Self::Uncovered(country) => country,
        }
    }

    /// What it gives against a kind of debtor.
    pub fn regime(self, kind: DebtorKind) -> &'static Regime {
        let consumer = has_consumer_protection(kind);
        match self {
            Self::Netherlands => nl::regime(kind),
            Self::Belgium if consumer => &be::CONSUMER,
            Self::Belgium => &be::BUSINESS,
            Self::Germany if consumer => &de::CONSUMER,
            Self::Germany => de::business(kind),
            Self::France => fr::regime(kind),
            Self::Luxembourg if consumer => &lu::CONSUMER,
            Self::Luxembourg => &lu::BUSINESS,
            Self::UnitedKingdom if consumer => &gb::CONSUMER,
            Self::UnitedKingdom => &gb::BUSINESS,
            Self::Union(country) => eu::regime(country, consumer),
            Self::Uncovered(_) => &elsewhere::ANYONE,
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
    Law::of(country)
}

/// Whether the debtor has the protection of a consumer; one of unknown kind has.
pub fn has_consumer_protection(kind: DebtorKind) -> bool {
    matches!(kind, DebtorKind::Consumer | DebtorKind::Unknown)
}

/// Whether the debtor is, or may be, a natural person.
pub fn is_natural_person(kind: DebtorKind) -> bool {
    has_consumer_protection(kind) || kind == DebtorKind::SoleTrader
}
