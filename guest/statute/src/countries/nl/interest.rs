//! Interest on one claim. Interest is added to the base after each full year counted from the default date
//! (art. 6:119 lid 2 and 6:119a lid 3 BW), never on 1 January.
//!
//! Choices where the law is silent: a segment ends at every half-year boundary, at every payment and at every
//! anniversary, and is rounded half up to the cent by itself; a segment counts its actual days over the days of
//! the running year from anniversary to anniversary (365 or 366), which in a leap year is lower than over 365.
//! A fixed rate has no half-year boundaries.

use super::imputation::impute;
use super::rates::{self, Row};
use crate::calendar::{Day, next_half_year, years_after};
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
    Table(&'static [Row]),
    /// One agreed rate.
    Fixed(Percentage),
    /// Rates by date, or the agreed one where it is lower.
    Lower(&'static [Row], Percentage),
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

/// Interest on `principal` from `start` up to, not including, `end`; payments in order of `from`.
/// `None` when a figure does not fit.
pub fn accrue(principal: i64, start: Day, end: Day, payments: &[Payment], rate: Rate) -> Option<Accrual> {
    let mut accrual = Accrual {
        principal_open: principal.max(0),
        ..Accrual::default()
    };
    let mut payments = payments.iter().peekable();
    // Interest of full years bears interest, that of the running year not yet.
    let (mut compounded, mut running) = (0i64, 0i64);
    let (mut day, mut year_start, mut year_end, mut years) = (start, start, years_after(start, 1), 1);
    while day < end {
        while let Some(payment) = payments.next_if(|payment| payment.from <= day) {
            impute(
                payment.amount,
                [&mut compounded, &mut running, &mut accrual.principal_open],
            );
        }
        let base = accrual.principal_open.checked_add(compounded)?;
        if base == 0 {
            break;
        }
        let (percentage, change) = rate_on(rate, day);
        let mut until = end.min(year_end).min(change);
        if let Some(payment) = payments.peek() {
            until = until.min(payment.from);
        }
        let interest = stretch(base, percentage, until - day, year_end - year_start)?;
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
        running = running.checked_add(interest)?;
        day = until;
        if day == year_end {
            compounded = compounded.checked_add(running)?;
            running = 0;
            years += 1;
            (year_start, year_end) = (year_end, years_after(start, years));
        }
    }
    for payment in payments {
        impute(
            payment.amount,
            [&mut compounded, &mut running, &mut accrual.principal_open],
        );
    }
    accrual.interest_open = compounded.checked_add(running)?;
    Some(accrual)
}

/// The rate on a day and the next day on which a segment must end for the rate's sake.
fn rate_on(rate: Rate, day: Day) -> (Percentage, Day) {
    match rate {
        Rate::Fixed(percentage) => (percentage, Day::MAX),
        Rate::Table(table) => {
            let (units, change) = rates::on(table, day);
            (Percentage { units, scale: 2 }, change.min(next_half_year(day)))
        }
        Rate::Lower(table, agreed) => {
            let (dated, change) = rate_on(Rate::Table(table), day);
            (if agreed.is_below(dated) { agreed } else { dated }, change)
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
