//! Germany: §§ 286 to 289 BGB. Interest is simple; consumers pay the base rate plus 5 points, others plus 9 and EUR 40.
//!
//! Choices where the law is silent: days are counted over the calendar year; the day of payment bears no interest; EUR
//! 40 is counted once; a consumer whose term was not agreed is in default only after a reminder ran out; no fee is
//! charged for reminders.

pub mod rates;

use crate::calendar::{Day, day};
use crate::holidays::Feast;
use crate::rates::Table;
use crate::regime::{
    Agreed, Interest, Limitation, LimitationStart, LimitationTerm, LumpSum, Older, Regime, Start, forty,
};
use crate::verdict::Source;
use maan_policy::EUR;
use maan_policy::types::DebtorKind;
use rates::BASE;

const BGB: &str = "Bürgerliches Gesetzbuch, gesetze-im-internet.de/bgb";

const CONSUMER_INTEREST: Source = Source::new("§ 288 Abs. 1 BGB", BGB);
const BUSINESS_INTEREST: Source = Source::new("§ 288 Abs. 2 BGB", BGB);
const BASE_RATE: Source = Source::new(
    "§ 247 BGB",
    "Deutsche Bundesbank, Bekanntmachung im Bundesanzeiger",
);
const NO_COMPOUNDING: Source = Source::new("§ 289 BGB", BGB);
const LUMP_SUM: Source = Source::new("§ 288 Abs. 5 BGB", BGB);
const DAMAGES: Source = Source::new("§ 280 und § 286 BGB", BGB);
const IMPUTATION: Source = Source::new("§ 367 BGB", BGB);
const LIMITATION_TERM: LimitationTerm = LimitationTerm {
    years: 3,
    source: Source::new("§ 195 und § 199 BGB", BGB),
};

/// First day of the margin of 9 points (Gesetz zur Bekämpfung von Zahlungsverzug, BGBl. 2014 I S. 1218).
const MARGIN_ROSE: Day = day(2014, 7, 29);

/// Nationwide holidays; those of a Land are not known here.
pub const HOLIDAYS: [Feast; 9] = [
    Feast::On(1, 1),
    Feast::Easter(-2),
    Feast::Easter(1),
    Feast::On(5, 1),
    Feast::Easter(39),
    Feast::Easter(50),
    Feast::On(10, 3),
    Feast::On(12, 25),
    Feast::On(12, 26),
];

const fn base_plus(plus: i64) -> Table {
    Table { rows: &BASE, plus }
}

const OF_CONSUMERS: Interest = Interest {
    start: Start::AfterDueOrReminder,
    code: "interest-statutory",
    ..Interest::simple(base_plus(5_00), &[CONSUMER_INTEREST, BASE_RATE, NO_COMPOUNDING])
};

/// Consumers.
pub const CONSUMER: Regime = Regime {
    interest: Some(OF_CONSUMERS),
    costs_first: true,
    imputation: &[IMPUTATION],
    ..Regime::nothing(&[DAMAGES], LIMITATION)
};

/// Businesses and sole traders.
const BUSINESS: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: forty,
        for_each: false,
        currency: EUR,
        sources: &[LUMP_SUM],
    }),
    interest: Some(Interest {
        older: Some(Older {
            than: MARGIN_ROSE,
            table: base_plus(8_00),
            warning: "",
        }),
        ..Interest::simple(base_plus(9_00), &[BUSINESS_INTEREST, BASE_RATE, NO_COMPOUNDING])
    }),
    statutory: Some(Interest {
        start: Start::AfterDue,
        ..OF_CONSUMERS
    }),
    costs_first: true,
    imputation: &[IMPUTATION],
    agreed: Agreed::Replaces,
    longest_term: Some(60),
    ..Regime::nothing(&[LUMP_SUM], LIMITATION)
};

const PUBLIC_BODY: Regime = Regime {
    longest_term: Some(30),
    ..BUSINESS
};

/// What German law gives against a debtor who is no consumer.
pub fn business(kind: DebtorKind) -> &'static Regime {
    if kind == DebtorKind::PublicBody {
        &PUBLIC_BODY
    } else {
        &BUSINESS
    }
}

/// Reminders do not interrupt; an acknowledgement does (§ 212 BGB), a court order suspends (§ 204 BGB).
const LIMITATION: Option<Limitation> = Some(Limitation {
    term: LIMITATION_TERM,
    sale: LIMITATION_TERM,
    from: LimitationStart::YearEnd,
    letter_interrupts: false,
});
