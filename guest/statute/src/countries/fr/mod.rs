//! France: art. L441-10 Code de commerce between businesses, the legal rate from the formal notice towards consumers,
//! who bear no collection costs.
//!
//! Choices where the law is silent: interest is simple over the days of the calendar year; the day of payment bears
//! none. An agreed rate below three times the legal rate stays as agreed, the lower amount.

pub mod rates;

use crate::holidays::Feast;
use crate::law::has_consumer_protection;
use crate::rates::{REFERENCE, Table};
use crate::regime::{
    Agreed, Interest, Limitation, LimitationStart, LimitationTerm, LumpSum, REFERENCE_AND_EIGHT, Regime,
    Start, forty,
};
use crate::verdict::Source;
use maan_policy::EUR;
use maan_policy::types::DebtorKind;

const COMMERCE: &str = "Code de commerce, legifrance.gouv.fr";
const CIVIL: &str = "Code civil, legifrance.gouv.fr";
const PROCUREMENT: &str = "Code de la commande publique, legifrance.gouv.fr";

const PENALTIES: Source = Source::new("art. L441-10 II Code de commerce", COMMERCE);
const LUMP_SUM: Source = Source::new("art. D441-5 Code de commerce", COMMERCE);
const PUBLIC_INTEREST: Source = Source::new("art. R2192-31 Code de la commande publique", PROCUREMENT);
const PUBLIC_LUMP_SUM: Source = Source::new("art. D2192-35 Code de la commande publique", PROCUREMENT);
const LEGAL_INTEREST: Source = Source::new("art. 1231-6 Code civil", CIVIL);
const LEGAL_RATE: Source = Source::new(
    "art. L313-2 Code monétaire et financier",
    "arrêtés by half-year, latest of 15 December 2025, JORF 26 December 2025",
);
const IMPUTATION: Source = Source::new("art. 1343-1 Code civil", CIVIL);
const NO_COSTS: Source = Source::new(
    "art. L111-8 Code des procédures civiles d'exécution",
    "legifrance.gouv.fr",
);

/// Public holidays: art. L3133-1 Code du travail.
pub const HOLIDAYS: [Feast; 11] = [
    Feast::On(1, 1),
    Feast::Easter(1),
    Feast::On(5, 1),
    Feast::On(5, 8),
    Feast::Easter(39),
    Feast::Easter(50),
    Feast::On(7, 14),
    Feast::On(8, 15),
    Feast::On(11, 1),
    Feast::On(11, 11),
    Feast::On(12, 25),
];

const OF_CONSUMERS: Interest = Interest {
    start: Start::AfterDemand,
    code: "interest-statutory",
    verified_through: rates::LEGAL_VERIFIED_THROUGH,
    ..Interest::simple(Table::of(&rates::LEGAL), &[LEGAL_INTEREST, LEGAL_RATE])
};

const CONSUMER: Regime = Regime {
    interest: Some(OF_CONSUMERS),
    imputation: &[IMPUTATION],
    ..Regime::nothing(
        &[NO_COSTS],
        Some(Limitation {
            term: BIENNIAL,
            sale: BIENNIAL,
            from: LimitationStart::Issued,
            letter_interrupts: false,
        }),
    )
};

const BUSINESS: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: forty,
        for_each: true,
        currency: EUR,
        sources: &[PENALTIES, LUMP_SUM],
    }),
    interest: Some(Interest::simple(
        Table {
            rows: &REFERENCE,
            plus: 10_00,
        },
        &[PENALTIES],
    )),
    statutory: Some(OF_CONSUMERS),
    imputation: &[IMPUTATION],
    agreed: Agreed::Replaces,
    longest_term: Some(60),
    ..Regime::nothing(
        &[PENALTIES, LUMP_SUM],
        Some(Limitation {
            term: FIVE_YEARS,
            sale: FIVE_YEARS,
            from: LimitationStart::Due,
            letter_interrupts: false,
        }),
    )
};

/// Public buyers pay the reference rate plus 8 points.
const PUBLIC_BODY: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: forty,
        for_each: true,
        currency: EUR,
        sources: &[PUBLIC_LUMP_SUM],
    }),
    interest: Some(Interest::simple(REFERENCE_AND_EIGHT, &[PUBLIC_INTEREST])),
    costs: &[PUBLIC_LUMP_SUM],
    longest_term: Some(30),
    ..BUSINESS
};

/// What French law gives against a kind of debtor.
pub fn regime(kind: DebtorKind) -> &'static Regime {
    match kind {
        DebtorKind::PublicBody => &PUBLIC_BODY,
        _ if has_consumer_protection(kind) => &CONSUMER,
        _ => &BUSINESS,
    }
}

/// Two years against a consumer, which can begin with the invoice.
const BIENNIAL: LimitationTerm = LimitationTerm {
    years: 2,
    source: Source::new("art. L218-2 Code de la consommation", "legifrance.gouv.fr"),
};
/// A letter does not interrupt; an acknowledgement or a court does (art. 2240 and 2241 Code civil).
const FIVE_YEARS: LimitationTerm = LimitationTerm {
    years: 5,
    source: Source::new("art. L110-4 Code de commerce", COMMERCE),
};
