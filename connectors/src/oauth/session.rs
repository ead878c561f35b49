use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::{Lease, OAuthError, Stored, TokenEndpoint, TokenVault, Tokens, VaultError};
use crate::http::Timer;

/// An access token is renewed when it has less than this to live.
const MARGIN_SECONDS: i64 = 60;
/// How often a new token is offered to the vault before it is given up: without it the consent is lost.
const KEEPING: usize = 4;
/// How often it is looked whether another holder has finished renewing, and how long each time.
const LOOKS: u32 = 90;
const LOOK: Duration = Duration::from_millis(500);

/// The access of one connection, renewed by one holder at a time and kept before it is used.
pub struct Session {
    endpoint: TokenEndpoint,
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
            endpoint,
            vault,
            timer,
            renewing: tokio::sync::Mutex::new(()),
        }
    }

    /// An access token that should still be taken.
    pub async fn access(&self) -> Result<Access, OAuthError> {
        let stored = self.vault.current().await?;
        if self.is_fresh(&stored.tokens) || stored.tokens.refresh.is_none() {
            return Ok(stored.into());
        }
        self.renew(stored.version).await
    }

    /// Another access token than that of version `old`, which the platform refused or which is about to end.
    pub async fn renew(&self, old: u64) -> Result<Access, OAuthError> {
        let _alone = self.renewing.lock().await;
        for _ in 0..LOOKS {
            let stored = self.vault.current().await?;
            if stored.version != old {
                return Ok(stored.into());
            }
            if let Some(lease) = self.vault.lease().await? {
                return self.renew_with(lease, old).await;
            }
            self.timer.sleep(LOOK).await;
        }
        Err(OAuthError::StillRenewing)
    }

    /// Ends the consent at the platform.
    pub async fn revoke(&self) -> Result<(), OAuthError> {
        let stored = self.vault.current().await?;
        self.endpoint.revoke(&stored.tokens).await
    }

    async fn renew_with(&self, lease: Lease, old: u64) -> Result<Access, OAuthError> {
        if lease.stored.version != old {
            self.vault.release(&lease).await?;
            return Ok(lease.stored.into());
        }
        match self.endpoint.refresh(&lease.stored.tokens).await {
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

    fn is_fresh(&self, tokens: &Tokens) -> bool {
        let soon = self.endpoint.clock().now().plus_seconds(MARGIN_SECONDS);
        tokens.expires_at.is_none_or(|end| end > soon)
    }
}
