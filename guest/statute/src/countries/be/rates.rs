//! Dated Belgian rates.

use crate::calendar::{Day, day};
use crate::rates::Row;

/// Between businesses: the reference rate plus 8 points, rounded up to the next half point (art. 5 law of 2 August
/// 2002). The second half of 2026 rests on this formula: its publication was not seen.
pub const BUSINESS: [Row; 11] = [
    (day(2010, 1, 1), 8_00),
    (day(2011, 7, 1), 8_50),
    (day(2012, 1, 1), 8_00),
    (day(2013, 1, 1), 9_00),
    (day(2013, 7, 1), 8_50),
    (day(2016, 7, 1), 8_00),
    (day(2023, 1, 1), 10_50),
    (day(2023, 7, 1), 12_00),
    (day(2024, 1, 1), 12_50),
    (day(2025, 1, 1), 11_50),
    (day(2025, 7, 1), 10_50),
];

/// First day that rests on the formula.
pub const BY_FORMULA_FROM: Day = day(2026, 7, 1);

/// Contracts from before 16 March 2013, until 15 March 2015: plus 7 points.
pub const OLD_CONTRACTS: [Row; 11] = [
    (day(2010, 1, 1), 8_00),
    (day(2011, 7, 1), 8_50),
    (day(2012, 1, 1), 8_00),
    (day(2013, 7, 1), 7_50),
    (day(2015, 3, 16), 8_50),
    (day(2016, 7, 1), 8_00),
    (day(2023, 1, 1), 10_50),
    (day(2023, 7, 1), 12_00),
    (day(2024, 1, 1), 12_50),
    (day(2025, 1, 1), 11_50),
    (day(2025, 7, 1), 10_50),
];

/// The ordinary legal rate, for consumers where no rate was agreed (yearly notices of the Treasury).
pub const LEGAL: [Row; 13] = [
    (day(2010, 1, 1), 3_25),
    (day(2011, 1, 1), 3_75),
    (day(2012, 1, 1), 4_25),
    (day(2013, 1, 1), 2_75),
    (day(2015, 1, 1), 2_50),
    (day(2016, 1, 1), 2_25),
    (day(2017, 1, 1), 2_00),
    (day(2020, 1, 1), 1_75),
    (day(2022, 1, 1), 1_50),
    (day(2023, 1, 1), 5_25),
    (day(2024, 1, 1), 5_75),
    (day(2025, 1, 1), 4_50),
    (day(2026, 1, 1), 4_50),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{REFERENCE, Table};
    use crate::regime::DIRECTIVE_APPLIES;

    #[test]
    fn the_published_rates_follow_the_formula() {
        let (business, reference) = (Table::of(&BUSINESS), Table::of(&REFERENCE));
        for on in day(2010, 1, 1)..day(2027, 1, 1) {
            // The rows of 2013 begin with the half-year, the margin of 8 points with contracts of 16 March.
            let margin = if on < day(2013, 1, 1) { 7_00 } else { 8_00 };
            let half_points = (reference.on(on).0 + margin + 49) / 50;
            assert_eq!(business.on(on).0, half_points * 50, "on {on}");
        }
    }

    #[test]
    fn older_contracts_pay_no_more_and_the_same_from_16_march_2015() {
        let (business, old) = (Table::of(&BUSINESS), Table::of(&OLD_CONTRACTS));
        for on in day(2010, 1, 1)..day(2027, 1, 1) {
            assert!(old.on(on).0 <= business.on(on).0);
        }
        assert_eq!(old.on(day(2013, 3, 16)).0, 8_00);
        assert_eq!(old.on(day(2015, 3, 15)).0, 7_50);
        assert_eq!(old.on(day(2015, 3, 16)).0, 8_50);
        assert!(DIRECTIVE_APPLIES < day(2015, 3, 16));
    }

    #[test]
    fn the_legal_rate_changes_with_the_year() {
        let legal = Table::of(&LEGAL);
        for (year, rate) in [
            (2010, 3_25),
            (2013, 2_75),
            (2015, 2_50),
            (2018, 2_00),
            (2023, 5_25),
            (2024, 5_75),
            (2025, 4_50),
            (2026, 4_50),
        ] {
            assert_eq!(legal.on(day(year, 1, 1)).0, rate);
            assert_eq!(legal.on(day(year, 12, 31)).0, rate);
        }
        assert_eq!(legal.on(day(2021, 6, 1)).0, 1_75);
        assert_eq!(legal.on(day(2022, 6, 1)).0, 1_50);
    }
}
