//! Writing the actions that a batch makes and keeps.

use std::collections::HashMap;

use maan_ledger::{DebtorId, Moment};

use super::obligations::all_items;
use super::{Upsert, WHO};
use crate::actions::{Move, in_action, joined_content};
use crate::codes::{currency_number, json, word};
use crate::db::Tx;
use crate::many::execute_many;
use crate::write_batch::{Decided, find, position};
use crate::{ActionState, StoreError, TenantStore};

/// An action with what is computed of it.
struct Row<'a> {
    upsert: &'a Upsert<'a>,
    position: i32,
    items: String,
    sealed: Vec<u8>,
}

impl Upsert<'_> {
    fn from(&self) -> Option<ActionState> {
        self.before.map(|before| before.state)
    }

    fn moves(&self) -> bool {
        self.from() != Some(self.to)
    }

    /// Why it moves.
    fn note(&self) -> &'static str {
        match (self.from().is_some_and(ActionState::is_open), self.to) {
            (false, _) => "proposed",
            (true, ActionState::Vetoed) => "no longer allowed",
            (true, _) => "asks for a person now",
        }
    }
}

impl TenantStore {
    pub(super) async fn upsert(
        &self,
        tx: &mut Tx,
        number: i64,
        upserts: &[Upsert<'_>],
        at: Moment,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<(), StoreError> {
        let rows = upserts.iter().map(|upsert| self.row(upsert, decided));
        let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
        let (new, kept): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.upsert.before.is_none());
        self.insert_actions(tx, number, &new, at).await?;
        self.keep_actions(tx, number, &kept).await?;
        self.place_actions(tx, &kept, at).await?;
        let moving = upserts.iter().filter(|upsert| upsert.moves());
        let moves: Vec<Move<'_>> = moving
            .map(|upsert| Move {
                action: upsert.action.id.0,
                number: upsert.before.map_or(0, |before| before.moves).saturating_add(1),
                from: upsert.from(),
                to: upsert.to,
                note: upsert.note(),
            })
            .collect();
        self.keep_moves(tx, &moves, WHO, at).await
    }

    fn row<'a>(
        &self,
        upsert: &'a Upsert<'a>,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<Row<'a>, StoreError> {
        let (decision, action) = (upsert.decision, upsert.action);
        if upsert
            .before
            .is_some_and(|before| before.debtor != decision.debtor)
        {
            return Err(StoreError::invalid(
                "a batch",
                format!("its action {} belongs to another debtor", action.id),
            ));
        }
        let content = joined_content(&action.title, &action.body);
        let key = &find(decided, decision.debtor)?.key;
        let items: Vec<_> = all_items(action).collect();
        Ok(Row {
            upsert,
            position: position(decision)?,
            items: json("the items of an action", &items)?,
            sealed: key.seal(&in_action(self.tenant, &action.id), &content)?,
        })
    }

    async fn insert_actions(
        &self,
        tx: &mut Tx,
        number: i64,
        rows: &[Row<'_>],
        at: Moment,
    ) -> Result<(), StoreError> {
        execute_many!(
            *tx,
            "INSERT INTO action (tenant, id, batch, position, debtor, kind, level, items, channel, state, automation,
                                 earliest, latest, rank, currency, amount, sealed_content, changed_at, moves, fence)",
            rows,
            |row| [
                self.tenant.0,
                row.upsert.action.id.0,
                number,
                row.position,
                row.upsert.decision.debtor.0,
                row.upsert.action.kind.as_str(),
                word(row.upsert.action.level),
                row.items.as_str(),
                word(row.upsert.action.channel),
                word(row.upsert.to),
                row.upsert.action.automation.as_str(),
                row.upsert.action.earliest.0,
                row.upsert.action.latest.0,
                row.upsert.action.rank,
                currency_number(row.upsert.action.amount.currency),
                row.upsert.action.amount.minor,
                row.sealed.as_slice(),
                at.0,
                1_i64,
                0_i64,
            ],
            ""
        );
        Ok(())
    }

    /// Brings what kept actions say up to date; no index has a column of it.
    async fn keep_actions(&self, tx: &mut Tx, number: i64, rows: &[Row<'_>]) -> Result<(), StoreError> {
        let changed = execute_many!(
            *tx,
            "UPDATE action SET
                batch = v.column3, position = v.column4, kind = v.column5, level = v.column6, items = v.column7,
                channel = v.column8, automation = v.column9, earliest = v.column10, latest = v.column11,
                currency = v.column12, amount = v.column13, sealed_content = v.column14
             FROM (",
            rows,
            |row| [
                self.tenant.0,
                row.upsert.action.id.0,
                number,
                row.position,
                row.upsert.action.kind.as_str(),
                word(row.upsert.action.level),
                row.items.as_str(),
                word(row.upsert.action.channel),
                row.upsert.action.automation.as_str(),
                row.upsert.action.earliest.0,
                row.upsert.action.latest.0,
                currency_number(row.upsert.action.amount.currency),
                row.upsert.action.amount.minor,
                row.sealed.as_slice(),
            ],
            ") AS v
             WHERE action.tenant = v.column1 AND action.id = v.column2"
        );
        all_written(changed, rows.len())
    }

    /// Gives kept actions their place in the worklist, where it is another. One that does not move keeps its lease.
    async fn place_actions(&self, tx: &mut Tx, kept: &[Row<'_>], at: Moment) -> Result<(), StoreError> {
        let placed = kept.iter().map(|row| row.upsert);
        let placed: Vec<_> = placed
            .filter(|upsert| {
                let rank = upsert.before.map(|before| before.rank);
                upsert.moves() || rank != Some(upsert.action.rank)
            })
            .collect();
        let changed = execute_many!(
            *tx,
            "UPDATE action SET
                rank = v.column4,
                changed_at = CASE WHEN state = v.column3 THEN changed_at ELSE v.column5 END,
                moves = CASE WHEN state = v.column3 THEN moves ELSE moves + 1 END,
                fence = CASE WHEN state = v.column3 THEN fence ELSE fence + 1 END,
                lease_holder = CASE WHEN state = v.column3 THEN lease_holder ELSE NULL END,
                lease_until = CASE WHEN state = v.column3 THEN lease_until ELSE NULL END,
                not_before = CASE WHEN state = v.column3 THEN not_before ELSE NULL END,
                state = v.column3
             FROM (",
            &placed,
            |upsert| [
                self.tenant.0,
                upsert.action.id.0,
                word(upsert.to),
                upsert.action.rank,
                at.0,
            ],
            ") AS v
             WHERE action.tenant = v.column1 AND action.id = v.column2"
        );
        all_written(changed, placed.len())
    }
}

fn all_written(changed: u64, wanted: usize) -> Result<(), StoreError> {
    match changed == wanted as u64 {
        true => Ok(()),
        false => Err(StoreError::invalid(
            "a batch",
            "not all of its actions could be written",
        )),
    }
}
