//! Decision records: what was decided on what, in bytes that can be kept, chained and compared.
//!
//! A [`Record`] holds all that one debtor's decision in one run depended on: the contract and the fuel
//! schedule, component and settings by digest, the two times of the snapshot, and the digests of what each
//! component was shown. The shown views themselves are kept beside it (or rebuilt from facts): their bytes
//! come from [`view`] and must match the digest. Records are chained by [`chain`]. Storage is not done here.

pub mod chain;
mod difference;
mod view;

use serde::{Deserialize, Serialize};

pub(crate) use self::difference::differences;
pub use self::view::{Unreadable, VIEW_FORMAT, read_view, view};
pub(crate) use self::view::{canonical, from_canonical};
use crate::contract::Slot;
use crate::digest::Digest;
use crate::policy::{Decision, Policy};
use crate::slots;

/// Number of the format of records. A record's bytes begin with it.
pub const RECORD_FORMAT: u8 = 1;

/// One debtor's decision in one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of the contract.
    pub contract: String,
    /// Number of the fuel schedule.
    pub fuel_schedule: u32,
    /// The day for which was decided, as days since 1970-01-01 in the tenant's time zone.
    pub as_of: i32,
    /// Up to when facts were known, in microseconds since 1970-01-01 UTC.
    pub known_at: i64,
    /// The batch in which it was decided.
    pub batch: [u8; 16],
    /// The place in that batch, from 0.
    pub position: u32,
    /// What each slot was asked and answered, in the order in which they were asked.
    pub runs: Vec<Run>,
}

/// What one slot was asked and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Which slot.
    pub slot: Slot,
    /// Digest of the component's bytes.
    pub component: Digest,
    /// Digest of the settings' canonical JSON.
    pub settings: Digest,
    /// Digest of the batch's context, as given by [`view`].
    pub context: Digest,
    /// Digest of the case, as given by [`view`].
    pub case: Digest,
    /// Bytes of all cases of the call; its budgets follow from them.
    pub call_bytes: u64,
    /// Canonical bytes of the outcome, or of why there was none; of the statute slot these are the verdicts.
    #[serde(with = "serde_bytes")]
    pub outcome: Vec<u8>,
}

impl Run {
    /// The run of `policy` that led to `decision`, with the digests of what it was shown.
    pub fn new<S: slots::Slot>(
        policy: &Policy<S>,
        context: Digest,
        case: Digest,
        decision: &Decision<S::Outcome>,
    ) -> Self {
        Self {
            slot: S::SLOT,
            component: policy.component().digest(),
            settings: policy.settings_digest(),
            context,
            case,
            call_bytes: decision.call_bytes,
            outcome: decision.canonical(),
        }
    }

    /// The outcome as it was recorded, or why there was none; `None` if it is not one of slot `S`.
    pub fn outcome<S: slots::Slot>(&self) -> Option<Result<S::Outcome, crate::error::Stop>> {
        (self.slot == S::SLOT).then(|| from_canonical(&self.outcome))?
    }
}

impl Record {
    /// The record's bytes.
    pub fn encode(&self) -> Vec<u8> {
        view::versioned(RECORD_FORMAT, self)
    }

    /// The record in these bytes.
    ///
    /// # Errors
    /// The bytes are damaged, or from a release with another format.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        view::read_versioned(RECORD_FORMAT, bytes)
    }
}
