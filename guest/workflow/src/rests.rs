//! What lets single items rest: pauses, promises, plans, direct debits, invoices that never arrived, open offers
//! and answers that somebody looks into.

use maan_policy::slots::WorkflowCase;
use maan_policy::types::{
    Channel, ContactOutcome, Day, Delivery, DeliveryState, ItemIndex, Level, Plan, PromiseState, StepDone,
};

use crate::amounts::Standing;
use crate::debits::{self, Return};
use crate::settings::{RestCause, Settings};

/// Applies all rests of single items.
pub(crate) fn apply(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    if settings.rests(RestCause::Paused) {
        pauses(today, case, standings);
    }
    promises(settings, today, case, standings);
    offers(settings, today, case, standings);
    if settings.rests(RestCause::InPlan) {
        plans(settings, today, case, standings);
    }
    mandates(settings, today, case, standings);
    if settings.rests(RestCause::NotDelivered) {
        deliveries(case, standings);
    }
    if settings.rests(RestCause::Answered) {
        answers(settings, today, case, standings);
    }
}

fn pauses(today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    for pause in case.pauses.iter().flatten() {
        if let Some(standing) = pause.item.and_then(|item| standings.get_mut(item as usize))
            && pause.until.is_none_or(|until| until >= today)
        {
            standing.rest("paused", pause.until);
        }
    }
}

/// An open promise lets what it covers rest; a broken one makes the next step due.
fn promises(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    for promise in case.promises.iter().flatten() {
        if matches!(promise.state, PromiseState::Kept | PromiseState::Withdrawn) {
            continue;
        }
        // The bank needs some days, so a promise is not broken on the day after.
        let settled = promise.by.saturating_add(settings.promises.grace_days.into());
        let one = |standing: &mut Standing| {
            if settled < today {
                if settings.promises.broken_hurries {
                    standing.hurry("promise-broken", settled.saturating_add(1));
                }
            } else if settings.rests(RestCause::Promised) {
                standing.rest("promised", Some(settled));
            }
        };
        // A promise on the account covers what was due by then, not what was bought since.
        let covers = |at: usize| case.items.get(at).is_some_and(|item| item.due <= promise.by);
        each(&promise.items, covers, standings, one);
    }
}

/// An offer stands for some days; until then nothing presses.
fn offers(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    if !settings.rests(RestCause::OfferOpen) {
        return;
    }
    let days = i32::from(settings.plans.offer_again_days);
    for done in &case.steps_done {
        let through = done.on.saturating_add(days).saturating_sub(1);
        let through = done.deadline.map_or(through, |deadline| deadline.min(through));
        if is_offer(done)
            && through >= today
            && !slipped(case, done.item)
            && let Some(standing) = standings.get_mut(done.item as usize)
            && standing.progress.due < done.on
            && standing.progress.last_day <= done.on
        {
            standing.rest("offer-open", Some(through));
        }
    }
}

/// A message that was no dunning, about an item: an offer, or words on a missed instalment.
pub(crate) fn is_offer(done: &StepDone) -> bool {
    done.level == Level::None && done.channel != Channel::Portal
}

/// Whether an item is in a plan that slips: what was written about it was no offer.
fn slipped(case: &WorkflowCase, item: ItemIndex) -> bool {
    let mut slipping = case.plans.iter().flatten().filter(|plan| plan.missed > 0);
    slipping
        .any(|plan| plan.items.contains(&item) || plan.items.is_empty() && in_plan(case, plan, item as usize))
}

/// In a plan dunning rests. A missed instalment is asked for once; then the plan is over.
fn plans(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    for plan in case.plans.iter().flatten() {
        let missed = missed_since(settings, plan).filter(|&since| since <= today);
        let asked = missed.and_then(|since| asked_on(case, plan, since));
        let last = asked.map(|(on, deadline)| {
            deadline.unwrap_or_else(|| on.saturating_add(settings.plans.missed_days.into()))
        });
        let next = || {
            let due = plan
                .due
                .iter()
                .map(|day| day.saturating_add(settings.plans.grace_days.into()));
            due.filter(|&day| day >= today).min()
        };
        let covers = |at: usize| in_plan(case, plan, at);
        each(&plan.items, covers, standings, |standing| match (missed, last) {
            (None, _) => standing.rest("in-plan", next()),
            (Some(_), Some(last)) if last >= today => standing.rest("in-plan", Some(last)),
            (Some(_), Some(last)) if settings.plans.lapses => {
                standing.hurry("plan-over", last.saturating_add(1));
            }
            // A plan holds until somebody ends it.
            (Some(_), Some(_)) => standing.rest("plan-over", None),
            (Some(_), None) => standing.rest("plan-missed", None),
        });
    }
}

/// Since when an instalment counts as missed.
pub(crate) fn missed_since(settings: &Settings, plan: &Plan) -> Option<Day> {
    if plan.missed <= 0 {
        return None;
    }
    let mut agreed = 0_i64;
    let instalments = plan.due.iter().zip(&plan.amounts);
    let (due, _) = instalments.into_iter().find(|(_, amount)| {
        agreed = agreed.saturating_add(**amount);
        agreed > plan.paid
    })?;
    Some(
        due.saturating_add(settings.plans.grace_days.into())
            .saturating_add(1),
    )
}

/// When a missed instalment was asked for, and until when.
fn asked_on(case: &WorkflowCase, plan: &Plan, since: Day) -> Option<(Day, Option<Day>)> {
    let asked = case.steps_done.iter().filter(|done| {
        is_offer(done)
            && done.on >= since
            && (plan.items.contains(&done.item)
                || plan.items.is_empty() && in_plan(case, plan, done.item as usize))
    });
    asked.map(|done| (done.on, done.deadline)).min()
}

/// A plan on the whole account covers what was there when it was agreed.
fn in_plan(case: &WorkflowCase, plan: &Plan, at: usize) -> bool {
    case.items
        .get(at)
        .is_some_and(|item| item.issued <= plan.agreed_on)
}

/// A direct debit under way blocks; one that came back acts by its code.
fn mandates(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    for mandate in case.mandates.iter().flatten() {
        let Some(standing) = standings.get_mut(mandate.item as usize) else {
            continue;
        };
        if mandate.return_code.is_empty() {
            let settled = mandate
                .collection_day
                .saturating_add(settings.direct_debit_days.into());
            if settled >= today && settings.rests(RestCause::DirectDebit) {
                standing.rest("direct-debit", Some(settled));
            }
        } else if settings.act_on_returns && debits::is_latest(case, mandate) {
            let on = mandate.returned_on.unwrap_or(mandate.collection_day);
            match debits::returned(&mandate.return_code) {
                Return::NoFunds => standing.hurry("debit-returned", on),
                Return::Disputed => standing.rest("debit-disputed", None),
                Return::AccountClosed => {
                    let through = on.saturating_add(settings.answers.copy_days.into());
                    if through >= today {
                        standing.rest("account-closed", Some(through));
                    }
                }
                Return::Other => {}
            }
        }
    }
}

fn deliveries(case: &WorkflowCase, standings: &mut [Standing]) {
    for delivery in case.deliveries.iter().filter(|delivery| failed(delivery)) {
        let repaired = case
            .deliveries
            .iter()
            .any(|later| later.item == delivery.item && later.on >= delivery.on && arrived(later));
        if let Some(standing) = standings.get_mut(delivery.item as usize)
            && !repaired
        {
            standing.rest("not-delivered", None);
        }
    }
}

/// What the debtor said is looked into before anything else happens.
fn answers(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    for contact in &case.conversation.contacts {
        let days = match contact.outcome {
            ContactOutcome::NotReceived | ContactOutcome::AsksCopy => settings.answers.copy_days,
            ContactOutcome::PaidAlready => settings.answers.paid_days,
            ContactOutcome::Disputes if case.disputes.is_none() => settings.answers.dispute_days,
            _ => continue,
        };
        let through = contact.on.saturating_add(days.into());
        if days == 0 || through < today {
            continue;
        }
        for (standing, item) in standings.iter_mut().zip(&case.items) {
            if item.issued <= contact.on && standing.progress.last_day <= contact.on {
                standing.rest("answered", Some(through));
            }
        }
    }
}

/// The standings of the items named, or of all that are covered where none is named.
fn each(
    items: &[ItemIndex],
    covers: impl Fn(usize) -> bool,
    standings: &mut [Standing],
    mut apply: impl FnMut(&mut Standing),
) {
    if items.is_empty() {
        let covered = standings.iter_mut().enumerate().filter(|(at, _)| covers(*at));
        covered.for_each(|(_, standing)| apply(standing));
    } else {
        for &item in items {
            if let Some(standing) = standings.get_mut(item as usize) {
                apply(standing);
            }
        }
    }
}

fn failed(delivery: &Delivery) -> bool {
    matches!(delivery.state, DeliveryState::Bounced | DeliveryState::Rejected)
        || delivery.order_reference_missing
}

fn arrived(delivery: &Delivery) -> bool {
    matches!(delivery.state, DeliveryState::Sent | DeliveryState::Delivered)
        && !delivery.order_reference_missing
}
