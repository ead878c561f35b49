//! Working days and public holidays.

mod rules;

use crate::{Country, Day};

/// The working days of a place: Monday to Friday without public holidays and the tenant's own closed days.
///
/// Public holidays are known for NL, BE, DE (those of the whole country), FR, LU and GB (England and Wales), by
/// the rules in force from 2020 on. Elsewhere only weekends are off, see [`knows_holidays`](Self::knows_holidays).
///
/// ```
/// use maan_ledger::{Calendar, Country, Day};
///
/// let calendar = Calendar::new(Country::from_code("NL"));
/// let good_friday: Day = "2026-04-03".parse()?;
/// assert!(!calendar.is_working_day(good_friday));
/// assert_eq!(calendar.next_working_day(good_friday), "2026-04-07".parse()?);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    country: Country,
    closed: Vec<Day>,
}

impl Calendar {
    /// The calendar of a country.
    pub fn new(country: Country) -> Self {
        Self {
            country,
            closed: Vec::new(),
        }
    }

    /// The same calendar with more days off.
    pub fn with_closed(mut self, days: impl IntoIterator<Item = Day>) -> Self {
        self.closed.extend(days);
        self.closed.sort_unstable();
        self.closed.dedup();
        self
    }

    /// Whether the public holidays of the country are known here.
    pub fn knows_holidays(&self) -> bool {
        rules::of(self.country).is_some()
    }

    /// Whether a day is a public holiday, on a weekend or not.
    pub fn is_public_holiday(&self, day: Day) -> bool {
        self.public_holidays(day.year()).contains(&day)
    }

    /// The public holidays of a year, in order.
    pub fn public_holidays(&self, year: i32) -> Vec<Day> {
        rules::of(self.country).map_or_else(Vec::new, |rules| rules(year))
    }

    /// Whether people work.
    pub fn is_working_day(&self, day: Day) -> bool {
        !day.is_weekend() && self.closed.binary_search(&day).is_err() && !self.is_public_holiday(day)
    }

    /// The day itself when it is a working day, else the first one after it.
    pub fn next_working_day(&self, day: Day) -> Day {
        self.step_to_working_day(day, 1)
    }

    /// The `count`th working day after a day, or before it when `count` is negative; with 0 the next working
    /// day, which may be the day itself. Ends at the first and last day that facts may name.
    pub fn add_working_days(&self, day: Day, count: i32) -> Day {
        if count == 0 {
            return self.next_working_day(day);
        }
        let mut found = day;
        for _ in 0..count.unsigned_abs() {
            if !found.is_plausible() {
                break;
            }
            found = self.step_to_working_day(found.plus(count.signum()), count.signum());
        }
        found
    }

    /// The days from `from` through `to` on which nobody works, in order.
    pub fn non_working_days(&self, from: Day, to: Day) -> Vec<Day> {
        let mut days: Vec<Day> = (from.0..=to.0).map(Day).filter(|day| day.is_weekend()).collect();
        let holidays = (from.year()..=to.year()).flat_map(|year| self.public_holidays(year));
        days.extend(
            holidays
                .chain(self.closed.iter().copied())
                .filter(|day| (from..=to).contains(day)),
        );
        days.sort_unstable();
        days.dedup();
        days
    }

    fn step_to_working_day(&self, mut day: Day, step: i32) -> Day {
        while day.is_plausible() && !self.is_working_day(day) {
            day = day.plus(step);
        }
        day
    }
}
