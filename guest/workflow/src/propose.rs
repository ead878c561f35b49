//! Fills in a proposal: channel, tone, text, days, automation, what it announces.

use maan_policy::actions::{ActionKind, Automation, CallGuide, Particulars, PlanBounds, Proposal, Tone};
use maan_policy::day::WorkingDays;
use maan_policy::reason::{count, day, item};
use maan_policy::types::{Channel, Day, ItemIndex, Level, Reason, Willingness};
use maan_policy::{Money, reason};

use crate::channels;
use crate::decision::{Candidate, Decision, kind_of};
use crate::draft::Draft;
use crate::settings::Step;
use crate::texts::{level_key, text_name};

impl Decision<'_> {
    /// Proposes one step for items that are all at it.
    pub(crate) fn propose_step(&self, now: &[Candidate], draft: &mut Draft) {
        let Some(first) = now.first() else { return };
        let Some(step) = self.flow.step(first.place) else {
            return;
        };
        let items: Vec<ItemIndex> = now.iter().map(|candidate| candidate.item).collect();
        let cannot = self.case.willingness == Willingness::Cannot || self.case.segment == "cannot-pay";
        if cannot
            && self.settings.plans.offer
            && step.level >= Level::LastReminder
            && step.level < Level::WriteOff
        {
            draft.reject(
                kind_of(step.level),
                step.level,
                vec![Reason::plain("cannot-pay-now")],
            );
            self.propose_plan(items, draft);
            return;
        }

        let today = self.context.today;
        let earliest = self.context.creditor.on_or_after(today);
        let through = now
            .iter()
            .map(|candidate| candidate.through)
            .min()
            .unwrap_or(Day::MAX);
        if earliest > through {
            draft.reject(
                kind_of(step.level),
                step.level,
                vec![reason!("no-working-day-left", day(through))],
            );
            return;
        }
        let mut reasons = self.why(now, step);
        let Some((kind, channel)) = self.way(step, draft, &items, &mut reasons) else {
            return;
        };
        let tone = self.tone(step);
        let announces = if step.announces_next {
            self.flow.after(first.place)
        } else {
            None
        };
        let latest = earliest
            .saturating_add(self.settings.valid_days.into())
            .min(through);
        if let Some(proposal) = draft.propose(kind, text_name(step.level), tone) {
            *proposal = Proposal {
                level: step.level,
                items,
                channel,
                earliest,
                latest,
                automation: self.automation(step),
                particulars: particulars(kind, self),
                deadline: step
                    .deadline_days
                    .map(|days| earliest.saturating_add(days.into())),
                announces: announces.map_or(Level::None, |step| step.level),
                reasons,
                ..proposal.clone()
            };
        }
        draft.reasons.push(reason!(
            "step-due",
            level_key(step.level),
            count(now.len() as i64)
        ));
        draft.look_after(latest);
    }

    /// The kind of action and its channel; a call without a number is a message that asks for contact.
    fn way(
        &self,
        step: &Step,
        draft: &mut Draft,
        items: &[ItemIndex],
        reasons: &mut Vec<Reason>,
    ) -> Option<(ActionKind, Channel)> {
        let kind = kind_of(step.level);
        let reach = &self.case.reach;
        match kind {
            ActionKind::HandOver | ActionKind::WriteOff => return Some((kind, Channel::Portal)),
            ActionKind::Call if channels::reaches(reach, Channel::Phone) => {
                return Some((kind, Channel::Phone));
            }
            ActionKind::Call => reasons.push(Reason::plain("no-phone")),
            _ => {}
        }
        let Some(choice) = channels::written(self.settings, Some(step), reach) else {
            let reason = Reason::plain("unreachable");
            draft.reject(kind, step.level, vec![reason.clone()]);
            draft.task("research-address", items.into(), vec![reason.clone()]);
            draft.reasons.push(reason);
            return None;
        };
        if choice.preference_missed {
            reasons.push(Reason::plain("preferred-channel-missing"));
        }
        Some((ActionKind::Message, choice.channel))
    }

    fn why(&self, now: &[Candidate], step: &Step) -> Vec<Reason> {
        let since = now
            .iter()
            .map(|candidate| candidate.since)
            .min()
            .unwrap_or(self.context.today);
        let mut reasons = vec![reason!("due-since", level_key(step.level), day(since))];
        let oldest = now
            .iter()
            .filter_map(|candidate| {
                Some((
                    self.standings.get(candidate.item as usize)?.progress.due,
                    candidate.item,
                ))
            })
            .min();
        if let Some((due, at)) = oldest
            && due < self.context.today
        {
            reasons.push(reason!(
                "days-late",
                count(self.context.today.saturating_sub(due)),
                item(at as usize)
            ));
            reasons.push(reason!(
                "amount-chased",
                Money::new(self.amount, self.context.creditor.currency)
            ));
        }
        if now.iter().any(|one| {
            self.standings
                .get(one.item as usize)
                .is_some_and(|at| at.progress.hurry.is_some())
        }) {
            reasons.push(Reason::plain("promise-broken"));
        }
        reasons
    }

    /// A situation asks for understanding, whatever the segment.
    fn tone(&self, step: &Step) -> Tone {
        let today = self.context.today;
        let mut situations = self.case.conversation.situations.iter();
        if situations.any(|situation| situation.until.is_none_or(|until| until >= today)) {
            return Tone::Understanding;
        }
        step.tone
            .or_else(|| self.settings.tones.get(&self.case.segment).copied())
            .unwrap_or(Tone::Neutral)
    }

    /// An open complaint is never met by a message that nobody saw.
    fn automation(&self, step: &Step) -> Automation {
        let set = step
            .automation_by_segment
            .get(&self.case.segment)
            .copied()
            .unwrap_or(step.automation);
        if self.case.conversation.complaints_open > 0 {
            set.max(Automation::Approve)
        } else {
            set
        }
    }

    fn propose_plan(&self, items: Vec<ItemIndex>, draft: &mut Draft) {
        let (plans, today) = (&self.settings.plans, self.context.today);
        if let Some(last) = self.case.last_contact {
            let again = last.saturating_add(plans.offer_again_days.into());
            if again > today {
                draft.reject(
                    ActionKind::PlanOffer,
                    Level::None,
                    vec![reason!("too-soon", day(last), count(plans.offer_again_days))],
                );
                draft.look_on(again);
                return;
            }
        }
        let Some(choice) = channels::written(self.settings, None, &self.case.reach) else {
            draft.task("research-address", items, vec![Reason::plain("unreachable")]);
            return;
        };
        let earliest = self.context.creditor.on_or_after(today);
        let latest = earliest.saturating_add(self.settings.valid_days.into());
        if let Some(offer) = draft.propose(ActionKind::PlanOffer, "plan-offer", Tone::Understanding) {
            offer.items = items;
            offer.channel = choice.channel;
            offer.earliest = earliest;
            offer.latest = latest;
            offer.automation = Automation::Approve;
            offer.particulars = Particulars::Plan(PlanBounds {
                max_instalments: plans.max_instalments,
                min_instalment: plans.min_instalment.minor(self.context.creditor.currency),
                interval_days: plans.interval_days,
                first_by: today.saturating_add(plans.first_within_days.into()),
            });
            offer.reasons.push(Reason::plain("cannot-pay-now"));
        }
        draft.reasons.push(Reason::plain("cannot-pay-now"));
        draft.look_after(latest);
    }

    /// A plan that slips: one message about the instalment, seen by a person first.
    pub(crate) fn propose_plan_missed(&self, items: Vec<ItemIndex>, draft: &mut Draft) {
        let missed = self
            .case
            .plans
            .iter()
            .fold(0_i64, |sum, plan| sum.saturating_add(plan.missed.max(0)));
        let reason = reason!("plan-missed", Money::new(missed, self.context.creditor.currency));
        let Some(choice) = channels::written(self.settings, None, &self.case.reach) else {
            draft.task("research-address", items, vec![reason]);
            return;
        };
        let earliest = self.context.creditor.on_or_after(self.context.today);
        let latest = earliest.saturating_add(self.settings.valid_days.into());
        if let Some(message) = draft.propose(ActionKind::Message, "plan-missed", Tone::Understanding) {
            message.items = items;
            message.channel = choice.channel;
            message.earliest = earliest;
            message.latest = latest;
            message.automation = Automation::Approve;
            message.reasons.push(reason.clone());
        }
        draft.reasons.push(reason);
        draft.look_after(latest);
    }
}

fn particulars(kind: ActionKind, decision: &Decision) -> Particulars {
    match kind {
        ActionKind::Call => {
            let (goal, questions): (_, &[&str]) = match decision.case.willingness {
                Willingness::Cannot => ("goal.plan", &["question.room", "question.proposal"]),
                Willingness::WillNot => ("goal.agreement", &["question.objection", "question.concede"]),
                _ => (
                    "goal.reason",
                    &["question.received", "question.reason", "question.when"],
                ),
            };
            Particulars::Call(CallGuide {
                goal: goal.into(),
                questions: questions.iter().map(|question| (*question).into()).collect(),
            })
        }
        ActionKind::HandOver => Particulars::HandOver(decision.settings.hand_over_to),
        _ => Particulars::None,
    }
}
