//! Ordering reports: what a person approved, or the settings allow, is asked for once.

use std::collections::BTreeMap;

use chrono::Datelike;
use maan_connectors::Remedy;
use maan_connectors::credit::{NoAnswer, Subject, Why};
use maan_ledger::{ActionId, Day, DebtorKind, InquiredAbout, InquiryOutcome, Moment, Money, Snapshot};
use maan_store::{ActionFilter, ActionState, Claimed, ReportOrder, ReportSettled, Reserved, TenantSettings};
use serde::Serialize;

use super::Desk;
use super::desk::{Offer, subject};
use super::facts::{self, When};
use crate::RunError;
use crate::actions::Prepared;
use crate::followup::Followup;
use crate::send::steps_done;

/// How long one worker has for an order, in seconds.
const LEASE_SECONDS: i64 = 300;
/// A bureau that does not answer is asked again after this many seconds …
const AGAIN_SECONDS: i64 = 3600;
/// … and until an order is so old; then nobody waits for it any more.
const WAITS_SECONDS: i64 = 24 * 3600;

const KIND: &str = "order-report";

/// Who moves an order that is carried out, in its history.
const REPORTS: &str = "reports";

/// What came of the orders that were ready.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OrdersDone {
    /// Each order with what came of it.
    pub orders: Vec<OrderLine>,
    /// What the reports of this month cost so far; none where no bureau is in use.
    pub spent: Option<Money>,
    /// What they may cost.
    pub budget: Option<Money>,
}

/// What came of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderLine {
    /// Which action.
    pub action: ActionId,
    /// About whom.
    pub debtor: String,
    /// Where the order stands now.
    pub state: ActionState,
    /// What came of it, and what to do.
    pub outcome: String,
}

/// An order under way.
struct Order<'a> {
    claimed: &'a Claimed,
    snapshot: &'a Snapshot<'a>,
    prepared: &'a Prepared,
    when: When,
}

impl Followup {
    /// Orders the reports that were approved, and those that the settings allow.
    ///
    /// # Errors
    /// The database, or an action that cannot be read; what was done stays done.
    pub async fn order_reports(&self, desk: &Desk) -> Result<OrdersDone, RunError> {
        let settings = self.tenant.settings().await?;
        let mut done = OrdersDone::default();
        if settings.stop_all {
            return Ok(done);
        }
        if desk.settings.automatic && desk.bureau().is_some() {
            self.approve_by_settings().await?;
        }
        loop {
            self.check_interrupted()?;
            let claimed = self
                .tenant
                .claim_reports(&self.worker, self.moment(), LEASE_SECONDS, 10)
                .await?;
            if claimed.is_empty() {
                break;
            }
            for one in &claimed {
                let (state, outcome) = self.carry_out_order(desk, &settings, one).await?;
                let debtor = self.tenant.debtor(one.action.debtor).await?;
                done.orders.push(OrderLine {
                    action: one.action.id,
                    debtor: debtor.map(|debtor| debtor.name).unwrap_or_default(),
                    state,
                    outcome,
                });
            }
        }
        if desk.bureau().is_some() {
            done.spent = Some(self.spent_on_credit_information().await?);
            done.budget = Some(desk.settings.monthly_budget);
        }
        Ok(done)
    }

    /// Orders that nobody has looked at yet go without asking; what came back to a person stays there.
    async fn approve_by_settings(&self) -> Result<(), RunError> {
        let filter = ActionFilter {
            states: vec![ActionState::ToDo],
            debtor: None,
            limit: u32::MAX,
        };
        for action in self.tenant.actions(filter).await? {
            if action.kind != KIND {
                continue;
            }
            let history = self.tenant.history(action.id).await?;
            if history.iter().any(|step| step.who != "run") {
                continue;
            }
            let note = "ordered by the settings of credit information";
            let from = [ActionState::ToDo];
            self.tenant
                .move_action(
                    action.id,
                    &from,
                    ActionState::Queued,
                    note,
                    "settings",
                    self.moment(),
                )
                .await?;
        }
        Ok(())
    }

    /// Carries out one order; where it stands then, and what came of it.
    async fn carry_out_order(
        &self,
        desk: &Desk,
        settings: &TenantSettings,
        claimed: &Claimed,
    ) -> Result<(ActionState, String), RunError> {
        let facts = self.tenant.facts(claimed.action.debtor).await?;
        let snapshot = self.snapshot(&facts, settings)?;
        let today = snapshot.as_of;
        let body = claimed
            .action
            .body
            .as_deref()
            .filter(|_| claimed.action.latest >= today);
        let Some(prepared) = body.map(Prepared::read).transpose()? else {
            let why = "its last day has passed, or the debtor's data were erased";
            return self.order_back(claimed, ActionState::Withdrawn, why).await;
        };
        let order = Order {
            claimed,
            snapshot: &snapshot,
            prepared: &prepared,
            when: When {
                on: today,
                at: self.moment(),
            },
        };
        let valid = i32::from(desk.settings.report_valid_days);
        if let Some(day) = facts::report_day(&snapshot).filter(|day| today.since(*day) <= valid) {
            let note = format!("the report of {day} is still good; none was ordered");
            return self
                .settle_order(
                    &order,
                    ActionState::Queued,
                    ActionState::Done,
                    note,
                    vec![],
                    false,
                )
                .await;
        }
        let Some(bureau) = desk.bureau() else {
            let why = "no bureau is in use; add one with `maan credit-information add`";
            return self.order_back(claimed, ActionState::ToDo, why).await;
        };
        let Some(subject) = subject(&snapshot) else {
            return self
                .order_back(claimed, ActionState::ToDo, "nothing is known of the debtor")
                .await;
        };
        if subject.kind == DebtorKind::SoleTrader && !self.ordered_by_person(claimed.action.id).await? {
            let why = "a report about a sole trader is about a person: approve it, or reject it";
            return self.order_back(claimed, ActionState::ToDo, why).await;
        }
        self.ask_bureau(&order, desk, bureau, &subject, settings).await
    }

    /// Finds the company, sets the price aside, and asks for the report.
    async fn ask_bureau(
        &self,
        order: &Order<'_>,
        desk: &Desk,
        bureau: &Offer,
        subject: &Subject,
        settings: &TenantSettings,
    ) -> Result<(ActionState, String), RunError> {
        let (client, company) = match bureau.find(subject).await {
            Ok(found) => found,
            Err(no_answer) => {
                return self
                    .order_missed(order, ActionState::Queued, &no_answer, bureau)
                    .await;
            }
        };
        let action = &order.claimed.action;
        let wish = ReportOrder {
            action: action.id,
            debtor: action.debtor,
            service: bureau.service.word().to_owned(),
            month: self.month_of_today(settings)?,
            price: bureau.price.minor,
        };
        let budget = desk.settings.monthly_budget;
        match self
            .tenant
            .reserve_report(&wish, budget.minor, self.moment())
            .await?
        {
            Reserved::Yes => {}
            Reserved::BudgetSpent { spent } => {
                return self.order_too_dear(order, bureau, spent, budget).await;
            }
            Reserved::Ordered { by } => {
                let why =
                    format!("action {by} ordered a report about this debtor; find out what came of it first");
                return self.order_back(order.claimed, ActionState::ToDo, &why).await;
            }
        }
        let claim = &order.claimed.claim;
        let started = self
            .tenant
            .start_sending(claim, &format!("report {}", action.id), self.moment())
            .await?;
        if !started {
            return Ok((ActionState::Queued, "another worker has it".to_owned()));
        }
        match client.report(&company).await {
            Ok(information) => {
                let about = InquiredAbout::CreditReport;
                let mut new = facts::answered(&information, about, order.snapshot, order.when);
                new.extend(facts::cost(
                    bureau.service.word(),
                    about,
                    bureau.price,
                    order.when,
                ));
                let note = format!("{}: {}", bureau.service, information.original);
                self.settle_order(order, ActionState::Sending, ActionState::Done, note, new, true)
                    .await
            }
            Err(no_answer) => {
                self.order_missed(order, ActionState::Sending, &no_answer, bureau)
                    .await
            }
        }
    }

    /// The budget does not allow it: a person decides.
    async fn order_too_dear(
        &self,
        order: &Order<'_>,
        bureau: &Offer,
        spent: i64,
        budget: Money,
    ) -> Result<(ActionState, String), RunError> {
        let spent = Money::new(spent, budget.currency);
        let why = format!(
            "{} of the month's {budget} are spent and a report costs {}; raise the budget with \
             `maan credit-information set`, or decide without one",
            spent, bureau.price
        );
        let (about, outcome) = (InquiredAbout::CreditReport, InquiryOutcome::BudgetSpent);
        let new = facts::not_reported(bureau.service.word(), about, outcome, why.clone(), order.when);
        self.settle_order(order, ActionState::Queued, ActionState::ToDo, why, new, false)
            .await
    }

    /// The bureau did not answer: it is asked again, or a person has the task.
    async fn order_missed(
        &self,
        order: &Order<'_>,
        from: ActionState,
        no_answer: &NoAnswer,
        bureau: &Offer,
    ) -> Result<(ActionState, String), RunError> {
        let charged =
            from == ActionState::Sending && no_answer.why.may_be_charged() && bureau.price.minor > 0;
        let mut note = no_answer.to_string();
        if charged {
            note.push_str("; it may have been charged, compare the bureau's invoice before asking again");
        }
        let now = self.moment();
        let again = match no_answer.why.remedy() {
            Remedy::Retry { after } if !charged => Some(after),
            _ => None,
        };
        if let Some(after) = again
            && self.age_of_order(order.claimed.action.id, now).await? < WAITS_SECONDS
        {
            let seconds = after.and_then(|after| i64::try_from(after.as_secs()).ok());
            let until = now.plus_seconds(seconds.unwrap_or_default().clamp(AGAIN_SECONDS, WAITS_SECONDS));
            return self.order_later(order.claimed, from, note, until).await;
        }
        let new = facts::unanswered(no_answer, InquiredAbout::CreditReport, order.when);
        let to = match (&no_answer.why, again) {
            (Why::NotFound(_), _) => ActionState::Done,
            (_, Some(_)) => ActionState::Failed,
            _ => ActionState::ToDo,
        };
        self.settle_order(order, from, to, note, new, charged).await
    }

    /// Keeps what came of an order. One that was answered is a step that was done.
    async fn settle_order(
        &self,
        order: &Order<'_>,
        from: ActionState,
        to: ActionState,
        note: String,
        mut facts: Vec<maan_ledger::Fact>,
        charged: bool,
    ) -> Result<(ActionState, String), RunError> {
        if to == ActionState::Done {
            let (guarded, when) = (&order.prepared.guarded, order.when);
            let id = order.claimed.action.id;
            facts.extend(steps_done(id, guarded, order.snapshot, when.on, when.at));
        }
        let settled = ReportSettled {
            to,
            note: note.clone(),
            facts,
            charged,
            not_before: None,
        };
        self.keep_order(order.claimed, from, settled).await
    }

    async fn order_later(
        &self,
        claimed: &Claimed,
        from: ActionState,
        note: String,
        until: Moment,
    ) -> Result<(ActionState, String), RunError> {
        let settled = ReportSettled {
            to: ActionState::Queued,
            note,
            facts: vec![],
            charged: false,
            not_before: Some(until),
        };
        self.keep_order(claimed, from, settled).await
    }

    async fn order_back(
        &self,
        claimed: &Claimed,
        to: ActionState,
        why: &str,
    ) -> Result<(ActionState, String), RunError> {
        let settled = ReportSettled {
            to,
            note: why.to_owned(),
            facts: vec![],
            charged: false,
            not_before: None,
        };
        self.keep_order(claimed, ActionState::Queued, settled).await
    }

    async fn keep_order(
        &self,
        claimed: &Claimed,
        from: ActionState,
        settled: ReportSettled,
    ) -> Result<(ActionState, String), RunError> {
        let (to, note) = (settled.to, settled.note.clone());
        let kept = self
            .tenant
            .settle_report(claimed, from, settled, self.moment())
            .await?;
        Ok(match kept {
            true => (to, note),
            false => (
                ActionState::Unknown,
                format!("it took too long; a person looks: {note}"),
            ),
        })
    }

    /// What the reports and questions of this month cost so far.
    ///
    /// # Errors
    /// The database.
    pub async fn spent_on_credit_information(&self) -> Result<Money, RunError> {
        let settings = self.tenant.settings().await?;
        let spent = self.tenant.credit_costs(self.month_of_today(&settings)?).await?;
        Ok(Money::new(spent, settings.currency))
    }

    /// Whether a person said that it may be ordered.
    async fn ordered_by_person(&self, action: ActionId) -> Result<bool, RunError> {
        let history = self.tenant.history(action).await?;
        Ok(history.iter().any(|step| step.note == "approved"))
    }

    /// How long ago somebody said that it may be ordered, in seconds.
    async fn age_of_order(&self, action: ActionId, now: Moment) -> Result<i64, RunError> {
        let history = self.tenant.history(action).await?;
        let queued = history.iter().rev();
        let queued = queued.filter(|step| step.to == ActionState::Queued && step.who != REPORTS);
        let since = queued.map(|step| step.at).next().unwrap_or(now);
        Ok(now.0.saturating_sub(since.0) / 1_000_000)
    }

    /// The month of today, counted from January of the year 0.
    pub(super) fn month_of_today(&self, settings: &TenantSettings) -> Result<i32, RunError> {
        let today = Day::at(self.clock.now(), settings.tz()?).date();
        let month = i32::try_from(today.month0()).unwrap_or_default();
        Ok(today.year().saturating_mul(12).saturating_add(month))
    }
}

impl OrdersDone {
    /// How many orders stand in each state.
    pub fn counts(&self) -> BTreeMap<ActionState, u64> {
        let mut counts = BTreeMap::new();
        for line in &self.orders {
            let count: &mut u64 = counts.entry(line.state).or_default();
            *count = count.saturating_add(1);
        }
        counts
    }
}
