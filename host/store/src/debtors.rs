//! Debtors: finding them, who is due, their totals, and erasing.

use maan_ledger::{Currency, Day, DebtorId, TenantId};
use uuid::Uuid;

use crate::codes::{currency, unsigned};
use crate::db::{execute, fetch_all, fetch_optional};
use crate::sealing::Place;
use crate::{StoreError, TenantStore};

/// A debtor as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debtor {
    /// Its id.
    pub id: DebtorId,
    /// The platform's id.
    pub reference: String,
    /// Number as people know it.
    pub number: String,
    /// Name.
    pub name: String,
    /// Number of the latest page of facts.
    pub fact_version: i64,
    /// Number of the page up to which it was decided; `None` before the first decision.
    pub decided_version: Option<i64>,
    /// When it is looked at again, whatever happens.
    pub next_look: Option<Day>,
    /// What the latest decision found.
    pub digest: Option<DebtorDigest>,
    /// Its key was destroyed.
    pub erased: bool,
}

/// What a decision found, kept so that totals need no facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtorDigest {
    /// Currency of the amounts.
    pub currency: Currency,
    /// Open, in minor units.
    pub open: i64,
    /// Overdue, in minor units.
    pub overdue: i64,
    /// Overdue and held back, in minor units.
    pub held: i64,
    /// Segment key.
    pub segment: String,
}

/// A debtor that must be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whom.
    pub debtor: DebtorId,
    /// Number of the latest page of facts.
    pub fact_version: i64,
    /// Number of the page up to which it was decided.
    pub decided_version: Option<i64>,
}

/// Sums over all decided debtors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// By currency, in the order of the currencies' numbers.
    pub currencies: Vec<CurrencyTotals>,
}

/// Sums in one currency, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyTotals {
    /// The currency.
    pub currency: Currency,
    /// Debtors.
    pub debtors: u64,
    /// Open.
    pub open: i64,
    /// Overdue.
    pub overdue: i64,
    /// Overdue and held back.
    pub held: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    number: String,
    name: String,
    fact_version: i64,
    decided_version: Option<i64>,
    next_look: Option<i32>,
    currency: Option<i16>,
    open_amount: Option<i64>,
    overdue_amount: Option<i64>,
    held_amount: Option<i64>,
    segment: Option<String>,
    erased: bool,
}

impl Row {
    fn debtor(self) -> Result<Debtor, StoreError> {
        let digest = match self.currency {
            None => None,
            Some(number) => Some(DebtorDigest {
                currency: currency(number)?,
                open: self.open_amount.unwrap_or_default(),
                overdue: self.overdue_amount.unwrap_or_default(),
                held: self.held_amount.unwrap_or_default(),
                segment: self.segment.unwrap_or_default(),
            }),
        };
        Ok(Debtor {
            id: DebtorId(self.id),
            reference: self.reference,
            number: self.number,
            name: self.name,
            fact_version: self.fact_version,
            decided_version: self.decided_version,
            next_look: self.next_look.map(Day),
            digest,
            erased: self.erased,
        })
    }
}

macro_rules! select_debtors {
    ($rest:literal) => {
        concat!(
            "SELECT id, reference, number, name, fact_version, decided_version, next_look, currency, open_amount,
                    overdue_amount, held_amount, segment, wrapped_key IS NULL AS erased
             FROM debtor WHERE tenant = $1 ",
            $rest
        )
    };
}

impl TenantStore {
    /// A debtor.
    pub async fn debtor(&self, id: DebtorId) -> Result<Option<Debtor>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(tx, Row, select_debtors!("AND id = $2"), self.tenant.0, id.0)?;
        tx.commit().await?;
        row.map(Row::debtor).transpose()
    }

    /// Debtors with this id, number or reference, or with this text in one of them or in the name, whatever the
    /// case of the letters. Those with exactly this number or reference come first, then by name.
    pub async fn find_debtors(&self, text: &str, limit: u32) -> Result<Vec<Debtor>, StoreError> {
        let text = text.trim();
        if let Ok(id) = text.parse() {
            return Ok(self.debtor(id).await?.into_iter().collect());
        }
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            Row,
            select_debtors!(
                r"AND search LIKE $2 ESCAPE '\'
                  ORDER BY CASE WHEN number = $3 OR reference = $3 THEN 0 ELSE 1 END, name, id LIMIT $4"
            ),
            self.tenant.0,
            format!("%{}%", escaped(&text.to_lowercase())),
            text,
            i64::from(limit),
        )?;
        tx.commit().await?;
        rows.into_iter().map(Row::debtor).collect()
    }

    /// Debtors whose facts changed since they were decided, whose environment differs, or whose next look has
    /// come, in id order after `after`. Debtors whose data were erased are not among them.
    pub async fn due(
        &self,
        environment: [u8; 32],
        today: Day,
        after: Option<DebtorId>,
        limit: u32,
    ) -> Result<Vec<Due>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (Uuid, i64, Option<i64>),
            "SELECT id, fact_version, decided_version FROM debtor
             WHERE tenant = $1 AND id > $2 AND wrapped_key IS NOT NULL
               AND (decided_version IS NULL OR decided_version <> fact_version
                    OR environment IS NULL OR environment <> $3 OR next_look <= $4)
             ORDER BY id LIMIT $5",
            self.tenant.0,
            after.map_or(Uuid::nil(), |debtor| debtor.0),
            environment.as_slice(),
            today.0,
            i64::from(limit),
        )?;
        tx.commit().await?;
        let due = rows
            .into_iter()
            .map(|(debtor, fact_version, decided_version)| Due {
                debtor: DebtorId(debtor),
                fact_version,
                decided_version,
            });
        Ok(due.collect())
    }

    /// The ids of all debtors, in order.
    pub async fn debtor_ids(&self) -> Result<Vec<DebtorId>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (Uuid,),
            "SELECT id FROM debtor WHERE tenant = $1 ORDER BY id",
            self.tenant.0
        )?;
        tx.commit().await?;
        Ok(rows.into_iter().map(|(id,)| DebtorId(id)).collect())
    }

    /// Sums over all decided debtors, by currency.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (i16, i64, i64, i64, i64),
            "SELECT currency, COUNT(*), CAST(COALESCE(SUM(open_amount), 0) AS BIGINT),
                    CAST(COALESCE(SUM(overdue_amount), 0) AS BIGINT), CAST(COALESCE(SUM(held_amount), 0) AS BIGINT)
             FROM debtor WHERE tenant = $1 AND currency IS NOT NULL GROUP BY currency ORDER BY currency",
            self.tenant.0
        )?;
        tx.commit().await?;
        let currencies = rows
            .into_iter()
            .map(|(number, debtors, open, overdue, held)| {
                Ok(CurrencyTotals {
                    currency: currency(number)?,
                    debtors: unsigned("a count", debtors)?,
                    open,
                    overdue,
                    held,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Totals { currencies })
    }

    /// Destroys a debtor's key: what its decisions and actions hold of it can never be read again, and the chain
    /// of decisions stays whole. Its row and facts stay. On PostgreSQL the key is gone from the server's files once
    /// it has vacuumed the table and recycled its log; backups of either database keep it as long as they are kept.
    /// False when there is no such debtor or its key is gone already.
    pub async fn erase_key(&self, debtor: DebtorId) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE debtor SET wrapped_key = NULL WHERE tenant = $1 AND id = $2 AND wrapped_key IS NOT NULL",
            self.tenant.0,
            debtor.0,
        )?;
        tx.commit().await?;
        if changed == 1 {
            self.empty_log().await?;
        }
        Ok(changed == 1)
    }
}

pub(crate) fn key_of_debtor(tenant: TenantId, debtor: &DebtorId) -> Place<'_> {
    Place {
        tenant,
        table: "debtor",
        column: "wrapped_key",
        row: debtor.0.as_bytes(),
    }
}

/// Text in which the signs of LIKE stand for themselves.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}
