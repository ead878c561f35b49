use thiserror::Error;

use crate::http::CallError;
use crate::{Entity, Remedy};

/// Why reading stopped. What was given before stays good, the next reading goes on from there.
#[derive(Debug, Error)]
pub enum ReadError {
    /// A call failed.
    #[error("reading {}s: {cause}", entity.word())]
    Call {
        /// What was being read.
        entity: Entity,
        /// Why it failed.
        cause: CallError,
    },
    /// So much has vanished that it looks like a fault or another administration.
    #[error(
        "{vanished} of {known} {}s are no longer on the platform; nothing was removed here, check the administration and \
         allow the removal if it is right", entity.word()
    )]
    MuchVanished {
        /// Of what.
        entity: Entity,
        /// How many records vanished.
        vanished: usize,
        /// How many were known.
        known: usize,
    },
}

impl ReadError {
    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Call { cause, .. } => cause.remedy(),
            Self::MuchVanished { .. } => Remedy::AskPerson,
        }
    }
}

/// Why a record cannot be taken in. Told per record; the others are read.
#[derive(Debug, Error)]
pub(super) enum RecordError {
    #[error("it is not understood ({0})")]
    Unreadable(String),
    #[error("{field}: {cause}")]
    Amount {
        field: &'static str,
        cause: maan_ledger::MoneyError,
    },
    #[error("{field} is `{value}`, which is not a day between 1900 and 2200; correct it on Moneybird")]
    Day { field: &'static str, value: String },
    #[error("{field} has {length} characters, more than {most}; shorten it on Moneybird")]
    TooLong {
        field: &'static str,
        length: usize,
        most: usize,
    },
    #[error("its state `{0}` is unknown; a newer version of this program may know it")]
    State(String),
    #[error("it has no contact; give it one on Moneybird")]
    NoContact,
    #[error("{0} is missing")]
    Missing(&'static str),
}
