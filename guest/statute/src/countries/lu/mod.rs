//! Luxembourg: law of 18 April 2004. Between businesses the reference rate plus 8 points; towards consumers the legal
//! rate, from the end of the third month, only where it was announced.
//!
//! Choices: days are counted over 365; EUR 40 rests on the Directive and is counted once; the announcement to a
//! consumer is taken to stand in an agreed rate, and years whose legal rate is not known bear no interest.

use crate::calendar::{Day, day};
use crate::holidays::Feast;
use crate::interest::{Method, Year};
use crate::rates::{Row, Table};
use crate::regime::{
    Agreed, Interest, Limitation, LimitationStart, LimitationTerm, LumpSum, OF_OLD_DIRECTIVE,
    REFERENCE_AND_EIGHT, Regime, SIMPLE, Start, forty,
};
use crate::verdict::Source;
use maan_policy::EUR;

const LATE_PAYMENT: &str =
    "Loi du 18 avril 2004 relative aux délais de paiement et aux intérêts de retard, legilux.public.lu";

const BUSINESS_INTEREST: Source = Source::new("art. 3 et 5 loi du 18 avril 2004", LATE_PAYMENT);
const CONSUMER_INTEREST: Source = Source::new("art. 12 à 14 loi du 18 avril 2004", LATE_PAYMENT);
const LUMP_SUM: Source = Source::new(
    "art. 6 Directive 2011/7/EU",
    "eur-lex.europa.eu, OJ L 48, 23.2.2011",
);
const IMPUTATION: Source = Source::new("art. 1254 Code civil", "legilux.public.lu");

/// Public holidays: art. L. 232-2 Code du travail.
pub const HOLIDAYS: [Feast; 11] = [
    Feast::On(1, 1),
    Feast::Easter(1),
    Feast::On(5, 1),
    Feast::On(5, 9),
    Feast::Easter(39),
    Feast::Easter(50),
    Feast::On(6, 23),
    Feast::On(8, 15),
    Feast::On(11, 1),
    Feast::On(12, 25),
    Feast::On(12, 26),
];

/// Legal rate by grand-ducal regulation; years that are not known have none.
const LEGAL: [Row; 3] = [
    (day(2010, 1, 1), 3_50),
    (day(2013, 1, 1), 0),
    (day(2024, 1, 1), 4_50),
];
const LEGAL_VERIFIED_THROUGH: Day = day(2024, 12, 31);

const METHOD: Method = Method {
    year: Year::Of365,
    ..SIMPLE
};

/// Consumers.
pub const CONSUMER: Regime = Regime {
    interest: Some(Interest {
        method: METHOD,
        start: Start::AfterThirdMonth,
        code: "interest-statutory",
        verified_through: LEGAL_VERIFIED_THROUGH,
        ..Interest::simple(Table::of(&LEGAL), &[CONSUMER_INTEREST])
    }),
    imputation: &[IMPUTATION],
    agreed: Agreed::Needed,
    ..Regime::nothing(&[CONSUMER_INTEREST], LIMITATION)
};

/// Businesses, sole traders and public bodies.
pub const BUSINESS: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: forty,
        for_each: false,
        currency: EUR,
        sources: &[LUMP_SUM],
    }),
    interest: Some(Interest {
        method: METHOD,
        older: Some(OF_OLD_DIRECTIVE),
        ..Interest::simple(REFERENCE_AND_EIGHT, &[BUSINESS_INTEREST])
    }),
    imputation: &[IMPUTATION],
    agreed: Agreed::Replaces,
    longest_term: Some(60),
    warnings: &["lump-sum-by-directive"],
    ..Regime::nothing(&[LUMP_SUM], LIMITATION)
};

/// A letter does not interrupt.
const LIMITATION: Option<Limitation> = Some(Limitation {
    term: LimitationTerm {
        years: 10,
        source: Source::new("art. 189 Code de commerce", "legilux.public.lu"),
    },
    sale: LimitationTerm {
        years: 1,
        source: Source::new("art. 2272 Code civil", "legilux.public.lu"),
    },
    from: LimitationStart::Due,
    letter_interrupts: false,
});
