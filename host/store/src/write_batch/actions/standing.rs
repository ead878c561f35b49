//! How actions stand before a batch.

use std::collections::HashMap;

use maan_ledger::{ActionId, Day, DebtorId};
use uuid::Uuid;

use crate::actions::{items_of, state};
use crate::codes::word;
use crate::db::Tx;
use crate::many::fetch_in;
use crate::write_batch::{DecidedBatch, Decision, NewAction};
use crate::{ActionState, StoreError, TenantStore};

/// How an action stands before the batch.
pub(super) struct Standing {
    pub(super) debtor: DebtorId,
    pub(super) kind: String,
    pub(super) items: Vec<Uuid>,
    pub(super) moves: i64,
    pub(super) rank: i64,
    pub(super) state: ActionState,
    pub(super) automation: String,
    pub(super) channel: String,
    pub(super) amount: i64,
    pub(super) latest: Day,
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    id: Uuid,
    debtor: Uuid,
    kind: String,
    items: String,
    moves: i64,
    rank: i64,
    state: String,
    automation: String,
    channel: String,
    amount: i64,
    latest: i32,
}

macro_rules! select_standing {
    () => {
        "SELECT id, debtor, kind, items, moves, rank, state, automation, channel, amount, latest FROM action "
    };
}

impl StandingRow {
    fn read(self) -> Result<(ActionId, Standing), StoreError> {
        let standing = Standing {
            debtor: DebtorId(self.debtor),
            kind: self.kind,
            items: items_of(&self.items)?,
            moves: self.moves,
            rank: self.rank,
            state: state(self.state)?,
            automation: self.automation,
            channel: self.channel,
            amount: self.amount,
            latest: Day(self.latest),
        };
        Ok((ActionId(self.id), standing))
    }
}

impl Standing {
    pub(super) fn may_be_withdrawn(&self) -> bool {
        (self.state.is_open() || self.state == ActionState::Failed) && self.kind != "copy"
    }

    /// Whether it may be proposed again. What a person rejected rests as long as it could have been done.
    pub(super) fn may_start_again(&self, today: Day) -> bool {
        match self.state {
            ActionState::Withdrawn | ActionState::Vetoed => true,
            ActionState::Rejected => self.latest < today,
            _ => false,
        }
    }

    /// Whether a batch may write it: it is open, or may be proposed again.
    pub(super) fn may_move(&self, today: Day) -> bool {
        self.state.is_open() || self.may_start_again(today)
    }

    /// Where an open action goes when it is proposed again: never by itself to where it needs less of a person.
    /// What a person approved stays approved as long as it asks no more over the same channel.
    pub(super) fn goes_to(&self, action: &NewAction) -> ActionState {
        // a report is ordered by the program once a person said so
        let asks = action.state == ActionState::Waiting
            || (action.state == ActionState::ToDo && action.kind == "order-report");
        let approved = self.state == ActionState::Queued
            && asks
            && self.automation == action.automation
            && self.channel == word(action.channel)
            && self.amount >= action.amount.minor;
        match approved {
            true => self.state,
            false => std::cmp::max_by_key(self.state, action.state, |state| care(*state)),
        }
    }
}

/// How much of a person an open action needs; one that may not go on stands above all.
fn care(state: ActionState) -> u8 {
    match state {
        ActionState::Queued => 0,
        ActionState::Waiting => 1,
        ActionState::ToDo => 2,
        _ => 3,
    }
}

impl TenantStore {
    /// Where the open and failed actions of the batch's debtors stand, and the wanted ones as far as they are there.
    pub(super) async fn standing(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        wanted: &[(&Decision, &NewAction)],
    ) -> Result<HashMap<ActionId, Standing>, StoreError> {
        let debtors: Vec<Uuid> = batch.decisions.iter().map(|decision| decision.debtor.0).collect();
        let open = fetch_in!(
            *tx,
            StandingRow,
            concat!(
                select_standing!(),
                "WHERE tenant = ? AND state IN ('waiting', 'to-do', 'queued', 'failed') AND debtor"
            ),
            [self.tenant.0],
            &debtors
        );
        let open = open.into_iter().map(StandingRow::read);
        let mut standing = open.collect::<Result<HashMap<_, _>, StoreError>>()?;
        let ids = wanted.iter().map(|(_, action)| action.id);
        let ids: Vec<Uuid> = ids
            .filter(|id| !standing.contains_key(id))
            .map(|id| id.0)
            .collect();
        let others = fetch_in!(
            *tx,
            StandingRow,
            concat!(select_standing!(), "WHERE tenant = ? AND id"),
            [self.tenant.0],
            &ids
        );
        for row in others {
            let (id, found) = row.read()?;
            standing.insert(id, found);
        }
        Ok(standing)
    }
}
