//! Actions: what was proposed and allowed, where it stands, and who moved it.

use std::collections::HashMap;
use std::fmt;

use maan_ledger::{ActionId, Channel, Day, DebtorId, ItemId, Level, Moment, Money, TenantId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{from_json, from_word, money, unsigned, word};
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::decisions::{debtor_key, open_with};
use crate::many::{change_in, execute_many};
use crate::sealing::{Key, Place};
use crate::{DecisionId, StoreError, TenantStore};

/// Where an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    /// Waits for approval.
    Waiting,
    /// A person does it.
    ToDo,
    /// Leaves by itself when it may.
    Queued,
    /// Is leaving; from here on it is never tried again by itself.
    Sending,
    /// Left.
    Sent,
    /// Did not leave, surely.
    Failed,
    /// Nobody knows whether it left; a person finds out.
    Unknown,
    /// No longer wanted.
    Withdrawn,
    /// No longer lawful.
    Vetoed,
    /// Refused by a person.
    Rejected,
    /// Done by a person.
    Done,
}

impl ActionState {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Waiting,
        Self::ToDo,
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Unknown,
        Self::Withdrawn,
        Self::Vetoed,
        Self::Rejected,
        Self::Done,
    ];

    /// Nothing was done yet and everything may still be changed.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::ToDo | Self::Queued)
    }

    /// Ended without being done: its obligations are free again.
    pub fn is_released(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Vetoed | Self::Rejected)
    }
}

impl fmt::Display for ActionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&word(self))
    }
}

/// Which actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionFilter {
    /// In one of these states; in any when it is empty.
    pub states: Vec<ActionState>,
    /// Of this debtor.
    pub debtor: Option<DebtorId>,
    /// At most so many.
    pub limit: u32,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Which.
    pub id: ActionId,
    /// For whom.
    pub debtor: DebtorId,
    /// The latest decision that proposed it.
    pub decision: DecisionId,
    /// Kind, as the contract names it.
    pub kind: String,
    /// Dunning level; `None` for actions that are no dunning.
    pub level: Level,
    /// Items with their rounds.
    pub items: Vec<(ItemId, u16)>,
    /// Over which channel.
    pub channel: Channel,
    /// Where it stands.
    pub state: ActionState,
    /// Automation level under which it was made.
    pub automation: String,
    /// First day.
    pub earliest: Day,
    /// Last day.
    pub latest: Day,
    /// Higher comes first.
    pub rank: i64,
    /// Money at stake.
    pub amount: Money,
    /// One line for a list; empty when the debtor's data were erased.
    pub title: String,
    /// Proposal and verdict, not read by the store; `None` when the debtor's data were erased.
    pub body: Option<Vec<u8>>,
    /// When it last moved.
    pub changed_at: Moment,
    /// Id of the message as it leaves.
    pub message_id: Option<String>,
    /// What proves that it left.
    pub proof: Option<String>,
    /// It is not taken from the outbox before this moment.
    pub not_before: Option<Moment>,
}

/// A step in the history of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionMove {
    /// When.
    pub at: Moment,
    /// Who: a person, or the part of the program.
    pub who: String,
    /// From where; `None` when it was made.
    pub from: Option<ActionState>,
    /// Where to.
    pub to: ActionState,
    /// Why.
    pub note: String,
}

/// A step to be written into the history of an action.
pub(crate) struct Move<'a> {
    pub(crate) action: Uuid,
    pub(crate) number: i64,
    pub(crate) from: Option<ActionState>,
    pub(crate) to: ActionState,
    pub(crate) note: &'a str,
}

/// The items of an action, from its column.
pub(crate) fn items_of(items: &str) -> Result<Vec<Uuid>, StoreError> {
    let items: Vec<(ItemId, u16)> = from_json("the items of an action", items)?;
    Ok(items.into_iter().map(|(item, _)| item.0).collect())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    debtor: Uuid,
    batch_id: Uuid,
    position: i32,
    kind: String,
    level: String,
    items: String,
    channel: String,
    state: String,
    automation: String,
    earliest: i32,
    latest: i32,
    rank: i64,
    currency: i16,
    amount: i64,
    sealed_content: Vec<u8>,
    changed_at: i64,
    message_id: Option<String>,
    proof: Option<String>,
    not_before: Option<i64>,
    key_id: i64,
    wrapped_key: Option<Vec<u8>>,
}

/// Actions, each with the key that opens it.
macro_rules! select_actions {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.debtor, b.id AS batch_id, a.position, a.kind, a.level, a.items, a.channel, a.state,
                    a.automation, a.earliest, a.latest, a.rank, a.currency, a.amount, a.sealed_content, a.changed_at,
                    a.message_id, a.proof, a.not_before, o.key_id, o.wrapped_key
             FROM action a
             JOIN batch b ON b.tenant = a.tenant AND b.number = a.batch
             JOIN debtor o ON o.tenant = a.tenant AND o.id = a.debtor
             WHERE a.tenant = $1 ",
            $rest
        )
    };
}

impl TenantStore {
    /// Actions, those of the highest rank first.
    pub async fn actions(&self, filter: ActionFilter) -> Result<Vec<Action>, StoreError> {
        let states = if filter.states.is_empty() {
            ActionState::ALL.to_vec()
        } else {
            filter.states
        };
        let limit = i64::from(filter.limit);
        let mut tx = self.read().await?;
        let mut rows = Vec::new();
        match filter.debtor {
            // one walk along the index for each state
            None => {
                for state in &states {
                    let some = fetch_all!(
                        tx,
                        Row,
                        select_actions!("AND a.state = $2 ORDER BY a.rank DESC, a.id LIMIT $3"),
                        self.tenant.0,
                        word(state),
                        limit,
                    )?;
                    rows.extend(some);
                }
            }
            Some(debtor) => {
                rows = fetch_all!(
                    tx,
                    Row,
                    select_actions!("AND a.debtor = $2"),
                    self.tenant.0,
                    debtor.0
                )?;
                let names: Vec<String> = states.iter().map(word).collect();
                rows.retain(|row| names.contains(&row.state));
            }
        }
        tx.commit().await?;
        rows.sort_by_key(|row| (std::cmp::Reverse(row.rank), row.id));
        rows.dedup_by_key(|row| row.id);
        rows.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
        let key = self.key().await?;
        rows.into_iter()
            .map(|row| self.opened_action(row, &key))
            .collect()
    }

    /// An action.
    pub async fn action(&self, id: ActionId) -> Result<Option<Action>, StoreError> {
        let key = self.key().await?;
        let mut tx = self.read().await?;
        let action = self.action_in(&mut tx, id, &key).await?;
        tx.commit().await?;
        Ok(action)
    }

    pub(crate) async fn action_in(
        &self,
        tx: &mut Tx,
        id: ActionId,
        tenant_key: &Key,
    ) -> Result<Option<Action>, StoreError> {
        let row = fetch_optional!(*tx, Row, select_actions!("AND a.id = $2"), self.tenant.0, id.0)?;
        row.map(|row| self.opened_action(row, tenant_key)).transpose()
    }

    /// Actions that a person rejected and that could still have been done on a day, by debtor: until it has passed
    /// they are not made again.
    pub async fn rejected(&self, today: Day) -> Result<HashMap<DebtorId, Vec<ActionId>>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (Uuid, Uuid),
            "SELECT debtor, id FROM action WHERE tenant = $1 AND state = 'rejected' AND latest >= $2",
            self.tenant.0,
            today.0
        )?;
        tx.commit().await?;
        let mut rejected: HashMap<DebtorId, Vec<ActionId>> = HashMap::new();
        for (debtor, id) in rows {
            rejected.entry(DebtorId(debtor)).or_default().push(ActionId(id));
        }
        Ok(rejected)
    }

    /// Where an action came from and who moved it, oldest first.
    pub async fn history(&self, id: ActionId) -> Result<Vec<ActionMove>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (i64, String, Option<String>, String, String),
            "SELECT at, who, from_state, to_state, note FROM action_history
             WHERE tenant = $1 AND action = $2 ORDER BY number",
            self.tenant.0,
            id.0,
        )?;
        tx.commit().await?;
        rows.into_iter()
            .map(|(at, who, from, to, note)| {
                Ok(ActionMove {
                    at: Moment(at),
                    who,
                    from: from.map(state).transpose()?,
                    to: state(to)?,
                    note,
                })
            })
            .collect()
    }

    /// Moves an action that is in one of the states `from`. False when it is not, and when it would come back from
    /// an end at which its obligations were released: a new decision proposes it again instead. A worker that has
    /// claimed it loses its claim.
    pub async fn move_action(
        &self,
        id: ActionId,
        from: &[ActionState],
        to: ActionState,
        note: &str,
        who: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let moved = self.move_in(&mut tx, id, from, to, note, who, at).await?;
        tx.commit().await?;
        Ok(moved)
    }

    #[expect(clippy::too_many_arguments, reason = "each is a column of one row")]
    pub(crate) async fn move_in(
        &self,
        tx: &mut Tx,
        id: ActionId,
        from: &[ActionState],
        to: ActionState,
        note: &str,
        who: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let row = fetch_optional!(
            *tx,
            (String,),
            "SELECT state FROM action WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            id.0
        )?;
        let Some((now,)) = row else { return Ok(false) };
        let now = state(now)?;
        if !from.contains(&now) || (now.is_released() && !to.is_released()) {
            return Ok(false);
        }
        self.put_state(tx, id, now, to, note, who, at).await?;
        Ok(true)
    }

    /// Sets the state, ends the lease, keeps history, and releases obligations where the action ends undone.
    #[expect(clippy::too_many_arguments, reason = "each is a column of one row")]
    pub(crate) async fn put_state(
        &self,
        tx: &mut Tx,
        id: ActionId,
        from: ActionState,
        to: ActionState,
        note: &str,
        who: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        let moved = fetch_optional!(
            *tx,
            (i64, String),
            "UPDATE action SET state = $3, changed_at = $4, moves = moves + 1, fence = fence + 1,
                    lease_holder = NULL, lease_until = NULL
             WHERE tenant = $1 AND id = $2 RETURNING moves, items",
            self.tenant.0,
            id.0,
            word(to),
            at.0,
        )?;
        let Some((number, items)) = moved else {
            return Ok(());
        };
        let step = Move {
            action: id.0,
            number,
            from: Some(from),
            to,
            note,
        };
        self.keep_moves(tx, &[step], who, at).await?;
        if to.is_released() {
            self.release(tx, id, &items_of(&items)?).await?;
        }
        if to == ActionState::Rejected {
            // what waited for it may go on: the debtor is decided again
            execute!(
                *tx,
                "UPDATE debtor SET environment = NULL
                 WHERE tenant = $1 AND id = (SELECT debtor FROM action WHERE tenant = $1 AND id = $2)",
                self.tenant.0,
                id.0,
            )?;
        }
        Ok(())
    }

    /// Frees what an action holds on some of its items.
    pub(crate) async fn release(
        &self,
        tx: &mut Tx,
        action: ActionId,
        items: &[Uuid],
    ) -> Result<(), StoreError> {
        change_in!(
            *tx,
            (Uuid,),
            "DELETE FROM obligation WHERE tenant = ? AND action = ? AND item",
            [self.tenant.0, action.0],
            items,
            "RETURNING item"
        );
        Ok(())
    }

    pub(crate) async fn keep_moves(
        &self,
        tx: &mut Tx,
        moves: &[Move<'_>],
        who: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        execute_many!(
            *tx,
            "INSERT INTO action_history (tenant, action, number, at, who, from_state, to_state, note)",
            moves,
            |step| [
                self.tenant.0,
                step.action,
                step.number,
                at.0,
                who,
                step.from.map(word),
                word(step.to),
                step.note,
            ],
            ""
        );
        Ok(())
    }

    /// How many actions stand in each state, in the order of the states; states without actions are left out.
    pub async fn action_counts(&self) -> Result<Vec<(ActionState, u64)>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (String, i64),
            "SELECT state, COUNT(*) FROM action WHERE tenant = $1 GROUP BY state",
            self.tenant.0
        )?;
        tx.commit().await?;
        let mut counts = rows
            .into_iter()
            .map(|(name, count)| Ok((state(name)?, unsigned("a count", count)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        counts.sort_unstable();
        Ok(counts)
    }

    fn opened_action(&self, row: Row, tenant_key: &Key) -> Result<Action, StoreError> {
        let id = ActionId(row.id);
        let debtor = DebtorId(row.debtor);
        let key = debtor_key(self.tenant, debtor, row.key_id, row.wrapped_key, tenant_key)?;
        let content = open_with(key.as_ref(), &in_action(self.tenant, &id), row.sealed_content)?;
        let (title, body) = match content {
            Some(content) => {
                let (title, body) = split_content(&content)?;
                (title, Some(body))
            }
            None => (String::new(), None),
        };
        Ok(Action {
            id,
            debtor,
            decision: DecisionId {
                batch: row.batch_id,
                position: unsigned("a place in a batch", i64::from(row.position))?,
            },
            kind: row.kind,
            level: from_word("a level", row.level)?,
            items: from_json("the items of an action", &row.items)?,
            channel: from_word("a channel", row.channel)?,
            state: state(row.state)?,
            automation: row.automation,
            earliest: Day(row.earliest),
            latest: Day(row.latest),
            rank: row.rank,
            amount: money(row.amount, row.currency)?,
            title,
            body,
            changed_at: Moment(row.changed_at),
            message_id: row.message_id,
            proof: row.proof,
            not_before: row.not_before.map(Moment),
        })
    }
}

pub(crate) fn state(name: String) -> Result<ActionState, StoreError> {
    from_word("the state of an action", name)
}

pub(crate) fn in_action(tenant: TenantId, id: &ActionId) -> Place<'_> {
    Place {
        tenant,
        table: "action",
        column: "sealed_content",
        row: id.0.as_bytes(),
    }
}

/// Title and body as they are sealed together.
pub(crate) fn joined_content(title: &str, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(title.len()).unwrap_or(u32::MAX);
    [length.to_be_bytes().as_slice(), title.as_bytes(), body].concat()
}

fn split_content(content: &[u8]) -> Result<(String, Vec<u8>), StoreError> {
    let parts = content.split_first_chunk().and_then(|(length, rest)| {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        rest.split_at_checked(length)
    });
    let (title, body) = parts.ok_or_else(|| StoreError::unreadable("an action", "its content is cut off"))?;
    Ok((String::from_utf8_lossy(title).into_owned(), body.to_vec()))
}
