//! The base rate of § 247 BGB, which can be negative.

use crate::calendar::day;
use crate::rates::Row;

/// Base rate, in the half-years in which it differs from the one before.
pub const BASE: [Row; 16] = [
    (day(2009, 7, 1), 12),
    (day(2011, 7, 1), 37),
    (day(2012, 1, 1), 12),
    (day(2013, 1, 1), -13),
    (day(2013, 7, 1), -38),
    (day(2014, 1, 1), -63),
    (day(2014, 7, 1), -73),
    (day(2015, 1, 1), -83),
    (day(2016, 7, 1), -88),
    (day(2023, 1, 1), 1_62),
    (day(2023, 7, 1), 3_12),
    (day(2024, 1, 1), 3_62),
    (day(2024, 7, 1), 3_37),
    (day(2025, 1, 1), 2_27),
    (day(2025, 7, 1), 1_27),
    (day(2026, 7, 1), 1_52),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{REFERENCE, Table};

    #[test]
    fn the_base_rate_moves_with_the_reference_rate() {
        let (base, reference) = (Table::of(&BASE), Table::of(&REFERENCE));
        for on in day(2010, 1, 1)..day(2027, 1, 1) {
            assert_eq!(base.on(on).0, reference.on(on).0 - 88, "on {on}");
        }
    }
}
