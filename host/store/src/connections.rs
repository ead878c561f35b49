//! Connections to accounting platforms and their secrets.

use std::fmt;
use std::str::FromStr;

use maan_ledger::{Moment, TenantId};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::{execute, fetch_all, fetch_optional};
use crate::sealing::{Key, Place};
use crate::{Fence, StoreError, TenantStore};

/// A connection to one administration on a platform.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConnectionId(pub Uuid);

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConnectionId({})", self.0)
    }
}

impl FromStr for ConnectionId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A connection, before it is kept.
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// Which platform.
    pub platform: String,
    /// Addresses and administration on the platform, as JSON; nothing secret.
    pub config: String,
    /// Tokens, in a form that the connector knows.
    pub secret: SecretString,
}

/// Whether a connection can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// It can.
    Active,
    /// A person must give consent again.
    NeedsConsent {
        /// Why.
        why: String,
    },
    /// It was ended.
    Revoked,
}

impl ConnectionState {
    fn columns(&self) -> (&'static str, &str) {
        match self {
            Self::Active => ("active", ""),
            Self::NeedsConsent { why } => ("needs-consent", why),
            Self::Revoked => ("revoked", ""),
        }
    }

    fn from_columns(state: &str, why: String) -> Result<Self, StoreError> {
        match state {
            "active" => Ok(Self::Active),
            "needs-consent" => Ok(Self::NeedsConsent { why }),
            "revoked" => Ok(Self::Revoked),
            other => Err(StoreError::unreadable("the state of a connection", other)),
        }
    }
}

/// A connection, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Which.
    pub id: ConnectionId,
    /// Which platform.
    pub platform: String,
    /// Addresses and administration on the platform, as JSON.
    pub config: String,
    /// Whether it can be used.
    pub state: ConnectionState,
    /// When it was last read.
    pub last_read: Option<Moment>,
    /// Where the next read starts, as the connector wrote it.
    pub cursor: Option<String>,
    /// The newest try to read; none before the first.
    pub tried: Option<Tried>,
}

/// How a try to read a platform went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// When it was.
    pub at: Moment,
    /// Why it failed; none when everything was read.
    pub trouble: Option<String>,
    /// How many calls the platform still took; none where it does not tell.
    pub calls_left: Option<u64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    platform: String,
    config: String,
    state: String,
    state_reason: String,
    last_read: Option<i64>,
    cursor: Option<String>,
    tried_at: Option<i64>,
    trouble: Option<String>,
    calls_left: Option<i64>,
}

impl Row {
    fn connection(self) -> Result<Connection, StoreError> {
        let (trouble, calls_left) = (self.trouble, self.calls_left);
        Ok(Connection {
            id: ConnectionId(self.id),
            platform: self.platform,
            config: self.config,
            state: ConnectionState::from_columns(&self.state, self.state_reason)?,
            last_read: self.last_read.map(Moment),
            cursor: self.cursor,
            tried: self.tried_at.map(|at| Tried {
                at: Moment(at),
                trouble,
                calls_left: calls_left.and_then(|left| u64::try_from(left).ok()),
            }),
        })
    }
}

impl TenantStore {
    /// Keeps a connection with its secret.
    pub async fn put_connection(&self, connection: NewConnection) -> Result<ConnectionId, StoreError> {
        let id = ConnectionId(Uuid::new_v4());
        let sealed = sealed(&*self.key().await?, self.tenant, id, &connection.secret)?;
        let mut tx = self.write().await?;
        execute!(
            tx,
            "INSERT INTO connection (tenant, id, platform, config, sealed_secret, state, state_reason, fence)
             VALUES ($1, $2, $3, $4, $5, 'active', '', 0)",
            self.tenant.0,
            id.0,
            connection.platform.as_str(),
            connection.config.as_str(),
            sealed.as_slice(),
        )?;
        tx.commit().await?;
        Ok(id)
    }

    /// All connections, by platform.
    pub async fn connections(&self) -> Result<Vec<Connection>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            Row,
            "SELECT id, platform, config, state, state_reason, last_read, cursor, tried_at, trouble, calls_left
             FROM connection WHERE tenant = $1 ORDER BY platform, id",
            self.tenant.0
        )?;
        tx.commit().await?;
        rows.into_iter().map(Row::connection).collect()
    }

    /// The secret of a connection.
    pub async fn secret(&self, id: ConnectionId) -> Result<SecretString, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (Vec<u8>,),
            "SELECT sealed_secret FROM connection WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            id.0,
        )?;
        tx.commit().await?;
        let (secret,) = row.ok_or(StoreError::UnknownConnection(id))?;
        opened(&*self.key().await?, self.tenant, id, secret)
    }

    /// Takes the right to change a connection's secret, and gives the secret as it is now: another process may
    /// have changed it meanwhile. `None` while another holds the right.
    pub async fn lease_secret(
        &self,
        id: ConnectionId,
        holder: &str,
        now: Moment,
        seconds: i64,
    ) -> Result<Option<(SecretString, Fence)>, StoreError> {
        let key = self.key().await?;
        let mut tx = self.write().await?;
        let known = fetch_optional!(
            tx,
            (i64,),
            "SELECT fence FROM connection WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            id.0
        )?;
        if known.is_none() {
            return Err(StoreError::UnknownConnection(id));
        }
        let row = fetch_optional!(
            tx,
            (Vec<u8>, i64),
            "UPDATE connection SET lease_holder = $3, lease_until = $4, fence = fence + 1
             WHERE tenant = $1 AND id = $2 AND (lease_until IS NULL OR lease_until < $5)
             RETURNING sealed_secret, fence",
            self.tenant.0,
            id.0,
            holder,
            now.plus_seconds(seconds).0,
            now.0,
        )?;
        tx.commit().await?;
        row.map(|(secret, fence)| Ok((opened(&key, self.tenant, id, secret)?, Fence(fence))))
            .transpose()
    }

    /// Keeps a new secret, durably, and gives up the right to change it. False when another took the right since.
    pub async fn replace_secret(
        &self,
        id: ConnectionId,
        fence: Fence,
        secret: &SecretString,
    ) -> Result<bool, StoreError> {
        let sealed = sealed(&*self.key().await?, self.tenant, id, secret)?;
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE connection SET sealed_secret = $4, lease_holder = NULL, lease_until = NULL
             WHERE tenant = $1 AND id = $2 AND fence = $3 AND lease_holder IS NOT NULL",
            self.tenant.0,
            id.0,
            fence.0,
            sealed.as_slice(),
        )?;
        tx.commit().await?;
        Ok(changed == 1)
    }

    /// Keeps what a new consent gave, addresses and secret at once, and gives up the right to change them. False
    /// when another took the right since.
    pub async fn renew_connection(
        &self,
        id: ConnectionId,
        fence: Fence,
        connection: &NewConnection,
    ) -> Result<bool, StoreError> {
        let sealed = sealed(&*self.key().await?, self.tenant, id, &connection.secret)?;
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE connection SET config = $4, sealed_secret = $5, state = 'active', state_reason = '', trouble = NULL,
                 lease_holder = NULL, lease_until = NULL
             WHERE tenant = $1 AND id = $2 AND fence = $3 AND lease_holder IS NOT NULL",
            self.tenant.0,
            id.0,
            fence.0,
            connection.config.as_str(),
            sealed.as_slice(),
        )?;
        tx.commit().await?;
        Ok(changed == 1)
    }

    /// Gives up the right to change a secret without changing it. False when another took the right since.
    pub async fn release_secret(&self, id: ConnectionId, fence: Fence) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE connection SET lease_holder = NULL, lease_until = NULL
             WHERE tenant = $1 AND id = $2 AND fence = $3 AND lease_holder IS NOT NULL",
            self.tenant.0,
            id.0,
            fence.0,
        )?;
        tx.commit().await?;
        Ok(changed == 1)
    }

    /// Forgets the secret of a connection, which is ended with that, and gives up the right to change it; what was
    /// read stays. False when another took the right since.
    pub async fn end_connection(&self, id: ConnectionId, fence: Fence) -> Result<bool, StoreError> {
        let nothing = sealed(&*self.key().await?, self.tenant, id, &SecretString::default())?;
        let (name, why) = ConnectionState::Revoked.columns();
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE connection SET sealed_secret = $4, state = $5, state_reason = $6,
                 lease_holder = NULL, lease_until = NULL
             WHERE tenant = $1 AND id = $2 AND fence = $3 AND lease_holder IS NOT NULL",
            self.tenant.0,
            id.0,
            fence.0,
            nothing.as_slice(),
            name,
            why,
        )?;
        tx.commit().await?;
        Ok(changed == 1)
    }

    /// Keeps how a try to read a connection went.
    pub async fn note_try(&self, id: ConnectionId, tried: &Tried) -> Result<(), StoreError> {
        let left = tried
            .calls_left
            .map(|left| i64::try_from(left).unwrap_or(i64::MAX));
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE connection SET tried_at = $3, trouble = $4, calls_left = $5 WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            id.0,
            tried.at.0,
            tried.trouble.as_deref(),
            left,
        )?;
        if changed == 0 {
            return Err(StoreError::UnknownConnection(id));
        }
        tx.commit().await
    }

    /// Sets whether a connection can be used.
    pub async fn set_connection_state(
        &self,
        id: ConnectionId,
        state: ConnectionState,
    ) -> Result<(), StoreError> {
        let (name, why) = state.columns();
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE connection SET state = $3, state_reason = $4 WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            id.0,
            name,
            why,
        )?;
        if changed == 0 {
            return Err(StoreError::UnknownConnection(id));
        }
        tx.commit().await
    }
}

fn place(tenant: TenantId, id: &ConnectionId) -> Place<'_> {
    Place {
        tenant,
        table: "connection",
        column: "sealed_secret",
        row: id.0.as_bytes(),
    }
}

fn sealed(
    key: &Key,
    tenant: TenantId,
    id: ConnectionId,
    secret: &SecretString,
) -> Result<Vec<u8>, StoreError> {
    key.seal(&place(tenant, &id), secret.expose_secret().as_bytes())
}

fn opened(
    key: &Key,
    tenant: TenantId,
    id: ConnectionId,
    sealed: Vec<u8>,
) -> Result<SecretString, StoreError> {
    let bytes = key.open(&place(tenant, &id), sealed)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| StoreError::unreadable("a secret", error))?;
    Ok(SecretString::from(text))
}
