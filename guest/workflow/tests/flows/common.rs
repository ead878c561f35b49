//! What the tests of the workflow share.

use maan_policy::Workflow;
use maan_policy::actions::{ActionKind, Proposal};
use maan_policy::manifest::Slot;
use maan_policy::slots::PlanOfAction;
use maan_policy::testkit::{Case, on};
use maan_policy::types::Level;
use maan_policy_workflow::{DefaultWorkflow, Settings, describe};

/// A preset's settings, changed.
pub(crate) fn preset(name: &str, change: impl FnOnce(&mut Settings)) -> DefaultWorkflow {
    let preset = describe()
        .presets
        .into_iter()
        .find(|preset| preset.slot == Slot::Workflow && preset.name == name);
    let mut settings = serde_json::from_str(&preset.unwrap().settings).unwrap();
    change(&mut settings);
    DefaultWorkflow::new(settings).unwrap()
}

pub(crate) fn strict(case: &Case) -> PlanOfAction {
    preset("strict", |_| {})
        .decide(&case.context, &case.workflow())
        .unwrap()
}

pub(crate) fn process(case: &Case) -> PlanOfAction {
    preset("process", |_| {})
        .decide(&case.context, &case.workflow())
        .unwrap()
}

/// What reaches the debtor: no task.
pub(crate) fn actions(plan: &PlanOfAction) -> Vec<&Proposal> {
    plan.proposals
        .iter()
        .filter(|proposal| proposal.kind != ActionKind::Task)
        .collect()
}

/// The one action of the plan.
pub(crate) fn only(plan: &PlanOfAction) -> &Proposal {
    let actions = actions(plan);
    assert_eq!(actions.len(), 1, "{plan:#?}");
    actions[0]
}

pub(crate) fn level(plan: &PlanOfAction) -> Level {
    actions(plan)
        .iter()
        .map(|proposal| proposal.level)
        .max()
        .unwrap_or(Level::None)
}

/// Codes of the tasks.
pub(crate) fn tasks(plan: &PlanOfAction) -> Vec<&str> {
    plan.proposals
        .iter()
        .filter_map(|proposal| proposal.text.strip_prefix("task."))
        .collect()
}

pub(crate) fn reasons(plan: &PlanOfAction) -> Vec<&str> {
    plan.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

pub(crate) fn rejections(plan: &PlanOfAction) -> Vec<&str> {
    plan.rejected
        .iter()
        .flat_map(|rejected| &rejected.reasons)
        .map(|reason| reason.code.as_str())
        .collect()
}

#[track_caller]
pub(crate) fn silent_until(plan: &PlanOfAction, date: &str) {
    assert!(actions(plan).is_empty(), "{plan:#?}");
    assert_eq!(plan.next_look, on(date), "{plan:#?}");
}
