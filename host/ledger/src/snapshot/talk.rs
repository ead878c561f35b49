//! What is known from talking and writing, and what was judged of it.

use super::behaviour::count;
use super::order::{Row, by_day, by_known, keep_distinct, keep_greatest};
use super::{Conversation, Dated, Judged};
use crate::{
    Complaint, Contact, Cost, Day, Evidence, Judgement, LegalStatus, Outcome, RegisterAnswer, Situation,
    StepDone,
};

/// Steps that reach nobody at the debtor.
const WITHOUT_CONTACT: [&str; 4] = ["task", "order-report", "hand-over", "write-off"];

pub(super) fn conversation<'a>(
    mut contacts: Vec<Row<'a, Contact>>,
    mut evidence: Vec<Row<'a, Evidence>>,
    mut situations: Vec<Row<'a, Situation>>,
    mut complaints: Vec<Row<'a, Complaint>>,
    as_of: Day,
) -> Conversation<'a> {
    keep_greatest(&mut contacts, |contact| contact.id.as_str(), by_known);
    keep_greatest(&mut situations, |situation| situation.code.as_str(), by_day);
    keep_greatest(&mut complaints, |complaint| complaint.id.as_str(), by_known);
    keep_distinct(&mut evidence);
    contacts.sort_by_key(|row| row.fact.happened);
    situations.retain(|row| row.body.until.is_none_or(|until| until >= as_of));
    situations.sort_by_key(|row| row.fact.happened);
    Conversation {
        contacts: dated(&contacts),
        evidence: dated(&evidence),
        situations: dated(&situations),
        complaints_open: count(complaints.iter().filter(|row| !row.body.settled)),
    }
}

/// Costs, oldest first.
pub(super) fn costs<'a>(mut rows: Vec<Row<'a, Cost>>) -> Vec<Dated<'a, Cost>> {
    keep_distinct(&mut rows);
    dated(&rows)
}

fn dated<'a, T>(rows: &[Row<'a, T>]) -> Vec<Dated<'a, T>> {
    rows.iter()
        .map(|row| Dated {
            on: row.fact.happened,
            what: row.body,
        })
        .collect()
}

/// Legal situations in force. One and the same situation is known by its first day.
pub(super) fn legal<'a>(mut rows: Vec<Row<'a, LegalStatus>>, as_of: Day) -> Vec<&'a LegalStatus> {
    keep_greatest(&mut rows, |status| (status.since, status.situation), by_known);
    let in_force = rows
        .iter()
        .map(|row| row.body)
        .filter(|status| status.since <= as_of && status.until.is_none_or(|until| until >= as_of));
    in_force.collect()
}

/// The last answer of each register, by its code.
pub(super) fn registers<'a>(mut rows: Vec<Row<'a, RegisterAnswer>>) -> Vec<Dated<'a, RegisterAnswer>> {
    keep_greatest(&mut rows, |answer| answer.register.as_str(), by_day);
    dated(&rows)
}

/// The last day on which the debtor was contacted or a contact was tried.
pub(super) fn last_outbound(steps: &[&StepDone], contacts: &[Dated<'_, Contact>]) -> Option<Day> {
    let steps = steps
        .iter()
        .filter(|step| !WITHOUT_CONTACT.contains(&step.kind.as_str()));
    let contacts = contacts
        .iter()
        .filter(|contact| !contact.what.inbound && contact.what.outcome != Outcome::ThirdParty);
    steps
        .map(|step| step.on)
        .chain(contacts.map(|contact| contact.on))
        .max()
}

/// What the judgements say together: segment and willingness of the last one, the rest of the last one that
/// asked for a credit check.
pub(super) fn judged<'a>(mut rows: Vec<Row<'a, Judgement>>) -> Option<Judged<'a>> {
    rows.sort_unstable_by(|a, b| by_day(b.fact, a.fact));
    let last = rows.first()?;
    let same_segment = rows
        .iter()
        .take_while(|row| row.body.segment == last.body.segment);
    let checked = rows
        .iter()
        .find(|row| row.body.verdict.is_some())
        .unwrap_or(last)
        .body;
    Some(Judged {
        segment: &last.body.segment,
        segment_since: same_segment.last().unwrap_or(last).fact.happened,
        willingness: last.body.willingness,
        verdict: checked.verdict,
        limit: checked.limit,
        hold: checked.hold,
        review_on: checked.review_on,
    })
}
