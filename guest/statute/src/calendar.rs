//! Calendar arithmetic on the contract's days, without clock and without panics.

use chrono::{Datelike, Months, NaiveDate};
pub use maan_policy::day::days_from_monday;
pub use maan_policy::types::Day;

/// The days that this policy computes with; a case with a day outside is refused.
pub const FIRST_DAY: Day = day(1970, 1, 1);
/// The last of those days.
pub const LAST_DAY: Day = day(2199, 12, 31);

/// The day of a date in the Gregorian calendar. `day_of_month` may run over: 32 January is 1 February.
pub const fn day(year: i32, month: i32, day_of_month: i32) -> Day {
    // Years start in March, so that the leap day comes last.
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * shifted + 2) / 5 + day_of_month - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date of a day; days beyond what can be written as a date become 1970-01-01.
pub fn date(day: Day) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or_default()
}

/// Whether this policy computes with the day.
pub const fn is_known(day: Day) -> bool {
    FIRST_DAY <= day && day <= LAST_DAY
}

/// Whether the day is a Sunday.
pub const fn is_sunday(day: Day) -> bool {
    days_from_monday(day) == 6
}

/// Whether the day is a Saturday or a Sunday.
pub const fn is_weekend(day: Day) -> bool {
    days_from_monday(day) >= 5
}

/// The same date `years` later; 29 February becomes 28 February where there is none.
pub fn years_after(day: Day, years: u32) -> Day {
    months_after(day, years.saturating_mul(12))
}

/// The same date so many months later; the last day of the month where it has none.
pub fn months_after(day: Day, months: u32) -> Day {
    let later = date(day).checked_add_months(Months::new(months));
    later.map_or(LAST_DAY, |later| later.to_epoch_days())
}

/// The first of January so many years after that of the day's year.
pub fn year_from(on: Day, years: i32) -> Day {
    day(date(on).year() + years, 1, 1)
}

/// The last day of the month, so many months after that of the day.
pub fn month_end_after(on: Day, months: i32) -> Day {
    let date = date(on);
    let months = date.year() * 12 + date.month0() as i32 + months + 1;
    day(months.div_euclid(12), months.rem_euclid(12) + 1, 1) - 1
}

/// The first of January or July after the day.
pub fn next_half_year(from: Day) -> Day {
    let date = date(from);
    if date.month() < 7 {
        day(date.year(), 7, 1)
    } else {
        day(date.year() + 1, 1, 1)
    }
}

/// Easter Sunday in the Gregorian calendar (the method of Meeus, Jones and Butcher).
pub const fn easter(year: i32) -> Day {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day_of_month = (h + l - 7 * m + 33 * month + 19) % 32;
    day(year, month, day_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_the_calendar_library() {
        for number in FIRST_DAY..=LAST_DAY {
            let date = date(number);
            assert_eq!(day(date.year(), date.month() as i32, date.day() as i32), number);
        }
    }

    #[test]
    fn easter_falls_on_the_published_days() {
        assert_eq!(easter(2025), day(2025, 4, 20));
        assert_eq!(easter(2026), day(2026, 4, 5));
        assert_eq!(easter(2027), day(2027, 3, 28));
        assert_eq!(easter(2028), day(2028, 4, 16));
        assert_eq!(easter(2038), day(2038, 4, 25));
        assert_eq!(easter(2285), day(2285, 3, 22));
    }

    /// Easter Sunday by the rule of Gauss: an independent way to the same days.
    fn easter_by_gauss(year: i32) -> Day {
        let (century, a) = (year / 100, year % 19);
        let m = (15 + century - century / 4 - (13 + 8 * century) / 25) % 30;
        let n = (4 + century - century / 4) % 7;
        let d = (19 * a + m) % 30;
        let e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;
        let a_week_earlier = e == 6 && (d == 29 || (d == 28 && a > 10));
        day(year, 3, 22 + d + e) - if a_week_earlier { 7 } else { 0 }
    }

    #[test]
    fn easter_agrees_with_the_rule_of_gauss_in_every_year() {
        for year in date(FIRST_DAY).year()..=date(LAST_DAY).year() {
            assert_eq!(easter(year), easter_by_gauss(year), "{year}");
        }
    }

    #[test]
    fn anniversaries_of_a_leap_day_fall_on_28_february() {
        assert_eq!(years_after(day(2024, 2, 29), 1), day(2025, 2, 28));
        assert_eq!(years_after(day(2024, 2, 29), 4), day(2028, 2, 29));
    }

    #[test]
    fn months_later_is_the_same_date_or_the_last_of_the_month() {
        assert_eq!(months_after(day(2026, 10, 12), 2), day(2026, 12, 12));
        assert_eq!(months_after(day(2026, 12, 31), 2), day(2027, 2, 28));
        assert_eq!(months_after(day(2027, 12, 31), 2), day(2028, 2, 29));
        assert_eq!(months_after(LAST_DAY, u32::MAX), LAST_DAY, "beyond all dates");
    }

    #[test]
    fn years_begin_in_january_and_months_end_on_their_last_day() {
        assert_eq!(year_from(day(2024, 12, 31), 0), day(2024, 1, 1));
        assert_eq!(year_from(day(2025, 1, 1), 0), day(2025, 1, 1));
        assert_eq!(year_from(day(2025, 1, 1), 4), day(2029, 1, 1));
        assert_eq!(month_end_after(day(2023, 11, 30), 3), day(2024, 2, 29));
        assert_eq!(month_end_after(day(2025, 9, 1), 3), day(2025, 12, 31));
        assert_eq!(month_end_after(day(2025, 10, 1), 3), day(2026, 1, 31));
        assert_eq!(month_end_after(day(2025, 1, 1), 0), day(2025, 1, 31));
    }

    #[test]
    fn half_years_begin_in_january_and_july() {
        assert_eq!(next_half_year(day(2026, 6, 30)), day(2026, 7, 1));
        assert_eq!(next_half_year(day(2026, 7, 1)), day(2027, 1, 1));
        assert_eq!(next_half_year(day(2026, 12, 31)), day(2027, 1, 1));
    }
}
