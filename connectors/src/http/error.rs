use std::time::Duration;

use thiserror::Error;

use crate::Remedy;
use crate::oauth::OAuthError;

/// Why a call to a platform failed. `call` is method and path, never a query, a token or a body.
#[derive(Debug, Error)]
pub enum CallError {
    /// No connection: nothing was sent.
    #[error("{call}: {host} cannot be reached ({cause}); check the network, it is tried again")]
    Unreachable {
        /// Method and path.
        call: String,
        /// The platform's host.
        host: String,
        /// In the words of the operating system.
        cause: String,
    },
    /// The answer did not come or broke off.
    #[error("{call}: the answer of {host} did not come whole ({cause}); it is tried again")]
    BrokenOff {
        /// Method and path.
        call: String,
        /// The platform's host.
        host: String,
        /// What broke.
        cause: String,
    },
    /// Something was sent that must not be sent twice, and its answer did not come.
    #[error("{call}: the platform may or may not have done this ({cause}); look there before doing it again")]
    MayHaveArrived {
        /// Method and path.
        call: String,
        /// What went wrong.
        cause: String,
    },
    /// Too many calls.
    #[error("{call}: the platform takes no more calls now; wait {} seconds", after.as_secs())]
    Throttled {
        /// Method and path.
        call: String,
        /// How long the platform asks to wait.
        after: Duration,
    },
    /// An endpoint that refused so often that asking again would shut this program out.
    #[error(
        "{call}: not asked, the platform has refused this too often; see to what it refused, it is asked again in {} minutes",
        after.as_secs().div_ceil(60)
    )]
    LeftAlone {
        /// Method and path.
        call: String,
        /// How long it is left alone.
        after: Duration,
    },
    /// The platform has a fault.
    #[error("{call}: the platform failed with {status}; it is tried again")]
    ServerFailed {
        /// Method and path.
        call: String,
        /// HTTP status.
        status: u16,
        /// How long the platform asks to wait.
        after: Option<Duration>,
    },
    /// The platform does not take the access token, a fresh one neither.
    #[error("{call}: the platform no longer accepts the consent; connect the administration again")]
    Unauthorised {
        /// Method and path.
        call: String,
    },
    /// The consent does not cover this.
    #[error("{call}: not permitted ({detail}); connect again with the permission that is missing")]
    Forbidden {
        /// Method and path.
        call: String,
        /// In the platform's words.
        detail: String,
    },
    /// Not there.
    #[error("{call}: not found ({detail}); check the administration and whether the record was removed")]
    NotFound {
        /// Method and path.
        call: String,
        /// In the platform's words.
        detail: String,
    },
    /// The platform refuses what was asked.
    #[error("{call}: refused with {status} ({detail}); this needs a person")]
    Refused {
        /// Method and path.
        call: String,
        /// HTTP status.
        status: u16,
        /// In the platform's words.
        detail: String,
    },
    /// An answer beyond all measure.
    #[error("{call}: the answer is larger than {limit} bytes and was not read; report this")]
    TooLarge {
        /// Method and path.
        call: String,
        /// What is read at most.
        limit: usize,
    },
    /// An answer that is not what the platform's specification says.
    #[error("{call}: the answer is not understood ({detail}); report this")]
    NotUnderstood {
        /// Method and path.
        call: String,
        /// What is wrong with it.
        detail: String,
    },
    /// An address that secrets must not be sent to.
    #[error("{0}: only https, or http on this machine itself, may be used; correct the platform's address")]
    Unsafe(String),
    /// The HTTP client cannot be made.
    #[error("no encrypted connections can be made ({0}); check the certificates of this machine")]
    NoTransport(String),
    /// No access token.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
}

impl CallError {
    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Unreachable { .. } | Self::BrokenOff { .. } => Remedy::SOON,
            Self::Throttled { after, .. } | Self::LeftAlone { after, .. } => {
                Remedy::Retry { after: Some(*after) }
            }
            Self::ServerFailed { after, .. } => Remedy::Retry { after: *after },
            Self::Unauthorised { .. } | Self::Forbidden { .. } => Remedy::Reconnect,
            Self::OAuth(error) => error.remedy(),
            Self::MayHaveArrived { .. }
            | Self::NotFound { .. }
            | Self::Refused { .. }
            | Self::TooLarge { .. }
            | Self::NotUnderstood { .. }
            | Self::Unsafe(_)
            | Self::NoTransport(_) => Remedy::AskPerson,
        }
    }
}
