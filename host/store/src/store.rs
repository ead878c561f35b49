//! The store as a whole: opening, administrations with their keys, policy components.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use maan_ledger::{Moment, TenantId};
use uuid::Uuid;

use crate::codes::{bytes32, from_json, json};
use crate::db::{Db, HOST, Tx, execute, fetch_all, fetch_optional};
use crate::sealing::{Key, Place};
use crate::{HostKey, StoreError, TenantSettings};

/// The database. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    host_key: RwLock<HostKey>,
    tenant_keys: RwLock<HashMap<TenantId, Arc<Key>>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.inner.db {
            Db::Sqlite { .. } => "Store(SQLite)",
            Db::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}

/// An administration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its name, for the people who work here.
    pub name: String,
    /// Its settings.
    pub settings: TenantSettings,
}

/// BLAKE3 digest of a component's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentDigest(pub [u8; 32]);

impl fmt::Display for ComponentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ComponentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A policy component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Digest of the bytes.
    pub digest: [u8; 32],
    /// The component, WebAssembly.
    pub bytes: Vec<u8>,
    /// Its manifest as JSON.
    pub manifest_json: String,
}

impl Store {
    /// Opens a database: `sqlite:/path/to/file.db`, made when it is absent, or `postgres://user@server/database`.
    /// `sqlite:/path/to/file.db?max_pages=N` keeps the file within N pages of 16 KiB.
    /// Brings its tables up to date, and refuses one that a newer program wrote or another host key belongs to.
    pub async fn open(url: &str, host_key: &HostKey) -> Result<Store, StoreError> {
        let db = Db::open(url).await?;
        let store = Store {
            inner: Arc::new(Inner {
                db,
                host_key: RwLock::new(host_key.clone()),
                tenant_keys: RwLock::default(),
            }),
        };
        store.check_instance(host_key).await?;
        Ok(store)
    }

    async fn check_instance(&self, host_key: &HostKey) -> Result<(), StoreError> {
        let mut tx = self.write(HOST).await?;
        execute!(
            tx,
            "INSERT INTO instance (only_one, id) VALUES (1, $1) ON CONFLICT (only_one) DO NOTHING",
            Uuid::new_v4()
        )?;
        let used = fetch_all!(
            tx,
            (i64,),
            "SELECT DISTINCT host_key_id FROM tenant ORDER BY host_key_id"
        )?;
        for (id,) in used {
            host_key.get(id)?;
        }
        tx.commit().await
    }

    /// Makes an administration with a key and an empty chain of decisions.
    pub async fn create_tenant(&self, name: &str, settings: &TenantSettings) -> Result<TenantId, StoreError> {
        settings.check()?;
        let settings = json("settings", settings)?;
        let tenant = TenantId(Uuid::new_v4());
        let host_key = self.host_key();
        let key = Key::generate();
        let wrapped = key.wrapped_with(host_key.newest(), &key_of(tenant))?;
        let mut tx = self.write(HOST).await?;
        execute!(
            tx,
            "INSERT INTO tenant (tenant, name, settings, key_id, host_key_id, wrapped_key, batches, chain_root)
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
            tenant.0,
            name,
            settings.as_str(),
            key.id(),
            host_key.newest().id(),
            wrapped.as_slice(),
            [0_u8; 32].as_slice(),
        )?;
        tx.commit().await?;
        Ok(tenant)
    }

    /// All administrations, by name.
    pub async fn tenants(&self) -> Result<Vec<Tenant>, StoreError> {
        let mut tx = self.read(HOST).await?;
        let rows = fetch_all!(
            tx,
            (Uuid, String, String),
            "SELECT tenant, name, settings FROM tenant ORDER BY name, tenant"
        )?;
        tx.commit().await?;
        rows.into_iter()
            .map(|(id, name, settings)| {
                Ok(Tenant {
                    id: TenantId(id),
                    name,
                    settings: from_json("settings", &settings)?,
                })
            })
            .collect()
    }

    /// What belongs to one administration.
    pub fn tenant(&self, id: TenantId) -> TenantStore {
        TenantStore {
            store: self.clone(),
            tenant: id,
        }
    }

    /// Seals every administration's key with the newest key of `host_key`, which also holds the older ones.
    /// Afterwards the older ones are needed no more.
    pub async fn rotate(&self, host_key: &HostKey) -> Result<(), StoreError> {
        for tenant in self.tenants().await? {
            let place = key_of(tenant.id);
            let mut tx = self.write(tenant.id).await?;
            let Some(row) = fetch_optional!(tx, WrappedKey, SELECT_KEY, tenant.id.0)? else {
                continue;
            };
            let key = unwrap(row, host_key, &place)?;
            let wrapped = key.wrapped_with(host_key.newest(), &place)?;
            execute!(
                tx,
                "UPDATE tenant SET host_key_id = $2, wrapped_key = $3 WHERE tenant = $1",
                tenant.id.0,
                host_key.newest().id(),
                wrapped.as_slice(),
            )?;
            tx.commit().await?;
        }
        *self
            .inner
            .host_key
            .write()
            .unwrap_or_else(PoisonError::into_inner) = host_key.clone();
        Ok(())
    }

    /// Keeps a policy component under its digest; the same again changes nothing.
    pub async fn put_component(
        &self,
        digest: [u8; 32],
        bytes: &[u8],
        manifest_json: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        let mut tx = self.write(HOST).await?;
        execute!(
            tx,
            "INSERT INTO component (digest, bytes, manifest, added_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (digest) DO NOTHING",
            digest.as_slice(),
            bytes,
            manifest_json,
            at.0,
        )?;
        tx.commit().await
    }

    /// A policy component.
    pub async fn component(&self, digest: [u8; 32]) -> Result<Option<Component>, StoreError> {
        let mut tx = self.read(HOST).await?;
        let row = fetch_optional!(
            tx,
            (Vec<u8>, String),
            "SELECT bytes, manifest FROM component WHERE digest = $1",
            digest.as_slice()
        )?;
        tx.commit().await?;
        Ok(row.map(|(bytes, manifest_json)| Component {
            digest,
            bytes,
            manifest_json,
        }))
    }

    /// The digests of all policy components, in the order in which they came.
    pub async fn components(&self) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut tx = self.read(HOST).await?;
        let rows = fetch_all!(
            tx,
            (Vec<u8>,),
            "SELECT digest FROM component ORDER BY added_at, digest"
        )?;
        tx.commit().await?;
        rows.into_iter()
            .map(|(digest,)| bytes32("a digest", &digest))
            .collect()
    }

    async fn read(&self, tenant: TenantId) -> Result<Tx, StoreError> {
        self.inner.db.read(tenant).await
    }

    async fn write(&self, tenant: TenantId) -> Result<Tx, StoreError> {
        self.inner.db.write(tenant).await
    }

    fn host_key(&self) -> HostKey {
        self.inner
            .host_key
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

type WrappedKey = (i64, i64, Vec<u8>);

const SELECT_KEY: &str = "SELECT key_id, host_key_id, wrapped_key FROM tenant WHERE tenant = $1";

fn unwrap(
    (id, host_key_id, wrapped): WrappedKey,
    host_key: &HostKey,
    place: &Place<'_>,
) -> Result<Key, StoreError> {
    host_key.get(host_key_id)?.unwrap_key(id, place, wrapped)
}

fn key_of(tenant: TenantId) -> Place<'static> {
    Place {
        tenant,
        table: "tenant",
        column: "wrapped_key",
        row: &[],
    }
}

/// What belongs to one administration. Clones are cheap.
#[derive(Clone, Debug)]
pub struct TenantStore {
    store: Store,
    pub(crate) tenant: TenantId,
}

impl TenantStore {
    /// Whose.
    pub fn id(&self) -> TenantId {
        self.tenant
    }

    /// Its settings.
    pub async fn settings(&self) -> Result<TenantSettings, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (String,),
            "SELECT settings FROM tenant WHERE tenant = $1",
            self.tenant.0
        )?;
        tx.commit().await?;
        let (settings,) = row.ok_or(StoreError::UnknownTenant(self.tenant))?;
        from_json("settings", &settings)
    }

    /// Replaces its settings.
    pub async fn set_settings(&self, settings: &TenantSettings) -> Result<(), StoreError> {
        settings.check()?;
        let settings = json("settings", settings)?;
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE tenant SET settings = $2 WHERE tenant = $1",
            self.tenant.0,
            settings.as_str()
        )?;
        if changed == 0 {
            return Err(StoreError::UnknownTenant(self.tenant));
        }
        tx.commit().await
    }

    pub(crate) async fn read(&self) -> Result<Tx, StoreError> {
        self.store.read(self.tenant).await
    }

    pub(crate) async fn write(&self) -> Result<Tx, StoreError> {
        self.store.write(self.tenant).await
    }

    pub(crate) async fn empty_log(&self) -> Result<(), StoreError> {
        self.store.inner.db.empty_log().await
    }

    /// The administration's key; unwrapped once and kept in memory. Asked for before a transaction starts, so that
    /// nobody who holds a connection waits for another one.
    pub(crate) async fn key(&self) -> Result<Arc<Key>, StoreError> {
        let kept = &self.store.inner.tenant_keys;
        let known = kept
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&self.tenant)
            .cloned();
        if let Some(key) = known {
            return Ok(key);
        }
        let mut tx = self.read().await?;
        let row = fetch_optional!(tx, WrappedKey, SELECT_KEY, self.tenant.0)?;
        tx.commit().await?;
        let row = row.ok_or(StoreError::UnknownTenant(self.tenant))?;
        let key = Arc::new(unwrap(row, &self.store.host_key(), &key_of(self.tenant))?);
        kept.write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(self.tenant, key.clone());
        Ok(key)
    }
}
