//! When a natural person may be approached: not between 20:00 and 8:00 and not on a Sunday or holiday.
//!
//! In the Netherlands art. 4.2 Besluit kwaliteit incassodienstverlening says so for collectors (there until 7:00); a
//! creditor who follows up its own invoices keeps to the same hours here, towards sole traders too. Elsewhere no law
//! names hours, but pressing a consumer by its timing is an aggressive practice: the same hours are kept. In Belgium
//! visits are forbidden from 22:00 to 8:00.

use crate::calendar::Day;
use crate::countries::{be, nl};
use crate::holidays::contact_day_from;
use crate::inquiry::Inquiry;
use crate::law::is_natural_person;
use crate::sources;
use crate::stops::is_contact;
use crate::verdict::{Source, amended, articles, veto};
use maan_policy::actions::Proposal;
use maan_policy::country::{BE, NL};
use maan_policy::reason;
use maan_policy::reason::{count, day};
use maan_policy::slots::Answer;
use maan_policy::types::Channel;

/// First and last minute of the day.
const HOURS: (u16, u16) = (8 * 60, 20 * 60);

/// Whether these rules govern the proposal: an approach of a person by wire or in person. A letter is read when the
/// debtor wants.
fn governs(inquiry: &Inquiry, proposal: &Proposal) -> bool {
    let letter = matches!(
        proposal.channel,
        Channel::Letter | Channel::RegisteredLetter | Channel::Bailiff
    );
    let debtor = &inquiry.case.debtor;
    let person = inquiry.consumer || (debtor.country == NL && is_natural_person(debtor.kind));
    person && is_contact(proposal) && !letter
}

/// Articles of the debtor's place.
fn articles_of(inquiry: &Inquiry) -> &'static [Source] {
    match inquiry.case.debtor.country {
        NL => &[nl::articles::CONTACT_TIMES],
        BE => &[be::articles::VISITS, sources::UNION_PRESSURE],
        _ => sources::pressure(inquiry.law),
    }
}

/// The first day from `from` on that the proposal may leave.
pub fn first_day(inquiry: &Inquiry, proposal: &Proposal, from: Day) -> Day {
    if governs(inquiry, proposal) {
        contact_day_from(inquiry.case.debtor.country, from)
    } else {
        from
    }
}

/// The answer with the day moved, or a veto where no lawful moment is left.
pub fn limit(inquiry: &Inquiry, proposal: &Proposal, answer: Answer, from: Day) -> Answer {
    if !governs(inquiry, proposal) {
        return answer;
    }
    let sources = articles_of(inquiry);
    let first = first_day(inquiry, proposal, from);
    if proposal.from_minute < HOURS.0 || HOURS.1 < proposal.to_minute {
        let reason = reason!(
            "contact-hours",
            count(proposal.from_minute),
            count(proposal.to_minute)
        );
        return veto(sources, None, reason);
    }
    if first == from {
        return answer;
    }
    if first > proposal.latest {
        return veto(sources, Some(first), reason!("contact-day", day(first)));
    }
    amended(answer, |amendment| {
        amendment.earliest = Some(first);
        amendment.articles.extend(articles(sources));
        amendment.reasons.push(reason!("contact-day", day(first)));
    })
}
