//! The answer: what was asked against the room that is left.

use maan_policy::reason::count;
use maan_policy::slots::Question;
use maan_policy::types::{Minor, PerMille, Reason, Verdict};
use maan_policy::{Money, reason};

use crate::settings::Settings;

/// What the answer is made of, in the creditor's currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    pub limit: Minor,
    pub exposure: Minor,
    pub overdue: Minor,
    /// Days since the oldest open item fell due.
    pub oldest: i32,
    /// No trust at all: insolvency, or judged unable or unwilling to pay.
    pub none: bool,
    /// Something that a person has to look at first.
    pub look: bool,
    pub currency: u16,
}

/// An answer with what would change it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub verdict: Verdict,
    pub prepayment: PerMille,
    /// This much less exposed or overdue would make it an acceptance.
    pub counterfactual: Option<Minor>,
    pub reasons: Vec<Reason>,
}

/// Answers a question for a company.
pub(crate) fn answer(settings: &Settings, question: &Question, position: &Position) -> Answer {
    let (asked, after) = match *question {
        Question::Application(amount) => (amount.max(0), position.exposure.max(amount)),
        Question::Quotation(amount) | Question::Order(amount) => {
            (amount.max(0), position.exposure.saturating_add(amount.max(0)))
        }
        Question::Review | Question::BeforeCall => (0, position.exposure),
    };
    let money = |minor| Money::new(minor, position.currency);
    let over = after.saturating_sub(position.limit).max(0);
    let late = position.oldest > i32::from(settings.terms.late_days);
    let mut reasons = Vec::new();
    if over > 0 {
        reasons.push(reason!("over-limit", money(over), money(position.limit)));
    } else {
        reasons.push(reason!("within-limit", money(after), money(position.limit)));
    }
    if late {
        reasons.push(reason!("late", count(position.oldest), money(position.overdue)));
    }
    let prepayment = prepaid(over, asked);
    let too_much = over > 0 && asked > 0 && prepayment > settings.terms.most_prepaid;
    let verdict = if position.none || too_much {
        Verdict::Decline
    } else if position.look || (over > 0 && asked == 0) {
        Verdict::Review
    } else if over > 0 || late {
        Verdict::AcceptOnConditions
    } else {
        Verdict::Accept
    };
    let counterfactual = match verdict {
        Verdict::Accept => None,
        _ if over > 0 => Some(over),
        _ if late => Some(position.overdue),
        _ => None,
    };
    let prepayment = if verdict == Verdict::AcceptOnConditions {
        prepayment
    } else {
        0
    };
    Answer {
        verdict,
        prepayment,
        counterfactual,
        reasons,
    }
}

/// The share of what is asked that must be paid beforehand to stay within the limit, rounded up.
fn prepaid(over: Minor, asked: Minor) -> PerMille {
    if asked == 0 {
        return 0;
    }
    let share = (i128::from(over) * 1000 + i128::from(asked) - 1) / i128::from(asked);
    PerMille::try_from(share.clamp(0, 1000)).unwrap_or(1000)
}
