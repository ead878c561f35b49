//! Interest on one claim, by the method of the law that applies.
//!
//! Choices where a law is silent: a segment ends at every half-year boundary, at every payment and at every end of
//! the year that its days are counted over, and is rounded half up to the cent by itself; days are counted over the
//! actual days of the year (365 or 366), which in a leap year is lower than over 365. A fixed rate has no half-year
//! boundaries.

use crate::calendar::{Day, next_half_year, year_from, years_after};
use crate::imputation::impute;
use crate::rates::Table;
use crate::rounding::proportion;

/// A yearly percentage, `units` divided by ten to the power `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentage {
    /// The digits.
    pub units: i64,
    /// Decimals among them.
    pub scale: u8,
}

impl Percentage {
    fn is_below(self, other: Self) -> bool {
        let scaled = |number: Self, by: u8| {
            10i128
                .checked_pow(by.into())
                .map(|by| i128::from(number.units) * by)
        };
        match (scaled(self, other.scale), scaled(other, self.scale)) {
            (Some(own), Some(other)) => own < other,
            // A number with that many decimals is next to nothing.
            _ => self.scale > other.scale,
        }
    }
}

/// Which rate runs.
#[derive(Clone, Copy, Debug)]
pub enum Rate {
    /// Rates by date.
    Table(Table),
    /// The rate by date of the day on which interest starts, for the whole debt.
    AtStart(Table),
    /// One agreed rate.
    Fixed(Percentage),
    /// Rates by date, or the agreed one where it is lower.
    Lower(Table, Percentage),
    /// The agreed rate as long as it is no higher than the rates of the first table, else those of the second.
    Within(Table, Table, Percentage),
}

/// The year over which days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// From the first day of interest to its anniversary.
    FromStart,
    /// From 1 January.
    Calendar,
    /// Always 365 days.
    Of365,
}

/// Which debts a payment counts towards first, once costs are dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Interest, then principal.
    InterestFirst,
    /// Principal, then interest.
    PrincipalFirst,
}

/// How interest is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// Interest of a full year, counted from the first day, bears interest itself.
    pub compounds: bool,
    /// Over which year days are counted.
    pub year: Year,
    /// What a payment counts towards first.
    pub order: Order,
}

/// A part-payment that reduces interest and principal from `from` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// First day on which the amount bears no interest any more.
    pub from: Day,
    /// Amount in cents.
    pub amount: i64,
}

/// Interest over one stretch with one rate and one base; `start` inclusive, `end` exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First day.
    pub start: Day,
    /// Day after the last.
    pub end: Day,
    /// Yearly percentage.
    pub rate: Percentage,
    /// Principal and interest of full years, unpaid.
    pub base: i64,
    /// Interest of the stretch, rounded.
    pub interest: i64,
}

/// What has accrued on a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accrual {
    /// All interest that accrued, paid or not: the sum of the segments.
    pub interest: i64,
    /// Interest still unpaid.
    pub interest_open: i64,
    /// Principal still unpaid when payments are imputed as art. 6:44 BW says.
    pub principal_open: i64,
    /// The stretches, oldest first.
    pub segments: Vec<Segment>,
}

/// What is unpaid while interest runs.
struct Unpaid {
    principal: i64,
    /// Interest that bears interest.
    compounded: i64,
    /// Interest that bears none, or not yet.
    running: i64,
}

impl Unpaid {
    fn pay(&mut self, amount: i64, order: Order) {
        let Self {
            principal,
            compounded,
            running,
        } = self;
        match order {
            Order::InterestFirst => impute(amount, [compounded, running, principal]),
            Order::PrincipalFirst => impute(amount, [principal, compounded, running]),
        };
    }
}

/// Interest on `principal` from `start` up to, not including, `end`; payments in order of `from`.
/// `None` when a figure does not fit.
pub fn accrue(
    principal: i64,
    start: Day,
    end: Day,
    payments: &[Payment],
    rate: Rate,
    method: Method,
) -> Option<Accrual> {
    let mut accrual = Accrual::default();
    let mut payments = payments.iter().peekable();
    let mut unpaid = Unpaid {
        principal: principal.max(0),
        compounded: 0,
        running: 0,
    };
    let (mut day, mut years) = (start, 1);
    while day < end {
        while let Some(payment) = payments.next_if(|payment| payment.from <= day) {
            unpaid.pay(payment.amount, method.order);
        }
        let base = unpaid.principal.checked_add(unpaid.compounded)?;
        if base == 0 {
            break;
        }
        let (percentage, change) = rate_on(rate, start, day);
        let anniversary = years_after(start, years);
        let (days_of_year, year_end) = year(method.year, start, years, day);
        let mut until = end.min(change).min(year_end);
        if method.compounds {
            until = until.min(anniversary);
        }
        if let Some(payment) = payments.peek() {
            until = until.min(payment.from);
        }
        let interest = stretch(base, percentage, until - day, days_of_year)?;
        if percentage.units > 0 {
            accrual.segments.push(Segment {
                start: day,
                end: until,
                rate: percentage,
                base,
                interest,
            });
        }
        accrual.interest = accrual.interest.checked_add(interest)?;
        unpaid.running = unpaid.running.checked_add(interest)?;
        day = until;
        if day == anniversary {
            years += 1;
            if method.compounds {
                unpaid.compounded = unpaid.compounded.checked_add(unpaid.running)?;
                unpaid.running = 0;
            }
        }
    }
    for payment in payments {
        unpaid.pay(payment.amount, method.order);
    }
    accrual.principal_open = unpaid.principal;
    accrual.interest_open = unpaid.compounded.checked_add(unpaid.running)?;
    Some(accrual)
}

/// How many days the running year has, and the day on which the next begins.
fn year(year: Year, start: Day, years: u32, day: Day) -> (Day, Day) {
    match year {
        Year::FromStart => {
            let end = years_after(start, years);
            (end - years_after(start, years - 1), end)
        }
        Year::Calendar => {
            let end = year_from(day, 1);
            (end - year_from(day, 0), end)
        }
        Year::Of365 => (365, Day::MAX),
    }
}

/// The rate on a day and the next day on which a segment must end for the rate's sake.
fn rate_on(rate: Rate, start: Day, day: Day) -> (Percentage, Day) {
    match rate {
        Rate::Fixed(percentage) => (percentage, Day::MAX),
        Rate::AtStart(table) => {
            let (units, _) = table.on(start);
            (Percentage { units, scale: 2 }, Day::MAX)
        }
        Rate::Table(table) => {
            let (units, change) = table.on(day);
            (Percentage { units, scale: 2 }, change.min(next_half_year(day)))
        }
        Rate::Lower(table, agreed) => {
            let (dated, change) = rate_on(Rate::Table(table), start, day);
            (if agreed.is_below(dated) { agreed } else { dated }, change)
        }
        Rate::Within(most, otherwise, agreed) => {
            let (most, change) = rate_on(Rate::Table(most), start, day);
            let (otherwise, other_change) = rate_on(Rate::Table(otherwise), start, day);
            let rate = if most.is_below(agreed) { otherwise } else { agreed };
            (rate, change.min(other_change))
        }
    }
}

/// Interest over `days` of a year of `year` days.
fn stretch(base: i64, rate: Percentage, days: Day, year: Day) -> Option<i64> {
    let numerator = i128::from(rate.units.max(0)).checked_mul(i128::from(days))?;
    let denominator = 10i128
        .checked_pow(u32::from(rate.scale))?
        .checked_mul(100 * i128::from(year))?;
    proportion(base, numerator, denominator)
}

#[cfg(test)]
#[path = "interest_tests.rs"]
mod tests;
