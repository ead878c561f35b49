//! Reading facts.

use std::collections::HashMap;

use maan_ledger::{DebtorId, Fact, decode_page};
use uuid::Uuid;

use crate::many::fetch_in;
use crate::{StoreError, TenantStore};

impl TenantStore {
    /// All facts of a debtor, in the order in which they became known; none of a debtor who is not known.
    pub async fn facts(&self, debtor: DebtorId) -> Result<Vec<Fact>, StoreError> {
        let facts = self.facts_of(&[debtor]).await?;
        Ok(facts.into_iter().next().map_or_else(Vec::new, |(_, facts)| facts))
    }

    /// All facts of debtors, in the order asked.
    pub async fn facts_of(&self, debtors: &[DebtorId]) -> Result<Vec<(DebtorId, Vec<Fact>)>, StoreError> {
        let ids: Vec<Uuid> = debtors.iter().map(|debtor| debtor.0).collect();
        let mut tx = self.read().await?;
        let pages = fetch_in!(
            tx,
            (Uuid, Vec<u8>),
            "SELECT debtor, body FROM fact_page WHERE tenant = ? AND debtor IN",
            [self.tenant.0],
            &ids,
            "ORDER BY debtor, number"
        );
        tx.commit().await?;
        let mut found: HashMap<Uuid, Vec<Fact>> = HashMap::with_capacity(ids.len());
        for (debtor, body) in pages {
            let facts =
                decode_page(&body).map_err(|error| StoreError::unreadable("a page of facts", error))?;
            let all = found.entry(debtor).or_default();
            if all.is_empty() {
                *all = facts;
            } else {
                all.extend(facts);
            }
        }
        Ok(debtors
            .iter()
            .map(|debtor| (*debtor, found.get(&debtor.0).cloned().unwrap_or_default()))
            .collect())
    }
}
