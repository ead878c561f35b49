//! The review calendar: when a debtor is looked at again, and until when the limit stays.

use maan_policy::slots::Question;
use maan_policy::types::{Day, Verdict};

use crate::check::Check;
use crate::reliability::Class;
use crate::report::Known;

/// No review is further ahead, whatever earlier decisions say.
const FURTHEST: i32 = 731;

impl Check<'_> {
    /// The day of the review in force, where the limit stays as it is until then. An application is a review, and so
    /// is a report that came after the last one, where that asked for a person.
    pub(crate) fn kept_until(&self) -> Option<Day> {
        let in_force = &self.case.in_force;
        let on = in_force.credit_review_on.filter(|&on| on > self.today())?;
        in_force.limit?;
        let last = on.saturating_sub(self.settings.review.other_days.into());
        let report_came = in_force.credit_verdict == Some(Verdict::Review)
            && matches!(self.known, Known::Report(found) if found.on >= last);
        let application = matches!(self.case.question, Question::Application(_));
        (self.settings.limit.at_review && !application && !report_came).then_some(on)
    }

    /// By the answer, unless a review is in force; soon after a signal, not after the report has grown too old, nor
    /// after the day on which what is late now would hold deliveries.
    pub(crate) fn next_review(&self, in_force: Option<Day>, verdict: Verdict) -> Day {
        let settings = self.settings;
        let after = |days: i32| self.today().saturating_add(days);
        let mut review = in_force.unwrap_or_else(|| after(self.days_to_review(verdict)));
        let mut not_after = |day: Day| review = review.min(day);
        not_after(after(FURTHEST));
        if !self.signals.reasons.is_empty() {
            not_after(after(settings.signals.review_days.into()));
        }
        if let Known::Report(found) = self.known {
            not_after(found.on.saturating_add(settings.report.valid_days.into()));
        }
        let to_hold = i32::from(settings.hold.after_days).saturating_sub(self.reliability.oldest);
        if self.reliability.oldest > 0 && to_hold > 0 {
            not_after(after(to_hold));
        }
        review.max(after(1))
    }

    fn days_to_review(&self, verdict: Verdict) -> Day {
        let review = &self.settings.review;
        let days = match verdict {
            Verdict::Accept if self.reliability.class == Class::Unknown => review.conditions_days,
            Verdict::Accept => review.accepted_days,
            Verdict::AcceptOnConditions => review.conditions_days,
            Verdict::Review | Verdict::Decline => review.other_days,
        };
        days.into()
    }
}
