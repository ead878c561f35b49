//! What stops the flow for the whole debtor, and what a person then has to do.

use maan_policy::reason;
use maan_policy::reason::{count, day};
use maan_policy::slots::WorkflowCase;
use maan_policy::types::{ContactOutcome, Context, Day, LegalSituation, Reason, Relation};

use crate::settings::{Settings, StopCause};

/// Debt help that was spoken of counts for half a year, unless a situation with an end is recorded.
const DEBT_HELP_DAYS: i32 = 182;

/// The flow stops for this debtor.
pub(crate) struct Stop {
    pub reason: Reason,
    /// Code of the task for a person, and since when there is reason for it.
    pub task: Option<(&'static str, Day)>,
    /// Last day of the stop, where it has one.
    pub through: Option<Day>,
}

/// The weightiest stop that holds today.
pub(crate) fn stop(settings: &Settings, context: &Context, case: &WorkflowCase) -> Option<Stop> {
    let today = context.today;
    let when = |cause: StopCause, stop: &dyn Fn() -> Option<Stop>| settings.stops(cause).then(stop).flatten();
    when(StopCause::Relation, &|| left_out(case))
        .or_else(|| when(StopCause::Legal, &|| legal(case)))
        .or_else(|| when(StopCause::DebtHelp, &|| debt_help(settings, today, case)))
        .or_else(|| when(StopCause::Paused, &|| paused(today, case)))
        .or_else(|| when(StopCause::Reply, &|| unhandled(case)))
}

fn left_out(case: &WorkflowCase) -> Option<Stop> {
    let code = match case.debtor.relation {
        Relation::Customer => return None,
        Relation::OwnCompany => "own-company",
        Relation::Staff => "staff",
    };
    Some(Stop {
        reason: Reason::plain(code),
        task: None,
        through: None,
    })
}

fn legal(case: &WorkflowCase) -> Option<Stop> {
    let status = case
        .debtor
        .legal_status
        .iter()
        .flatten()
        .min_by_key(|status| (status.situation, status.since))?;
    let code = match status.situation {
        LegalSituation::Bankruptcy => "bankruptcy",
        LegalSituation::Moratorium => "moratorium",
        LegalSituation::DebtScheme => "debt-scheme",
        LegalSituation::Guardianship => "guardianship",
        LegalSituation::Deceased => "deceased",
        LegalSituation::Dissolved => "dissolved",
    };
    // The claim is filed with whoever administers the estate; who is under guardianship owes as before.
    let task = match status.situation {
        LegalSituation::Guardianship => "legal-status",
        _ => "file-claim",
    };
    let mut reason = reason!(code, day(status.since));
    reason.arguments.extend(status.file_claim_by.map(day));
    Some(Stop {
        reason,
        task: Some((task, status.since)),
        through: None,
    })
}

fn debt_help(settings: &Settings, today: Day, case: &WorkflowCase) -> Option<Stop> {
    let situation = case
        .conversation
        .situations
        .iter()
        .flatten()
        .filter(|situation| situation.until.is_none_or(|until| until >= today))
        .filter(|situation| settings.stop_situations.contains(&situation.code))
        .max_by_key(|situation| situation.until.unwrap_or(Day::MAX));
    if let Some(situation) = situation {
        let reason = reason!("situation", situation.code.as_str(), day(situation.since));
        return Some(Stop {
            reason,
            task: Some(("debt-help", situation.since)),
            through: situation.until,
        });
    }
    let spoken_of = case
        .conversation
        .contacts
        .iter()
        .filter(|contact| contact.outcome == ContactOutcome::DebtHelp);
    let on = spoken_of.map(|contact| contact.on).max()?;
    let through = on.saturating_add(DEBT_HELP_DAYS);
    (through >= today).then(|| Stop {
        reason: reason!("debt-help", day(on)),
        task: Some(("debt-help", on)),
        through: Some(through),
    })
}

fn paused(today: Day, case: &WorkflowCase) -> Option<Stop> {
    let pauses = case.pauses.iter().flatten().filter(|pause| pause.item.is_none());
    let pause = pauses
        .filter(|pause| pause.until.is_none_or(|until| until >= today))
        .max_by_key(|pause| pause.until.unwrap_or(Day::MAX))?;
    let mut reason = Reason::plain("debtor-paused");
    reason.arguments.extend(pause.until.map(day));
    Some(Stop {
        reason,
        task: None,
        through: pause.until,
    })
}

fn unhandled(case: &WorkflowCase) -> Option<Stop> {
    let replies = case
        .conversation
        .contacts
        .iter()
        .filter(|contact| contact.inbound && contact.unhandled);
    let number = replies.clone().count();
    let first = replies.map(|contact| contact.on).min()?;
    Some(Stop {
        reason: reason!(
            "reply-unhandled",
            day(first),
            count(i64::try_from(number).unwrap_or(i64::MAX))
        ),
        task: Some(("answer-reply", first)),
        through: None,
    })
}
