//! Workflow.

use super::{Rule, Ruled, Varied};
use crate::contract::{
    ActionKind, Context, Debtor, Item, ItemIndex, Level, PlanOfAction, Proposal, StepDone, WorkflowCase,
};
use crate::slots::Workflow;

impl Ruled for Workflow {
    fn debtor(case: &mut WorkflowCase) -> &mut Debtor {
        &mut case.debtor
    }

    fn items(case: &WorkflowCase) -> &[Item] {
        &case.items
    }

    fn acts(outcome: &PlanOfAction) -> bool {
        !outcome.proposals.is_empty()
    }

    fn without_words(outcome: &mut PlanOfAction) {
        for proposal in &mut outcome.proposals {
            proposal.text.clear();
            proposal.reasons.clear();
        }
        outcome
            .rejected
            .iter_mut()
            .for_each(|rejected| rejected.reasons.clear());
        outcome.reasons.clear();
        outcome.diagnostic.clear();
    }

    fn own_rules() -> Vec<Rule<Self>> {
        vec![
            Rule {
                name: "what is paid is never chased",
                vary: paid,
                broken: chased,
            },
            Rule {
                name: "a level is not repeated the next day under another name",
                vary: done_yesterday,
                broken: repeated,
            },
        ]
    }
}

/// Whether a proposal asks for money.
fn chases(proposal: &Proposal) -> bool {
    let asks = matches!(
        proposal.kind,
        ActionKind::PlanOffer
            | ActionKind::ExtensionOffer
            | ActionKind::DiscountOffer
            | ActionKind::HandOver
            | ActionKind::WriteOff
    );
    asks || proposal.level != Level::None
}

/// The first proposal that asks for money, with the items that are open in it.
fn first(case: &WorkflowCase, outcome: &PlanOfAction) -> Option<(Proposal, Vec<ItemIndex>)> {
    let open = |index: &ItemIndex| case.items.get(*index as usize).is_some_and(|item| item.open > 0);
    let dunning = outcome
        .proposals
        .iter()
        .filter(|proposal| proposal.level != Level::None);
    let mut found = dunning.map(|proposal| {
        let items: Vec<_> = proposal.items.iter().copied().filter(open).collect();
        (proposal.clone(), items)
    });
    found.find(|(_, items)| !items.is_empty())
}

/// One item that was asked for is paid.
fn paid(context: &Context, case: &WorkflowCase, outcome: &PlanOfAction) -> Option<Varied<WorkflowCase>> {
    let (_, items) = first(case, outcome)?;
    let index = *items.first()?;
    let mut case = case.clone();
    let item = case.items.get_mut(index as usize)?;
    let open = std::mem::take(&mut item.open);
    if item.currency == context.creditor.currency {
        case.account.open = case.account.open.saturating_sub(open).max(0);
        if item.due < context.today {
            case.account.overdue = case.account.overdue.saturating_sub(open).max(0);
        }
    }
    case.disputes
        .iter_mut()
        .for_each(|list| list.retain(|dispute| dispute.item != index));
    case.withheld
        .iter_mut()
        .for_each(|list| list.retain(|withheld| withheld.item != index));
    Some(Varied {
        case,
        how: format!("item {index} is paid"),
        items: vec![index],
    })
}

fn chased(varied: &Varied<WorkflowCase>, _: &PlanOfAction, now: &PlanOfAction) -> Option<String> {
    let about = |proposal: &&Proposal| proposal.items.iter().any(|item| varied.items.contains(item));
    let found = now
        .proposals
        .iter()
        .filter(|proposal| chases(proposal))
        .find(about);
    found.map(|proposal| format!("the paid item is still asked for, {}", said(proposal)))
}

/// What was proposed was done yesterday.
fn done_yesterday(
    context: &Context,
    case: &WorkflowCase,
    outcome: &PlanOfAction,
) -> Option<Varied<WorkflowCase>> {
    let (proposal, items) = first(case, outcome)?;
    let yesterday = context.today.saturating_sub(1);
    let mut case = case.clone();
    for index in &items {
        let item = case.items.get_mut(*index as usize)?;
        item.last_level = proposal.level;
        item.last_level_day = yesterday;
        let done = StepDone {
            item: *index,
            level: proposal.level,
            round: item.round,
            on: yesterday,
            channel: proposal.channel,
            proof: false,
            deadline: proposal.deadline,
            announced_costs: 0,
        };
        let place = case.steps_done.partition_point(|step| step.on <= yesterday);
        case.steps_done.insert(place, done);
    }
    case.last_contact = Some(case.last_contact.unwrap_or(yesterday).max(yesterday));
    Some(Varied {
        case,
        how: format!("{} was done yesterday", said(&proposal)),
        items,
    })
}

fn repeated(varied: &Varied<WorkflowCase>, before: &PlanOfAction, now: &PlanOfAction) -> Option<String> {
    let done = before.proposals.iter().find(|proposal| {
        proposal.level != Level::None && proposal.items.iter().any(|item| varied.items.contains(item))
    })?;
    let about = |proposal: &&Proposal| proposal.items.iter().any(|item| varied.items.contains(item));
    let again =
        |proposal: &&Proposal| proposal.level != Level::None && rank(proposal.level) <= rank(done.level);
    let found = now.proposals.iter().filter(about).find(again);
    found.map(|proposal| format!("{} is proposed again as {}", said(done), said(proposal)))
}

fn rank(level: Level) -> u8 {
    level as u8
}

fn said(proposal: &Proposal) -> String {
    let (kind, level) = (format!("{:?}", proposal.kind), format!("{:?}", proposal.level));
    let short = |name: &str| name.rsplit("::").next().unwrap_or_default().to_owned();
    format!(
        "{} at level {} with the text `{}`",
        short(&kind),
        short(&level),
        proposal.text
    )
}
