//! Ending a connection: the consent at the platform, then what is kept of it here.

use maan_connectors::Consent;
use maan_ledger::Clock;
use maan_store::{Connection, ConnectionState, Hook};
use serde::Serialize;

use super::link::Link;
use crate::RunError;
use crate::followup::Followup;

/// How long the right to forget the secret is held, in seconds.
const LEASE_SECONDS: i64 = 60;

/// A connection that was ended here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disconnected {
    /// Word of the platform.
    pub platform: String,
    /// Name of the administration there.
    pub administration: String,
    /// What became of the access on the platform.
    pub access: Access,
    /// Why it could not be ended there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What became of the messages that the platform sends; none where it was not asked for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<Messages>,
}

/// What became of the messages that a platform sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Messages {
    /// What became of the subscription.
    pub ended: Access,
    /// The address to which they came.
    pub address: String,
    /// Why they could not be ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What became of the access on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// It is ended.
    Ended,
    /// Only a person can end it there: the platform has no address for it, or it is a key.
    ByPerson,
    /// Ending it failed: a person must end it there.
    Failed,
}

/// The address that a person entered on the platform; none when nobody was told of it.
fn by_person(hook: Hook) -> Option<String> {
    (!hook.address.is_empty()).then_some(hook.address)
}

impl Followup {
    /// Ends every connection of the administration: the consent on the platform where that has an address for it, then
    /// the tokens here in any case. What was read stays. None are told that were ended before.
    ///
    /// # Errors
    /// The database, a connection that cannot be read, or another process that renews the access just now.
    pub async fn disconnect(&self) -> Result<Vec<Disconnected>, RunError> {
        let mut ended = Vec::new();
        for connection in self.tenant.connections().await? {
            if connection.state != ConnectionState::Revoked {
                ended.push(self.disconnect_one(&connection).await?);
            }
        }
        Ok(ended)
    }

    async fn disconnect_one(&self, connection: &Connection) -> Result<Disconnected, RunError> {
        let link = Link::read(connection)?;
        // while there still is access
        let messages = self.unheard(&link, connection).await?;
        let (access, why) = match self.revoked(&link, connection).await {
            Ok(access) => (access, None),
            Err(error) => (Access::Failed, Some(error.to_string())),
        };
        let now = Clock::System.now();
        let leased = self
            .tenant
            .lease_secret(connection.id, &self.worker, now, LEASE_SECONDS);
        let forgotten = match leased.await? {
            Some((_, fence)) => self.tenant.end_connection(connection.id, fence).await?,
            None => false,
        };
        if !forgotten {
            return Err(RunError::Renewing);
        }
        Ok(Disconnected {
            platform: link.door.platform,
            administration: link.administration.name,
            access,
            why,
            messages,
        })
    }

    /// Ends the messages of a connection at the platform, then forgets here in any case with which secret they came.
    async fn unheard(&self, link: &Link, connection: &Connection) -> Result<Option<Messages>, RunError> {
        let hooks = self.tenant.hooks().await?;
        let Some(hook) = hooks.into_iter().find(|hook| hook.connection == connection.id) else {
            return Ok(None);
        };
        let ended = match &hook.subscription {
            Some(id) => Some((self.unsubscribed(link, connection, id).await, hook.address)),
            None => by_person(hook).map(|address| (Ok(Access::ByPerson), address)),
        };
        self.tenant.end_hook(connection.id).await?;
        Ok(ended.map(|(ended, address)| match ended {
            Ok(ended) => Messages {
                ended,
                address,
                why: None,
            },
            Err(error) => Messages {
                ended: Access::Failed,
                address,
                why: Some(error.to_string()),
            },
        }))
    }

    async fn unsubscribed(&self, link: &Link, connection: &Connection, id: &str) -> Result<Access, RunError> {
        let platform = link.open(self, connection.id).await?;
        platform.unsubscribe(id).await?;
        Ok(Access::Ended)
    }

    async fn revoked(&self, link: &Link, connection: &Connection) -> Result<Access, RunError> {
        let consent = link
            .door
            .consent()
            .map_err(|error| RunError::Platform(error.to_string()))?;
        let has_address = match consent {
            Consent::Code(provider) | Consent::Client(provider) => provider.revoke.is_some(),
            Consent::Key => false,
        };
        link.open(self, connection.id).await?.disconnect().await?;
        Ok(match has_address {
            true => Access::Ended,
            false => Access::ByPerson,
        })
    }
}
