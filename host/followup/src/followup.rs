//! One administration with all that its follow-up needs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use maan_ledger::{Calendar, Clock, Country, Day, Fact, Moment, Snapshot, snapshot};
use maan_policy_host::PolicyHost;
use maan_policy_host::contract::Context;
use maan_store::{Store, TenantSettings, TenantStore};

use crate::RunError;
use crate::context::context;
use crate::policies::Policies;

/// An administration's follow-up: its part of the database, the host of the policies and a clock.
pub struct Followup {
    /// The whole database, for what is not one administration's.
    pub store: Store,
    /// The administration's part of it.
    pub tenant: TenantStore,
    /// The host of the policies.
    pub host: Arc<PolicyHost>,
    /// Where the present comes from.
    pub clock: Clock,
    /// Name of this process in leases.
    pub worker: String,
    last: AtomicI64,
    interrupted: Arc<AtomicBool>,
}

impl Followup {
    /// Opens the follow-up of an administration. `interrupted` asks it to stop at the next safe place.
    ///
    /// # Errors
    /// The database.
    pub async fn open(
        store: &Store,
        tenant: TenantStore,
        host: Arc<PolicyHost>,
        clock: Clock,
        interrupted: Arc<AtomicBool>,
    ) -> Result<Self, RunError> {
        let last = tenant.last_known().await?.unwrap_or_default();
        Ok(Self {
            store: store.clone(),
            tenant,
            host,
            clock,
            worker: format!("{}-{}", std::process::id(), uuid::Uuid::new_v4().simple()),
            last: AtomicI64::new(last.0),
            interrupted,
        })
    }

    /// Now, and later than every moment given before: what becomes known never becomes known in the past.
    pub fn moment(&self) -> Moment {
        let now = self.clock.now().0;
        let next = |last: i64| Some(now.max(last.saturating_add(1)));
        let before = self
            .last
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, next)
            .unwrap_or_default();
        Moment(now.max(before.saturating_add(1)))
    }

    /// The administration's policies.
    ///
    /// # Errors
    /// A slot has no deployment, or a component cannot be used.
    pub async fn policies(&self) -> Result<Policies, RunError> {
        Policies::load(&self.host, &self.store, &self.tenant).await
    }

    /// A debtor today, as known now.
    pub(crate) fn snapshot<'a>(
        &self,
        facts: &'a [Fact],
        settings: &TenantSettings,
    ) -> Result<Snapshot<'a>, RunError> {
        let now = self.moment();
        Ok(snapshot(
            facts,
            settings.currency,
            Day::at(now, settings.tz()?),
            now,
        ))
    }

    /// What holds for all debtors today.
    pub(crate) async fn context(&self, settings: &TenantSettings) -> Result<Context, RunError> {
        let facts = self.tenant.administration_facts().await?;
        let today = Day::at(self.clock.now(), settings.tz()?);
        Ok(context(settings, &self.calendar(settings), &facts, today))
    }

    /// Working days of the administration's country.
    pub(crate) fn calendar(&self, settings: &TenantSettings) -> Calendar {
        Calendar::new(Country::from_code(&settings.country))
    }

    /// # Errors
    /// [`RunError::Interrupted`] once a person asked to stop.
    pub(crate) fn check_interrupted(&self) -> Result<(), RunError> {
        if self.interrupted.load(Ordering::Relaxed) {
            Err(RunError::Interrupted)
        } else {
            Ok(())
        }
    }
}
