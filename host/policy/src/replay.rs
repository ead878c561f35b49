//! Runs a recorded decision again and compares bytes, or says exactly why that is not possible.

use crate::contract::{self, Context};
use crate::digest::Digest;
use crate::error::PolicyError;
use crate::host::PolicyHost;
use crate::limits::FUEL_SCHEDULE;
use crate::record::{Record, Run, Unreadable, differences, read_view};
use crate::settings;
use crate::slots::{CreditCheck, Segmentation, Slot, Statute, Workflow};

/// What a record refers to by digest.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Bytes of the context.
    pub context: &'a [u8],
    /// Bytes of the case.
    pub case: &'a [u8],
    /// The settings as JSON.
    pub settings: &'a str,
}

/// What came of running it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// The outcome has the same bytes.
    Identical,
    /// The outcome differs; each entry names a field with both values.
    Differs(Vec<String>),
    /// It cannot be run again.
    Impossible(Impossible),
}

/// Why a decision cannot be run again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// Decided under another version of the contract.
    #[error("it was decided under contract {0}, this release speaks {version}; use a release that speaks it", version = contract::VERSION)]
    Contract(String),
    /// Decided under another fuel schedule.
    #[error(
        "it was decided under fuel schedule {0}, this release has {FUEL_SCHEDULE}; use a release that has it"
    )]
    FuelSchedule(u32),
    /// Not the component of the record.
    #[error("the component given has digest {given}, the record names {recorded}")]
    Component {
        /// Digest in the record.
        recorded: Digest,
        /// Digest of what was given.
        given: Digest,
    },
    /// Not the settings of the record.
    #[error("the settings given have digest {given}, the record names {recorded}")]
    Settings {
        /// Digest in the record.
        recorded: Digest,
        /// Digest of what was given.
        given: Digest,
    },
    /// Not the context of the record.
    #[error("the context given has digest {given}, the record names {recorded}")]
    Context {
        /// Digest in the record.
        recorded: Digest,
        /// Digest of what was given.
        given: Digest,
    },
    /// Not the case of the record.
    #[error("the case given has digest {given}, the record names {recorded}")]
    Case {
        /// Digest in the record.
        recorded: Digest,
        /// Digest of what was given.
        given: Digest,
    },
    /// Context or case cannot be read.
    #[error("context or case: {0}")]
    View(#[from] Unreadable),
}

/// `Err` carries what ends a replay early.
type Step<T> = Result<T, Impossible>;

impl PolicyHost {
    /// Runs one run of a record again. `fetch` gives the component's bytes, where it is not loaded already.
    /// Trust in statute packs is not asked for here: what once decided can always be looked at.
    ///
    /// # Errors
    /// Incidents of the host; all that concerns the record is in the [`Replay`].
    pub fn replay(
        &self,
        record: &Record,
        run: &Run,
        kept: Kept<'_>,
        fetch: impl FnOnce() -> Result<Vec<u8>, PolicyError>,
    ) -> Result<Replay, PolicyError> {
        match run.slot {
            contract::Slot::Segmentation => self.replay_slot::<Segmentation>(record, run, kept, fetch),
            contract::Slot::CreditCheck => self.replay_slot::<CreditCheck>(record, run, kept, fetch),
            contract::Slot::Workflow => self.replay_slot::<Workflow>(record, run, kept, fetch),
            contract::Slot::Statute => self.replay_slot::<Statute>(record, run, kept, fetch),
        }
    }

    fn replay_slot<S: Slot>(
        &self,
        record: &Record,
        run: &Run,
        kept: Kept<'_>,
        fetch: impl FnOnce() -> Result<Vec<u8>, PolicyError>,
    ) -> Result<Replay, PolicyError> {
        let settings = settings::canonical(kept.settings)?;
        let (context, case) = match shown::<S>(record, run, kept, &settings) {
            Ok(shown) => shown,
            Err(why) => return Ok(Replay::Impossible(why)),
        };
        let component = match self.load(run.component, fetch) {
            Err(PolicyError::WrongBytes { wanted, found }) => {
                return Ok(Replay::Impossible(Impossible::Component {
                    recorded: wanted,
                    given: found,
                }));
            }
            loaded => loaded?,
        };
        let policy = match self.accepted::<S>(&component, &settings) {
            Err(error @ (PolicyError::Problems { .. } | PolicyError::Stopped { .. })) => {
                return Ok(Replay::Differs(vec![error.to_string()]));
            }
            accepted => accepted?,
        };
        let outcome = policy.decide_alone(&context, &case, run.call_bytes)?.canonical();
        if outcome == run.outcome {
            return Ok(Replay::Identical);
        }
        Ok(Replay::Differs(differences::<S>(&run.outcome, &outcome)))
    }
}

/// Checks all digests and reads what the component was shown.
fn shown<S: Slot>(record: &Record, run: &Run, kept: Kept<'_>, settings: &str) -> Step<(Context, S::Case)> {
    if record.contract != contract::VERSION {
        return Err(Impossible::Contract(record.contract.clone()));
    }
    if record.fuel_schedule != FUEL_SCHEDULE {
        return Err(Impossible::FuelSchedule(record.fuel_schedule));
    }
    let given = Digest::of(settings.as_bytes());
    if given != run.settings {
        return Err(Impossible::Settings {
            recorded: run.settings,
            given,
        });
    }
    let given = Digest::of(kept.context);
    if given != run.context {
        return Err(Impossible::Context {
            recorded: run.context,
            given,
        });
    }
    let given = Digest::of(kept.case);
    if given != run.case {
        return Err(Impossible::Case {
            recorded: run.case,
            given,
        });
    }
    Ok((read_view(kept.context)?, read_view(kept.case)?))
}
