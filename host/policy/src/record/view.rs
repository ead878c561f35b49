//! Canonical bytes: equal values have equal bytes, in every release.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Number of the format of views. A view's bytes begin with it.
pub const VIEW_FORMAT: u8 = 1;

/// Room to begin with, in bytes: most cases, outcomes and records need no more.
const USUAL: usize = 1024;

/// Why bytes cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Another release wrote them.
    #[error("the bytes have format {found}, this release reads {known}; use a release that knows it")]
    Format {
        /// Format of the bytes.
        found: u8,
        /// Format that this release reads.
        known: u8,
    },
    /// They are damaged.
    #[error("the bytes are damaged or hold something else; restore them from a copy")]
    Damaged,
}

/// The bytes of what a component was shown: a context or a case. A digest of them goes into the record.
pub fn view<T: Serialize>(value: &T) -> Vec<u8> {
    versioned(VIEW_FORMAT, value)
}

/// The context or case in these bytes.
///
/// # Errors
/// The bytes are damaged, or from a release with another format.
pub fn read_view<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    read_versioned(VIEW_FORMAT, bytes)
}

pub(super) fn versioned<T: Serialize>(format: u8, value: &T) -> Vec<u8> {
    // The contract's types hold nothing that this encoding cannot express.
    let mut bytes = Vec::with_capacity(USUAL);
    bytes.push(format);
    postcard::to_extend(value, bytes).unwrap_or_default()
}

pub(super) fn read_versioned<T: DeserializeOwned>(known: u8, bytes: &[u8]) -> Result<T, Unreadable> {
    match bytes.split_first() {
        Some((&found, _)) if found != known => Err(Unreadable::Format { found, known }),
        Some((_, rest)) => from_canonical(rest).ok_or(Unreadable::Damaged),
        None => Err(Unreadable::Damaged),
    }
}

/// Canonical bytes of a value of the contract.
pub(crate) fn canonical<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_extend(value, Vec::with_capacity(USUAL)).unwrap_or_default()
}

/// The value, if these are the canonical bytes of one.
pub(crate) fn from_canonical<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::take_from_bytes(bytes)
        .ok()
        .filter(|(_, rest)| rest.is_empty())
        .map(|(value, _)| value)
}
