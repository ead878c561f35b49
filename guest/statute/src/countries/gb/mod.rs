//! The United Kingdom: Late Payment of Commercial Debts (Interest) Act 1998, between businesses only. One rate holds
//! for the whole debt: 8 per cent above the Bank Rate before the half-year in which interest starts.
//!
//! Choices where the law is silent: the day of payment bears no interest; a payment counts towards the principal
//! first, the lower reading.

pub mod rates;

use crate::holidays::Feast;
use crate::interest::{Method, Order, Year};
use crate::rates::Table;
use crate::regime::{Agreed, Interest, Limitation, LimitationStart, LimitationTerm, LumpSum, Regime, SIMPLE};
use crate::verdict::Source;
use maan_policy::types::Currency;
use rates::BANK_RATE;

/// ISO 4217 numeric code of the pound sterling.
pub const GBP: Currency = 826;

const ACT: &str = "Late Payment of Commercial Debts (Interest) Act 1998, legislation.gov.uk/ukpga/1998/20";

const INTEREST: Source = Source::new(
    "s. 1 and 4 Late Payment of Commercial Debts (Interest) Act 1998",
    ACT,
);
const RATE: Source = Source::new(
    "art. 4 Late Payment of Commercial Debts (Rate of Interest) (No. 3) Order 2002",
    "SI 2002/1675, legislation.gov.uk",
);
const FIXED_SUM: Source = Source::new("s. 5A Late Payment of Commercial Debts (Interest) Act 1998", ACT);
const BUSINESS_ONLY: Source = Source::new("s. 2 Late Payment of Commercial Debts (Interest) Act 1998", ACT);

/// Bank holidays of England and Wales.
pub const HOLIDAYS: [Feast; 8] = [
    Feast::OnOrNextWorkingDay(1, 1),
    Feast::Easter(-2),
    Feast::Easter(1),
    Feast::FirstMonday(5),
    Feast::LastMonday(5),
    Feast::LastMonday(8),
    Feast::OnOrNextWorkingDay(12, 25),
    Feast::OnOrNextWorkingDay(12, 26),
];

/// The fixed sum by the size of the debt, in pence.
const fn fixed_sum(debt: i64) -> i64 {
    match debt {
        ..=0 => 0,
        1..1_000_00 => 40_00,
        1_000_00..10_000_00 => 70_00,
        _ => 100_00,
    }
}

const METHOD: Method = Method {
    year: Year::Of365,
    order: Order::PrincipalFirst,
    ..SIMPLE
};

/// Consumers owe nothing by this Act.
pub const CONSUMER: Regime = Regime::nothing(&[BUSINESS_ONLY], LIMITATION);

/// Businesses, sole traders and public authorities.
pub const BUSINESS: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: fixed_sum,
        for_each: true,
        currency: GBP,
        sources: &[FIXED_SUM],
    }),
    interest: Some(Interest {
        of_start: true,
        method: METHOD,
        ..Interest::simple(
            Table {
                rows: &BANK_RATE,
                plus: 8_00,
            },
            &[INTEREST, RATE],
        )
    }),
    agreed: Agreed::Replaces,
    longest_term: Some(60),
    ..Regime::nothing(&[FIXED_SUM], LIMITATION)
};

/// A letter does not interrupt; an acknowledgement or a payment does (s. 29 Limitation Act 1980).
const LIMITATION: Option<Limitation> = Some(Limitation {
    term: TERM,
    sale: TERM,
    from: LimitationStart::Due,
    letter_interrupts: false,
});
const TERM: LimitationTerm = LimitationTerm {
    years: 6,
    source: Source::new(
        "s. 5 Limitation Act 1980; in Scotland five years",
        "legislation.gov.uk/ukpga/1980/58",
    ),
};

#[cfg(test)]
mod tests {
    use super::fixed_sum;

    #[test]
    fn the_fixed_sum_rises_with_the_debt() {
        for (debt, expected) in [
            (-1, 0),
            (0, 0),
            (1, 40_00),
            (999_99, 40_00),
            (1_000_00, 70_00),
            (9_999_99, 70_00),
            (10_000_00, 100_00),
            (i64::MAX, 100_00),
        ] {
            assert_eq!(fixed_sum(debt), expected, "fixed sum on {debt}");
        }
    }
}
