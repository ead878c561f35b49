//! The Dutch rules on what is proposed.

use super::articles as law;
use super::consumer;
use crate::calendar::Day;
use crate::inquiry::Inquiry;
use crate::verdict::veto;
use maan_policy::actions::{ActionKind, Proposal};
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::slots::Answer;
use maan_policy::types::{Failure, Level};

/// The answer to a proposal that would leave on a day.
pub fn answer(inquiry: &Inquiry, proposal: &Proposal, text: &str, leaves: Day) -> Result<Answer, Failure> {
    if let Some(earliest) = before_default(inquiry, proposal, leaves) {
        return Ok(veto(
            &[law::DEFAULT],
            Some(earliest),
            reason!("not-in-default", day(earliest)),
        ));
    }
    if inquiry.consumer {
        return consumer::answer(inquiry, proposal, text, leaves);
    }
    Ok(Answer::Allow)
}

/// A formal demand or a hand-over is for debtors in default: the first day of default of all its items, when that
/// is later than the day on which it would leave.
fn before_default(inquiry: &Inquiry, proposal: &Proposal, leaves: Day) -> Option<Day> {
    let formal = is_formal_demand(proposal) || proposal.kind == ActionKind::HandOver;
    if !formal {
        return None;
    }
    let items = proposal
        .items
        .iter()
        .filter_map(|index| inquiry.case.items.get(*index as usize));
    items
        .map(|item| item.due + 1)
        .max()
        .filter(|default| leaves < *default)
}

/// Whether the proposal is a message that can carry the announcement of costs.
pub fn is_formal_demand(proposal: &Proposal) -> bool {
    proposal.kind == ActionKind::Message
        && matches!(proposal.level, Level::LastReminder | Level::FormalNotice)
}
