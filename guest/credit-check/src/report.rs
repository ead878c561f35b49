//! What a credit report says, and whether one is needed. No answer is never a clean answer.

use maan_policy::reason;
use maan_policy::types::{Account, CreditReport, Currency, Day, Minor, Reason, ReportAnswer};

use crate::settings::Report as Settings;

/// What is known from the agency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Known<'a> {
    /// Nobody asked, or the answer is too old.
    Nothing,
    /// The agency did not answer, or does not know the debtor.
    Unanswered,
    /// A valid report.
    Report(&'a CreditReport),
}

/// What the report makes of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    Sound,
    Weak,
    Failing,
}

pub(crate) fn known<'a>(settings: &Settings, today: Day, account: &'a Account) -> Known<'a> {
    match &account.report {
        Some(report) if today.saturating_sub(report.on) <= settings.valid_days.into() => {
            match report.answer {
                ReportAnswer::Present => Known::Report(report),
                ReportAnswer::NoAnswer | ReportAnswer::NotFound => Known::Unanswered,
            }
        }
        _ => Known::Nothing,
    }
}

pub(crate) fn strength(settings: &Settings, report: &CreditReport) -> Strength {
    match report.failure_chance {
        Some(chance) if settings.failing > 0 && chance >= settings.failing => Strength::Failing,
        Some(chance) if settings.weak > 0 && chance >= settings.weak => Strength::Weak,
        _ => Strength::Sound,
    }
}

/// A fact in the report that a person should look at.
fn mark<'a>(settings: &Settings, report: &'a CreditReport) -> Option<&'a str> {
    report
        .marks
        .iter()
        .find(|mark| settings.marks.contains(mark))
        .map(String::as_str)
}

/// Whether something in the report has to be looked at by a person first; says what.
pub(crate) fn to_look_at(settings: &Settings, known: Known<'_>, reasons: &mut Vec<Reason>) -> bool {
    let Known::Report(found) = known else {
        return false;
    };
    let (mark, worsened) = (mark(settings, found), worsened(settings, found));
    reasons.extend(mark.map(|mark| reason!("report.mark", mark)));
    if worsened {
        reasons.push(Reason::plain("report.look"));
    }
    mark.is_some() || worsened
}

/// Whether the chance of failing rose by more than a person should let pass.
pub(crate) fn worsened(settings: &Settings, report: &CreditReport) -> bool {
    settings.worsened > 0 && i32::from(report.worsened_by) >= i32::from(settings.worsened)
}

/// By how much what is at stake exceeds what is trusted without a report; none where there is one or none is asked.
pub(crate) fn missing(
    settings: &Settings,
    at_stake: Minor,
    currency: Currency,
    known: Known<'_>,
) -> Option<Minor> {
    let without = settings.needed_above.minor(currency);
    let asked = settings.ask && !matches!(known, Known::Report(_));
    asked
        .then(|| at_stake.saturating_sub(without))
        .filter(|&more| more > 0)
}

/// The position to take in a call, as a code.
pub(crate) fn position(settings: &Settings, known: Known<'_>, missing: bool) -> &'static str {
    match known {
        Known::Report(found) if mark(settings, found).is_some() => "call.secure",
        Known::Report(found) => match strength(settings, found) {
            Strength::Sound => "call.in-full",
            Strength::Weak => "call.plan",
            Strength::Failing => "call.secure",
        },
        _ if missing => "call.report-first",
        _ => "call.find-out",
    }
}
