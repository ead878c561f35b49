//! What an earlier follow-up did, as facts.

use maan_connectors::files::{Event, Happening};
use maan_ledger::{
    ActionId, AgreementId, Body, Day, DebtorId, Dispute, Fact, Instalment, ItemId, Level, Money, Pause, Plan,
    Promise, StepDone,
};
use uuid::Uuid;

use super::known::Item;
use super::work::New;

/// Of whom, and of which items.
pub(super) struct About<'a> {
    pub(super) scope: Uuid,
    pub(super) debtor: DebtorId,
    pub(super) items: &'a [Item],
    /// Everything that is open, for what concerns the whole account.
    pub(super) open: Money,
}

impl About<'_> {
    fn ids(&self) -> Vec<ItemId> {
        self.items.iter().map(|item| item.id).collect()
    }

    fn name(&self, what: &str) -> String {
        let items: Vec<String> = self.ids().iter().map(ItemId::to_string).collect();
        format!("{what}/{}/{}", self.debtor, items.join("+"))
    }

    fn agreement(&self, what: &str) -> AgreementId {
        AgreementId::derived(self.scope, &self.name(what))
    }

    fn open(&self) -> Money {
        match self.items {
            [] => self.open,
            items => {
                let sum = items.iter().map(|item| item.open.minor).sum();
                Money::new(
                    sum,
                    items
                        .first()
                        .map_or(self.open.currency, |item| item.open.currency),
                )
            }
        }
    }
}

/// An event as a fact; an instalment is not one until the whole plan is known.
pub(super) fn fact(event: &Event, about: &About<'_>, facts: &[Fact]) -> Result<Option<Body>, String> {
    let on = event.on;
    Ok(Some(match &event.what {
        Happening::Step {
            level,
            channel,
            proof,
            deadline,
            costs,
        } => {
            if about.items.is_empty() {
                return Err("a step names no invoice".into());
            }
            // named by what the file says, so that proof that comes later corrects it
            let name = about.name(&format!("step/{level:?}/{on}/{channel:?}"));
            let level = counted(*level, *proof);
            Body::StepDone(StepDone {
                action: ActionId::derived(about.scope, &name),
                items: about.ids(),
                level,
                kind: kind(level).into(),
                round: 0,
                on,
                channel: *channel,
                proof: *proof,
                deadline: *deadline,
                // a letter that cannot be shown to have arrived founds no costs
                announced_costs: costs.filter(|costs| *proof && costs.minor > 0),
            })
        }
        Happening::Promise { amount, by } => {
            let agreement = about.agreement(&format!("promise/{on}/{by}"));
            Body::Promised(Promise {
                agreement,
                items: about.ids(),
                amount: amount.or(known_amount(facts, agreement)).unwrap_or(about.open()),
                by: *by,
            })
        }
        Happening::Dispute { amount, cause, text } => {
            let [item] = about.items else {
                return Err("a dispute names no invoice".into());
            };
            let agreement = about.agreement("dispute");
            Body::Disputed(Dispute {
                agreement,
                item: item.id,
                amount: amount.or(known_amount(facts, agreement)).unwrap_or(item.open),
                cause: *cause,
                text: text.clone(),
            })
        }
        Happening::Pause { until, reason } => Body::Paused(Pause {
            agreement: about.agreement(&format!("pause/{on}")),
            item: about.items.first().map(|item| item.id),
            until: *until,
            reason: reason.clone(),
        }),
        Happening::Instalment { .. } => return Ok(None),
    }))
}

/// A formal notice without proof counts as a last reminder, so that a new one can still be sent.
fn counted(level: Level, proof: bool) -> Level {
    match level {
        Level::FormalNotice if !proof => Level::LastReminder,
        level => level,
    }
}

fn kind(level: Level) -> &'static str {
    match level {
        Level::Call1 | Level::Call2 => "call",
        Level::HandOver => "hand-over",
        Level::WriteOff => "write-off",
        _ => "message",
    }
}

/// What was promised or disputed when the agreement became known: what is open since does not change it.
fn known_amount(facts: &[Fact], wanted: AgreementId) -> Option<Money> {
    facts.iter().rev().find_map(|fact| match &fact.body {
        Body::Promised(promise) if promise.agreement == wanted => Some(promise.amount),
        Body::Disputed(dispute) if dispute.agreement == wanted => Some(dispute.amount),
        _ => None,
    })
}

/// A plan of instalments, by its name. Where the file names no invoice it covers all that was open when it became
/// known.
pub(super) fn plan(about: &About<'_>, name: &str, mut instalments: Vec<Instalment>, facts: &[Fact]) -> Body {
    instalments.sort_by_key(|instalment| instalment.due);
    let agreement = AgreementId::derived(about.scope, &format!("plan/{}/{name}", about.debtor));
    let known = facts.iter().rev().find_map(|fact| match &fact.body {
        Body::PlanAgreed(plan) if plan.agreement == agreement => Some(plan.items.clone()),
        _ => None,
    });
    Body::PlanAgreed(Plan {
        agreement,
        items: known.unwrap_or_else(|| about.ids()),
        instalments,
    })
}

/// An event that is not known yet, or known differently.
pub(super) fn news(body: Body, on: Day, facts: &[Fact]) -> Option<New> {
    let same = |fact: &&Fact| same_thing(&fact.body, &body);
    let last = facts.iter().rev().find(same);
    (last.map(|fact| &fact.body) != Some(&body)).then_some(New {
        happened: on,
        first: last.is_none(),
        body,
    })
}

fn same_thing(one: &Body, other: &Body) -> bool {
    match (one, other) {
        (Body::StepDone(one), Body::StepDone(other)) => one.action == other.action,
        (Body::Promised(one), Body::Promised(other)) => one.agreement == other.agreement,
        (Body::PlanAgreed(one), Body::PlanAgreed(other)) => one.agreement == other.agreement,
        (Body::Disputed(one), Body::Disputed(other)) => one.agreement == other.agreement,
        (Body::Paused(one), Body::Paused(other)) => one.agreement == other.agreement,
        _ => false,
    }
}
