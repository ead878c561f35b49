//! Which items have a step that is due, and for every other item why not.

use maan_policy::actions::ActionKind;
use maan_policy::reason::{count, day, item};
use maan_policy::types::{ContactOutcome, Day, ItemIndex, Level, Reason};
use maan_policy::{Money, reason};

use crate::amounts::Standing;
use crate::decision::{Decision, kind_of};
use crate::draft::Draft;
use crate::flow::{Next, Progress};
use crate::settings::{Event, is_notice};

/// An item whose step is due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub item: ItemIndex,
    pub place: usize,
    pub level: Level,
    pub since: Day,
    pub through: Day,
}

/// Why items have no step that is due.
#[derive(Default)]
struct Others {
    resting: Vec<Reason>,
    /// The next step that will be due, and for how many items one will be.
    upcoming: Option<(Day, Level)>,
    waiting: u32,
    paused: u32,
    handed_over: u32,
    written_off: u32,
    /// Too little for the step before which they rest.
    small: Vec<ItemIndex>,
    /// At the end of the flow since this day.
    ended: Vec<(ItemIndex, Day)>,
    /// A report is needed before a step for these.
    report: Vec<ItemIndex>,
    /// Some rest because the amount is too low.
    rests: bool,
}

impl Decision<'_> {
    /// The items whose step is due; what rests or is too early is said in the draft.
    pub(crate) fn due(&self, draft: &mut Draft) -> Vec<Candidate> {
        let today = self.context.today;
        let mut candidates = Vec::new();
        let mut others = Others::default();
        for (standing, at) in self.standings.iter().zip(0_u32..) {
            if let Some(rest) = standing.rest {
                if let Some(through) = rest.through {
                    draft.look_after(through);
                }
                if standing.progress.due >= today {
                    // Then there is a word to say on it, and work to do.
                    draft.look_after(standing.progress.due);
                } else {
                    others.resting.push(reason!(rest.why, item(at as usize)));
                }
                continue;
            }
            if standing.chase == 0 {
                continue;
            }
            if self.flow.paused_until.is_some_and(|until| until >= today) {
                others.paused += 1;
                continue;
            }
            match self
                .flow
                .next(&standing.progress, today, |event| self.happened(event, standing))
            {
                Next::Step {
                    place,
                    since,
                    through,
                } => {
                    let Some(step) = self.flow.step(place) else {
                        continue;
                    };
                    if since > today {
                        draft.look_on(since);
                        if self.report_by(step.level, since, draft) {
                            others.report.push(at);
                        }
                        others.waiting += 1;
                        let next = (since, step.level);
                        others.upcoming = Some(others.upcoming.map_or(next, |up| up.min(next)));
                    } else {
                        candidates.push(Candidate {
                            item: at,
                            place,
                            level: step.level,
                            since,
                            through,
                        });
                        if through < Day::MAX {
                            draft.look_after(through);
                        }
                    }
                }
                Next::Rests { place, since } => {
                    others.rests = true;
                    draft.look_on(since);
                    let ends = self
                        .flow
                        .step(place)
                        .is_some_and(|step| step.level == Level::HandOver);
                    if ends && since <= today && standing.progress.due < today {
                        others.small.push(at);
                    }
                }
                Next::Done => self.ended(standing, at, &mut others, draft),
            }
        }
        self.say(others, &candidates, draft);
        candidates
    }

    fn ended(&self, standing: &Standing, at: ItemIndex, others: &mut Others, draft: &mut Draft) {
        let progress = &standing.progress;
        match progress.last {
            Level::WriteOff => others.written_off += 1,
            Level::HandOver => others.handed_over += 1,
            _ => {
                let from = ended_on(progress);
                let since = from.saturating_add(self.settings.outcome.after_days.into());
                draft.look_on(since);
                if progress.due < self.context.today {
                    others.ended.push((at, since));
                } else {
                    draft.look_after(progress.due);
                }
            }
        }
    }

    /// Says why nothing is due for the other items.
    fn say(&self, others: Others, candidates: &[Candidate], draft: &mut Draft) {
        let today = self.context.today;
        let presses = candidates.iter().any(|one| !is_notice(one.level));
        let too_low = presses && self.too_little(candidates);
        if others.rests || too_low || self.flow.asks_amount() {
            // Another item that falls due can lift the amount above what a step asks.
            let later = self
                .standings
                .iter()
                .filter(|standing| standing.chase > 0 && standing.progress.due >= today);
            later.for_each(|standing| draft.look_after(standing.progress.due));
        }
        if (too_low || others.rests) && self.amount > 0 {
            let money = Money::new(self.amount, self.context.creditor.currency);
            draft.reject(
                ActionKind::Message,
                Level::None,
                vec![reason!("amount-too-low", money)],
            );
        }
        if !others.resting.is_empty() {
            draft.reject(ActionKind::Message, Level::None, others.resting);
        }
        if let Some((since, level)) = others.upcoming {
            let reason = reason!("too-early", day(since), count(others.waiting));
            draft.reject(kind_of(level), level, vec![reason]);
        }
        if let Some(until) = self.flow.paused_until
            && others.paused > 0
        {
            draft
                .reasons
                .push(reason!("flow-paused", day(until), count(others.paused)));
            draft.look_after(until);
        }
        if others.handed_over > 0 {
            draft
                .reasons
                .push(reason!("handed-over", count(others.handed_over)));
        }
        if others.written_off > 0 {
            draft
                .reasons
                .push(reason!("written-off", count(others.written_off)));
        }
        if !others.report.is_empty() {
            self.order_report(others.report, draft);
        }
        if !others.small.is_empty() {
            self.too_small(others.small, draft);
        }
        if !others.ended.is_empty() {
            self.ask_for_end(&others.ended, draft);
        }
    }

    /// When an event happened last.
    fn happened(&self, event: Event, standing: &Standing) -> Option<Day> {
        use ContactOutcome as Said;
        let contacts = &self.case.conversation.contacts;
        let last = |fits: &dyn Fn(ContactOutcome) -> bool| {
            contacts
                .iter()
                .filter(|one| fits(one.outcome))
                .map(|one| one.on)
                .max()
        };
        let hurried = |why| {
            let on = standing.progress.hurry?;
            (standing.hurried_by == Some(why)).then_some(on)
        };
        match event {
            Event::NotReached => last(&|said| {
                matches!(
                    said,
                    Said::NoAnswer | Said::Voicemail | Said::ThirdParty | Said::WrongPerson
                )
            }),
            Event::Reached => last(&|said| {
                !matches!(
                    said,
                    Said::NoAnswer | Said::Voicemail | Said::ThirdParty | Said::WrongPerson
                )
            }),
            Event::CannotPay => last(&|said| said == Said::CannotPay),
            Event::WillNotPay => last(&|said| said == Said::WillNotPay),
            Event::PromiseBroken => hurried("promise-broken"),
            Event::DebitReturned => hurried("debit-returned"),
            Event::Reply => contacts.iter().filter(|one| one.inbound).map(|one| one.on).max(),
        }
    }
}

/// When the last step was done, or the due day where none was.
pub(crate) fn ended_on(progress: &Progress) -> Day {
    if progress.begun() {
        progress.last_day
    } else {
        progress.due
    }
}
