//! What happened last, and how much of it on a day.

use maan_ledger::{ActionId, Moment};
use uuid::Uuid;

use crate::db::{fetch_all, fetch_optional};
use crate::{StoreError, TenantStore};

impl TenantStore {
    /// The latest moment at which anything became known or was decided; what becomes known next must be later.
    pub async fn last_known(&self) -> Result<Option<Moment>, StoreError> {
        let mut tx = self.read().await?;
        let pages = fetch_optional!(
            tx,
            (Option<i64>,),
            "SELECT MAX(recorded_at) FROM fact_page WHERE tenant = $1",
            self.tenant.0
        )?;
        let batches = fetch_optional!(
            tx,
            (Option<i64>,),
            "SELECT known_at FROM batch WHERE tenant = $1 ORDER BY number DESC LIMIT 1",
            self.tenant.0
        )?;
        tx.commit().await?;
        let latest = [pages, batches]
            .into_iter()
            .flatten()
            .filter_map(|(moment,)| moment)
            .max();
        // A decision's own judgement is known just after it.
        Ok(latest.map(|moment| Moment(moment.saturating_add(1))))
    }

    /// Open actions of debtors of whom something became known since they were decided.
    pub async fn actions_of_changed(&self) -> Result<Vec<ActionId>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (Uuid,),
            "SELECT a.id FROM action a JOIN debtor d ON d.tenant = a.tenant AND d.id = a.debtor
             WHERE a.tenant = $1 AND a.state IN ('waiting', 'to-do', 'queued')
               AND d.fact_version > d.decided_version",
            self.tenant.0
        )?;
        tx.commit().await?;
        let mut actions: Vec<ActionId> = rows.into_iter().map(|(id,)| ActionId(id)).collect();
        actions.sort_unstable();
        Ok(actions)
    }

    /// Messages that left, or may have, from one moment up to, and not at, another.
    pub async fn sent_between(&self, from: Moment, until: Moment) -> Result<u32, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (i64,),
            "SELECT COUNT(DISTINCT action) FROM action_history
             WHERE tenant = $1 AND to_state IN ('sent', 'unknown') AND at >= $2 AND at < $3",
            self.tenant.0,
            from.0,
            until.0,
        )?;
        tx.commit().await?;
        Ok(row.map_or(0, |(count,)| u32::try_from(count).unwrap_or(u32::MAX)))
    }
}
