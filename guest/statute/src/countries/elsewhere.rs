//! Countries that are not covered: no fee, no interest, and a word why.

use crate::inquiry::Inquiry;
use crate::verdict::{Source, amended, amendment, no_charges};
use maan_policy::actions::{ActionKind, Proposal};
use maan_policy::country::{UNKNOWN, letters};
use maan_policy::reason;
use maan_policy::slots::{Answer, Charges};
use maan_policy::types::{Country, Level, Reason};

/// Why the law of that country applies.
const APPLICABLE: [Source; 1] = [Source {
    name: "art. 3, 4 and 6 Rome I",
    source: "Regulation (EC) 593/2008, eur-lex.europa.eu",
}];

/// Why nothing is charged.
fn not_covered(country: Country) -> Reason {
    if country == UNKNOWN {
        reason!("country-unknown")
    } else {
        reason!("country-not-covered", letters(country).as_str())
    }
}

/// Nothing, and why.
pub fn charges(country: Country) -> Charges {
    no_charges(&APPLICABLE, not_covered(country))
}

/// Formal demands and hand-overs go without any charge; the rest stays as it is.
pub fn answer(inquiry: &Inquiry, proposal: &Proposal) -> Answer {
    let demand = matches!(
        proposal.level,
        Level::LastReminder | Level::FormalNotice | Level::HandOver
    );
    if !demand && !matches!(proposal.kind, ActionKind::HandOver | ActionKind::PlanOffer) {
        return Answer::Allow;
    }
    let country = inquiry.law.country();
    amended(
        Answer::Amend(amendment(&APPLICABLE, not_covered(country))),
        |change| {
            change.charges = Some(charges(country));
        },
    )
}
