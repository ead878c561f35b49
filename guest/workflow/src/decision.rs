//! From a case to a plan of action: what stops, what rests, what is due, and which one conversation is held.

use maan_policy::actions::ActionKind;
use maan_policy::day::WorkingDays;
use maan_policy::reason;
use maan_policy::reason::{count, day};
use maan_policy::slots::{PlanOfAction, WorkflowCase};
use maan_policy::types::{Context, Day, ItemIndex, Level, Minor, Reason, Willingness};

use crate::amounts::{self, Standing};
use crate::draft::{Draft, open_items};
use crate::due::Candidate;
use crate::flow::{Flow, Flows};
use crate::settings::{Settings, is_notice};
use crate::{courtesy, rests, stops};

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
    if let Some(stop) = stops::stop(settings, context, case) {
        if let Some((code, since)) = stop.task
            && open
        {
            draft.task(case, code, open_items(case), since, vec![stop.reason.clone()]);
        }
        if let Some(through) = stop.through {
            draft.look_after(through);
        }
        draft.reasons.push(stop.reason);
        return draft.finish(!under_way);
    }
    if !open {
        courtesy::apply(settings, context, case, &mut draft);
        draft.reasons.push(Reason::plain("nothing-open"));
        return draft.finish(true);
    }

    let mut standings = amounts::standings(settings, context, case);
    rests::apply(settings, context.today, case, &mut standings);
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
    decision.tasks(&mut draft);
    let candidates = decision.due(&mut draft);
    decision.act(candidates, &mut draft);
    if !draft.talks() {
        decision.offer_discount(&mut draft);
    }
    if !draft.talks() && decision.amount == 0 {
        courtesy::apply(settings, context, case, &mut draft);
    }
    if draft.reasons.is_empty() {
        draft.reasons.push(Reason::plain("nothing-due"));
    }
    draft.finish(!under_way)
}

impl Decision<'_> {
    /// Whether all that is due now is together below the least amount that is chased.
    pub(crate) fn too_little(&self, candidates: &[Candidate]) -> bool {
        let home = self.context.creditor.currency;
        let mut sum: Minor = 0;
        for candidate in candidates.iter().filter(|candidate| !is_notice(candidate.level)) {
            let at = candidate.item as usize;
            let (Some(item), Some(standing)) = (self.case.items.get(at), self.standings.get(at)) else {
                continue;
            };
            if item.currency != home {
                return false;
            }
            sum = sum.saturating_add(standing.chase);
        }
        sum < self.settings.minimum_amount.minor(home)
    }

    /// Whether the debtor cannot pay just now, as far as is known.
    pub(crate) fn cannot(&self) -> bool {
        self.case.willingness == Willingness::Cannot || self.case.segment == "cannot-pay"
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

    /// One conversation at most, and beside it what is no conversation: hand-over and write-off.
    fn act(&self, mut candidates: Vec<Candidate>, draft: &mut Draft) {
        if self.too_little(&candidates) {
            candidates.retain(|candidate| is_notice(candidate.level));
        }
        self.wait_for_books(&mut candidates, draft);
        self.wait_for_reports(&mut candidates, draft);
        self.end(&mut candidates, draft);
        if draft.talks() && candidates.is_empty() {
            return;
        }
        if self.answer_request(&mut candidates, draft) {
            return;
        }
        if candidates.is_empty() {
            self.ask_missed_instalment(draft);
        } else {
            self.talk(candidates, draft);
        }
    }

    /// Reminders wait for the bank's movements to be booked.
    fn wait_for_books(&self, candidates: &mut Vec<Candidate>, draft: &mut Draft) {
        let presses = candidates.iter().map(|candidate| candidate.level);
        let Some(highest) = presses.filter(|&level| !is_notice(level)).max() else {
            return;
        };
        if let Some(booked) = self.books_behind() {
            let reason = reason!("books-behind", day(booked));
            draft.reject(kind_of(highest), highest, vec![reason.clone()]);
            draft.reasons.push(reason);
            draft.look_after(self.context.today);
            candidates.retain(|candidate| is_notice(candidate.level));
        }
    }

    /// The day through which the bank is booked, if that is too long ago.
    fn books_behind(&self) -> Option<Day> {
        let creditor = &self.context.creditor;
        let days = self.settings.bank_within_working_days;
        let booked = creditor.bank_booked_through?;
        (days > 0 && booked < creditor.subtract_working_days(self.context.today, days)).then_some(booked)
    }

    /// Whether the last message left too short ago for another one.
    pub(crate) fn too_soon(&self, level: Level, draft: &mut Draft) -> bool {
        // Notices follow each other as closely as they are set.
        let interval = match is_notice(level) {
            true => 1,
            false => i32::from(self.settings.minimum_interval_days),
        };
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
