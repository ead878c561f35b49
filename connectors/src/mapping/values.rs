use maan_ledger::{Body, Currency, Hold, ItemState, Limit, Money};
use rust_decimal::Decimal;

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

/// Decimals that a floating point number is exact to.
const EXACT: u32 = 6;

/// An amount that the platform keeps as a floating point number: what is beyond its exactness is no part of it.
pub(crate) fn float_amount(
    field: &'static str,
    text: &Text,
    currency: Currency,
) -> Result<Money, RecordError> {
    let exact = text.parse::<Decimal>().map(|number| {
        let rounded = number.round_dp(EXACT).normalize();
        Text::from(rounded.to_string().as_str())
    });
    amount(field, exact.as_ref().unwrap_or(text), currency)
}

/// The total of a document on a platform that tells credit notes by their kind and not by their sign: one that was issued
/// is not below zero.
pub(crate) fn not_negative(
    field: &'static str,
    total: Money,
    state: ItemState,
) -> Result<Money, RecordError> {
    if total.minor < 0 && state != ItemState::Draft {
        return Err(RecordError::Sign { field, amount: total });
    }
    Ok(total)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floating_point_numbers_are_read_exactly() {
        let euros = |text: &str| float_amount("x", &text.into(), Currency::EUR).map(|money| money.minor);
        for (text, minor) in [
            ("1210.3000000000002", 121_030),
            ("0.30000000000000004", 30),
            ("-500", -50_000),
        ] {
            assert_eq!(euros(text).unwrap(), minor, "{text}");
        }
        euros("0.305").unwrap_err();
        euros("NaN").unwrap_err();
    }
}
