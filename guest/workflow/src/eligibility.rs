//! What lets single items rest: pauses, promises, plans, direct debits, invoices that never arrived.

use maan_policy::slots::WorkflowCase;
use maan_policy::types::{Day, Delivery, DeliveryState, PromiseState};

use crate::amounts::Standing;
use crate::settings::Settings;

/// Applies all rests of single items.
pub(crate) fn apply(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    for pause in &case.pauses {
        if let Some(standing) = pause.item.and_then(|item| standings.get_mut(item as usize))
            && pause.until.is_none_or(|until| until >= today)
        {
            standing.rest("paused", pause.until);
        }
    }
    promises(settings, today, case, standings);
    for plan in case.plans.iter().filter(|plan| plan.missed <= 0) {
        let next = plan.due.iter().copied().filter(|&due| due >= today).min();
        for &item in &plan.items {
            if let Some(standing) = standings.get_mut(item as usize) {
                standing.rest("in-plan", next);
            }
        }
    }
    for plan in case.plans.iter().filter(|plan| plan.missed > 0) {
        for &item in &plan.items {
            if let Some(standing) = standings.get_mut(item as usize) {
                standing.rest("plan-missed", None);
            }
        }
    }
    for mandate in case
        .mandates
        .iter()
        .filter(|mandate| mandate.return_code.is_empty())
    {
        let settled = mandate
            .collection_day
            .saturating_add(settings.direct_debit_days.into());
        if let Some(standing) = standings.get_mut(mandate.item as usize)
            && settled >= today
        {
            standing.rest("direct-debit", Some(settled));
        }
    }
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

/// An open promise lets what it covers rest; a broken one makes the next step due.
fn promises(settings: &Settings, today: Day, case: &WorkflowCase, standings: &mut [Standing]) {
    for promise in &case.promises {
        let settled = promise.by.saturating_add(settings.promises.grace_days.into());
        let open = promise.state == PromiseState::Open && settled >= today;
        let broken = match promise.state {
            PromiseState::Broken => true,
            PromiseState::Open => settled < today,
            PromiseState::Kept | PromiseState::Withdrawn => false,
        };
        let one = |standing: &mut Standing| {
            if open {
                standing.rest("promised", Some(settled));
            } else if broken {
                let since = settled.saturating_add(1).min(today);
                standing.progress.hurry = standing.progress.hurry.max(Some(since));
            }
        };
        if promise.items.is_empty() {
            // A promise on the account covers what was due by then, not what was bought since.
            let covered = case
                .items
                .iter()
                .zip(standings.iter_mut())
                .filter(|(item, _)| item.due <= promise.by);
            covered.for_each(|(_, standing)| one(standing));
        } else {
            promise.items.iter().for_each(|&item| {
                if let Some(standing) = standings.get_mut(item as usize) {
                    one(standing);
                }
            });
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
