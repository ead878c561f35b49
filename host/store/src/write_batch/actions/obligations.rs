//! What must happen once: who claims which obligations, and who holds them after a batch.

use std::collections::{BTreeMap, HashMap, HashSet};

use maan_ledger::{ActionId, ItemId, Level};
use uuid::Uuid;

use super::Upsert;
use super::standing::Standing;
use crate::codes::word;
use crate::db::Tx;
use crate::many::{execute_many, fetch_in};
use crate::write_batch::{Decision, NewAction, Refusal};
use crate::{StoreError, TenantStore};

/// (item, level, round)
pub(super) type Obligation = (Uuid, String, i32);

impl Upsert<'_> {
    /// What it claims from now on.
    fn claims(&self) -> impl Iterator<Item = Obligation> {
        let claims = (!self.to.is_released()).then(|| obligations(self.action));
        claims.into_iter().flatten()
    }
}

impl TenantStore {
    /// Claims the obligations of the written actions, and frees those that a kept or freed action no longer has. What
    /// an action holds already is not touched, and what goes from one to another is moved. One that was stopped claims
    /// nothing: what it was for may be proposed otherwise.
    pub(super) async fn claim(
        &self,
        tx: &mut Tx,
        upserts: &[Upsert<'_>],
        freed: &HashSet<ActionId>,
        before: &HashMap<Obligation, ActionId>,
    ) -> Result<(), StoreError> {
        let claims = upserts
            .iter()
            .flat_map(|upsert| upsert.claims().map(|obligation| (obligation, upsert.action.id)));
        let claims: BTreeMap<Obligation, ActionId> = claims.collect();
        let written: HashSet<ActionId> = upserts.iter().map(|upsert| upsert.action.id).collect();
        let lets_go = |by: &ActionId| freed.contains(by) || written.contains(by);
        let no_more = before
            .iter()
            .filter(|(obligation, by)| lets_go(by) && !claims.contains_key(*obligation));
        let no_more: Vec<&Obligation> = no_more.map(|(obligation, _)| obligation).collect();
        let (mut moved, mut new) = (Vec::new(), Vec::new());
        for (obligation, by) in &claims {
            match before.get(obligation) {
                None => new.push((obligation, by)),
                Some(holder) if holder != by => moved.push((obligation, by, holder)),
                Some(_) => {}
            }
        }
        execute_many!(
            *tx,
            "DELETE FROM obligation WHERE (tenant, item, level, round) IN (",
            &no_more,
            |(item, level, round)| [self.tenant.0, *item, level.as_str(), *round],
            ")"
        );
        let changed = execute_many!(
            *tx,
            "UPDATE obligation SET action = v.column6 FROM (",
            &moved,
            |((item, level, round), by, holder)| [
                self.tenant.0,
                *item,
                level.as_str(),
                *round,
                holder.0,
                by.0
            ],
            ") AS v
             WHERE obligation.tenant = v.column1 AND obligation.item = v.column2 AND obligation.level = v.column3
               AND obligation.round = v.column4 AND obligation.action = v.column5"
        );
        if changed != moved.len() as u64 {
            return Err(StoreError::invalid(
                "a batch",
                "not all of its obligations could be claimed",
            ));
        }
        execute_many!(
            *tx,
            "INSERT INTO obligation (tenant, item, level, round, action)",
            &new,
            |((item, level, round), by)| [self.tenant.0, *item, level.as_str(), *round, by.0],
            ""
        );
        Ok(())
    }

    /// Who claims obligations on the items that the wanted actions are about or were about.
    pub(super) async fn claimed(
        &self,
        tx: &mut Tx,
        wanted: &[(&Decision, &NewAction)],
        standing: &HashMap<ActionId, Standing>,
    ) -> Result<HashMap<Obligation, ActionId>, StoreError> {
        let about = wanted
            .iter()
            .filter(|(_, action)| action.level != Level::None)
            .flat_map(|(_, action)| all_items(action).map(|(item, _)| item.0));
        let were = standing.values().flat_map(|standing| &standing.items);
        let mut items: Vec<Uuid> = about.chain(were.copied()).collect();
        items.sort_unstable();
        items.dedup();
        let rows = fetch_in!(
            *tx,
            (Uuid, String, i32, Uuid),
            "SELECT item, level, round, action FROM obligation WHERE tenant = ? AND item",
            [self.tenant.0],
            &items
        );
        Ok(rows
            .into_iter()
            .map(|(item, level, round, action)| ((item, level, round), ActionId(action)))
            .collect())
    }
}

/// All items that an action is about, with their rounds.
pub(super) fn all_items(action: &NewAction) -> impl Iterator<Item = (ItemId, u16)> {
    let also = action.also.iter().map(|(item, round, _)| (*item, *round));
    action.items.iter().copied().chain(also)
}

/// What an action with a dunning level claims: each item at its own level.
pub(super) fn obligations(action: &NewAction) -> impl Iterator<Item = Obligation> {
    let level = word(action.level);
    let own = if action.level == Level::None {
        &[]
    } else {
        action.items.as_slice()
    };
    let own = own
        .iter()
        .map(move |(item, round)| (item.0, level.clone(), i32::from(*round)));
    let also = action.also.iter();
    own.chain(also.map(|(item, round, level)| (item.0, word(*level), i32::from(*round))))
}

/// The first of an action's obligations that another action claims.
pub(super) fn taken(claimed: &HashMap<Obligation, ActionId>, action: &NewAction) -> Option<Refusal> {
    obligations(action).find_map(|obligation| {
        let by = *claimed.get(&obligation)?;
        let (item, _, round) = obligation;
        let item = ItemId(item);
        let joined = action.also.iter().find(|(other, ..)| *other == item);
        (by != action.id).then_some(Refusal::Claimed {
            item,
            level: joined.map_or(action.level, |(_, _, level)| *level),
            round: u16::try_from(round).unwrap_or_default(),
            by,
        })
    })
}
