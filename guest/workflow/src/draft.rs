//! A plan of action under construction, which keeps the first day on which anything could change.

use maan_policy::actions::{ActionKind, Automation, Particulars, Proposal, Tone};
use maan_policy::slots::{PlanOfAction, Rejected};
use maan_policy::types::{Channel, Day, ItemIndex, Level, Reason};

use crate::settings::Hours;
use crate::texts::text_key;

/// While anything is open, a debtor is looked at at least this often.
const LONGEST_OPEN: i32 = 31;
/// With nothing open only a new fact changes anything.
const LONGEST_CLOSED: i32 = 365;

pub(crate) struct Draft {
    pub today: Day,
    hours: Hours,
    look: Day,
    proposals: Vec<Proposal>,
    rejected: Vec<Rejected>,
    pub reasons: Vec<Reason>,
}

impl Draft {
    pub(crate) fn new(today: Day, hours: Hours, anything_open: bool) -> Self {
        let longest = if anything_open {
            LONGEST_OPEN
        } else {
            LONGEST_CLOSED
        };
        Self {
            today,
            hours,
            look: today.saturating_add(longest),
            proposals: Vec::new(),
            rejected: Vec::new(),
            reasons: Vec::new(),
        }
    }

    /// Something could change on this day.
    pub(crate) fn look_on(&mut self, day: Day) {
        if day > self.today {
            self.look = self.look.min(day);
        }
    }

    /// Something could change on the day after.
    pub(crate) fn look_after(&mut self, day: Day) {
        self.look_on(day.saturating_add(1));
    }

    pub(crate) fn reject(&mut self, kind: ActionKind, level: Level, reasons: Vec<Reason>) {
        self.rejected.push(Rejected { kind, level, reasons });
    }

    /// A proposal that is no dunning, to leave today or within some days. The caller changes what differs.
    pub(crate) fn propose(&mut self, kind: ActionKind, text: &str, tone: Tone) -> Option<&mut Proposal> {
        self.proposals.push(Proposal {
            kind,
            level: Level::None,
            items: Vec::new(),
            channel: Channel::Portal,
            tone,
            text: text_key(text, tone),
            earliest: self.today,
            latest: self.today,
            from_minute: self.hours.from,
            to_minute: self.hours.to,
            automation: Automation::Person,
            particulars: Particulars::None,
            deadline: None,
            announces: Level::None,
            reasons: Vec::new(),
        });
        self.proposals.last_mut()
    }

    /// Work for a person.
    pub(crate) fn task(&mut self, code: &str, items: Vec<ItemIndex>, reasons: Vec<Reason>) {
        let latest = self.today.saturating_add(LONGEST_OPEN);
        if let Some(task) = self.propose(ActionKind::Task, "task", Tone::Neutral) {
            task.text = format!("task.{code}");
            task.particulars = Particulars::Task(code.into());
            task.items = items;
            task.latest = latest;
            task.reasons = reasons;
        }
    }

    /// The plan. A case may change its version wherever no step is under way.
    pub(crate) fn finish(self, checkpoint: bool) -> PlanOfAction {
        PlanOfAction {
            proposals: self.proposals,
            rejected: self.rejected,
            checkpoint,
            next_look: self.look.max(self.today.saturating_add(1)),
            reasons: self.reasons,
            diagnostic: String::new(),
        }
    }
}
