//! From Business Central's records to facts: pure, one file per kind of record.

mod customer;
mod document;
mod entry;
mod order;

use maan_ledger::{Currency, Day};

pub(super) use customer::{customer, customer_of};
pub(super) use document::{credit_memo, invoice};
pub(super) use entry::{Ledger, entry};
pub(super) use order::{order, quotation};

use crate::mapping::{Context, RecordError, Text, currency, optional_day};

/// Longest number or reference.
const LONGEST: usize = 500;

/// A day; the first of the year 1 stands for none.
fn date(field: &'static str, text: &Text) -> Result<Option<Day>, RecordError> {
    if text.starts_with("0001-01-01") {
        Ok(None)
    } else {
        optional_day(field, text)
    }
}

/// The currency of a record; the company's own comes without a code.
fn currency_of(context: &Context<'_>, code: &Text) -> Result<Currency, RecordError> {
    if code.is_empty() {
        currency(&context.currency.into())
    } else {
        currency(code)
    }
}

/// An option as it is meant: a blank one and blanks within one come encoded.
fn option(text: &Text) -> String {
    text.replace("_x0020_", " ").trim().to_owned()
}

/// The item of a credit memo, by its number: the ledger knows no ids.
fn memo(number: &str) -> String {
    format!("credit-memo/{number}")
}
