//! What can stop a run.

use maan_policy_host::contract::Slot;
use maan_policy_host::{Digest, PolicyError};
use maan_store::StoreError;
use thiserror::Error;

/// Why a run, a sending or a replay stopped. What was done before stays done, and running again continues.
#[derive(Debug, Error)]
pub enum RunError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The host of the policies.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The platform.
    #[error("the platform could not be read: {0}")]
    Platform(String),
    /// Reading the platform stopped.
    #[error("{0}; what was read is kept, read again to continue")]
    Reading(maan_connectors::ReadError),
    /// The consent is gone.
    #[error("the platform no longer gives access: {0}; connect the administration again with `maan connect`")]
    NeedsConsent(String),
    /// Every connection was ended by a person.
    #[error(
        "the administration is disconnected, and nothing new is read; connect it again with `maan connect`, or go on with imported files and `maan run --no-sync`"
    )]
    Disconnected,
    /// Another process has the right to change the tokens.
    #[error("another process is renewing the access; try again in a minute")]
    Renewing,
    /// Another process reads the connection now.
    #[error(
        "another process took over reading the platform, as nothing was heard of this one for a while; what was read is kept, read again to continue"
    )]
    TakenOver,
    /// A slot is empty.
    #[error("no policy is in use for {0}; choose one with `maan policy use {0} DIGEST`")]
    NoPolicy(Slot),
    /// A component that is in use is not in the database.
    #[error(
        "the policy in use for {slot}, component {digest}, is not installed; install it with `maan policy install`"
    )]
    ComponentGone {
        /// The slot.
        slot: Slot,
        /// The component.
        digest: Digest,
    },
    /// Something that this program wrote cannot be read.
    #[error("{what} cannot be read: {why}")]
    Unreadable {
        /// What.
        what: &'static str,
        /// Why.
        why: String,
    },
    /// A file that is given back cannot be written.
    #[error("{what} cannot be written: {why}; choose an empty folder with enough room")]
    Unwritten {
        /// What.
        what: &'static str,
        /// Why.
        why: String,
    },
    /// A policy could not answer a question of a person.
    #[error("no answer: {0}")]
    Undecided(String),
    /// A text.
    #[error("the text of a message could not be written: {0}")]
    Text(#[from] maan_outreach::TextError),
    /// Amounts that do not add up.
    #[error("amounts cannot be added: {0}")]
    Money(#[from] maan_ledger::MoneyError),
    /// A promise to pay that cannot be.
    #[error("{0}")]
    Promise(#[from] crate::PromiseError),
    /// A thread of the program ended.
    #[error("a worker thread ended: {0}; run it again to continue")]
    Worker(String),
    /// A person asked for it.
    #[error("stopped; what was done stays done, run it again to continue")]
    Interrupted,
}

impl From<maan_connectors::http::CallError> for RunError {
    fn from(error: maan_connectors::http::CallError) -> Self {
        match error.remedy() {
            maan_connectors::Remedy::Reconnect => Self::NeedsConsent(error.to_string()),
            _ => Self::Platform(error.to_string()),
        }
    }
}

impl From<maan_connectors::ReadError> for RunError {
    fn from(error: maan_connectors::ReadError) -> Self {
        match error.remedy() {
            maan_connectors::Remedy::Reconnect => Self::NeedsConsent(error.to_string()),
            _ => Self::Reading(error),
        }
    }
}
