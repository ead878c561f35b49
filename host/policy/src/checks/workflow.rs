//! Checks of a plan of action.

use std::collections::HashSet;

use super::field::{
    Bounds, Checked, ENTRIES, at_most, code, cut, each, key, name, nonsense, not_negative, per_mille, some,
    within, wording,
};
use crate::contract::{ActionKind, Context, ItemIndex, Particulars, PlanOfAction, Proposal, WorkflowCase};

/// Proposals for one debtor on one day.
const PROPOSALS: usize = 20;
/// Tasks among them.
const TASKS: usize = 10;
/// Minutes of a day.
const DAY: u16 = 24 * 60;

pub(crate) fn workflow(context: &Context, case: &WorkflowCase, plan: &mut PlanOfAction) -> Checked {
    let bounds = Bounds::new(context, case.items.len());
    each("proposals", &plan.proposals, PROPOSALS, |proposed| {
        proposal(&bounds, proposed)
    })?;
    let tasks = plan.proposals.iter().filter(|one| one.kind == ActionKind::Task);
    at_most("proposals", tasks.count(), TASKS, "tasks")?;
    each("rejected", &plan.rejected, bounds.entries(), |rejected| {
        bounds.reasons("reasons", &rejected.reasons)
    })?;
    bounds.ahead("next-look", plan.next_look)?;
    bounds.reasons("reasons", &plan.reasons)?;
    cut(&mut plan.diagnostic);
    bounds.volume(plan, 1)
}

fn proposal(bounds: &Bounds, proposal: &Proposal) -> Checked {
    each("items", &proposal.items, usize::MAX, |item| {
        bounds.item("", *item)
    })?;
    distinct(&proposal.items)?;
    code("text", &proposal.text)?;
    bounds.near("earliest", proposal.earliest)?;
    bounds.ahead("latest", proposal.latest)?;
    bounds.near("latest", proposal.latest)?;
    if proposal.earliest > proposal.latest {
        return nonsense("earliest", "is after the latest day");
    }
    at_most("to-minute", proposal.to_minute, DAY, "minutes")?;
    if proposal.from_minute >= proposal.to_minute {
        return nonsense("from-minute", "is not before the last minute");
    }
    within("particulars", particulars(bounds, &proposal.particulars))?;
    some(proposal.deadline.as_ref(), |day| bounds.ahead("deadline", *day))?;
    bounds.reasons("reasons", &proposal.reasons)
}

fn distinct(items: &[ItemIndex]) -> Checked {
    if items.is_sorted_by(|a, b| a < b) {
        return Ok(());
    }
    let mut seen = HashSet::new();
    match items.iter().find(|item| !seen.insert(**item)) {
        Some(item) => nonsense("items", format!("item {item} is named twice")),
        None => Ok(()),
    }
}

fn particulars(bounds: &Bounds, particulars: &Particulars) -> Checked {
    match particulars {
        Particulars::None | Particulars::HandOver(_) => Ok(()),
        Particulars::Call(guide) => {
            code("goal", &guide.goal)?;
            each("questions", &guide.questions, ENTRIES, |question| {
                wording("", question)
            })
        }
        Particulars::Plan(plan) => {
            at_most("max-instalments", plan.max_instalments, 240, "instalments")?;
            not_negative("min-instalment", plan.min_instalment)?;
            bounds.ahead("first-by", plan.first_by)
        }
        Particulars::Extension(day) => bounds.ahead("extension", *day),
        Particulars::Discount((share, day)) => {
            per_mille("discount", *share)?;
            bounds.ahead("discount", *day)
        }
        Particulars::OutcomeEstimate(ways) => {
            each("outcome-estimate", ways, ENTRIES, |(way, _)| key("0", way))
        }
        Particulars::Task(task) => name("task", task),
        Particulars::Other(other) => wording("other", other),
    }
}
