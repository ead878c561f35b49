//! Ending a connection: the consent at the platform, then what is kept of it here.

use maan_connectors::Consent;
use maan_ledger::Clock;
use maan_store::{Connection, ConnectionState};
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
        })
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
