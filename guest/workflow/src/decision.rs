//! From a case to a plan of action: what stops, what rests, what is due, and which one message leaves.

use maan_policy::actions::{ActionKind, Tone};
use maan_policy::day::WorkingDays;
use maan_policy::reason::{count, day, item};
use maan_policy::slots::{PlanOfAction, WorkflowCase};
use maan_policy::types::{Context, Day, ItemIndex, Level, Minor, PromiseState, Reason};
use maan_policy::{Money, reason};

use crate::amounts::{self, Standing};
use crate::draft::Draft;
use crate::flow::{Flow, Flows, Next};
use crate::settings::{Settings, is_notice};
use crate::{channels, eligibility, stops};

/// Thanks come within a week of the promised day.
const THANKS_DAYS: i32 = 7;

/// All that a decision is made of.
pub(crate) struct Decision<'a> {
    pub settings: &'a Settings,
    pub context: &'a Context,
    pub case: &'a WorkflowCase,
    pub flow: Flow<'a>,
    pub standings: Vec<Standing>,
    /// Overdue and to be chased, in the creditor's currency.
    pub amount: Minor,
}

/// An item whose step is due.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub item: ItemIndex,
    pub place: usize,
    pub level: Level,
    pub since: Day,
    pub through: Day,
}

/// Decides one case.
pub(crate) fn decide(
    settings: &Settings,
    flows: &Flows,
    context: &Context,
    case: &WorkflowCase,
) -> PlanOfAction {
    let open = case.items.iter().any(|item| item.open != 0);
    let mut draft = Draft::new(context.today, settings.hours, open);
    let under_way = case
        .items
        .iter()
        .any(|item| item.open > 0 && item.last_level >= Level::Reminder1);
    let stop = stops::stop(settings, context, case);
    if stop.is_none() {
        thanks(settings, case, &mut draft);
    }
    if !open {
        draft.reasons.push(Reason::plain("nothing-open"));
        return draft.finish(true);
    }
    if let Some(stop) = stop {
        if let Some(code) = stop.task {
            draft.task(code, Vec::new(), vec![stop.reason.clone()]);
        }
        if let Some(through) = stop.through {
            draft.look_after(through);
        }
        draft.reasons.push(stop.reason);
        return draft.finish(!under_way);
    }

    let mut standings = amounts::standings(context, case);
    eligibility::apply(settings, context.today, case, &mut standings);
    let amount = amounts::overdue(context, case, &standings);
    let flow = flows.of(case, amount, context.creditor.currency);
    let decision = Decision {
        settings,
        context,
        case,
        flow,
        standings,
        amount,
    };
    decision.repair(&mut draft);
    let candidates = decision.due(&mut draft);
    decision.act(candidates, &mut draft);
    if draft.reasons.is_empty() {
        draft.reasons.push(Reason::plain("nothing-due"));
    }
    draft.finish(!under_way)
}

/// Thanks for a promise that was kept, once: no message has left since it was made.
fn thanks(settings: &Settings, case: &WorkflowCase, draft: &mut Draft) {
    let today = draft.today;
    let kept = case.promises.iter().filter(|promise| {
        promise.state == PromiseState::Kept
            && today.saturating_sub(promise.by) <= THANKS_DAYS
            && case.last_contact.is_none_or(|last| last <= promise.made_on)
    });
    if !settings.promises.thanks {
        return;
    }
    let Some(by) = kept.map(|promise| promise.by).max() else {
        return;
    };
    let Some(choice) = channels::written(settings, None, &case.reach) else {
        return;
    };
    if let Some(thanks) = draft.propose(ActionKind::Thanks, "thanks", Tone::Friendly) {
        thanks.channel = choice.channel;
        thanks.automation = maan_policy::actions::Automation::Automatic;
        thanks.latest = today.saturating_add(settings.valid_days.into());
        thanks.reasons.push(reason!("promise-kept", day(by)));
    }
}

impl Decision<'_> {
    /// Work that comes before any reminder: money to allocate, invoices that never arrived.
    fn repair(&self, draft: &mut Draft) {
        let today = self.context.today;
        let account = &self.case.account;
        let available = account.credits.max(0).saturating_add(account.unallocated.max(0));
        let overdue = self
            .case
            .items
            .iter()
            .any(|item| item.open > 0 && item.due < today);
        if available > 0 && overdue {
            let money = Money::new(available, self.context.creditor.currency);
            draft.task("allocate", Vec::new(), vec![reason!("to-allocate", money)]);
        }
        let lost = self.resting("not-delivered");
        if !lost.is_empty() {
            let reasons = lost
                .iter()
                .map(|&at| reason!("not-delivered", item(at as usize)))
                .collect();
            draft.task("repair-delivery", lost, reasons);
        }
    }

    /// Open items that rest for this cause.
    pub(crate) fn resting(&self, why: &str) -> Vec<ItemIndex> {
        let resting = self
            .standings
            .iter()
            .zip(0..)
            .filter(|(standing, _)| standing.rest.is_some_and(|rest| rest.why == why));
        resting.map(|(_, at)| at).collect()
    }

    /// The items whose step is due; what rests or is too early is said in the draft.
    fn due(&self, draft: &mut Draft) -> Vec<Candidate> {
        let today = self.context.today;
        let mut candidates = Vec::new();
        let mut resting = Vec::new();
        let mut upcoming: Option<(Day, Level)> = None;
        let mut amount_matters = false;
        for (standing, at) in self.standings.iter().zip(0_u32..) {
            if let Some(rest) = standing.rest {
                if let Some(through) = rest.through {
                    draft.look_after(through);
                }
                if standing.progress.due < today {
                    resting.push(reason!(rest.why, item(at as usize)));
                }
                continue;
            }
            if standing.chase == 0 {
                continue;
            }
            match self.flow.next(&standing.progress, today) {
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
                        upcoming =
                            Some(upcoming.map_or((since, step.level), |up| up.min((since, step.level))));
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
                Next::Rests => amount_matters = true,
                Next::Done => {}
            }
        }
        amount_matters |= self.amount < self.minimum() && candidates.iter().any(|one| !is_notice(one.level));
        if amount_matters {
            // Another item that falls due can lift the amount above what a step asks.
            let later = self
                .standings
                .iter()
                .filter(|standing| standing.chase > 0 && standing.progress.due >= today);
            later.for_each(|standing| draft.look_after(standing.progress.due));
            if self.amount > 0 {
                let money = Money::new(self.amount, self.context.creditor.currency);
                draft.reject(
                    ActionKind::Message,
                    Level::None,
                    vec![reason!("amount-too-low", money)],
                );
            }
        }
        if !resting.is_empty() {
            draft.reject(ActionKind::Message, Level::None, resting);
        }
        if let Some((since, level)) = upcoming {
            draft.reject(kind_of(level), level, vec![reason!("too-early", day(since))]);
        }
        candidates
    }

    pub(crate) fn minimum(&self) -> Minor {
        self.settings.minimum_amount.minor(self.context.creditor.currency)
    }

    /// One conversation at most, and beside it what is no conversation: hand-over and write-off.
    fn act(&self, mut candidates: Vec<Candidate>, draft: &mut Draft) {
        let today = self.context.today;
        if self.amount < self.minimum() {
            candidates.retain(|candidate| is_notice(candidate.level));
        }
        if let Some(booked) = self.books_behind()
            && candidates.iter().any(|candidate| !is_notice(candidate.level))
        {
            let highest = candidates
                .iter()
                .map(|candidate| candidate.level)
                .max()
                .unwrap_or(Level::None);
            draft.reject(
                kind_of(highest),
                highest,
                vec![reason!("books-behind", day(booked))],
            );
            draft.reasons.push(reason!("books-behind", day(booked)));
            draft.look_after(today);
            candidates.retain(|candidate| is_notice(candidate.level));
        }
        for level in [Level::WriteOff, Level::HandOver] {
            let ends: Vec<_> = candidates
                .iter()
                .copied()
                .filter(|candidate| candidate.level == level)
                .collect();
            self.propose_step(&ends, draft);
        }
        candidates.retain(|candidate| candidate.level < Level::HandOver);
        let missed = self.resting("plan-missed");
        let Some(highest) = candidates.iter().map(|candidate| candidate.place).max() else {
            if !missed.is_empty() && !self.too_soon(Level::None, draft) {
                self.propose_plan_missed(missed, draft);
            }
            return;
        };
        let (now, later): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|one| one.place == highest);
        if let Some(level) = later.iter().map(|candidate| candidate.level).max() {
            draft.reject(kind_of(level), level, vec![Reason::plain("one-conversation")]);
        }
        let level = now.first().map_or(Level::None, |candidate| candidate.level);
        if !self.too_soon(level, draft) {
            self.propose_step(&now, draft);
        }
    }

    /// The day through which the bank is booked, if that is too long ago.
    fn books_behind(&self) -> Option<Day> {
        let days = self.settings.bank_within_working_days;
        let booked = self.context.creditor.bank_booked_through?;
        (days > 0
            && booked
                < self
                    .context
                    .creditor
                    .subtract_working_days(self.context.today, days))
        .then_some(booked)
    }

    /// Whether the last message left too short ago for another one.
    fn too_soon(&self, level: Level, draft: &mut Draft) -> bool {
        let interval = i32::from(self.settings.minimum_interval_days);
        let Some(last) = self.case.last_contact else {
            return false;
        };
        let again = last.saturating_add(interval);
        if again <= self.context.today {
            return false;
        }
        let reason = reason!("too-soon", day(last), count(interval));
        draft.reject(kind_of(level), level, vec![reason.clone()]);
        draft.reasons.push(reason);
        draft.look_on(again);
        true
    }
}

/// The kind of action by which a level is reached.
pub(crate) fn kind_of(level: Level) -> ActionKind {
    match level {
        Level::Call1 | Level::Call2 => ActionKind::Call,
        Level::HandOver => ActionKind::HandOver,
        Level::WriteOff => ActionKind::WriteOff,
        _ => ActionKind::Message,
    }
}
