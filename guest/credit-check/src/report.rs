//! What a credit report says, and whether one is needed. No answer is never a clean answer.

use maan_policy::types::{Account, CreditReport, Day, Minor, ReportAnswer};

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
        Some(chance) if chance >= settings.failing => Strength::Failing,
        Some(chance) if chance >= settings.weak => Strength::Weak,
        _ => Strength::Sound,
    }
}

/// A fact in the report that a person should look at.
pub(crate) fn mark<'a>(settings: &Settings, report: &'a CreditReport) -> Option<&'a str> {
    report
        .marks
        .iter()
        .find(|mark| settings.marks.contains(mark))
        .map(String::as_str)
}

/// Whether the chance of failing rose by more than a person should let pass.
pub(crate) fn worsened(settings: &Settings, report: &CreditReport) -> bool {
    i32::from(report.worsened_by) >= i32::from(settings.worsened.max(1))
}

/// Whether so much at stake asks for a report that is not there.
pub(crate) fn needed(at_stake: Minor, above: Minor, known: Known) -> bool {
    at_stake > above && !matches!(known, Known::Report(_))
}
