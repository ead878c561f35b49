//! Limitation: when a claim lapses, and what starts the term again: an acknowledgement by paying a part or agreeing a
//! plan everywhere, a written demand only where the law says so.

use crate::calendar::{Day, year_from, years_after};
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::regime::{Limitation, LimitationStart};
use maan_policy::reason;
use maan_policy::reason::{day, item};
use maan_policy::types::{Channel, Level, Reason, StepDone};

/// Days before the end from which it is said.
pub const WARNING_DAYS: Day = 90;
/// Days after which a claim is said to be old where its limitation is not known: the shortest terms are a year.
const OLD: Day = 365;

/// Says that a claim is, or will soon be, beyond limitation.
pub fn warning(inquiry: &Inquiry, claim: &Claim) -> Option<Reason> {
    let today = inquiry.context.today;
    let index = item(claim.item as usize);
    let Some(rule) = &inquiry.regime.limitation else {
        return (today - claim.due > OLD).then(|| reason!("limitation-unknown", index));
    };
    let sale = inquiry.consumer && inquiry.case.agreement.consumer_sale;
    let term = if sale { rule.sale } else { rule.term };
    let last = last_day(rule.from, claim, term.years, interruptions(inquiry, rule, claim));
    let code = match (today > last, today > last - WARNING_DAYS) {
        (true, _) => "limitation-passed",
        (false, true) if rule.letter_interrupts => "limitation-near",
        (false, true) => "limitation-near-court",
        (false, false) => return None,
    };
    Some(reason!(code, index, day(last), term.source.name))
}

/// Last day of the term. What interrupts it starts it again the next day and never shortens it.
fn last_day(from: LimitationStart, claim: &Claim, years: u32, again: impl Iterator<Item = Day>) -> Day {
    let start = match from {
        LimitationStart::Due => claim.due,
        LimitationStart::Issued => claim.issued.min(claim.due),
        LimitationStart::YearEnd => year_from(claim.due, 1) - 1,
    };
    again
        .chain([start])
        .map(|from| years_after(from, years))
        .max()
        .unwrap_or(start)
}

/// Days on which the term of a claim started again.
fn interruptions(inquiry: &Inquiry, rule: &Limitation, claim: &Claim) -> impl Iterator<Item = Day> {
    let case = inquiry.case;
    let (index, letters) = (claim.item, rule.letter_interrupts);
    let demands = case.steps_done.iter().filter(move |step| step.item == index);
    let demands = demands.filter(move |step| letters && is_written_demand(step));
    let plans = case
        .plans
        .iter()
        .flatten()
        .filter(move |plan| plan.items.contains(&index));
    let paid = claim.payments.iter().map(|payment| payment.on);
    let days = demands
        .map(|step| step.on)
        .chain(plans.map(|plan| plan.agreed_on));
    days.chain(paid).filter(|day| *day <= inquiry.context.today)
}

/// Whether a step is a demand whose arrival can be shown.
fn is_written_demand(step: &StepDone) -> bool {
    let written = matches!(
        step.channel,
        Channel::Letter | Channel::RegisteredLetter | Channel::Bailiff
    );
    step.level >= Level::Reminder1 && (written || (step.proof && step.channel == Channel::Email))
}
