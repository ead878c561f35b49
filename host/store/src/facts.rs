//! Reading facts.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use maan_ledger::{DebtorId, Fact, decode_page};
use uuid::Uuid;

use crate::db::Tx;
use crate::many::fetch_in;
use crate::{StoreError, TenantStore};

impl TenantStore {
    /// All facts of a debtor, in the order in which they became known; none of a debtor who is not known.
    pub async fn facts(&self, debtor: DebtorId) -> Result<Vec<Fact>, StoreError> {
        let facts = self.facts_of(&[debtor]).await?;
        Ok(facts.into_iter().next().map_or_else(Vec::new, |(_, facts)| facts))
    }

    /// The facts of a debtor up to a page: what a decision knew that was made up to it, whatever moment later facts
    /// say that they were known at.
    pub async fn facts_through(&self, debtor: DebtorId, page: i64) -> Result<Vec<Fact>, StoreError> {
        let facts = self.facts_of_through(&[(debtor, page)]).await?;
        Ok(facts.into_iter().next().map_or_else(Vec::new, |(_, facts)| facts))
    }

    /// All facts of debtors, in the order asked.
    pub async fn facts_of(&self, debtors: &[DebtorId]) -> Result<Vec<(DebtorId, Vec<Fact>)>, StoreError> {
        let all: Vec<(DebtorId, i64)> = debtors.iter().map(|debtor| (*debtor, i64::MAX)).collect();
        self.facts_of_through(&all).await
    }

    /// The facts of debtors, each up to a page, in the order asked; one that is asked twice is read up to the later.
    pub async fn facts_of_through(
        &self,
        pages: &[(DebtorId, i64)],
    ) -> Result<Vec<(DebtorId, Vec<Fact>)>, StoreError> {
        let mut tx = self.read().await?;
        let facts = self.facts_in(&mut tx, pages).await?;
        tx.commit().await?;
        Ok(facts)
    }

    pub(crate) async fn facts_in(
        &self,
        tx: &mut Tx,
        pages: &[(DebtorId, i64)],
    ) -> Result<Vec<(DebtorId, Vec<Fact>)>, StoreError> {
        let debtors: Vec<DebtorId> = pages.iter().map(|(debtor, _)| *debtor).collect();
        let mut last: HashMap<Uuid, i64> = HashMap::with_capacity(pages.len());
        for (debtor, page) in pages {
            let last = last.entry(debtor.0).or_insert(*page);
            *last = (*last).max(*page);
        }
        let ids: Vec<Uuid> = debtors.iter().map(|debtor| debtor.0).collect();
        // put in order here: the database would carry the pages through its sorter
        let mut pages = fetch_in!(
            *tx,
            (Uuid, i64, Vec<u8>),
            "SELECT debtor, number, body FROM fact_page WHERE tenant = ? AND debtor",
            [self.tenant.0],
            &ids
        );
        pages.sort_unstable_by_key(|(debtor, number, _)| (*debtor, *number));
        let mut found: HashMap<Uuid, Vec<Fact>> = HashMap::with_capacity(ids.len());
        pages.retain(|(debtor, number, _)| last.get(debtor).is_some_and(|last| number <= last));
        for (debtor, _, body) in pages {
            let facts =
                decode_page(&body).map_err(|error| StoreError::unreadable("a page of facts", error))?;
            match found.entry(debtor) {
                Entry::Vacant(place) => {
                    place.insert(facts);
                }
                Entry::Occupied(mut place) => place.get_mut().extend(facts),
            }
        }
        // a debtor that is asked for again gets a copy
        let mut again = ids.clone();
        again.sort_unstable();
        let again: HashSet<Uuid> = again
            .windows(2)
            .filter(|pair| pair.first() == pair.last())
            .flatten()
            .copied()
            .collect();
        let mut take = |debtor: &DebtorId| match again.contains(&debtor.0) {
            true => found.get(&debtor.0).cloned(),
            false => found.remove(&debtor.0),
        };
        let facts: Vec<Vec<Fact>> = debtors
            .iter()
            .map(&mut take)
            .map(Option::unwrap_or_default)
            .collect();
        Ok(debtors.iter().copied().zip(facts).collect())
    }
}
