//! The answer: what was asked against the room that is left.

use maan_policy::reason::count;
use maan_policy::slots::Question;
use maan_policy::types::{Currency, Minor, PerMille, Reason, Verdict};
use maan_policy::{Money, reason};

use crate::settings::Terms;

/// What the answer is made of, in the creditor's currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    pub limit: Minor,
    pub exposure: Minor,
    /// What is asked for; 0 for a review and before a call.
    pub asked: Minor,
    /// Exposure if it were granted.
    pub after: Minor,
    pub overdue: Minor,
    /// Days since the oldest open item fell due.
    pub oldest: i32,
    /// The oldest is late enough for conditions.
    pub late: bool,
    /// No trust at all: insolvency, or judged unable or unwilling to pay.
    pub none: bool,
    /// Something that a person has to look at first.
    pub look: bool,
    /// This much more is at stake than is trusted without a credit report.
    pub report_missing: Option<Minor>,
    /// Paying badly asks for a share beforehand.
    pub bad: bool,
    pub currency: Currency,
}

/// An answer, before it is softened for natural persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub verdict: Verdict,
    pub prepayment: PerMille,
}

/// Exposure if what is asked were granted. An application is for all of the credit, an order comes on top.
pub(crate) const fn after(question: &Question, exposure: Minor) -> (Minor, Minor) {
    match *question {
        Question::Application(amount) if amount > exposure => (amount, amount),
        Question::Application(amount) if amount > 0 => (amount, exposure),
        Question::Quotation(amount) | Question::Order(amount) if amount > 0 => {
            (amount, exposure.saturating_add(amount))
        }
        _ => (0, exposure),
    }
}

impl Position {
    /// How much is too much.
    pub(crate) const fn over(&self) -> Minor {
        let over = self.after.saturating_sub(self.limit);
        if over > 0 { over } else { 0 }
    }

    /// The answer to it.
    pub(crate) fn answer(&self, terms: &Terms) -> Answer {
        let over = self.over();
        let prepaid = self.prepaid(over);
        let too_much = over > 0 && self.asked > 0 && prepaid > terms.most_prepaid;
        let verdict = if self.none || too_much {
            Verdict::Decline
        } else if self.look || self.report_missing.is_some() || (over > 0 && self.asked == 0) {
            Verdict::Review
        } else if over > 0 || self.late || self.bad {
            Verdict::AcceptOnConditions
        } else {
            Verdict::Accept
        };
        let at_least = if self.bad && self.asked > 0 {
            terms.bad_prepaid
        } else {
            0
        };
        let prepayment = if verdict == Verdict::AcceptOnConditions {
            prepaid.max(at_least)
        } else {
            0
        };
        Answer { verdict, prepayment }
    }

    /// The room that is left, and what is late.
    pub(crate) fn say(&self, reasons: &mut Vec<Reason>) {
        let money = |minor| Money::new(minor, self.currency);
        let over = self.over();
        reasons.push(if over > 0 {
            reason!("over-limit", money(over), money(self.limit))
        } else {
            reason!("within-limit", money(self.after), money(self.limit))
        });
        if self.late {
            reasons.push(reason!("late", count(self.oldest), money(self.overdue)));
        }
    }

    /// The share of what is asked that must be paid beforehand to stay within the limit, rounded up.
    fn prepaid(&self, over: Minor) -> PerMille {
        if self.asked == 0 {
            return 0;
        }
        let asked = i128::from(self.asked);
        let share = (i128::from(over) * 1000 + asked - 1) / asked;
        PerMille::try_from(share.clamp(0, 1000)).unwrap_or(1000)
    }
}
