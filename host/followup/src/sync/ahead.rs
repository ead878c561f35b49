//! Batches that are read while those before them are kept.

use std::time::{Duration, Instant};

use maan_connectors::{Batch, Reading};

use super::unreadable;
use crate::RunError;

/// Batches that are kept in one transaction, at most: pages of the database that several change are written once.
const KEPT_AT_ONCE: usize = 8;
/// After this time what was read is kept, so that a reading that is broken off loses little.
const SOON: Duration = Duration::from_millis(250);

/// Some batches, each with how far the reading was after it.
pub(super) struct Read {
    pub(super) batches: Vec<(Batch, String)>,
    /// How the reading ended; none when there is more.
    pub(super) end: Option<Result<(), RunError>>,
}

impl Read {
    /// The next batches that are there soon.
    pub(super) async fn some(reading: &mut Reading<'_>) -> Self {
        let begin = Instant::now();
        let mut batches = Vec::new();
        while batches.len() < KEPT_AT_ONCE && (batches.is_empty() || begin.elapsed() < SOON) {
            match next(reading).await {
                Ok(Some(batch)) => batches.push(batch),
                end => {
                    let end = Some(end.map(|_| ()));
                    return Self { batches, end };
                }
            }
        }
        Self { batches, end: None }
    }
}

async fn next(reading: &mut Reading<'_>) -> Result<Option<(Batch, String)>, RunError> {
    let Some(batch) = reading.next().await? else {
        return Ok(None);
    };
    let positions = reading.known().positions().map_err(unreadable)?;
    Ok(Some((batch, positions)))
}
