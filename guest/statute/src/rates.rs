//! Dated rates. They are tables and are never extrapolated by a formula: a rate is known when it is published.

use crate::calendar::{Day, day};

/// A yearly rate in hundredths of a per cent, from a day on.
pub type Row = (Day, i64);

/// Rates by date, each raised by so many hundredths of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Rates, oldest first.
    pub rows: &'static [Row],
    /// Hundredths of a per cent above the rows.
    pub plus: i64,
}

impl Table {
    /// Rates as they are in the rows.
    pub const fn of(rows: &'static [Row]) -> Self {
        Self { rows, plus: 0 }
    }

    /// The rate on a day in hundredths of a per cent, and the first day after it on which the table changes.
    /// Before the table begins there is no rate: nothing is charged there.
    pub fn on(&self, day: Day) -> (i64, Day) {
        let mut until = Day::MAX;
        for (from, rate) in self.rows.iter().rev() {
            if *from <= day {
                return (rate + self.plus, until);
            }
            until = *from;
        }
        (0, until)
    }
}

/// The European Central Bank's rate for main refinancing operations on 1 January and 1 July: the reference rate of
/// art. 2(7) Directive 2011/7/EU, in the half-years in which it differs from the one before.
pub const REFERENCE: [Row; 16] = [
    (day(2010, 1, 1), 1_00),
    (day(2011, 7, 1), 1_25),
    (day(2012, 1, 1), 1_00),
    (day(2013, 1, 1), 75),
    (day(2013, 7, 1), 50),
    (day(2014, 1, 1), 25),
    (day(2014, 7, 1), 15),
    (day(2015, 1, 1), 5),
    (day(2016, 7, 1), 0),
    (day(2023, 1, 1), 2_50),
    (day(2023, 7, 1), 4_00),
    (day(2024, 1, 1), 4_50),
    (day(2024, 7, 1), 4_25),
    (day(2025, 1, 1), 3_15),
    (day(2025, 7, 1), 2_15),
    (day(2026, 7, 1), 2_40),
];

/// Last day of the half-year for which the reference rate is known.
pub const VERIFIED_THROUGH: Day = day(2026, 12, 31);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_change_on_their_day() {
        let table = Table {
            rows: &REFERENCE,
            plus: 8_00,
        };
        assert_eq!(table.on(day(2026, 6, 30)), (10_15, day(2026, 7, 1)));
        assert_eq!(table.on(day(2026, 7, 1)), (10_40, Day::MAX));
        assert_eq!(table.on(day(2010, 1, 1)), (9_00, day(2011, 7, 1)));
        assert_eq!(table.on(day(2009, 12, 31)), (0, day(2010, 1, 1)));
    }

    #[test]
    fn rows_rise_in_time() {
        assert!(REFERENCE.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
