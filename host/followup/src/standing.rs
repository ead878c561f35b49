//! How the receivables stand: overdue, expected, and held with the reason.

use std::collections::BTreeMap;

use maan_ledger::{
    Ageing, Day, Delays, ItemDelay, ItemKind, Money, ageing, average_days_late, expected_within, snapshot,
};
use maan_outreach::Language;
use maan_policy_host::contract::Reason;
use maan_policy_host::{Digest, Workflow};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::followup::Followup;
use crate::phrases::Phrases;
use crate::{RunError, record};

/// Debtors read at a time.
const BATCH: usize = 256;

/// How the receivables stand today.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The day.
    pub today: Day,
    /// Open invoices.
    pub open: Money,
    /// Open invoices past their due date.
    pub overdue: Money,
    /// By days past the due date.
    pub ageing: Ageing,
    /// Expected within the days asked, from each debtor's own behaviour.
    pub expected: Money,
    /// Average days late, weighted by amount.
    pub days_late: Option<Decimal>,
    /// Overdue amounts of debtors for whom nothing is proposed, by the reason that the workflow gave.
    pub at_rest: BTreeMap<String, Held>,
}

/// Debtors and what they owe past the due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// How many debtors.
    pub debtors: u64,
    /// What is overdue.
    pub overdue: Money,
}

impl Followup {
    /// How the receivables stand, with what is expected to come in within `days`.
    ///
    /// # Errors
    /// The database, or sums that do not fit.
    pub async fn standing(
        &self,
        phrases: &Phrases,
        language: Language,
        days: u32,
    ) -> Result<Standing, RunError> {
        let settings = self.tenant.settings().await?;
        let home = settings.currency;
        let now = self.moment();
        let today = Day::at(now, settings.tz()?);
        let debtors = self.tenant.debtor_ids().await?;
        let mut facts = Vec::with_capacity(debtors.len());
        for chunk in debtors.chunks(BATCH) {
            facts.extend(self.tenant.facts_of(chunk).await?);
        }
        let snapshots: Vec<_> = facts
            .iter()
            .map(|(id, facts)| (*id, snapshot(facts, home, today, now)))
            .collect();
        let delays = Delays::new(snapshots.iter().map(|(_, snapshot)| &snapshot.behaviour));
        let claims = || {
            let items = snapshots.iter().flat_map(|(_, snapshot)| &snapshot.items);
            items.filter(|item| {
                item.described.kind != ItemKind::CreditNote && item.described.amount.currency == home
            })
        };
        let mut standing = Standing {
            today,
            open: Money::zero(home),
            overdue: Money::zero(home),
            ageing: ageing(
                today,
                home,
                claims()
                    .filter(|item| item.open.minor > 0)
                    .map(|item| (item.described.due, item.open)),
            )?,
            expected: Money::zero(home),
            days_late: average_days_late(today, claims().filter_map(ItemDelay::of))?,
            at_rest: BTreeMap::new(),
        };
        for (id, snapshot) in &snapshots {
            let totals = snapshot.account.totals;
            standing.open = standing.open.plus(totals.open)?;
            standing.overdue = standing.overdue.plus(totals.overdue)?;
            standing.expected = standing.expected.plus(expected_within(snapshot, &delays, days))?;
            if totals.overdue.minor > 0
                && let Some(reason) = self.why_at_rest(*id).await?
            {
                let why = phrases.word(language, &reason.code);
                let held = standing.at_rest.entry(why).or_insert(Held {
                    debtors: 0,
                    overdue: Money::zero(home),
                });
                held.debtors = held.debtors.saturating_add(1);
                held.overdue = held.overdue.plus(totals.overdue)?;
            }
        }
        Ok(standing)
    }

    /// The workflow's first reason, where its latest decision proposes nothing.
    async fn why_at_rest(&self, debtor: maan_ledger::DebtorId) -> Result<Option<Reason>, RunError> {
        let Some(decision) = self.tenant.decisions(debtor, 1).await?.into_iter().next() else {
            return Ok(None);
        };
        let Some(payload) = &decision.payload else {
            return Ok(None);
        };
        let commitment = decision
            .record
            .as_slice()
            .try_into()
            .map(Digest)
            .unwrap_or(Digest([0; 32]));
        let (record, _) = record::read(payload, commitment)?;
        let plan = record
            .runs
            .iter()
            .find_map(|run| run.outcome::<Workflow>())
            .and_then(Result::ok);
        Ok(plan
            .filter(|plan| plan.proposals.is_empty())
            .and_then(|plan| plan.reasons.into_iter().next()))
    }
}
