//! Questions to registers that cost something, within the budget that reports are ordered from.

use maan_ledger::{DebtorId, Moment};
use uuid::Uuid;

use crate::db::execute;
use crate::{Reserved, StoreError, TenantStore};

/// A question to a register, before it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUp {
    /// Which question.
    pub id: Uuid,
    /// About whom.
    pub debtor: DebtorId,
    /// Who is asked.
    pub service: String,
    /// Month whose budget pays, counted from January of the year 0.
    pub month: i32,
    /// What it costs, in minor units of the currency of the books.
    pub price: i64,
}

impl TenantStore {
    /// Sets the price of a question aside, durably, before it is asked. Of several processes that ask and order at once,
    /// no two go beyond the budget together. One that is never settled goes on to count: it may have been charged.
    pub async fn reserve_look_up(
        &self,
        look_up: &LookUp,
        budget: i64,
        at: Moment,
    ) -> Result<Reserved, StoreError> {
        let mut tx = self.write().await?;
        let spent = self.spent(&mut tx, look_up.month).await?;
        if spent.saturating_add(look_up.price) > budget {
            return Ok(Reserved::BudgetSpent { spent });
        }
        execute!(
            tx,
            "INSERT INTO look_up (tenant, id, debtor, service, month, price, state, at)
             VALUES ($1, $2, $3, $4, $5, $6, 'reserved', $7)",
            self.tenant.0,
            look_up.id,
            look_up.debtor.0,
            look_up.service.as_str(),
            look_up.month,
            look_up.price,
            at.0,
        )?;
        tx.commit().await?;
        Ok(Reserved::Yes)
    }

    /// Keeps whether a question was or may have been charged; else its price is free again.
    pub async fn settle_look_up(&self, id: Uuid, charged: bool, at: Moment) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        execute!(
            tx,
            "UPDATE look_up SET state = $3, at = $4 WHERE tenant = $1 AND id = $2 AND state = 'reserved'",
            self.tenant.0,
            id,
            if charged { "charged" } else { "released" },
            at.0,
        )?;
        tx.commit().await
    }
}
