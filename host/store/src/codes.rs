//! Words and numbers in columns, and back.

use maan_ledger::{Currency, Money};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::StoreError;

/// The name of a plain variant, as serde writes it.
pub(crate) fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The variant with a name.
pub(crate) fn from_word<T: DeserializeOwned>(what: &'static str, name: String) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(name)).map_err(|error| StoreError::unreadable(what, error))
}

/// JSON of a value of our own.
pub(crate) fn json<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::invalid(what, error))
}

/// A value of our own from its JSON.
pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::unreadable(what, error))
}

/// ISO 4217 numbers end at 999.
pub(crate) fn currency_number(currency: Currency) -> i16 {
    i16::try_from(currency.0).unwrap_or(i16::MAX)
}

pub(crate) fn currency(number: i16) -> Result<Currency, StoreError> {
    u16::try_from(number)
        .map(Currency)
        .map_err(|_| StoreError::unreadable("a currency", number))
}

pub(crate) fn money(minor: i64, number: i16) -> Result<Money, StoreError> {
    Ok(Money::new(minor, currency(number)?))
}

/// A digest or root of 32 bytes.
pub(crate) fn bytes32(what: &'static str, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::unreadable(what, format!("{} bytes instead of 32", bytes.len())))
}

pub(crate) fn unsigned<T: TryFrom<i64>>(what: &'static str, number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::unreadable(what, number))
}
