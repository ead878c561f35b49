//! When a natural person may be approached: not between 20:00 and 8:00 and not on a Sunday or holiday.
//! Art. 4.2 Besluit kwaliteit incassodienstverlening says so for collectors (there until 7:00); a creditor who
//! follows up its own invoices keeps to the same hours here.

use super::articles::CONTACT_TIMES;
use super::holidays::contact_day_from;
use crate::calendar::Day;
use crate::inquiry::Inquiry;
use crate::law::is_natural_person;
use crate::stops::is_contact;
use crate::verdict::{amended, articles, veto};
use maan_policy::actions::Proposal;
use maan_policy::country::NL;
use maan_policy::reason;
use maan_policy::reason::{count, day};
use maan_policy::slots::Answer;
use maan_policy::types::Channel;

/// First and last minute of the day.
const HOURS: (u16, u16) = (8 * 60, 20 * 60);

/// Whether these rules govern the proposal: an approach of a person in the Netherlands by wire or in person.
/// A letter is read when the debtor wants.
fn governs(inquiry: &Inquiry, proposal: &Proposal) -> bool {
    let letter = matches!(
        proposal.channel,
        Channel::Letter | Channel::RegisteredLetter | Channel::Bailiff
    );
    let debtor = &inquiry.case.debtor;
    debtor.country == NL && is_natural_person(debtor.kind) && is_contact(proposal) && !letter
}

/// The first day from `from` on that the proposal may leave.
pub fn first_day(inquiry: &Inquiry, proposal: &Proposal, from: Day) -> Day {
    if governs(inquiry, proposal) {
        contact_day_from(from)
    } else {
        from
    }
}

/// The answer with the day moved, or a veto where no lawful moment is left.
pub fn limit(inquiry: &Inquiry, proposal: &Proposal, answer: Answer, from: Day) -> Answer {
    if !governs(inquiry, proposal) {
        return answer;
    }
    let first = contact_day_from(from);
    if proposal.from_minute < HOURS.0 || HOURS.1 < proposal.to_minute {
        let reason = reason!(
            "contact-hours",
            count(proposal.from_minute),
            count(proposal.to_minute)
        );
        return veto(&[CONTACT_TIMES], None, reason);
    }
    if first == from {
        return answer;
    }
    if first > proposal.latest {
        return veto(&[CONTACT_TIMES], Some(first), reason!("contact-day", day(first)));
    }
    amended(answer, |amendment| {
        amendment.earliest = Some(first);
        amendment.articles.extend(articles(&[CONTACT_TIMES]));
        amendment.reasons.push(reason!("contact-day", day(first)));
    })
}
