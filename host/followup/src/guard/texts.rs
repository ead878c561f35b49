//! Which texts belong to which action.

use maan_ledger::Level;
use maan_policy_host::contract::{ActionKind, Proposal};

use crate::views::level_of;

/// The name of a level's texts.
pub(crate) fn text_of(level: Level) -> &'static str {
    match level {
        Level::None => "statement-of-account",
        Level::Notice1 | Level::Notice2 | Level::Notice3 => "notice",
        Level::Reminder1 => "reminder-1",
        Level::Reminder2 => "reminder-2",
        Level::Reminder3 => "reminder-3",
        Level::Call1 | Level::Call2 => "call",
        Level::LastReminder => "last-reminder",
        Level::FormalNotice => "formal-notice",
        Level::HandOver => "hand-over",
        Level::WriteOff => "write-off",
    }
}

/// Another level asks for another text in the same tone.
pub(super) fn retitled(text: &str, level: Level) -> String {
    let tone = text.split_once('.').map_or("neutral", |(_, tone)| tone);
    format!("{}.{tone}", text_of(level))
}

/// Whether a proposal's text says no more than its level and kind: `notice` and `notice-today` belong to a notice.
pub(super) fn fits(proposal: &Proposal) -> bool {
    let name = proposal.text.split('.').next().unwrap_or_default();
    let belongs = |to: &&str| {
        name.strip_prefix(*to)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    match level_of(proposal.level) {
        Level::None => without_level(proposal.kind).iter().any(belongs),
        level => belongs(&text_of(level)),
    }
}

/// Names of the texts that are no dunning, by kind of action.
fn without_level(kind: ActionKind) -> &'static [&'static str] {
    match kind {
        ActionKind::Message => &["plan-missed", "statement-of-account"],
        ActionKind::PlanOffer => &["plan-offer"],
        ActionKind::ExtensionOffer => &["extension-offer"],
        ActionKind::DiscountOffer => &["discount-offer", "early-discount"],
        ActionKind::Thanks => &["thanks", "thank-you"],
        ActionKind::CheckIn => &["check-in"],
        ActionKind::StatementOfAccount => &["statement-of-account"],
        ActionKind::Call
        | ActionKind::Task
        | ActionKind::OrderReport
        | ActionKind::HandOver
        | ActionKind::WriteOff => &[],
    }
}
