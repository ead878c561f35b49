//! What is kept of a connection, and the platform behind it.

use std::sync::Arc;

use maan_connectors::http::{Allowance, CallError, Connection as Http, Timer, transport};
use maan_connectors::moneybird::{Administration, Endpoints, Moneybird, allowance};
use maan_connectors::oauth::{ClientCredentials, OAuthError, Session, TokenEndpoint, Tokens};
use maan_ledger::Clock;
use maan_store::{Connection, ConnectionId, NewConnection};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::vault::{StoreVault, Vaulted};
use crate::RunError;
use crate::followup::Followup;

/// What is kept of a connection in the clear.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Base address of the platform.
    pub site: String,
    /// Client id that the platform gave to this installation.
    pub client_id: String,
    /// The administration on the platform.
    pub administration: Administration,
}

/// Why a connection cannot be made or used.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The sign-in.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// A call.
    #[error(transparent)]
    Call(#[from] CallError),
}

impl Link {
    /// What was kept.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(connection: &Connection) -> Result<Self, RunError> {
        serde_json::from_str(&connection.config).map_err(|error| RunError::Unreadable {
            what: "a connection",
            why: error.to_string(),
        })
    }

    /// Whether both lead to the same administration on the same platform, whatever it is called now.
    pub fn is_of(&self, other: &Self) -> bool {
        (&self.site, &self.administration.id) == (&other.site, &other.administration.id)
    }

    /// Whether the platform runs on this machine, as a practice administration does.
    pub fn is_here(&self) -> bool {
        is_here(&self.site)
    }

    /// The platform's token endpoint.
    ///
    /// # Errors
    /// The address is not one that can be used safely.
    pub fn endpoint(site: &str, id: &str, secret: SecretString) -> Result<TokenEndpoint, LinkError> {
        let endpoints = Endpoints::at(site)?;
        let client = ClientCredentials {
            id: id.to_owned(),
            secret,
        };
        // Tokens end in real time, whatever day is played.
        Ok(TokenEndpoint::new(
            transport()?,
            endpoints.provider(),
            client,
            Clock::System,
        )?)
    }

    /// The administrations that tokens open, before anything is kept.
    ///
    /// # Errors
    /// The platform cannot be reached or refuses.
    pub async fn administrations(
        site: &str,
        endpoint: TokenEndpoint,
        tokens: Tokens,
    ) -> Result<Vec<Administration>, LinkError> {
        let session = Session::new(endpoint, Arc::new(super::vault::Held::new(tokens)), Timer::real());
        let http = Http::new(transport()?, session, pace(site), Timer::real());
        Ok(maan_connectors::moneybird::administrations(&http, &Endpoints::at(site)?).await?)
    }

    /// The connection to keep.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn to_keep(&self, client_secret: &SecretString, tokens: &Tokens) -> Result<NewConnection, RunError> {
        let unreadable = |why: String| RunError::Unreadable {
            what: "a connection",
            why,
        };
        Ok(NewConnection {
            platform: "moneybird".into(),
            config: serde_json::to_string(self).map_err(|error| unreadable(error.to_string()))?,
            secret: Vaulted::first(client_secret, tokens).map_err(|error| unreadable(error.to_string()))?,
        })
    }

    pub(super) async fn moneybird(
        &self,
        followup: &Followup,
        id: ConnectionId,
    ) -> Result<Moneybird, RunError> {
        let kept = Vaulted::read(&followup.tenant.secret(id).await?);
        let secret = kept
            .map_err(|error| RunError::Platform(error.to_string()))?
            .client_secret();
        self.platform(followup, id, secret)
            .map_err(|error| RunError::Platform(error.to_string()))
    }

    fn platform(
        &self,
        followup: &Followup,
        id: ConnectionId,
        secret: SecretString,
    ) -> Result<Moneybird, LinkError> {
        let vault = StoreVault::new(followup.tenant.clone(), id, followup.worker.clone());
        let endpoint = Self::endpoint(&self.site, &self.client_id, secret)?;
        let session = Session::new(endpoint, Arc::new(vault), Timer::real());
        let http = Http::new(transport()?, session, pace(&self.site), Timer::real());
        let administration = self.administration.clone();
        Ok(Moneybird::new(
            Arc::new(http),
            Endpoints::at(&self.site)?,
            administration,
            followup.clock.clone(),
        ))
    }
}

/// The platform's own pace; a practice server on this machine has none.
fn pace(site: &str) -> Allowance {
    let usual = allowance();
    if !is_here(site) {
        return usual;
    }
    let many = std::num::NonZeroU32::new(1_000_000).unwrap_or(usual.calls);
    Allowance {
        calls: many,
        burst: many,
        ..usual
    }
}

fn is_here(site: &str) -> bool {
    let url = url::Url::parse(site).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    matches!(host, Some("127.0.0.1" | "localhost" | "[::1]"))
}
