use std::time::Duration;

use thiserror::Error;

use super::VaultError;
use crate::Remedy;

/// Why there is no consent or no token.
#[derive(Debug, Error)]
pub enum OAuthError {
    /// The answer does not belong to this sign-in.
    #[error(
        "this answer belongs to another sign-in (its state differs); start connecting again and use the newest page"
    )]
    OtherState,
    /// The answer came to another address than agreed.
    #[error(
        "this is not the address that the platform was to send the answer to; copy the whole address of the last page"
    )]
    OtherRedirect,
    /// A parameter came twice or not at all.
    #[error(
        "the answer holds no single `{0}`; copy the whole address of the last page, or start connecting again"
    )]
    Incomplete(&'static str),
    /// The answer names another server than the one asked.
    #[error("the answer claims to come from another server; do not use it and start connecting again")]
    OtherIssuer,
    /// The person or the platform refused.
    #[error("the platform did not give consent ({0}); start connecting again and allow the access")]
    Denied(String),
    /// Nobody answered.
    #[error("no answer came within {0} seconds; start connecting again")]
    NoAnswer(u64),
    /// The listener for the answer cannot be started.
    #[error(
        "cannot listen on {address} for the platform's answer ({cause}); choose another port, or connect without a browser"
    )]
    CannotListen {
        /// Where.
        address: String,
        /// In the words of the operating system.
        cause: String,
    },
    /// The token endpoint cannot be reached, or its answer did not come.
    #[error("{host} did not answer ({cause}); check the network, it is tried again")]
    Unreachable {
        /// The platform's host.
        host: String,
        /// What went wrong.
        cause: String,
    },
    /// The token endpoint has a fault.
    #[error("the platform's token endpoint failed with {0}; it is tried again")]
    ServerFailed(u16),
    /// The consent is gone.
    #[error("the consent has ended ({0}); connect the administration again")]
    ConsentEnded(String),
    /// The access token is no longer taken and there is none to refresh it with.
    #[error("the access has ended and cannot be renewed; connect the administration again")]
    NoRefreshToken,
    /// The platform refuses this client or request.
    #[error(
        "the platform refuses the request for a token ({0}); check client id, secret, redirect address and permissions"
    )]
    Refused(String),
    /// An answer that is not one of OAuth.
    #[error("the answer of the token endpoint is not understood ({0}); check the platform's address")]
    NotUnderstood(String),
    /// An address that secrets must not be sent to.
    #[error("{0}: only https, or http on this machine itself, may be used; correct the platform's address")]
    Unsafe(String),
    /// The platform refuses a token that is too young to be renewed.
    #[error(
        "the platform refuses a new access token and gives no other yet; it is tried again in {0} seconds"
    )]
    TooYoung(u64),
    /// The key is no longer taken.
    #[error(
        "the platform no longer accepts the key; make a new one there and connect the administration again"
    )]
    KeyEnded,
    /// Another process refreshes and does not finish.
    #[error("another process is renewing the access and has not finished; it is tried again")]
    StillRenewing,
    /// The tokens cannot be read or kept.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl OAuthError {
    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Unreachable { .. } | Self::ServerFailed(_) | Self::StillRenewing | Self::Vault(_) => {
                Remedy::SOON
            }
            Self::TooYoung(seconds) => Remedy::Retry {
                after: Some(Duration::from_secs(*seconds)),
            },
            Self::ConsentEnded(_) | Self::NoRefreshToken | Self::KeyEnded => Remedy::Reconnect,
            _ => Remedy::AskPerson,
        }
    }
}
