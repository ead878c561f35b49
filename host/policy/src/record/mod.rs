//! Decision records: what was decided on what, in bytes that can be kept, chained and compared.

mod difference;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use self::difference::differences;

/// Canonical bytes of a value of the contract.
pub(crate) fn canonical<T: Serialize>(value: &T) -> Vec<u8> {
    // The contract's types hold nothing that this encoding cannot express.
    postcard::to_stdvec(value).unwrap_or_default()
}

/// The value, if these are the canonical bytes of one.
pub(crate) fn from_canonical<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::take_from_bytes(bytes)
        .ok()
        .filter(|(_, rest)| rest.is_empty())
        .map(|(value, _)| value)
}

/// Number of canonical bytes, without making them.
pub(crate) fn size<T: Serialize>(value: &T) -> usize {
    postcard::experimental::serialized_size(value).unwrap_or_default()
}
