//! The one conversation of the day: the highest step speaks, and a message takes along all else that is due.

use maan_policy::actions::{ActionKind, Automation, Particulars, Proposal, Tone};
use maan_policy::day::WorkingDays;
use maan_policy::reason::{count, day, item};
use maan_policy::types::{Channel, Currency, Day, DebtorKind, ItemIndex, Level, Reason};
use maan_policy::{Money, reason};

use crate::channels;
use crate::decision::{Decision, kind_of};
use crate::draft::Draft;
use crate::due::Candidate;
use crate::settings::{Step, is_notice};
use crate::texts::{level_key, text_name};

impl Decision<'_> {
    /// Speaks of the highest step that is due, and of the others with it where that is fair.
    pub(crate) fn talk(&self, candidates: Vec<Candidate>, draft: &mut Draft) {
        let Some(lead) = candidates
            .iter()
            .max_by_key(|one| (one.place, std::cmp::Reverse(self.order(one))))
        else {
            return;
        };
        let lead = *lead;
        if self.too_soon(lead.level, draft) {
            return;
        }
        let currency = self.currency(&lead);
        let (now, later): (Vec<_>, Vec<_>) = candidates
            .into_iter()
            .partition(|one| one.place == lead.place && self.currency(one) == currency);
        let kind = self.propose_step(&now, draft);
        let since = now.iter().map(|one| one.since).min().unwrap_or(lead.since);
        let waited = since.saturating_add(self.settings.valid_days.into()) < self.context.today;
        if kind == Some(ActionKind::Call) && waited && later.iter().any(|one| !calls(one.level)) {
            // A call that nobody makes silences no message.
            let written = later.into_iter().filter(|one| !calls(one.level)).collect();
            self.talk(written, draft);
            return;
        }
        if kind == Some(ActionKind::Message) && self.stands_alone(lead.level) {
            // A letter with legal effect to which the law, a register or a person says no silences no message: the host
            // lets one leave a day, the letter where it may.
            let (waiting, written): (Vec<_>, Vec<_>) = later.into_iter().partition(|one| calls(one.level));
            Self::wait(&waiting, draft);
            self.talk(written, draft);
            return;
        }
        let joins = |one: &Candidate| {
            kind == Some(ActionKind::Message)
                && self.settings.one_message
                && self.currency(one) == currency
                && may_join(lead.level, one.level)
        };
        let (joining, waiting): (Vec<_>, Vec<_>) = later.into_iter().partition(joins);
        self.join(joining, draft);
        Self::wait(&waiting, draft);
    }

    /// What waits for the conversation of today.
    fn wait(waiting: &[Candidate], draft: &mut Draft) {
        if let Some(level) = waiting.iter().map(|candidate| candidate.level).max() {
            let reason = reason!("one-conversation", count(waiting.len() as i64));
            draft.reject(kind_of(level), level, vec![reason]);
        }
    }

    fn currency(&self, candidate: &Candidate) -> Currency {
        let item = self.case.items.get(candidate.item as usize);
        item.map_or(self.context.creditor.currency, |item| item.currency)
    }

    /// A letter with legal effect takes nothing along: whatever the last one to a consumer is called, the law makes it
    /// one.
    fn stands_alone(&self, level: Level) -> bool {
        let protected = matches!(self.case.debtor.kind, DebtorKind::Consumer | DebtorKind::Unknown);
        let alone = if protected {
            Level::LastReminder
        } else {
            Level::FormalNotice
        };
        level >= alone
    }

    /// The oldest item leads, whatever its place in the list.
    fn order(&self, candidate: &Candidate) -> (Day, Currency) {
        let standing = self.standings.get(candidate.item as usize);
        (
            standing.map_or(Day::MAX, |at| at.progress.due),
            self.currency(candidate),
        )
    }

    /// What is due at lower levels leaves in the same message: the same way, on the same days, each at its own level.
    fn join(&self, mut joining: Vec<Candidate>, draft: &mut Draft) {
        joining.sort_by_key(|one| std::cmp::Reverse(one.place));
        for group in joining.chunk_by(|a, b| a.place == b.place) {
            let Some(step) = group.first().and_then(|one| self.flow.step(one.place)) else {
                continue;
            };
            let reasons = self.why(group, step);
            let tone = self.tone(step);
            draft.join(|lead| Proposal {
                level: step.level,
                items: group.iter().map(|one| one.item).collect(),
                tone,
                text: crate::texts::text_key(text_name(step.level), tone),
                announces: Level::None,
                automation: lead.automation.max(self.automation(step)),
                reasons,
                ..lead.clone()
            });
        }
    }

    /// Proposes one step for items that are all at it; answers with the kind of action.
    pub(crate) fn propose_step(&self, now: &[Candidate], draft: &mut Draft) -> Option<ActionKind> {
        let first = now.first()?;
        let step = self.flow.step(first.place)?;
        let items: Vec<ItemIndex> = now.iter().map(|candidate| candidate.item).collect();
        if self.eases(step.level) && self.ease(&items, draft) {
            let reason = Reason::plain("cannot-pay-now");
            draft.reject(kind_of(step.level), step.level, vec![reason]);
            return Some(ActionKind::PlanOffer);
        }
        let earliest = self.context.creditor.on_or_after(self.context.today);
        let through = now
            .iter()
            .map(|candidate| candidate.through)
            .min()
            .unwrap_or(Day::MAX);
        if earliest > through {
            let reason = reason!("no-working-day-left", day(through));
            draft.reject(kind_of(step.level), step.level, vec![reason]);
            return None;
        }
        let mut reasons = self.why(now, step);
        let (kind, channel) = self.way(step, draft, &items, &mut reasons)?;
        let particulars = match kind {
            ActionKind::Call => Particulars::Call(self.guide(&mut reasons)),
            ActionKind::HandOver => Particulars::HandOver(self.hand_over_to()),
            _ => Particulars::None,
        };
        let mut latest = earliest
            .saturating_add(self.settings.valid_days.into())
            .min(through);
        let mut text = text_name(step.level);
        if is_notice(step.level)
            && let Some(close) = self.close(now, earliest)
        {
            (text, latest) = (close, earliest);
        }
        if step.tell_user {
            let told = reasons.clone();
            draft.task(self.case, "due-soon", items.clone(), first.since, told);
        }
        let hours = step.hours.unwrap_or(self.settings.hours);
        let tone = self.tone(step);
        if let Some(proposal) = draft.propose(kind, text, tone) {
            *proposal = Proposal {
                level: step.level,
                items,
                channel,
                earliest,
                latest,
                from_minute: hours.from,
                to_minute: hours.to,
                automation: self.automation(step),
                particulars,
                deadline: step
                    .deadline_days
                    .map(|days| earliest.saturating_add(days.into())),
                announces: self.announced(step, first.place),
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
        Some(kind)
    }

    /// The text of a notice that says when, where that is true of all items on the day it leaves.
    fn close(&self, now: &[Candidate], leaves: Day) -> Option<&'static str> {
        let due = now.iter().filter_map(|one| self.standings.get(one.item as usize));
        match due
            .map(|standing| standing.progress.due)
            .max()?
            .saturating_sub(leaves)
        {
            0 => Some("notice-today"),
            1 => Some("notice-tomorrow"),
            _ => None,
        }
    }

    /// The step that is announced: only one that will come.
    fn announced(&self, step: &Step, place: usize) -> Level {
        let next = self
            .flow
            .after(place)
            .filter(|_| step.announces_next)
            .map(|next| next.level);
        next.filter(|&level| !calls(level) || channels::reaches(&self.case.reach, Channel::Phone))
            .filter(|&level| !self.eases(level))
            .unwrap_or(Level::None)
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
            draft.reject(kind, step.level, vec![Reason::plain("unreachable")]);
            self.research(items.to_vec(), draft);
            return None;
        };
        if choice.preference_missed {
            reasons.push(Reason::plain("preferred-channel-missing"));
        }
        Some((ActionKind::Message, choice.channel))
    }

    fn why(&self, now: &[Candidate], step: &Step) -> Vec<Reason> {
        let today = self.context.today;
        let since = now.iter().map(|candidate| candidate.since).min().unwrap_or(today);
        let mut reasons = vec![reason!("due-since", level_key(step.level), day(since))];
        let standing = |candidate: &Candidate| self.standings.get(candidate.item as usize);
        let oldest = now
            .iter()
            .filter_map(|one| Some((standing(one)?.progress.due, one.item)))
            .min();
        if let Some((due, at)) = oldest
            && due < today
        {
            let late = today.saturating_sub(due);
            reasons.push(reason!("days-late", count(late), item(at as usize)));
            let money = Money::new(self.amount, self.context.creditor.currency);
            reasons.push(reason!("amount-chased", money));
        }
        if let Some(why) = now.iter().find_map(|one| standing(one)?.hurried_by) {
            reasons.push(Reason::plain(why));
        }
        reasons
    }

    /// A situation asks for understanding, whatever the segment.
    fn tone(&self, step: &Step) -> Tone {
        if self.in_situation() {
            return Tone::Understanding;
        }
        step.tone
            .or_else(|| self.settings.tones.get(&self.case.segment).copied())
            .unwrap_or(Tone::Neutral)
    }

    /// Whether a coded situation holds.
    pub(crate) fn in_situation(&self) -> bool {
        let today = self.context.today;
        let mut situations = self.case.conversation.situations.iter().flatten();
        situations.any(|situation| situation.until.is_none_or(|until| until >= today))
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
}

/// What is not due yet is named beside no reminder. The text says of each item only what holds for it.
const fn may_join(lead: Level, other: Level) -> bool {
    !is_notice(lead) && !is_notice(other) && !calls(other)
}

const fn calls(level: Level) -> bool {
    matches!(level, Level::Call1 | Level::Call2)
}
