use maan_ledger::{Body, Currency, Hold, Limit, Money};

use super::{RecordError, Text};
use crate::changes::ON_PLATFORM;

/// A currency by its code.
pub(crate) fn currency(code: &Text) -> Result<Currency, RecordError> {
    Currency::from_code(code).map_err(|cause| RecordError::Amount {
        field: "currency",
        cause,
    })
}

/// An exact amount.
pub(crate) fn amount(field: &'static str, text: &Text, currency: Currency) -> Result<Money, RecordError> {
    Money::parse(text, currency).map_err(|cause| RecordError::Amount { field, cause })
}

/// Text of bearable length.
pub(crate) fn text(field: &'static str, text: &Text, most: usize) -> Result<String, RecordError> {
    let length = text.chars().count();
    if length > most {
        Err(RecordError::TooLong { field, length, most })
    } else {
        Ok(text.to_string())
    }
}

/// An account number without spaces and in capitals; none when there is none.
pub(crate) fn account_number(text: &Text) -> Option<String> {
    let number: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    (8..=34).contains(&number.len()).then_some(number)
}

/// The credit limit that the platform has for a debtor.
pub(crate) fn limit(limit: Option<Money>) -> Body {
    Body::LimitSet(Limit {
        limit,
        insured: None,
        reason: ON_PLATFORM.to_owned(),
    })
}

/// Whether the platform holds deliveries to a debtor.
pub(crate) fn held(held: bool) -> Body {
    Body::HoldSet(Hold {
        held,
        reason: ON_PLATFORM.to_owned(),
    })
}
