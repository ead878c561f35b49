//! Public holidays by country, as rules. Only nationwide ones: those of a region or a Land are not known here.

use crate::calendar::{Day, date, day, days_from_monday, easter, is_sunday, is_weekend};
use crate::countries::{be, de, fr, gb, lu, nl};
use chrono::Datelike;
use maan_policy::country::{BE, DE, FR, GB, LU, NL};
use maan_policy::types::Country;

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    /// Month and day of the month.
    On(i32, i32),
    /// The same, kept on the next working day that is no holiday where it falls on a weekend.
    OnOrNextWorkingDay(i32, i32),
    /// Days after Easter Sunday.
    Easter(Day),
    /// The first Monday of the month.
    FirstMonday(i32),
    /// The last Monday of the month.
    LastMonday(i32),
}

impl Feast {
    /// The day in a year on which it falls by its rule.
    fn day(self, year: i32) -> Day {
        match self {
            Self::On(month, of_month) | Self::OnOrNextWorkingDay(month, of_month) => {
                day(year, month, of_month)
            }
            Self::Easter(after) => easter(year) + after,
            Self::FirstMonday(month) => monday_through(day(year, month, 7)),
            Self::LastMonday(month) => monday_through(day(year, month + 1, 1) - 1),
        }
    }
}

/// The last Monday that is not after the day.
fn monday_through(day: Day) -> Day {
    day - days_from_monday(day)
}

/// Whether one of the feasts is kept on the day.
pub fn is_feast(feasts: &[Feast], on: Day) -> bool {
    let year = date(on).year();
    let falls = |on: Day| feasts.iter().any(|feast| feast.day(year) == on);
    if falls(on) {
        return true;
    }
    // Those that moved: two at most lie in a row, and none moves over the end of a year.
    let moved =
        |feast: &&Feast| matches!(feast, Feast::OnOrNextWorkingDay(..)) && is_weekend(feast.day(year));
    let mut taken: Vec<Day> = Vec::new();
    for feast in feasts.iter().filter(moved) {
        let mut kept = feast.day(year);
        while is_weekend(kept) || falls(kept) || taken.contains(&kept) {
            kept += 1;
        }
        taken.push(kept);
    }
    taken.contains(&on)
}

/// Holidays kept all over Europe, for countries whose own are not known here.
const COMMON: [Feast; 5] = [
    Feast::On(1, 1),
    Feast::Easter(1),
    Feast::On(5, 1),
    Feast::On(12, 25),
    Feast::On(12, 26),
];

/// Whether the day is a holiday in a country.
pub fn is_holiday(country: Country, on: Day) -> bool {
    match country {
        NL => nl::holidays::is_rest_day(on),
        BE => is_feast(&be::HOLIDAYS, on),
        DE => is_feast(&de::HOLIDAYS, on),
        FR => is_feast(&fr::HOLIDAYS, on),
        LU => is_feast(&lu::HOLIDAYS, on),
        GB => is_feast(&gb::HOLIDAYS, on),
        _ => is_feast(&COMMON, on),
    }
}

/// The first day from `from` on that is neither Saturday, Sunday nor holiday.
pub fn working_day_from(country: Country, from: Day) -> Day {
    let mut day = from;
    while is_weekend(day) || is_holiday(country, day) {
        day += 1;
    }
    day
}

/// The first day from `from` on that is neither Sunday nor holiday.
pub fn contact_day_from(country: Country, from: Day) -> Day {
    let mut day = from;
    while is_sunday(day) || is_holiday(country, day) {
        day += 1;
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(country: Country, year: i32) -> Vec<(u32, u32)> {
        let days = (day(year, 1, 1)..day(year + 1, 1, 1)).filter(|on| is_holiday(country, *on));
        days.map(|on| (date(on).month(), date(on).day())).collect()
    }

    #[test]
    fn belgium_has_ten() {
        let expected = [
            (1, 1),
            (4, 6),
            (5, 1),
            (5, 14),
            (5, 25),
            (7, 21),
            (8, 15),
            (11, 1),
            (11, 11),
            (12, 25),
        ];
        assert_eq!(of(BE, 2026), expected);
    }

    #[test]
    fn germany_has_nine_everywhere() {
        let expected = [
            (1, 1),
            (4, 3),
            (4, 6),
            (5, 1),
            (5, 14),
            (5, 25),
            (10, 3),
            (12, 25),
            (12, 26),
        ];
        assert_eq!(of(DE, 2026), expected);
    }

    #[test]
    fn france_and_luxembourg_have_eleven() {
        let french = [
            (1, 1),
            (4, 6),
            (5, 1),
            (5, 8),
            (5, 14),
            (5, 25),
            (7, 14),
            (8, 15),
            (11, 1),
            (11, 11),
            (12, 25),
        ];
        assert_eq!(of(FR, 2026), french);
        let luxembourgish = [
            (1, 1),
            (4, 6),
            (5, 1),
            (5, 9),
            (5, 14),
            (5, 25),
            (6, 23),
            (8, 15),
            (11, 1),
            (12, 25),
            (12, 26),
        ];
        assert_eq!(of(LU, 2026), luxembourgish);
    }

    #[test]
    fn british_holidays_move_off_the_weekend() {
        // 26 December 2026 is a Saturday.
        let expected = [
            (1, 1),
            (4, 3),
            (4, 6),
            (5, 4),
            (5, 25),
            (8, 31),
            (12, 25),
            (12, 26),
            (12, 28),
        ];
        assert_eq!(of(GB, 2026), expected);
        // Christmas Day 2027 is a Saturday, Boxing Day a Sunday: Monday and Tuesday are kept.
        assert_eq!(of(GB, 2027)[6..], [(12, 25), (12, 26), (12, 27), (12, 28)]);
        // 1 January 2028 is a Saturday.
        assert_eq!(of(GB, 2028)[..2], [(1, 1), (1, 3)]);
        // Christmas Day 2022 was a Sunday, Boxing Day a Monday: Tuesday was kept.
        assert_eq!(of(GB, 2022)[7..], [(12, 25), (12, 26), (12, 27)]);
    }

    #[test]
    fn the_netherlands_keep_their_own() {
        assert!(is_holiday(NL, day(2026, 4, 27)) && !is_holiday(NL, day(2026, 5, 1)));
    }

    #[test]
    fn elsewhere_the_common_ones_hold() {
        let expected = [(1, 1), (4, 6), (5, 1), (12, 25), (12, 26)];
        assert_eq!(of(maan_policy::country::code(*b"AT"), 2026), expected);
    }

    #[test]
    fn rest_days_are_stepped_over() {
        assert_eq!(working_day_from(BE, day(2026, 7, 18)), day(2026, 7, 20));
        assert_eq!(working_day_from(BE, day(2026, 7, 21)), day(2026, 7, 22));
        assert_eq!(contact_day_from(DE, day(2026, 10, 3)), day(2026, 10, 5));
        assert_eq!(contact_day_from(DE, day(2026, 10, 10)), day(2026, 10, 10));
    }
}
