//! A credit report is ordered before the steps in which it counts, and sets the position taken in a call.

use maan_policy::actions::{ActionKind, CallGuide, Tone};
use maan_policy::reason;
use maan_policy::reason::{day, share};
use maan_policy::types::{Channel, CreditReport, Day, ItemIndex, Level, Reason, ReportAnswer, Willingness};

use crate::decision::{Decision, kind_of};
use crate::draft::Draft;
use crate::due::Candidate;
use crate::settings::Report;

/// A register that did not answer is asked again after so many days.
const ASK_AGAIN: i32 = 7;

impl Decision<'_> {
    const fn rule(&self) -> &Report {
        &self.settings.report
    }

    fn needs_report(&self, level: Level) -> bool {
        let rule = self.rule();
        rule.before.contains(&level)
            && rule.kinds.contains(&self.case.debtor.kind)
            && self.amount >= rule.minimum_amount.minor(self.context.creditor.currency)
    }

    /// The report that counts today. No answer is never a clean one.
    pub(crate) fn report(&self) -> Option<&CreditReport> {
        let report = self.case.account.report.as_ref()?;
        let last = report.on.saturating_add(self.rule().valid_days.into());
        (report.answer != ReportAnswer::NoAnswer && last >= self.context.today).then_some(report)
    }

    /// Whether a report has to be ordered today for a step that will be due.
    pub(crate) fn report_by(&self, level: Level, since: Day, draft: &mut Draft) -> bool {
        if !self.rule().before.contains(&level) {
            return false;
        }
        let lead = since.saturating_sub(self.rule().lead_days.into());
        draft.look_on(lead);
        lead <= self.context.today && self.needs_report(level) && self.report().is_none()
    }

    /// Steps that wait for a report are put aside, and the report is ordered.
    pub(crate) fn wait_for_reports(&self, candidates: &mut Vec<Candidate>, draft: &mut Draft) {
        let today = self.context.today;
        let mut order = Vec::new();
        candidates.retain(|candidate| {
            if !self.needs_report(candidate.level) || self.report().is_some() {
                return true;
            }
            order.push(candidate.item);
            // Before a formal step no answer means wait.
            let until = if candidate.level >= Level::FormalNotice {
                today.saturating_add(ASK_AGAIN)
            } else {
                let ordered = self.ordered(&[candidate.item], candidate.since);
                let from = ordered.unwrap_or(candidate.since);
                from.saturating_add(self.rule().wait_days.into())
            };
            if until <= today {
                return true;
            }
            draft.look_on(until);
            let awaited = reason!("report-awaited", day(until));
            draft.reject(kind_of(candidate.level), candidate.level, vec![awaited]);
            false
        });
        if !order.is_empty() {
            draft.reasons.push(Reason::plain("report-needed"));
            self.order_report(order, draft);
        }
    }

    /// When a report was ordered for a step that is due since a day.
    fn ordered(&self, items: &[ItemIndex], since: Day) -> Option<Day> {
        let from = since.saturating_sub(self.rule().lead_days.into());
        let done = self.case.steps_done.iter().filter(|done| {
            done.level == Level::None
                && done.channel == Channel::Portal
                && done.on >= from
                && items.contains(&done.item)
        });
        done.map(|done| done.on).max()
    }

    pub(crate) fn order_report(&self, items: Vec<ItemIndex>, draft: &mut Draft) {
        let today = self.context.today;
        let again = today.saturating_sub(ASK_AGAIN);
        if draft.proposes(ActionKind::OrderReport) || self.ordered(&items, again).is_some_and(|on| on > again)
        {
            return;
        }
        if let Some(order) = draft.propose(ActionKind::OrderReport, "order-report", Tone::Neutral) {
            order.items = items;
            order.latest = today.saturating_add(ASK_AGAIN);
            order.reasons.push(Reason::plain("report-needed"));
        }
    }

    /// How to prepare a call: what is known of the debtor sets the goal.
    pub(crate) fn guide(&self, reasons: &mut Vec<Reason>) -> CallGuide {
        if let Some(report) = self.report() {
            reasons.push(match report.failure_chance {
                Some(chance) => reason!("report-says", share(chance), day(report.on)),
                None => reason!("report-of", day(report.on)),
            });
        }
        let (goal, questions): (_, &[&str]) = match self.case.willingness {
            Willingness::Cannot => ("goal.plan", &["question.room", "question.proposal"]),
            Willingness::WillNot => ("goal.agreement", &["question.objection", "question.concede"]),
            _ if self.risky() => (
                "goal.security",
                &["question.reason", "question.part", "question.when"],
            ),
            _ => (
                "goal.reason",
                &["question.received", "question.reason", "question.when"],
            ),
        };
        CallGuide {
            goal: goal.into(),
            questions: questions.iter().map(|question| (*question).into()).collect(),
        }
    }

    fn risky(&self) -> bool {
        self.report().is_some_and(|report| {
            !report.marks.is_empty()
                || report
                    .failure_chance
                    .is_some_and(|chance| chance >= self.rule().risky_from)
        })
    }
}
