//! What follows from what a person says of an action, kept in the same transaction.

use maan_ledger::{DebtorId, Fact, Moment};
use uuid::Uuid;

use crate::actions::{Move, in_action, joined_content};
use crate::codes::{currency_number, json, word};
use crate::db::{Tx, fetch_optional};
use crate::decisions::debtor_key;
use crate::sealing::Key;
use crate::{NewAction, StoreError, TenantStore};

/// What follows from an action of a debtor.
#[derive(Clone, Debug)]
pub struct Follows {
    /// Of whom.
    pub debtor: DebtorId,
    /// What is known from now on.
    pub facts: Vec<Fact>,
    /// What is to be done next, beside the action in its decision. It claims no obligations.
    pub action: Option<NewAction>,
}

/// The place of an action, with the key of its debtor.
#[derive(sqlx::FromRow)]
struct Origin {
    batch: i64,
    position: i32,
    key_id: i64,
    wrapped_key: Option<Vec<u8>>,
}

impl TenantStore {
    /// Makes an action that follows from another. One that is there already stays as it is; none is made for a debtor
    /// whose data were erased.
    pub(crate) async fn follow_in(
        &self,
        tx: &mut Tx,
        origin: Uuid,
        (debtor, new): (DebtorId, &NewAction),
        (who, at): (&str, Moment),
        tenant_key: &Key,
    ) -> Result<(), StoreError> {
        let row = fetch_optional!(
            *tx,
            Origin,
            "SELECT a.batch, a.position, o.key_id, o.wrapped_key FROM action a
             JOIN debtor o ON o.tenant = a.tenant AND o.id = a.debtor
             WHERE a.tenant = $1 AND a.id = $2 AND a.debtor = $3",
            self.tenant.0,
            origin,
            debtor.0,
        )?;
        let Some(row) = row else { return Ok(()) };
        let Some(key) = debtor_key(self.tenant, debtor, row.key_id, row.wrapped_key, tenant_key)? else {
            return Ok(());
        };
        let content = joined_content(&new.title, &new.body);
        let made = fetch_optional!(
            *tx,
            (i64,),
            "INSERT INTO action (tenant, id, batch, position, debtor, kind, level, items, channel, state, automation,
                                 earliest, latest, rank, currency, amount, sealed_content, changed_at, moves, fence)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1, 0)
             ON CONFLICT (tenant, id) DO NOTHING RETURNING moves",
            self.tenant.0,
            new.id.0,
            row.batch,
            row.position,
            debtor.0,
            new.kind.as_str(),
            word(new.level),
            json("the items of an action", &new.items)?,
            word(new.channel),
            word(new.state),
            new.automation.as_str(),
            new.earliest.0,
            new.latest.0,
            new.rank,
            currency_number(new.amount.currency),
            new.amount.minor,
            key.seal(&in_action(self.tenant, &new.id), &content)?,
            at.0,
        )?;
        let Some((number,)) = made else { return Ok(()) };
        let step = Move {
            action: new.id.0,
            number,
            from: None,
            to: new.state,
            note: "follows from what a person did",
        };
        self.keep_moves(tx, &[step], who, at).await
    }
}
