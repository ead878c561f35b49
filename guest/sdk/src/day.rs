//! Days: numbers since 1970-01-01 in the tenant's time zone.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::types::{Creditor, Day};

/// The date of a day; `None` outside of what a calendar holds (some 260,000 years).
pub fn to_date(day: Day) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day)
}

/// The day of a date.
pub fn from_date(date: NaiveDate) -> Day {
    date.to_epoch_days()
}

/// The day of year, month and day of the month; `None` where there is none such.
pub fn ymd(year: i32, month: u32, day: u32) -> Option<Day> {
    NaiveDate::from_ymd_opt(year, month, day).map(from_date)
}

/// Days from Monday, 0 to 6. 1970-01-01 was a Thursday.
pub const fn days_from_monday(day: Day) -> i32 {
    (day.rem_euclid(7) + 3) % 7
}

/// The day of the week.
pub const fn weekday(day: Day) -> Weekday {
    match days_from_monday(day) {
        0 => Weekday::Mon,
        1 => Weekday::Tue,
        2 => Weekday::Wed,
        3 => Weekday::Thu,
        4 => Weekday::Fri,
        5 => Weekday::Sat,
        _ => Weekday::Sun,
    }
}

/// The same day so many months later; the last day of the month where there is none.
pub fn add_months(day: Day, months: u32) -> Option<Day> {
    to_date(day)?
        .checked_add_months(chrono::Months::new(months))
        .map(from_date)
}

/// The last day of the month.
pub fn month_end(day: Day) -> Option<Day> {
    let date = to_date(day)?;
    add_months(from_date(date.with_day(1)?), 1).map(|first| first - 1)
}

/// A later or earlier day, never beyond what a day can be.
pub const fn plus(day: Day, days: i32) -> Day {
    day.saturating_add(days)
}

/// Working days, as the creditor's list of non-working days near today says.
pub trait WorkingDays {
    /// Whether the creditor works on this day.
    fn works_on(&self, day: Day) -> bool;

    /// This day, or the first working day after it.
    fn on_or_after(&self, day: Day) -> Day {
        self.add_working_days(day.saturating_sub(1), 1)
    }

    /// The n-th working day after this one; 0 is the day itself.
    fn add_working_days(&self, day: Day, days: u16) -> Day {
        let mut day = day;
        let mut left = days;
        // A year without a working day ends the search: such a calendar is no calendar.
        let end = day.saturating_add(366 + 7 * i32::from(days));
        while left > 0 && day < end {
            day += 1;
            left -= u16::from(self.works_on(day));
        }
        day
    }

    /// The n-th working day before this one; 0 is the day itself.
    fn subtract_working_days(&self, day: Day, days: u16) -> Day {
        let mut day = day;
        let mut left = days;
        let end = day.saturating_sub(366 + 7 * i32::from(days));
        while left > 0 && day > end {
            day -= 1;
            left -= u16::from(self.works_on(day));
        }
        day
    }
}

impl WorkingDays for Creditor {
    fn works_on(&self, day: Day) -> bool {
        self.non_working_days.binary_search(&day).is_err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Weekends;
    impl WorkingDays for Weekends {
        fn works_on(&self, day: Day) -> bool {
            days_from_monday(day) < 5
        }
    }

    struct Never;
    impl WorkingDays for Never {
        fn works_on(&self, _: Day) -> bool {
            false
        }
    }

    #[test]
    fn three_working_days_after_a_thursday_is_a_tuesday() {
        let thursday = ymd(2026, 10, 1).unwrap();
        assert_eq!(Weekends.add_working_days(thursday, 3), ymd(2026, 10, 6).unwrap());
        assert_eq!(
            Weekends.subtract_working_days(ymd(2026, 10, 6).unwrap(), 3),
            thursday
        );
    }

    #[test]
    fn a_saturday_waits_for_monday() {
        assert_eq!(
            Weekends.on_or_after(ymd(2026, 10, 3).unwrap()),
            ymd(2026, 10, 5).unwrap()
        );
        assert_eq!(
            Weekends.on_or_after(ymd(2026, 10, 5).unwrap()),
            ymd(2026, 10, 5).unwrap()
        );
    }

    #[test]
    fn a_calendar_without_working_days_comes_to_an_end() {
        assert!(Never.add_working_days(0, 1) <= 373);
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        assert_eq!(month_end(ymd(2028, 2, 10).unwrap()), ymd(2028, 2, 29));
        assert_eq!(add_months(ymd(2026, 1, 31).unwrap(), 1), ymd(2026, 2, 28));
    }

    proptest! {
        #[test]
        fn a_date_and_back_is_the_same_day(day in -100_000..100_000_i32) {
            let date = to_date(day).unwrap();
            prop_assert_eq!(from_date(date), day);
            prop_assert_eq!(weekday(day), date.weekday());
        }
    }
}
