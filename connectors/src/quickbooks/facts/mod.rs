//! From QuickBooks' records to facts: pure, one file per kind of record.

mod customer;
mod estimate;
mod payment;
mod sale;

use maan_ledger::Currency;

pub(super) use customer::{customer, customer_of};
pub(super) use estimate::estimate;
pub(super) use payment::payment;
pub(super) use sale::{credit_memo, invoice};

use super::dto::Reference;
use crate::mapping::{Context, RecordError, currency};

/// Longest number or reference.
const LONGEST: usize = 500;

/// The currency of a record; a company with one currency does not name it.
fn currency_of(context: &Context<'_>, named: &Reference) -> Result<Currency, RecordError> {
    if named.value.is_empty() {
        currency(&context.currency.into())
    } else {
        currency(&named.value)
    }
}

/// The item of a credit memo, whose ids may be those of invoices.
fn memo(id: &str) -> String {
    format!("credit-memo/{id}")
}
