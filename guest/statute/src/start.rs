//! The first day of interest on a claim.

use crate::calendar::{Day, month_end_after};
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::letters::sent::{Letters, Standing};
use crate::letters::{Carrier, LetterRule};
use crate::regime::Start;
use maan_policy::types::{Level, StepDone};

/// The first day of interest on a claim as it stands on a day; `None` where none runs.
pub fn of(inquiry: &Inquiry, start: Start, letters: &Letters, claim: &Claim, on: Day) -> Option<Day> {
    let after_due = claim.due + 1;
    let after = |level| {
        demands(inquiry, claim, level)
            .map(ran_out)
            .min()
            .map(|last| last + 1)
    };
    let first = match start {
        Start::AfterDue => after_due,
        Start::AfterDueOrReminder if inquiry.case.agreement.term_days.is_some() => after_due,
        Start::AfterDueOrReminder => after(Level::Reminder1)?,
        Start::AfterDemand => after(Level::LastReminder)?,
        Start::AfterLetter => after_letter(inquiry, letters, claim, on)?,
        Start::AfterThirdMonth => month_end_after(claim.issued, 3) + 1,
    };
    Some(first.max(after_due))
}

/// After the term of the letter; where no costs are claimed, after that of the first reminder.
fn after_letter(inquiry: &Inquiry, letters: &Letters, claim: &Claim, on: Day) -> Option<Day> {
    let rule = inquiry.regime.letter?;
    let standing = match letters.standing(claim, on) {
        Some(Standing::RanOut(last)) => Some(last),
        _ => None,
    };
    let unclaimed = crate::charges::costs_unclaimed(inquiry).is_some();
    let reminded = || demands(inquiry, claim, Level::Reminder1).filter_map(|step| term(rule, step));
    let last = standing.or_else(|| reminded().filter(|_| unclaimed).min())?;
    Some(last + 1)
}

/// Last day of the term that a reminder gave at least.
fn term(rule: &LetterRule, step: &StepDone) -> Option<Day> {
    let carrier = Carrier::of(step.channel)?;
    Some((rule.last_day)(step.on, carrier, 0).max(ran_out(step)))
}

/// Steps of at least a level on a claim in its running round, in writing.
fn demands<'a>(inquiry: &'a Inquiry, claim: &Claim, level: Level) -> impl Iterator<Item = &'a StepDone> {
    let (item, round) = (claim.item, claim.round);
    let steps = inquiry.case.steps_done.iter();
    steps.filter(move |step| {
        step.item == item
            && step.round == round
            && step.level >= level
            && step.level <= Level::FormalNotice
            && Carrier::of(step.channel).is_some()
    })
}

/// The last day that a step named, or its own day.
pub fn ran_out(step: &StepDone) -> Day {
    step.deadline.unwrap_or(step.on).max(step.on)
}
