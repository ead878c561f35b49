//! How platforms tell that something changed: addresses, subscriptions and their sealed secrets.

use maan_ledger::Moment;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::connections::ConnectionId;
use crate::db::{execute, fetch_all, fetch_optional};
use crate::sealing::Place;
use crate::{StoreError, TenantStore};

/// How the platform of a connection tells that something changed, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Which connection.
    pub connection: ConnectionId,
    /// The last step of the address that the platform calls; nobody can guess it.
    pub path: String,
    /// The whole address as it was told to the platform, or to a person; empty before that.
    pub address: String,
    /// The platform's id of the subscription; none before there is one, or when a person sets it up.
    pub subscription: Option<String>,
    /// Since when it may be heard; none before.
    pub since: Option<Moment>,
    /// When the subscription ends by itself; none when it does not.
    pub ends: Option<Moment>,
    /// When the newest message was believed.
    pub last_message: Option<Moment>,
}

/// What a subscription gave.
#[derive(Clone, Debug)]
pub struct NewHook {
    /// The address that was told.
    pub address: String,
    /// The platform's id; none when a person sets it up.
    pub subscription: Option<String>,
    /// With which its messages are signed; none leaves the secret that is kept.
    pub secret: Option<SecretString>,
    /// Since when it may be heard; none while it cannot be. What was kept before stays.
    pub since: Option<Moment>,
    /// When it ends by itself.
    pub ends: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct Row {
    connection: Uuid,
    path: String,
    address: String,
    subscription: Option<String>,
    since: Option<i64>,
    ends: Option<i64>,
    last_message: Option<i64>,
}

impl Row {
    fn hook(self) -> Hook {
        Hook {
            connection: ConnectionId(self.connection),
            path: self.path,
            address: self.address,
            subscription: self.subscription,
            since: self.since.map(Moment),
            ends: self.ends.map(Moment),
            last_message: self.last_message.map(Moment),
        }
    }
}

impl TenantStore {
    /// Keeps the path of a connection's address, durably, before anybody is told of it; one that is kept already stays.
    pub async fn begin_hook(&self, id: ConnectionId, path: &str) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        let known = fetch_optional!(
            tx,
            (Uuid,),
            "SELECT id FROM connection WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            id.0
        )?;
        if known.is_none() {
            return Err(StoreError::UnknownConnection(id));
        }
        execute!(
            tx,
            "INSERT INTO hook (tenant, connection, path, address) VALUES ($1, $2, $3, '')
             ON CONFLICT (tenant, connection) DO NOTHING",
            self.tenant.0,
            id.0,
            path,
        )?;
        tx.commit().await
    }

    /// How each connection is told of changes; those of which nothing is kept are polled.
    pub async fn hooks(&self) -> Result<Vec<Hook>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            Row,
            "SELECT connection, path, address, subscription, since, ends, last_message
             FROM hook WHERE tenant = $1 ORDER BY connection",
            self.tenant.0
        )?;
        tx.commit().await?;
        Ok(rows.into_iter().map(Row::hook).collect())
    }

    /// The secret with which a connection's messages are signed; none while it is not known.
    pub async fn hook_secret(&self, id: ConnectionId) -> Result<Option<SecretString>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (Option<Vec<u8>>,),
            "SELECT sealed_secret FROM hook WHERE tenant = $1 AND connection = $2",
            self.tenant.0,
            id.0,
        )?;
        tx.commit().await?;
        let Some(sealed) = row.and_then(|(sealed,)| sealed) else {
            return Ok(None);
        };
        let bytes = self.key().await?.open(&self.place_of_hook(&id), sealed)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| StoreError::unreadable("a secret", error))?;
        Ok(Some(SecretString::from(text)))
    }

    /// Keeps a subscription, durably: what it was made for and what it gave.
    pub async fn keep_hook(&self, id: ConnectionId, new: &NewHook) -> Result<(), StoreError> {
        let sealed = match &new.secret {
            Some(secret) => {
                let key = self.key().await?;
                Some(key.seal(&self.place_of_hook(&id), secret.expose_secret().as_bytes())?)
            }
            None => None,
        };
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE hook SET address = $3, subscription = $4, sealed_secret = COALESCE($5, sealed_secret),
                 since = COALESCE(since, $6), ends = $7
             WHERE tenant = $1 AND connection = $2",
            self.tenant.0,
            id.0,
            new.address.as_str(),
            new.subscription.as_deref(),
            sealed.as_deref(),
            new.since.map(|since| since.0),
            new.ends.map(|ends| ends.0),
        )?;
        if changed == 0 {
            return Err(StoreError::UnknownConnection(id));
        }
        tx.commit().await
    }

    /// Keeps when the newest message of a connection was believed.
    pub async fn note_message(&self, id: ConnectionId, at: Moment) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        execute!(
            tx,
            "UPDATE hook SET last_message = $3 WHERE tenant = $1 AND connection = $2",
            self.tenant.0,
            id.0,
            at.0,
        )?;
        tx.commit().await
    }

    /// Forgets how a connection is told of changes, its secret with it.
    pub async fn end_hook(&self, id: ConnectionId) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        execute!(
            tx,
            "DELETE FROM hook WHERE tenant = $1 AND connection = $2",
            self.tenant.0,
            id.0,
        )?;
        tx.commit().await
    }

    fn place_of_hook<'a>(&self, id: &'a ConnectionId) -> Place<'a> {
        Place {
            tenant: self.tenant,
            table: "hook",
            column: "sealed_secret",
            row: id.0.as_bytes(),
        }
    }
}
