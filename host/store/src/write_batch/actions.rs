//! The actions of a batch: which are made, kept, refused or withdrawn, and the obligations they claim.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use maan_ledger::{ActionId, Day, DebtorId, ItemId, Level};
use uuid::Uuid;

use super::{Decided, DecidedBatch, Decision, NewAction, Refusal, Refused, Written, find, position};
use crate::actions::{Move, in_action, joined_content, state};
use crate::codes::{currency_number, from_json, json, word};
use crate::db::Tx;
use crate::many::{execute_many, fetch_in};
use crate::{ActionState, StoreError, TenantStore};

/// (item, level, round)
type Obligation = (Uuid, String, i32);

/// An action that is to be written, with the state it comes from and the one it goes to.
struct Upsert<'a> {
    decision: &'a Decision,
    action: &'a NewAction,
    from: Option<ActionState>,
    to: ActionState,
}

/// How an action stands before the batch.
struct Standing {
    debtor: DebtorId,
    kind: String,
    items: Vec<ItemId>,
    moves: i64,
    state: ActionState,
    automation: String,
    channel: String,
    amount: i64,
    latest: Day,
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    id: Uuid,
    debtor: Uuid,
    kind: String,
    items: String,
    moves: i64,
    state: String,
    automation: String,
    channel: String,
    amount: i64,
    latest: i32,
}

macro_rules! select_standing {
    () => {
        "SELECT id, debtor, kind, items, moves, state, automation, channel, amount, latest FROM action "
    };
}

impl StandingRow {
    fn read(self) -> Result<(ActionId, Standing), StoreError> {
        let items: Vec<(ItemId, u16)> = from_json("the items of an action", &self.items)?;
        let standing = Standing {
            debtor: DebtorId(self.debtor),
            kind: self.kind,
            items: items.into_iter().map(|(item, _)| item).collect(),
            moves: self.moves,
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
    fn may_be_withdrawn(&self) -> bool {
        (self.state.is_open() || self.state == ActionState::Failed) && self.kind != "copy"
    }

    /// Whether it may be proposed again. What a person rejected rests as long as it could have been done.
    fn may_start_again(&self, today: Day) -> bool {
        match self.state {
            ActionState::Withdrawn | ActionState::Vetoed => true,
            ActionState::Rejected => self.latest < today,
            _ => false,
        }
    }

    /// Where an open action goes when it is proposed again: never by itself to where it needs less of a person.
    /// What a person approved stays approved as long as it asks no more over the same channel.
    fn goes_to(&self, action: &NewAction) -> ActionState {
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

const WHO: &str = "run";

impl TenantStore {
    pub(super) async fn write_actions(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        number: i64,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<Written, StoreError> {
        let mut written = Written {
            number,
            ..Written::default()
        };
        let wanted: Vec<(&Decision, &NewAction)> = batch
            .decisions
            .iter()
            .flat_map(|decision| decision.actions.iter().map(move |action| (decision, action)))
            .collect();
        let standing = self.standing(tx, batch, &wanted).await?;
        self.withdraw_others(tx, batch, &standing, &mut written).await?;
        if wanted.is_empty() {
            return Ok(written);
        }
        let mut claimed = self.claimed(tx, &wanted, &standing).await?;
        let held = held(&claimed);
        let stopped = wanted.iter().filter(|(_, action)| action.state.is_released());
        let stopped: HashSet<ActionId> = stopped.map(|(_, action)| action.id).collect();
        claimed.retain(|_, by| !stopped.contains(by));
        let mut upserts: Vec<Upsert<'_>> = Vec::new();
        for (decision, action) in wanted {
            let refuse = |why| Refused {
                action: action.id,
                why,
            };
            let before = standing.get(&action.id);
            let from = before.map(|before| before.state);
            let again = before.is_some_and(|before| before.may_start_again(batch.as_of));
            if let Some(ended) = from.filter(|state| !state.is_open() && !again) {
                written.refused.push(refuse(Refusal::Ended(ended)));
                continue;
            }
            if upserts.iter().any(|other| other.action.id == action.id) {
                return Err(StoreError::invalid(
                    "a batch",
                    format!("it has action {} twice", action.id),
                ));
            }
            let to = match before {
                Some(before) if before.state.is_open() => before.goes_to(action),
                _ => action.state,
            };
            if !to.is_released() {
                if let Some(taken) = taken(&claimed, action) {
                    written.refused.push(refuse(taken));
                    continue;
                }
                for obligation in obligations(action) {
                    claimed.insert(obligation, action.id);
                }
            }
            let list = if from.is_none() || again && from != Some(to) {
                &mut written.made
            } else {
                &mut written.kept
            };
            list.push(action.id);
            upserts.push(Upsert {
                decision,
                action,
                from,
                to,
            });
        }
        self.upsert(tx, number, &upserts, &standing, batch, decided)
            .await?;
        self.claim(tx, &upserts, &held).await?;
        Ok(written)
    }

    /// Claims the obligations of the written actions, and frees those that a kept action no longer has; what an
    /// action holds already is not touched. One that was stopped claims nothing: what it was for may be proposed
    /// otherwise.
    async fn claim(
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

    /// Withdraws the open actions of debtors that this batch does not repeat, and those that failed. The copy of a
    /// letter that was posted is no proposal, so that nothing repeats it.
    async fn withdraw_others(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        standing: &HashMap<ActionId, Standing>,
        written: &mut Written,
    ) -> Result<(), StoreError> {
        let deciding = batch.decisions.iter().filter(|decision| decision.withdraw);
        let withdrawing: HashMap<DebtorId, &Decision> =
            deciding.map(|decision| (decision.debtor, decision)).collect();
        let others = standing.iter().filter(|(id, standing)| {
            let repeats = |decision: &&Decision| decision.actions.iter().any(|action| action.id == **id);
            let decision = withdrawing.get(&standing.debtor);
            standing.may_be_withdrawn() && decision.is_some_and(|decision| !repeats(decision))
        });
        let froms: HashMap<Uuid, ActionState> = others.map(|(id, standing)| (id.0, standing.state)).collect();
        let ids: Vec<Uuid> = froms.keys().copied().collect();
        let mut moved = fetch_in!(
            *tx,
            (Uuid, i64),
            "UPDATE action SET state = 'withdrawn', changed_at = ?, moves = moves + 1, fence = fence + 1,
                    lease_holder = NULL, lease_until = NULL
             WHERE tenant = ? AND id IN",
            [batch.known_at.0, self.tenant.0],
            &ids,
            "RETURNING id, moves"
        );
        moved.sort_unstable();
        let moves: Vec<Move<'_>> = moved
            .iter()
            .map(|(action, number)| Move {
                action: *action,
                number: *number,
                from: froms.get(action).copied(),
                to: ActionState::Withdrawn,
                note: "no longer proposed",
            })
            .collect();
        self.keep_moves(tx, &moves, WHO, batch.known_at).await?;
        self.release(tx, &ids).await?;
        written.withdrawn = moved.into_iter().map(|(id, _)| ActionId(id)).collect();
        Ok(())
    }

    /// Where the open and failed actions of the batch's debtors stand, and the wanted ones as far as they are there.
    async fn standing(
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
                "WHERE tenant = ? AND state IN ('waiting', 'to-do', 'queued', 'failed') AND debtor IN"
            ),
            [self.tenant.0],
            &debtors,
            ""
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
            concat!(select_standing!(), "WHERE tenant = ? AND id IN"),
            [self.tenant.0],
            &ids,
            ""
        );
        for row in others {
            let (id, found) = row.read()?;
            standing.insert(id, found);
        }
        Ok(standing)
    }

    /// Who claims obligations on the items that the wanted actions are about or were about.
    async fn claimed(
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

    async fn upsert(
        &self,
        tx: &mut Tx,
        number: i64,
        upserts: &[Upsert<'_>],
        standing: &HashMap<ActionId, Standing>,
        batch: &DecidedBatch,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(upserts.len());
        for upsert in upserts {
            let (decision, action) = (upsert.decision, upsert.action);
            if standing
                .get(&action.id)
                .is_some_and(|before| before.debtor != decision.debtor)
            {
                return Err(StoreError::invalid(
                    "a batch",
                    format!("its action {} belongs to another debtor", action.id),
                ));
            }
            let content = joined_content(&action.title, &action.body);
            let key = &find(decided, decision.debtor)?.key;
            let sealed = key.seal(&in_action(self.tenant, &action.id), &content)?;
            let items: Vec<_> = all_items(action).collect();
            let items = json("the items of an action", &items)?;
            rows.push((decision, action, upsert.to, position(decision)?, items, sealed));
        }
        let changed = execute_many!(
            *tx,
            "INSERT INTO action (tenant, id, batch, position, debtor, kind, level, items, channel, state, automation,
                                 earliest, latest, rank, currency, amount, sealed_content, changed_at, moves, fence)
             VALUES",
            &rows,
            |(decision, action, to, position, items, sealed)| [
                self.tenant.0,
                action.id.0,
                number,
                *position,
                decision.debtor.0,
                action.kind.as_str(),
                word(action.level),
                items.as_str(),
                word(action.channel),
                word(to),
                action.automation.as_str(),
                action.earliest.0,
                action.latest.0,
                action.rank,
                currency_number(action.amount.currency),
                action.amount.minor,
                sealed.as_slice(),
                batch.known_at.0,
                1_i64,
                0_i64,
            ],
            // an action that does not move keeps its history and its lease
            "ON CONFLICT (tenant, id) DO UPDATE SET
                batch = excluded.batch, position = excluded.position, kind = excluded.kind, level = excluded.level,
                items = excluded.items, channel = excluded.channel, automation = excluded.automation,
                earliest = excluded.earliest, latest = excluded.latest, rank = excluded.rank,
                currency = excluded.currency, amount = excluded.amount, sealed_content = excluded.sealed_content,
                changed_at = CASE WHEN action.state = excluded.state THEN action.changed_at ELSE excluded.changed_at END,
                moves = CASE WHEN action.state = excluded.state THEN action.moves ELSE action.moves + 1 END,
                fence = CASE WHEN action.state = excluded.state THEN action.fence ELSE action.fence + 1 END,
                lease_holder = CASE WHEN action.state = excluded.state THEN action.lease_holder ELSE NULL END,
                lease_until = CASE WHEN action.state = excluded.state THEN action.lease_until ELSE NULL END,
                not_before = CASE WHEN action.state = excluded.state THEN action.not_before ELSE NULL END,
                state = excluded.state
             WHERE action.debtor = excluded.debtor"
        );
        if changed != rows.len() as u64 {
            return Err(StoreError::invalid(
                "a batch",
                "not all of its actions could be written",
            ));
        }
        let moving = upserts.iter().filter(|upsert| upsert.from != Some(upsert.to));
        let moves: Vec<Move<'_>> = moving
            .map(|upsert| Move {
                action: upsert.action.id.0,
                number: standing
                    .get(&upsert.action.id)
                    .map_or(0, |before| before.moves)
                    .saturating_add(1),
                from: upsert.from,
                to: upsert.to,
                note: upsert.note(),
            })
            .collect();
        self.keep_moves(tx, &moves, WHO, batch.known_at).await
    }
}

impl Upsert<'_> {
    /// What it claims from now on.
    fn claims(&self) -> BTreeSet<Obligation> {
        match self.to.is_released() {
            true => BTreeSet::new(),
            false => obligations(self.action).collect(),
        }
    }

    /// Why it moves.
    fn note(&self) -> &'static str {
        match (self.from.is_some_and(ActionState::is_open), self.to) {
            (false, _) => "proposed",
            (true, ActionState::Vetoed) => "no longer allowed",
            (true, _) => "asks for a person now",
        }
    }
}

/// All items that an action is about, with their rounds.
fn all_items(action: &NewAction) -> impl Iterator<Item = (ItemId, u16)> {
    let also = action.also.iter().map(|(item, round, _)| (*item, *round));
    action.items.iter().copied().chain(also)
}

/// What an action with a dunning level claims: each item at its own level.
fn obligations(action: &NewAction) -> impl Iterator<Item = Obligation> {
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
fn held(claimed: &HashMap<Obligation, ActionId>) -> HashMap<ActionId, BTreeSet<Obligation>> {
    let mut held: HashMap<ActionId, BTreeSet<Obligation>> = HashMap::new();
    for (obligation, by) in claimed {
        held.entry(*by).or_default().insert(obligation.clone());
    }
    held
}

/// The first of an action's obligations that another action claims.
fn taken(claimed: &HashMap<Obligation, ActionId>, action: &NewAction) -> Option<Refusal> {
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
