//! From Moneybird's records to facts: pure, one file per kind of record.

mod contact;
mod estimate;
mod invoice;
mod mutation;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use maan_ledger::{Currency, Day, DebtorId, Fact, Known, Moment, Money};

pub(super) use contact::{contact, debtor};
pub(super) use estimate::estimate;
pub(super) use invoice::invoice;
pub(super) use mutation::mutation;

use super::dto::Text;
use super::error::RecordError;
use crate::Ids;

/// What mapping needs to know beside the record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) ids: Ids,
    pub(super) zone: Tz,
    /// Language of the administration, for debtors of whom nothing better is known.
    pub(super) language: &'a str,
    /// The first reading: what is read was known before.
    pub(super) history: bool,
    /// Now.
    pub(super) at: Moment,
}

/// What a record says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Mapped {
    pub(super) debtor: Option<DebtorId>,
    pub(super) alias: Option<String>,
    pub(super) language: Option<String>,
    pub(super) facts: Vec<Fact>,
    /// Odd, but taken in.
    pub(super) problem: Option<String>,
}

impl Context<'_> {
    /// When something became known that Moneybird stamped, or that happened on a day.
    ///
    /// Without a stamp, history is assumed to have been booked one day later.
    fn known(&self, stamp: &Text, day: Day) -> Known {
        if !self.history {
            return Known::At(self.at);
        }
        let lag = Moment(i64::from(day.0).saturating_mul(86_400_000_000)).plus_seconds(86_400);
        Known::Assumed(moment(stamp).unwrap_or(lag).min(self.at))
    }

    /// The day of a stamp in the administration's time zone.
    fn day_of(&self, stamp: &Text) -> Option<Day> {
        moment(stamp)
            .map(|moment| Day::at(moment, self.zone))
            .filter(|day| day.is_plausible())
    }

    fn today(&self) -> Day {
        Day::at(self.at, self.zone)
    }
}

fn moment(stamp: &Text) -> Option<Moment> {
    DateTime::parse_from_rfc3339(stamp)
        .ok()
        .map(|stamp| Moment::from_utc(stamp.to_utc()))
}

/// A day that must be there; a stamp counts with its date.
pub(super) fn day(field: &'static str, text: &Text) -> Result<Day, RecordError> {
    let date: Option<NaiveDate> = text.get(..10).and_then(|date| date.parse().ok());
    date.map(Day::from_date)
        .filter(|day| day.is_plausible())
        .ok_or_else(|| {
            if text.is_empty() {
                RecordError::Missing(field)
            } else {
                RecordError::Day {
                    field,
                    value: text.chars().take(40).collect(),
                }
            }
        })
}

/// A day that may be missing.
fn optional_day(field: &'static str, text: &Text) -> Result<Option<Day>, RecordError> {
    if text.is_empty() {
        Ok(None)
    } else {
        day(field, text).map(Some)
    }
}

fn currency(code: &Text) -> Result<Currency, RecordError> {
    Currency::from_code(code).map_err(|cause| RecordError::Amount {
        field: "currency",
        cause,
    })
}

fn amount(field: &'static str, text: &Text, currency: Currency) -> Result<Money, RecordError> {
    Money::parse(text, currency).map_err(|cause| RecordError::Amount { field, cause })
}

/// Text of bearable length.
fn text(field: &'static str, text: &Text, most: usize) -> Result<String, RecordError> {
    let length = text.chars().count();
    if length > most {
        Err(RecordError::TooLong { field, length, most })
    } else {
        Ok(text.to_string())
    }
}

/// An account number without spaces and in capitals; none when there is none.
fn account_number(text: &Text) -> Option<String> {
    let number: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    (8..=34).contains(&number.len()).then_some(number)
}
