//! Refuses cases that cannot be judged, so that nothing after this meets a day or an index that makes no sense.

use crate::calendar::{Day, is_known};
use maan_policy::reason::failure;
use maan_policy::slots::StatuteCase;
use maan_policy::types::{Context, Failure};

/// A failure that names the first thing that is wrong.
pub(crate) fn check(context: &Context, case: &StatuteCase) -> Result<(), Failure> {
    day(context.today, "today")?;
    day(case.charges_on, "charges-on")?;
    for item in &case.items {
        day(item.due, "the due date of an item")?;
    }
    let payments = &case.payments;
    if payments.items.len() != payments.days.len() || payments.items.len() != payments.amounts.len() {
        return Err(failure(
            "the columns of payments differ in length; each payment has item, day and amount",
        ));
    }
    for (on, amount) in payments.days.iter().zip(&payments.amounts) {
        day(*on, "the day of a payment")?;
        if *amount < 0 {
            return Err(failure(format!(
                "a payment of {amount} is negative; a refund is no payment"
            )));
        }
    }
    if case
        .texts
        .as_ref()
        .is_some_and(|texts| texts.len() != case.proposals.len())
    {
        return Err(failure("there must be a text for each proposal, or none at all"));
    }
    let count = case.items.len();
    let in_lists = case.disputes.iter().flatten().map(|dispute| dispute.item);
    let in_lists = in_lists.chain(case.withheld.iter().flatten().map(|withheld| withheld.item));
    let in_lists = in_lists.chain(payments.items.iter().copied());
    let in_lists = in_lists.chain(case.steps_done.iter().map(|step| step.item));
    let in_lists = in_lists.chain(
        case.proposals
            .iter()
            .flat_map(|proposal| proposal.items.iter().copied()),
    );
    let in_lists = in_lists.chain(
        case.plans
            .iter()
            .flatten()
            .flat_map(|plan| plan.items.iter().copied()),
    );
    for item in in_lists {
        if usize::try_from(item).is_ok_and(|item| item >= count) {
            return Err(failure(format!(
                "item {item} is named, but the case has {count} items"
            )));
        }
    }
    for step in &case.steps_done {
        day(step.on, "the day of a step done")?;
        day(step.deadline.unwrap_or(step.on), "the deadline of a step done")?;
    }
    for proposal in &case.proposals {
        day(proposal.earliest, "the earliest day of a proposal")?;
    }
    Ok(())
}

fn day(day: Day, what: &str) -> Result<(), Failure> {
    if is_known(day) {
        return Ok(());
    }
    Err(failure(format!(
        "{what} is day {day}; days from 1970 to 2199 can be judged"
    )))
}
