use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{Mapped, RecordError};
use crate::{Entity, Look, ReadRecord};

impl ReadRecord {
    /// A record as it was mapped. One that cannot be taken in keeps its debtor, and what was known before, until it
    /// can be read again.
    pub(crate) fn mapped(
        entity: Entity,
        look: Look<'_>,
        (reference, version): (String, u64),
        mapped: Result<Mapped, RecordError>,
    ) -> Self {
        let before = || look.known.get(entity, &reference);
        let mapped = mapped.unwrap_or_else(|error| Mapped {
            debtor: before().and_then(|known| known.debtor),
            alias: before().and_then(|known| known.alias.clone()),
            problem: Some(error.to_string()),
            ..Mapped::default()
        });
        Self {
            version,
            debtor: mapped.debtor,
            alias: mapped.alias,
            language: mapped.language,
            facts: mapped.facts,
            with_payments: mapped.with_payments,
            deleted: false,
            ends: None,
            problem: mapped.problem,
            reference,
        }
    }

    /// A record that the platform marks as gone.
    pub fn gone(reference: String) -> Self {
        Self {
            reference,
            deleted: true,
            ..Self::default()
        }
    }
}

/// Reads one record. An odd one spoils no other.
pub(crate) fn record<T: DeserializeOwned>(raw: &RawValue) -> Result<T, RecordError> {
    serde_json::from_str(raw.get())
        .map_err(|error| RecordError::Unreadable(error.to_string().chars().take(200).collect()))
}

/// The version of a record that has none: other content gives another number, which is never 0.
pub(crate) fn content_version(content: &str) -> u64 {
    let digest = Sha256::digest(content.as_bytes());
    let first = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    // kept as a signed number
    (first >> 1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_content_is_another_version() {
        assert_eq!(content_version("{}"), content_version("{}"));
        assert_ne!(content_version("{}"), content_version("{ }"));
        assert!(content_version("{}") <= i64::MAX as u64);
    }
}
