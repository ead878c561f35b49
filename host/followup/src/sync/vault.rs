//! Tokens of a connection, kept sealed in the store and changed by one holder at a time.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_connectors::oauth::{Lease, Stored, TokenVault, Tokens, VaultError};
use maan_ledger::{Clock, Moment};
use maan_store::{ConnectionId, Fence, StoreError, TenantStore};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// How long a holder may take to renew, in seconds; an attempt is given up sooner.
const LEASE_SECONDS: i64 = 180;

/// What is sealed with a connection.
#[derive(Deserialize)]
pub(super) struct Vaulted {
    client_secret: SecretString,
    version: u64,
    tokens: SecretString,
}

#[derive(Serialize)]
struct Written<'a> {
    client_secret: &'a str,
    version: u64,
    tokens: &'a str,
}

impl Vaulted {
    /// What is sealed when a connection is made.
    pub(super) fn first(client_secret: &SecretString, tokens: &Tokens) -> Result<SecretString, VaultError> {
        write(client_secret, 1, tokens)
    }

    pub(super) fn read(secret: &SecretString) -> Result<Self, VaultError> {
        let copy = Zeroizing::new(secret.expose_secret().to_owned());
        serde_json::from_str(&copy)
            .map_err(|_| VaultError::Failed("what was kept of the connection is damaged".into()))
    }

    pub(super) fn client_secret(self) -> SecretString {
        self.client_secret
    }

    pub(super) fn tokens(&self) -> Result<Tokens, VaultError> {
        Tokens::from_json(&self.tokens).map_err(|error| VaultError::Failed(error.to_string()))
    }

    fn stored(&self) -> Result<Stored, VaultError> {
        Ok(Stored {
            tokens: self.tokens()?,
            version: self.version,
        })
    }
}

fn write(client_secret: &SecretString, version: u64, tokens: &Tokens) -> Result<SecretString, VaultError> {
    let failed = |why: String| VaultError::Failed(why);
    let tokens = tokens.to_json().map_err(|error| failed(error.to_string()))?;
    let written = Written {
        client_secret: client_secret.expose_secret(),
        version,
        tokens: tokens.expose_secret(),
    };
    serde_json::to_string(&written)
        .map(SecretString::from)
        .map_err(|error| failed(error.to_string()))
}

/// The store as the vault of one connection.
pub(super) struct StoreVault {
    tenant: TenantStore,
    connection: ConnectionId,
    holder: String,
}

impl StoreVault {
    pub(super) fn new(tenant: TenantStore, connection: ConnectionId, holder: String) -> Self {
        Self {
            tenant,
            connection,
            holder,
        }
    }

    /// Leases are between processes of today, whatever day is played.
    fn now() -> Moment {
        Clock::System.now()
    }

    async fn vaulted(&self) -> Result<Vaulted, VaultError> {
        Vaulted::read(&self.tenant.secret(self.connection).await.map_err(failed)?)
    }
}

impl TokenVault for StoreVault {
    fn current(&self) -> BoxFuture<'_, Result<Stored, VaultError>> {
        async { self.vaulted().await?.stored() }.boxed()
    }

    fn lease(&self) -> BoxFuture<'_, Result<Option<Lease>, VaultError>> {
        async {
            let leased = self
                .tenant
                .lease_secret(self.connection, &self.holder, Self::now(), LEASE_SECONDS);
            let Some((secret, fence)) = leased.await.map_err(failed)? else {
                return Ok(None);
            };
            let stored = Vaulted::read(&secret)?.stored()?;
            Ok(Some(Lease {
                stored,
                fence: u64::try_from(fence.0).unwrap_or_default(),
            }))
        }
        .boxed()
    }

    fn replace<'a>(&'a self, lease: &'a Lease, tokens: &'a Tokens) -> BoxFuture<'a, Result<u64, VaultError>> {
        async move {
            let version = lease.stored.version.saturating_add(1);
            let secret = write(&self.vaulted().await?.client_secret, version, tokens)?;
            let kept = self.tenant.replace_secret(self.connection, fence(lease), &secret);
            if kept.await.map_err(failed)? {
                Ok(version)
            } else {
                Err(VaultError::LeaseLost)
            }
        }
        .boxed()
    }

    fn release<'a>(&'a self, lease: &'a Lease) -> BoxFuture<'a, Result<(), VaultError>> {
        async move {
            self.tenant
                .release_secret(self.connection, fence(lease))
                .await
                .map_err(failed)?;
            Ok(())
        }
        .boxed()
    }
}

fn fence(lease: &Lease) -> Fence {
    Fence(i64::try_from(lease.fence).unwrap_or(i64::MAX))
}

fn failed(error: StoreError) -> VaultError {
    VaultError::Failed(error.to_string())
}

/// Fresh tokens of a sign-in that is not kept yet; they are not renewed.
pub(super) struct Held(Tokens);

impl Held {
    pub(super) fn new(tokens: Tokens) -> Self {
        Self(tokens)
    }

    fn stored(&self) -> Stored {
        Stored {
            tokens: self.0.clone(),
            version: 1,
        }
    }
}

impl TokenVault for Held {
    fn current(&self) -> BoxFuture<'_, Result<Stored, VaultError>> {
        async { Ok(self.stored()) }.boxed()
    }

    fn lease(&self) -> BoxFuture<'_, Result<Option<Lease>, VaultError>> {
        async { Ok(None) }.boxed()
    }

    fn replace<'a>(&'a self, _: &'a Lease, _: &'a Tokens) -> BoxFuture<'a, Result<u64, VaultError>> {
        async { Err(VaultError::LeaseLost) }.boxed()
    }

    fn release<'a>(&'a self, _: &'a Lease) -> BoxFuture<'a, Result<(), VaultError>> {
        async { Ok(()) }.boxed()
    }
}
