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
