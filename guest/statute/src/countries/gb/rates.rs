//! The Bank Rate that holds for debts whose interest starts in a half-year.

use crate::calendar::day;
use crate::rates::Row;

/// Bank Rate on the 31 December or 30 June before, in the half-years in which it differs.
pub const BANK_RATE: [Row; 14] = [
    (day(2010, 1, 1), 50),
    (day(2017, 1, 1), 25),
    (day(2018, 1, 1), 50),
    (day(2019, 1, 1), 75),
    (day(2020, 7, 1), 10),
    (day(2022, 1, 1), 25),
    (day(2022, 7, 1), 1_25),
    (day(2023, 1, 1), 3_50),
    (day(2023, 7, 1), 5_00),
    (day(2024, 1, 1), 5_25),
    (day(2025, 1, 1), 4_75),
    (day(2025, 7, 1), 4_25),
    (day(2026, 1, 1), 3_75),
    (day(2026, 7, 1), 3_75),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::Table;

    #[test]
    fn each_half_year_has_its_rate() {
        let table = Table::of(&BANK_RATE);
        let published: [(i32, i64, i64); 17] = [
            (2010, 50, 50),
            (2011, 50, 50),
            (2012, 50, 50),
            (2013, 50, 50),
            (2014, 50, 50),
            (2015, 50, 50),
            (2016, 50, 50),
            (2017, 25, 25),
            (2018, 50, 50),
            (2019, 75, 75),
            (2020, 75, 10),
            (2021, 10, 10),
            (2022, 25, 1_25),
            (2023, 3_50, 5_00),
            (2024, 5_25, 5_25),
            (2025, 4_75, 4_25),
            (2026, 3_75, 3_75),
        ];
        for (year, first, second) in published {
            assert_eq!(table.on(day(year, 1, 1)).0, first, "{year}");
            assert_eq!(table.on(day(year, 7, 1)).0, second, "{year}");
        }
    }
}
