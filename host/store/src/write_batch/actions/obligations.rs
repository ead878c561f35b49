//! What must happen once: who claims which obligations, and who holds them after a batch.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    fn claims(&self) -> BTreeSet<Obligation> {
        match self.to.is_released() {
            true => BTreeSet::new(),
            false => obligations(self.action).collect(),
        }
    }
}

impl TenantStore {
    /// Claims the obligations of the written actions, and frees those that a kept action no longer has; what an
    /// action holds already is not touched. One that was stopped claims nothing: what it was for may be proposed
    /// otherwise.
    pub(super) async fn claim(
        &self,
        tx: &mut Tx,
        upserts: &[Upsert<'_>],
        held: &HashMap<ActionId, BTreeSet<Obligation>>,
    ) -> Result<(), StoreError> {
        let mut changed = Vec::new();
        let mut claims: BTreeMap<Obligation, ActionId> = BTreeMap::new();
        for upsert in upserts {
            let id = upsert.action.id;
            let wanted = upsert.claims();
            let holds = held.get(&id);
            if holds == Some(&wanted) {
                continue;
            }
            if holds.is_some() {
                changed.push(id.0);
            }
            claims.extend(wanted.into_iter().map(|obligation| (obligation, id)));
        }
        self.release(tx, &changed).await?;
        let rows: Vec<(Obligation, ActionId)> = claims.into_iter().collect();
        execute_many!(
            *tx,
            "INSERT INTO obligation (tenant, item, level, round, action) VALUES",
            &rows,
            |((item, level, round), action)| [self.tenant.0, *item, level.as_str(), *round, action.0],
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
        let mut items: Vec<Uuid> = about.chain(were.map(|item| item.0)).collect();
        items.sort_unstable();
        items.dedup();
        let rows = fetch_in!(
            *tx,
            (Uuid, String, i32, Uuid),
            "SELECT item, level, round, action FROM obligation WHERE tenant = ? AND item IN",
            [self.tenant.0],
            &items,
            ""
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

/// What each action holds.
pub(super) fn held(claimed: &HashMap<Obligation, ActionId>) -> HashMap<ActionId, BTreeSet<Obligation>> {
    let mut held: HashMap<ActionId, BTreeSet<Obligation>> = HashMap::new();
    for (obligation, by) in claimed {
        held.entry(*by).or_default().insert(obligation.clone());
    }
    held
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
