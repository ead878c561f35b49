//! Which step of the flow an item is at, and since when it is due: eligible since, never exactly on.

use maan_policy::types::{Country, Currency, Day, DebtorKind, Level, Minor};
use maan_policy::{MajorAmount, country, slots::WorkflowCase};

use crate::channels;
use crate::settings::{Event, Settings, Step, Trigger, is_notice};

/// All flows of the settings in both forms, made once.
#[derive(Clone, Debug)]
pub(crate) struct Flows {
    base: Forms,
    by_segment: Vec<(Vec<String>, Forms)>,
    notice_countries: Vec<Country>,
    interval: i32,
    skip_levels: bool,
    wait_for_deadline: bool,
}

/// A flow, and the same with a formal notice in place of the last reminder.
#[derive(Clone, Debug)]
struct Forms {
    ordinary: Vec<Step>,
    consumer: Vec<Step>,
    paused_until: Option<Day>,
    /// A step is passed over by amount.
    asks_amount: bool,
}

impl Forms {
    fn new(steps: &[Step], paused_until: Option<Day>, deadline_days: u16) -> Self {
        let mut consumer = steps.to_vec();
        if !steps.iter().any(|step| step.level == Level::FormalNotice) {
            for step in consumer
                .iter_mut()
                .filter(|step| step.level == Level::LastReminder)
            {
                step.level = Level::FormalNotice;
                step.deadline_days = Some(step.deadline_days.unwrap_or(0).max(deadline_days));
            }
        }
        let asks_amount = steps
            .iter()
            .any(|step| step.skip_below > MajorAmount::default() || step.skip_from.is_some());
        Self {
            ordinary: steps.to_vec(),
            consumer,
            paused_until,
            asks_amount,
        }
    }
}

impl Flows {
    pub(crate) fn new(settings: &Settings) -> Self {
        let days = settings.formal_notice.deadline_days;
        let by_segment = settings.flows.iter().map(|flow| {
            let paused = flow.paused_until.map(|date| date.0);
            (flow.segments.clone(), Forms::new(&flow.steps, paused, days))
        });
        let letters = settings.formal_notice.countries.iter();
        Self {
            base: Forms::new(&settings.steps, settings.paused_until.map(|date| date.0), days),
            by_segment: by_segment.collect(),
            notice_countries: letters
                .filter_map(|two| two.as_bytes().try_into().ok())
                .map(country::code)
                .collect(),
            interval: settings.minimum_interval_days.into(),
            skip_levels: settings.skip_levels,
            wait_for_deadline: settings.wait_for_deadline,
        }
    }

    /// The flow of this debtor, of whom so much is to be chased.
    /// A debtor whose kind is unknown has the protection of a consumer.
    pub(crate) fn of(&self, case: &WorkflowCase, amount: Minor, currency: Currency) -> Flow<'_> {
        let segment = &case.segment;
        let own = self
            .by_segment
            .iter()
            .find(|(segments, _)| segments.contains(segment));
        let forms = own.map_or(&self.base, |(_, forms)| forms);
        let protected = matches!(case.debtor.kind, DebtorKind::Consumer | DebtorKind::Unknown)
            && self.notice_countries.contains(&case.debtor.country);
        let steps = if protected {
            &forms.consumer
        } else {
            &forms.ordinary
        };
        let mut applies = 0;
        let mut rests_at = steps.len();
        for (place, step) in steps.iter().enumerate() {
            if holds(step, case, amount, currency) {
                applies |= 1 << place;
                if step.minimum_amount.minor(currency) > amount {
                    rests_at = rests_at.min(place);
                }
            }
        }
        Flow {
            steps,
            applies,
            rests_at,
            interval: self.interval,
            skip_levels: self.skip_levels,
            wait_for_deadline: self.wait_for_deadline,
            asks_amount: forms.asks_amount,
            paused_until: forms.paused_until,
        }
    }
}

/// Whether the conditions of a step on the debtor hold.
fn holds(step: &Step, case: &WorkflowCase, amount: Minor, currency: Currency) -> bool {
    let segment = &case.segment;
    (step.only_segments.is_empty() || step.only_segments.contains(segment))
        && !step.not_segments.contains(segment)
        && (step.only_kinds.is_empty() || step.only_kinds.contains(&case.debtor.kind))
        && step
            .only_reachable
            .is_none_or(|channel| channels::reaches(&case.reach, channel))
        && (is_notice(step.level)
            || step.skip_below.minor(currency) <= amount
                && step.skip_from.is_none_or(|from| amount < from.minor(currency)))
}

/// The flow of one debtor: the steps, and which of them hold for it.
#[derive(Clone, Copy)]
pub(crate) struct Flow<'a> {
    steps: &'a [Step],
    /// One bit per step. Levels rise strictly, so there are fewer steps than bits.
    applies: u32,
    /// The first step for which the amount is too low: the flow rests before it.
    rests_at: usize,
    interval: i32,
    skip_levels: bool,
    wait_for_deadline: bool,
    asks_amount: bool,
    /// The flow rests through this day.
    pub paused_until: Option<Day>,
}

/// How far an item has come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    /// Due day, an extension of the term counted in.
    pub due: Day,
    pub last: Level,
    pub last_day: Day,
    /// Levels done in this round, a bit each.
    pub done: u16,
    /// Last day to pay that the last step named.
    pub deadline: Option<Day>,
    /// Something happened that makes the next step due since this day.
    pub hurry: Option<Day>,
}

impl Progress {
    /// Whether a level was done in this round.
    pub(crate) const fn did(&self, level: Level) -> bool {
        self.done & bit(level) != 0
    }

    /// Whether a step after the due date was done.
    pub(crate) fn begun(&self) -> bool {
        self.last > Level::Notice3
    }
}

/// The bit of a level.
pub(crate) const fn bit(level: Level) -> u16 {
    1 << level as u16
}

/// What comes next for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// This step, due from `since` through `through`.
    Step { place: usize, since: Day, through: Day },
    /// The flow rests before this step, the amount being too low for it.
    Rests { place: usize, since: Day },
    /// The flow is done.
    Done,
}

/// A step that comes next, its place, and since when it is due.
type Found<'a> = (usize, &'a Step, Day);

impl<'a> Flow<'a> {
    pub(crate) fn step(&self, place: usize) -> Option<&'a Step> {
        self.steps.get(place)
    }

    /// Whether a condition of a step asks for an amount.
    pub(crate) fn asks_amount(&self) -> bool {
        self.asks_amount
    }

    /// The step that will follow a step for this debtor, if the flow gets there. What hangs on an event is not sure.
    pub(crate) fn after(&self, place: usize) -> Option<&'a Step> {
        let sure =
            |step: &Step| !matches!(step.when, Trigger::AfterEvent { .. }) && step.only_after.is_none();
        let (next, step) = self
            .applicable()
            .find(|&(next, step)| next > place && sure(step))?;
        (next < self.rests_at).then_some(step)
    }

    fn applicable(&self) -> impl Iterator<Item = (usize, &'a Step)> {
        let applies = self.applies;
        self.steps
            .iter()
            .enumerate()
            .filter(move |(place, _)| applies & (1 << place) != 0)
    }

    /// The next step of an item. `happened` says when an event happened to it last.
    pub(crate) fn next(&self, item: &Progress, today: Day, happened: impl Fn(Event) -> Option<Day>) -> Next {
        if today <= item.due
            && let Some(notice) = self.notice(item, today)
        {
            return notice;
        }
        let mut steps = self
            .applicable()
            .filter(|(_, step)| !is_notice(step.level) && step.level > item.last)
            .filter(|(_, step)| step.only_after.is_none_or(|level| item.did(level)))
            .filter_map(|(place, step)| Some((place, step, self.since(item, step, &happened)?)));
        let Some(first) = steps.next() else {
            return Next::Done;
        };
        let (place, _, since) = if self.skip_levels {
            latest(first, steps, item.last, today)
        } else {
            first
        };
        if place >= self.rests_at {
            Next::Rests { place, since }
        } else {
            Next::Step {
                place,
                since,
                through: Day::MAX,
            }
        }
    }

    /// The notice that is due now, the latest of them, or the first that will be.
    fn notice(&self, item: &Progress, today: Day) -> Option<Next> {
        let mut found: Option<(usize, Day, Day)> = None;
        let steps = self.applicable().filter(|(place, step)| {
            is_notice(step.level) && step.level > item.last && *place < self.rests_at
        });
        for (place, step) in steps {
            let Trigger::BeforeDue(days) = step.when else {
                continue;
            };
            let since = item.due.saturating_sub(days.into());
            let through = item.due.saturating_sub(i32::from(days > 0));
            if through >= today && (since <= today || found.is_none()) {
                found = Some((place, since, through));
            }
        }
        found.map(|(place, since, through)| Next::Step {
            place,
            since,
            through,
        })
    }

    /// Since when a step is due for an item; none where it hangs on what did not happen.
    fn since(&self, item: &Progress, step: &Step, happened: impl Fn(Event) -> Option<Day>) -> Option<Day> {
        let after = |day: Day, days: u16| day.saturating_add(days.into());
        let begun = item.begun();
        let from = if begun { item.last_day } else { item.due };
        let planned = match step.when {
            Trigger::BeforeDue(_) => return None,
            Trigger::AfterEvent { event, days } => after(happened(event).filter(|&on| on >= from)?, days),
            Trigger::AfterDue(days) if begun => {
                let gap = days.saturating_sub(self.offset_of(item.last));
                after(item.due, days).max(after(item.last_day, gap))
            }
            Trigger::AfterDeadline(days) if begun => after(item.deadline.unwrap_or(item.last_day), days),
            Trigger::AfterDue(days) | Trigger::AfterPrevious(days) | Trigger::AfterDeadline(days) => {
                after(from, days)
            }
        };
        // Nothing is pressed for before the due day is over, an extension counted in.
        let day_late = item.due.saturating_add(1);
        if !begun {
            return Some(
                item.hurry
                    .map_or(planned, |hurry| planned.min(hurry.max(day_late))),
            );
        }
        let mut since = planned.max(item.last_day.saturating_add(self.interval));
        if let Some(deadline) = item.deadline
            && self.wait_for_deadline
        {
            since = since.max(deadline.saturating_add(1));
        }
        if let Some(hurry) = item.hurry.filter(|&hurry| hurry > item.last_day) {
            since = since.min(hurry);
        }
        Some(since.max(day_late))
    }

    /// Days after the due date on which a level was planned; 0 where it was not planned so.
    fn offset_of(&self, level: Level) -> u16 {
        self.steps
            .iter()
            .find(|step| step.level == level)
            .map_or(0, |step| match step.when {
                Trigger::AfterDue(days) => days,
                _ => 0,
            })
    }
}

/// The highest step that is due, where steps may be skipped; what precedes costs is not, and none is skipped of which
/// a later text speaks.
fn latest<'a>(
    first: Found<'a>,
    steps: impl Iterator<Item = Found<'a>>,
    last: Level,
    today: Day,
) -> Found<'a> {
    let mut found = first;
    for later in steps {
        let (_, step, since) = later;
        let may_skip = step.level < Level::LastReminder && matches!(step.when, Trigger::AfterDue(_));
        if !may_skip || since > today {
            break;
        }
        if is_true(step.level, last) {
            found = later;
        }
    }
    found
}

/// Whether what a reminder says of earlier ones is so.
fn is_true(level: Level, last: Level) -> bool {
    match level {
        Level::Reminder2 => last >= Level::Reminder1,
        Level::Reminder3 => last >= Level::Reminder2,
        _ => true,
    }
}
