use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::{Grant, Lease, OAuthError, Stored, TokenEndpoint, TokenVault, Tokens, VaultError};
use crate::http::Timer;

/// How often a new token is offered to the vault before it is given up: without it the consent is lost.
const KEEPING: usize = 4;
/// How often it is looked whether another holder has finished renewing, and how long each time.
const LOOKS: u32 = 90;
const LOOK: Duration = Duration::from_millis(500);

/// The access of one connection, renewed by one holder at a time and kept before it is used.
pub struct Session {
    /// None where access is a key that is never renewed.
    endpoint: Option<TokenEndpoint>,
    vault: Arc<dyn TokenVault>,
    timer: Timer,
    /// Within this process; the vault's lease does the same between processes.
    renewing: tokio::sync::Mutex<()>,
}

/// An access token and the version of the tokens that it belongs to.
#[derive(Clone, Debug)]
pub struct Access {
    /// The token.
    pub token: SecretString,
    /// Version in the vault.
    pub version: u64,
}

impl From<Stored> for Access {
    fn from(stored: Stored) -> Self {
        Self {
            token: stored.tokens.access,
            version: stored.version,
        }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// A session with the tokens in a vault.
    pub fn new(endpoint: TokenEndpoint, vault: Arc<dyn TokenVault>, timer: Timer) -> Self {
        Self {
            endpoint: Some(endpoint),
            vault,
            timer,
            renewing: tokio::sync::Mutex::new(()),
        }
    }

    /// A session with a key that a person made on the platform.
    pub fn of_key(vault: Arc<dyn TokenVault>, timer: Timer) -> Self {
        Self {
            endpoint: None,
            vault,
            timer,
            renewing: tokio::sync::Mutex::new(()),
        }
    }

    /// An access token that should still be taken.
    pub async fn access(&self) -> Result<Access, OAuthError> {
        let stored = self.vault.current().await?;
        let Some(endpoint) = &self.endpoint else {
            return Ok(stored.into());
        };
        let renewable =
            stored.tokens.refresh.is_some() || endpoint.provider().grant == Grant::ClientCredentials;
        if is_fresh(endpoint, &stored.tokens) || !renewable {
            return Ok(stored.into());
        }
        self.renew(stored.version).await
    }

    /// Another access token than that of version `old`, which the platform refused or which is about to end.
    pub async fn renew(&self, old: u64) -> Result<Access, OAuthError> {
        let endpoint = self.endpoint.as_ref().ok_or(OAuthError::KeyEnded)?;
        let _alone = self.renewing.lock().await;
        for _ in 0..LOOKS {
            let stored = self.vault.current().await?;
            if stored.version != old {
                return Ok(stored.into());
            }
            if let Some(seconds) = too_young(endpoint, &stored.tokens) {
                return Err(OAuthError::TooYoung(seconds));
            }
            if let Some(lease) = self.vault.lease().await? {
                return self.renew_with(endpoint, lease, old).await;
            }
            self.timer.sleep(LOOK).await;
        }
        Err(OAuthError::StillRenewing)
    }

    /// Ends the consent at the platform. A key is ended there by a person.
    pub async fn revoke(&self) -> Result<(), OAuthError> {
        let Some(endpoint) = &self.endpoint else {
            return Ok(());
        };
        let stored = self.vault.current().await?;
        endpoint.revoke(&stored.tokens).await
    }

    async fn renew_with(
        &self,
        endpoint: &TokenEndpoint,
        lease: Lease,
        old: u64,
    ) -> Result<Access, OAuthError> {
        if lease.stored.version != old {
            self.vault.release(&lease).await?;
            return Ok(lease.stored.into());
        }
        match endpoint.refresh(&lease.stored.tokens).await {
            Ok(tokens) => self.keep(&lease, tokens).await,
            Err(error) => {
                // the error that matters is the first one
                if let Err(second) = self.vault.release(&lease).await {
                    tracing::warn!(error = %second, "the right to renew was not given back and runs out by itself");
                }
                Err(error)
            }
        }
    }

    async fn keep(&self, lease: &Lease, tokens: Tokens) -> Result<Access, OAuthError> {
        let mut attempt = 1;
        loop {
            match self.vault.replace(lease, &tokens).await {
                Ok(version) => {
                    return Ok(Access {
                        token: tokens.access,
                        version,
                    });
                }
                Err(VaultError::Failed(why)) if attempt < KEEPING => {
                    tracing::warn!(why, attempt, "a new token could not be kept");
                    attempt += 1;
                    self.timer.sleep(LOOK).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn is_fresh(endpoint: &TokenEndpoint, tokens: &Tokens) -> bool {
    let soon = endpoint
        .clock()
        .now()
        .plus_seconds(seconds(endpoint.provider().margin));
    tokens.expires_at.is_none_or(|end| end > soon)
}

/// In how many seconds the platform gives another token; none when it does now.
fn too_young(endpoint: &TokenEndpoint, tokens: &Tokens) -> Option<u64> {
    let from = tokens
        .issued_at?
        .plus_seconds(seconds(endpoint.provider().youngest));
    let left = from.0.saturating_sub(endpoint.clock().now().0);
    u64::try_from(left)
        .ok()
        .filter(|left| *left > 0)
        .map(|left| left.div_ceil(1_000_000))
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
