//! Debtors of one group: what they owe together is a fact of each of them.

use maan_ledger::{DebtorId, Fact, Moment, Money, encode_page};
use uuid::Uuid;

use crate::codes::currency;
use crate::db::fetch_all;
use crate::{StoreError, TenantStore};

/// A debtor of a group, as last decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMember {
    /// Which debtor.
    pub debtor: DebtorId,
    /// Its group; empty when it left the group of which something is stated to it.
    pub group: String,
    /// What it owes; none before it was decided.
    pub open: Option<Money>,
    /// What was last stated to it of the group, in minor units.
    pub stated: Option<i64>,
}

/// What a debtor is told of its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupStatement {
    /// Which debtor.
    pub debtor: DebtorId,
    /// What the group owes, in minor units.
    pub open: Option<i64>,
    /// The fact.
    pub fact: Fact,
}

impl TenantStore {
    /// All debtors of groups, by group; and those who left one. It reads no facts, and only the rows of these debtors.
    pub async fn group_members(&self) -> Result<Vec<GroupMember>, StoreError> {
        let mut tx = self.read().await?;
        let mut rows = fetch_all!(
            tx,
            (Uuid, String, Option<i16>, Option<i64>, Option<i64>),
            "SELECT id, COALESCE(group_name, ''), currency, open_amount, group_stated FROM debtor
             WHERE tenant = $1 AND (group_name <> '' OR group_stated IS NOT NULL) AND wrapped_key IS NOT NULL",
            self.tenant.0,
        )?;
        tx.commit().await?;
        rows.sort_unstable_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        let member = |(debtor, group, number, open, stated): (Uuid, String, Option<i16>, Option<i64>, _)| {
            let open = match (number, open) {
                (Some(number), Some(open)) => Some(Money::new(open, currency(number)?)),
                _ => None,
            };
            Ok(GroupMember {
                debtor: DebtorId(debtor),
                group,
                open,
                stated,
            })
        };
        rows.into_iter().map(member).collect()
    }

    /// Keeps what debtors are told of their groups: a fact each, in one transaction.
    pub async fn state_groups(&self, statements: &[GroupStatement], at: Moment) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        let mut pages = Vec::with_capacity(statements.len());
        for statement in statements {
            let versions = fetch_all!(
                tx,
                (i64,),
                "UPDATE debtor SET group_stated = $3, fact_version = fact_version + 1
                 WHERE tenant = $1 AND id = $2 RETURNING fact_version",
                self.tenant.0,
                statement.debtor.0,
                statement.open,
            )?;
            let Some((version,)) = versions.first() else {
                return Err(StoreError::UnknownDebtor(statement.debtor));
            };
            let page = encode_page(std::slice::from_ref(&statement.fact));
            pages.push((statement.debtor.0, *version, page));
        }
        self.insert_pages(&mut tx, &pages, at).await?;
        tx.commit().await?;
        Ok(())
    }
}
