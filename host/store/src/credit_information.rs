//! Credit bureaux and registers of an administration: what it settled, their credentials, and the orders of reports
//! within its budget.

use maan_ledger::{ActionId, Currency, DebtorId, Fact, Moment, Money, TenantId};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{from_json, json};
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::sealing::Place;
use crate::{ActionState, Claim, Claimed, StoreError, TenantStore};

/// What an administration settled about credit information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditSettings {
    /// Bureau that reports are ordered from.
    pub bureau: Option<String>,
    /// Most that reports and questions to registers of one month may cost together.
    pub monthly_budget: Money,
    /// Reports on companies are ordered without asking a person.
    pub automatic: bool,
    /// Days for which a report is good and none is ordered anew.
    pub report_valid_days: u16,
    /// Days for which what a register says is good before a formal step.
    pub register_valid_days: u16,
}

impl CreditSettings {
    /// To begin with: no bureau and no budget; reports are good for 180 days, a register's word for a day.
    pub fn new(currency: Currency) -> Self {
        Self {
            bureau: None,
            monthly_budget: Money::zero(currency),
            automatic: false,
            report_valid_days: 180,
            register_valid_days: 1,
        }
    }
}

/// A bureau or register, without its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditService {
    /// Which.
    pub service: String,
    /// Address and price, as JSON; nothing secret.
    pub config: String,
}

/// An order of a report, before it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportOrder {
    /// The action that it carries out.
    pub action: ActionId,
    /// About whom.
    pub debtor: DebtorId,
    /// Who is asked.
    pub service: String,
    /// Month whose budget pays, counted from January of the year 0.
    pub month: i32,
    /// What it costs, in minor units of the currency of the books.
    pub price: i64,
}

/// Whether a report may be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// Yes: its price is set aside.
    Yes,
    /// The budget does not allow it.
    BudgetSpent {
        /// What the month has cost so far, in minor units.
        spent: i64,
    },
    /// It was ordered before, and what came of that is not known yet.
    Ordered {
        /// By this action.
        by: ActionId,
    },
}

/// What came of carrying out an order.
#[derive(Clone, Debug)]
pub struct ReportSettled {
    /// Where the action goes.
    pub to: ActionState,
    /// Why.
    pub note: String,
    /// What became known.
    pub facts: Vec<Fact>,
    /// The price set aside was or may have been charged; else it is free again.
    pub charged: bool,
    /// A queued action is not taken before.
    pub not_before: Option<Moment>,
}

const WORKER: &str = "reports";

impl TenantStore {
    /// What the administration settled about credit information; the settings to begin with where it did not.
    pub async fn credit_settings(&self) -> Result<CreditSettings, StoreError> {
        let currency = self.settings().await?.currency;
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (String,),
            "SELECT settings FROM credit_settings WHERE tenant = $1",
            self.tenant.0
        )?;
        tx.commit().await?;
        match row {
            Some((settings,)) => from_json("the settings of credit information", &settings),
            None => Ok(CreditSettings::new(currency)),
        }
    }

    /// Replaces them.
    pub async fn set_credit_settings(&self, settings: &CreditSettings) -> Result<(), StoreError> {
        let settings = json("the settings of credit information", settings)?;
        let mut tx = self.write().await?;
        execute!(
            tx,
            "INSERT INTO credit_settings (tenant, settings) VALUES ($1, $2)
             ON CONFLICT (tenant) DO UPDATE SET settings = excluded.settings",
            self.tenant.0,
            settings.as_str(),
        )?;
        tx.commit().await
    }

    /// Keeps a bureau or register with its credentials, in the place of what was kept of it.
    pub async fn put_credit_service(
        &self,
        service: &CreditService,
        credentials: &SecretString,
        at: Moment,
    ) -> Result<(), StoreError> {
        let key = self.key().await?;
        let place = credentials_of(self.tenant, &service.service);
        let sealed = key.seal(&place, credentials.expose_secret().as_bytes())?;
        let mut tx = self.write().await?;
        execute!(
            tx,
            "INSERT INTO credit_service (tenant, service, config, sealed_credentials, added_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (tenant, service) DO UPDATE SET
                config = excluded.config, sealed_credentials = excluded.sealed_credentials",
            self.tenant.0,
            service.service.as_str(),
            service.config.as_str(),
            sealed.as_slice(),
            at.0,
        )?;
        tx.commit().await
    }

    /// All bureaux and registers, by name.
    pub async fn credit_services(&self) -> Result<Vec<CreditService>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (String, String),
            "SELECT service, config FROM credit_service WHERE tenant = $1 ORDER BY service",
            self.tenant.0
        )?;
        tx.commit().await?;
        let service = |(service, config)| CreditService { service, config };
        Ok(rows.into_iter().map(service).collect())
    }

    /// The credentials of one; none where it was never added.
    pub async fn credit_credentials(&self, service: &str) -> Result<Option<SecretString>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (Vec<u8>,),
            "SELECT sealed_credentials FROM credit_service WHERE tenant = $1 AND service = $2",
            self.tenant.0,
            service,
        )?;
        tx.commit().await?;
        let Some((sealed,)) = row else { return Ok(None) };
        let key = self.key().await?;
        let bytes = key.open(&credentials_of(self.tenant, service), sealed)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| StoreError::unreadable("a secret", error))?;
        Ok(Some(SecretString::from(text)))
    }

    /// Forgets a bureau or register. False where it was never added.
    pub async fn remove_credit_service(&self, service: &str) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let removed = execute!(
            tx,
            "DELETE FROM credit_service WHERE tenant = $1 AND service = $2",
            self.tenant.0,
            service,
        )?;
        tx.commit().await?;
        Ok(removed == 1)
    }

    /// What the reports and questions of a month cost so far, with those that are being asked for, in minor units.
    pub async fn credit_costs(&self, month: i32) -> Result<i64, StoreError> {
        let mut tx = self.read().await?;
        let spent = self.spent(&mut tx, month).await?;
        tx.commit().await?;
        Ok(spent)
    }

    pub(crate) async fn spent(&self, tx: &mut Tx, month: i32) -> Result<i64, StoreError> {
        let row = fetch_optional!(
            *tx,
            (i64,),
            "SELECT CAST(COALESCE(SUM(price), 0) AS BIGINT) FROM (
                SELECT price FROM report_order WHERE tenant = $1 AND month = $2 AND state <> 'released'
                UNION ALL
                SELECT price FROM look_up WHERE tenant = $1 AND month = $2 AND state <> 'released'
             ) AS spent",
            self.tenant.0,
            month,
        )?;
        Ok(row.map_or(0, |(spent,)| spent))
    }

    /// Sets the price of a report aside, durably, before it is asked for. Of several processes that order at once, no
    /// two go beyond the budget together, and no two order about one debtor.
    pub async fn reserve_report(
        &self,
        order: &ReportOrder,
        budget: i64,
        at: Moment,
    ) -> Result<Reserved, StoreError> {
        let mut tx = self.write().await?;
        let own = fetch_optional!(
            tx,
            (String,),
            "SELECT state FROM report_order WHERE tenant = $1 AND action = $2",
            self.tenant.0,
            order.action.0,
        )?;
        match own.as_ref().map(|(state,)| state.as_str()) {
            Some("reserved") => return Ok(Reserved::Yes),
            Some("charged") => return Ok(Reserved::Ordered { by: order.action }),
            _ => {}
        }
        let other = fetch_optional!(
            tx,
            (Uuid,),
            "SELECT r.action FROM report_order r JOIN action a ON a.tenant = r.tenant AND a.id = r.action
             WHERE r.tenant = $1 AND r.debtor = $2 AND r.state = 'reserved'
               AND a.state IN ('queued', 'sending', 'unknown')",
            self.tenant.0,
            order.debtor.0,
        )?;
        if let Some((by,)) = other {
            return Ok(Reserved::Ordered { by: ActionId(by) });
        }
        let spent = self.spent(&mut tx, order.month).await?;
        if spent.saturating_add(order.price) > budget {
            return Ok(Reserved::BudgetSpent { spent });
        }
        execute!(
            tx,
            "INSERT INTO report_order (tenant, action, debtor, service, month, price, state, at)
             VALUES ($1, $2, $3, $4, $5, $6, 'reserved', $7)
             ON CONFLICT (tenant, action) DO UPDATE SET
                service = excluded.service, month = excluded.month, price = excluded.price,
                state = excluded.state, at = excluded.at",
            self.tenant.0,
            order.action.0,
            order.debtor.0,
            order.service.as_str(),
            order.month,
            order.price,
            at.0,
        )?;
        tx.commit().await?;
        Ok(Reserved::Yes)
    }

    /// Keeps what came of carrying out a claimed order: state, facts and charge at once. False when the claim is no
    /// longer the newest.
    pub async fn settle_report(
        &self,
        claimed: &Claimed,
        from: ActionState,
        settled: ReportSettled,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let Claim { action, .. } = claimed.claim;
        let mut tx = self.write().await?;
        if !self.holds(&mut tx, &claimed.claim, from).await? {
            return Ok(false);
        }
        execute!(
            tx,
            "UPDATE report_order SET state = $3, at = $4 WHERE tenant = $1 AND action = $2 AND state = 'reserved'",
            self.tenant.0,
            action.0,
            if settled.charged { "charged" } else { "released" },
            at.0,
        )?;
        execute!(
            tx,
            "UPDATE action SET not_before = $3 WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            action.0,
            settled.not_before.map(|moment| moment.0),
        )?;
        self.put_state(&mut tx, action, from, settled.to, &settled.note, WORKER, at)
            .await?;
        self.keep_done(&mut tx, action, claimed.action.debtor, settled.facts, at)
            .await?;
        tx.commit().await?;
        Ok(true)
    }
}

fn credentials_of(tenant: TenantId, service: &str) -> Place<'_> {
    Place {
        tenant,
        table: "credit_service",
        column: "sealed_credentials",
        row: service.as_bytes(),
    }
}
