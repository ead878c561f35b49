//! Which step of the flow an item is at, and since when it is due: eligible since, never exactly on.

use maan_policy::types::{Country, Currency, Day, DebtorKind, Level, Minor};
use maan_policy::{country, slots::WorkflowCase};

use crate::settings::{Settings, Step, Trigger, is_notice};

/// Both forms of the flow, made once from the settings.
#[derive(Clone, Debug)]
pub(crate) struct Flows {
    ordinary: Vec<Step>,
    /// With a formal notice in place of the last reminder.
    consumer: Vec<Step>,
    notice_countries: Vec<Country>,
    interval: i32,
    skip_levels: bool,
}

impl Flows {
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut consumer = settings.steps.clone();
        if !settings
            .steps
            .iter()
            .any(|step| step.level == Level::FormalNotice)
        {
            for step in consumer
                .iter_mut()
                .filter(|step| step.level == Level::LastReminder)
            {
                step.level = Level::FormalNotice;
                step.deadline_days = Some(
                    step.deadline_days
                        .unwrap_or(0)
                        .max(settings.formal_notice.deadline_days),
                );
            }
        }
        let letters = settings.formal_notice.countries.iter();
        Self {
            ordinary: settings.steps.clone(),
            consumer,
            notice_countries: letters
                .filter_map(|two| two.as_bytes().try_into().ok())
                .map(country::code)
                .collect(),
            interval: settings.minimum_interval_days.into(),
            skip_levels: settings.skip_levels,
        }
    }

    /// The flow of this debtor, of whom so much is to be chased.
    /// A debtor whose kind is unknown has the protection of a consumer.
    pub(crate) fn of(&self, case: &WorkflowCase, amount: Minor, currency: Currency) -> Flow<'_> {
        let protected = matches!(case.debtor.kind, DebtorKind::Consumer | DebtorKind::Unknown)
            && self.notice_countries.contains(&case.debtor.country);
        let steps = if protected { &self.consumer } else { &self.ordinary };
        let segment = &case.segment;
        let mut applies = 0;
        let mut rests_at = steps.len();
        for (place, step) in steps.iter().enumerate() {
            let only = step.only_segments.is_empty() || step.only_segments.contains(segment);
            if only && !step.not_segments.contains(segment) {
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
        }
    }
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
}

/// How far an item has come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    /// Due day, an extension of the term counted in.
    pub due: Day,
    pub last: Level,
    pub last_day: Day,
    /// Last day to pay that the last step named.
    pub deadline: Option<Day>,
    /// A promise was broken: the next step is due since this day.
    pub hurry: Option<Day>,
}

/// What comes next for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// This step, due from `since` through `through`.
    Step { place: usize, since: Day, through: Day },
    /// The flow rests before a step, the amount being too low for it.
    Rests,
    /// The flow is done.
    Done,
}

impl<'a> Flow<'a> {
    pub(crate) fn step(&self, place: usize) -> Option<&'a Step> {
        self.steps.get(place)
    }

    /// The step that will follow a step for this debtor, if the flow gets there.
    pub(crate) fn after(&self, place: usize) -> Option<&'a Step> {
        let (next, step) = self.applicable().find(|&(next, _)| next > place)?;
        (next < self.rests_at).then_some(step)
    }

    fn applicable(&self) -> impl Iterator<Item = (usize, &'a Step)> {
        let applies = self.applies;
        self.steps
            .iter()
            .enumerate()
            .filter(move |(place, _)| applies & (1 << place) != 0)
    }

    /// The next step of an item.
    pub(crate) fn next(&self, item: &Progress, today: Day) -> Next {
        if today < item.due
            && let Some(notice) = self.notice(item, today)
        {
            return notice;
        }
        let mut steps = self
            .applicable()
            .filter(|(_, step)| !is_notice(step.level) && step.level > item.last);
        let Some((mut place, step)) = steps.next() else {
            return Next::Done;
        };
        let mut since = self.since(item, step);
        if self.skip_levels {
            for (later, step) in steps {
                let may_skip = step.level < Level::LastReminder && matches!(step.when, Trigger::AfterDue(_));
                let later_since = self.since(item, step);
                if !may_skip || later_since > today {
                    break;
                }
                (place, since) = (later, later_since);
            }
        }
        if place >= self.rests_at {
            Next::Rests
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
        let mut found: Option<(usize, Day)> = None;
        let steps = self.applicable().filter(|(place, step)| {
            is_notice(step.level) && step.level > item.last && *place < self.rests_at
        });
        for (place, step) in steps {
            let Trigger::BeforeDue(days) = step.when else {
                continue;
            };
            let since = item.due.saturating_sub(days.into());
            if since <= today || found.is_none() {
                found = Some((place, since));
            }
        }
        found.map(|(place, since)| Next::Step {
            place,
            since,
            through: item.due.saturating_sub(1),
        })
    }

    fn since(&self, item: &Progress, step: &Step) -> Day {
        let after = |day: Day, days: u16| day.saturating_add(days.into());
        let begun = item.last > Level::None && !is_notice(item.last);
        if !begun {
            let (Trigger::AfterDue(days) | Trigger::AfterPrevious(days) | Trigger::AfterDeadline(days)) =
                step.when
            else {
                return Day::MAX;
            };
            let since = after(item.due, days);
            return item
                .hurry
                .map_or(since, |hurry| since.min(hurry.max(item.due.saturating_add(1))));
        }
        let waited = match step.when {
            Trigger::BeforeDue(_) => Day::MAX,
            Trigger::AfterDue(days) => {
                let gap = days.saturating_sub(self.offset_of(item.last));
                after(item.due, days).max(after(item.last_day, gap))
            }
            Trigger::AfterPrevious(days) => after(item.last_day, days),
            Trigger::AfterDeadline(days) => after(item.deadline.unwrap_or(item.last_day), days),
        };
        let waited = waited.max(item.last_day.saturating_add(self.interval)).max(
            item.deadline
                .map_or(Day::MIN, |deadline| deadline.saturating_add(1)),
        );
        match item.hurry {
            Some(hurry) if hurry > item.last_day => waited.min(hurry),
            _ => waited,
        }
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
