//! All connections that are heard and read, each looked after by a task of its own.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use maan_connectors::Connector;
use maan_ledger::{Clock, TenantId};
use maan_policy_host::PolicyHost;
use maan_store::{ConnectionId, ConnectionState, Store, Tenant};
use secrecy::SecretString;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use url::Url;

use super::keeper::Keeper;
use super::{Board, Happening};
use crate::RunError;
use crate::followup::Followup;

/// How often it is looked whether another connection was made.
const LOOK: Duration = Duration::from_secs(10);
/// How often it is looked whether a person asked to stop.
const GLANCE: Duration = Duration::from_millis(100);
/// How long a reading in progress may take to come to a safe place.
const GRACE: Duration = Duration::from_secs(60);
/// How many connections are read at the same time.
const AT_ONCE: usize = 4;

/// What a listener needs.
pub struct ListenerConfig {
    /// The database.
    pub store: Store,
    /// The host of the policies.
    pub host: Arc<PolicyHost>,
    /// Where the present comes from.
    pub clock: Clock,
    /// Asks to stop.
    pub interrupted: Arc<AtomicBool>,
    /// The administration that is meant; all when there is none.
    pub only: Option<TenantId>,
    /// The address below which platforms reach this program.
    pub public: Url,
    /// How often each connection is read besides.
    pub every: Duration,
    /// Secrets that a person told, by the platform's word.
    pub secrets: HashMap<&'static str, SecretString>,
}

impl fmt::Debug for ListenerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListenerConfig")
            .field("only", &self.only)
            .field("public", &self.public)
            .field("every", &self.every)
            .finish_non_exhaustive()
    }
}

/// Hears of changes and reads.
#[derive(Debug)]
pub struct Listener {
    pub(super) config: ListenerConfig,
    pub(super) board: Arc<Board>,
    pub(super) places: Semaphore,
    pub(super) tell: mpsc::UnboundedSender<Happening>,
}

impl Listener {
    /// A listener that tells what happens.
    pub fn new(config: ListenerConfig, tell: mpsc::UnboundedSender<Happening>) -> Arc<Self> {
        Arc::new(Self {
            config,
            board: Arc::default(),
            places: Semaphore::new(AT_ONCE),
            tell,
        })
    }

    /// Which addresses are heard.
    pub fn board(&self) -> Arc<Board> {
        self.board.clone()
    }

    /// Looks after all connections, also those that are made later, until a person asks to stop; then what is being read
    /// is kept up to a safe place.
    ///
    /// # Errors
    /// The connections cannot be read at first; later that is tried again.
    pub async fn run(self: Arc<Self>) -> Result<(), RunError> {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let mut of_task = HashMap::new();
        let mut first = true;
        let mut look = tokio::time::interval(LOOK);
        let mut glance = tokio::time::interval(GLANCE);
        while !self.config.interrupted.load(Ordering::SeqCst) {
            tokio::select! {
                _ = glance.tick() => {}
                Some(ended) = tasks.join_next_with_id() => {
                    let id = match ended {
                        Ok((id, ())) => id,
                        Err(error) => {
                            tracing::error!(%error, "the task of a connection ended; it is started again");
                            error.id()
                        }
                    };
                    of_task.remove(&id);
                }
                _ = look.tick() => {
                    let looked_after: HashSet<ConnectionId> = of_task.values().copied().collect();
                    match self.found(&looked_after).await {
                        Ok(found) => {
                            for keeper in found {
                                let connection = keeper.connection();
                                let task = tasks.spawn(keeper.run(stopped.clone()));
                                of_task.insert(task.id(), connection);
                            }
                        }
                        Err(error) if first => return Err(error),
                        Err(error) => tracing::warn!(%error, "it could not be seen whether there are new connections"),
                    }
                    first = false;
                }
            }
        }
        stop.send_replace(true);
        let all = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, all).await.is_err() {
            tracing::warn!("a reading was left in the middle; what it kept stays, and the next one goes on");
        }
        Ok(())
    }

    /// The connections that nobody looks after yet.
    async fn found(self: &Arc<Self>, looked_after: &HashSet<ConnectionId>) -> Result<Vec<Keeper>, RunError> {
        let mut found = Vec::new();
        for tenant in self.config.store.tenants().await? {
            if self.config.only.is_some_and(|only| only != tenant.id) {
                continue;
            }
            for connection in self.config.store.tenant(tenant.id).connections().await? {
                let ended = connection.state == ConnectionState::Revoked;
                if ended || looked_after.contains(&connection.id) {
                    continue;
                }
                let Some(connector) = Connector::of(&connection.platform) else {
                    continue;
                };
                let listener = self.clone();
                found.push(Keeper::new(listener, tenant.clone(), connection.id, connector));
            }
        }
        Ok(found)
    }

    /// The follow-up of an administration as it is now: other processes may have learnt something meanwhile.
    pub(super) async fn followup(&self, tenant: &Tenant) -> Result<Followup, RunError> {
        let config = &self.config;
        Followup::open(
            &config.store,
            config.store.tenant(tenant.id),
            config.host.clone(),
            config.clock.clone(),
            config.interrupted.clone(),
        )
        .await
    }
}
