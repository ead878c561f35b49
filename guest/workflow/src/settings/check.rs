//! What is wrong with settings that could be read.

use maan_policy::settings::problem;
use maan_policy::types::{Level, PerMille, Problem};

use super::{Settings, Step, Trigger, is_notice};

/// All that is wrong, with its place.
pub(crate) fn problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    steps("/steps", &settings.steps, &mut problems);
    for (index, flow) in settings.flows.iter().enumerate() {
        steps(&format!("/flows/{index}/steps"), &flow.steps, &mut problems);
        if flow.segments.is_empty() {
            let path = format!("/flows/{index}/segments");
            problems.push(problem(path, "is empty; name the segments that follow this flow"));
        }
    }
    let hours = settings.hours;
    if hours.from >= hours.to || hours.to > 24 * 60 {
        problems.push(problem(
            "/hours",
            "must run from an earlier to a later minute, at most 1440",
        ));
    }
    if settings.channels.is_empty() {
        problems.push(problem("/channels", "is empty; name at least one channel"));
    }
    if settings
        .formal_notice
        .countries
        .iter()
        .any(|country| country.len() != 2)
    {
        problems.push(problem(
            "/formal_notice/countries",
            "must be two letters each, such as \"NL\"",
        ));
    }
    if settings.plans.interval_days == 0 {
        problems.push(problem("/plans/interval_days", "must be at least one day"));
    }
    if settings.plans.max_instalments == 0 {
        problems.push(problem("/plans/max_instalments", "must be at least one"));
    }
    shares(settings, &mut problems);
    problems
}

fn shares(settings: &Settings, problems: &mut Vec<Problem>) {
    let outcome = &settings.outcome;
    let shares: [(&str, Option<PerMille>); 6] = [
        ("/discount/share", Some(settings.discount.share)),
        ("/report/risky_from", Some(settings.report.risky_from)),
        ("/outcome/court_cost_share", Some(outcome.court_cost_share)),
        ("/outcome/agency_share", outcome.agency_share),
        ("/outcome/plan_share", outcome.plan_share),
        ("/outcome/hopeless_from", Some(outcome.hopeless_from)),
    ];
    for (path, share) in shares {
        if share.is_some_and(|share| share > 1000) {
            problems.push(problem(path, "is a share in per mille: at most 1000"));
        }
    }
}

/// What must come before a level, where the highest step before it is too low: its text speaks of earlier steps, and
/// the host lets no untrue text go.
fn spoken_of(level: Level, before: Level) -> Option<&'static str> {
    match level {
        Level::Reminder2 if before < Level::Reminder1 => {
            Some("speaks of an earlier reminder: put reminder-1 before it, or make it reminder-1")
        }
        Level::Reminder3 if before < Level::Reminder2 => {
            Some("speaks of two earlier reminders: put reminder-2 before it, or make it a lower reminder")
        }
        Level::LastReminder if before < Level::Reminder1 => {
            Some("speaks of an earlier reminder or call: put reminder-1 or call-1 before it")
        }
        _ => None,
    }
}

fn steps(at: &str, steps: &[Step], problems: &mut Vec<Problem>) {
    let mut before = Level::None;
    for (index, step) in steps.iter().enumerate() {
        let mut add = |field: &str, message: &str| {
            problems.push(problem(format!("{at}/{index}/{field}"), message));
        };
        if step.level <= before {
            add(
                "level",
                "must be higher than that of the step before: a level is done once",
            );
        }
        if let Some(missing) = spoken_of(step.level, before) {
            add("level", missing);
        }
        before = before.max(step.level);
        match (is_notice(step.level), step.when) {
            (true, Trigger::BeforeDue(_)) => {}
            (true, _) => add("when", "a notice goes before the due date: before-due"),
            (false, Trigger::BeforeDue(_)) => add("when", "only a notice goes before the due date"),
            (false, _) => {}
        }
        if let Some(hours) = step.hours
            && (hours.from >= hours.to || hours.to > 24 * 60)
        {
            add(
                "hours",
                "must run from an earlier to a later minute, at most 1440",
            );
        }
    }
    if let [before @ .., last] = steps
        && last.announces_next
    {
        let path = format!("{at}/{}/announces_next", before.len());
        problems.push(problem(path, "no step follows, so nothing can be announced"));
    }
}
