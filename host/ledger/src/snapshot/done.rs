//! What was sent and done about items.

use super::items::Ledger;
use super::order::{Row, by_known, keep_greatest};
use crate::{Day, Delivery, Mandate, StepDone};

/// Steps of the follow-up, oldest first. One action is one step, or one for each level that its message carries.
pub(super) fn steps<'a>(mut rows: Vec<Row<'a, StepDone>>, as_of: Day) -> Vec<&'a StepDone> {
    keep_greatest(&mut rows, |step| (step.action, step.level), by_known);
    let mut steps: Vec<_> = rows
        .iter()
        .map(|row| row.body)
        .filter(|step| step.on <= as_of)
        .collect();
    steps.sort_by_key(|step| step.on);
    steps
}

/// Deliveries of items that are there, oldest first. One item has one delivery per channel and day.
pub(super) fn deliveries<'a>(
    mut rows: Vec<Row<'a, Delivery>>,
    ledger: &Ledger<'a>,
    as_of: Day,
) -> Vec<&'a Delivery> {
    keep_greatest(
        &mut rows,
        |delivery| (delivery.on, delivery.item, delivery.channel),
        by_known,
    );
    let deliveries = rows.iter().map(|row| row.body);
    deliveries
        .filter(|delivery| delivery.on <= as_of && ledger.item(delivery.item).is_some())
        .collect()
}

/// Direct debits of items that are there, by collection day. One item has one per collection day.
pub(super) fn mandates<'a>(mut rows: Vec<Row<'a, Mandate>>, ledger: &Ledger<'a>) -> Vec<&'a Mandate> {
    keep_greatest(
        &mut rows,
        |mandate| (mandate.collection_day, mandate.item),
        by_known,
    );
    rows.iter()
        .map(|row| row.body)
        .filter(|mandate| ledger.item(mandate.item).is_some())
        .collect()
}
