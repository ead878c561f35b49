//! From Exact Online's rows to facts: pure, one file per kind of row.

mod account;
mod order;
mod term;

use maan_ledger::Day;

pub(super) use account::{account, account_of};
pub(super) use order::{order, quotation};
pub(super) use term::term;

use crate::mapping::{RecordError, Text, json_date, plausible};

/// Longest number or reference.
const LONGEST: usize = 500;

/// A day, which comes as its midnight in UTC.
pub(super) fn day(field: &'static str, text: &Text) -> Result<Day, RecordError> {
    let day = json_date(text).map(|at| Day::at(at, chrono_tz::Tz::UTC));
    plausible(field, text, day)
}

fn optional_day(field: &'static str, text: &Text) -> Result<Option<Day>, RecordError> {
    if text.is_empty() {
        Ok(None)
    } else {
        day(field, text).map(Some)
    }
}
