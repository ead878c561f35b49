//! A plan of action under construction, which keeps the first day on which anything could change.

use maan_policy::actions::{ActionKind, Automation, Particulars, Proposal, Tone};
use maan_policy::slots::{PlanOfAction, Rejected, WorkflowCase};
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

    /// Whether anything that reaches the debtor is proposed already.
    pub(crate) fn talks(&self) -> bool {
        let silent = |kind| matches!(kind, ActionKind::Task | ActionKind::OrderReport);
        self.proposals.iter().any(|proposal| !silent(proposal.kind))
    }

    /// Whether an action of this kind is proposed already.
    pub(crate) fn proposes(&self, kind: ActionKind) -> bool {
        self.proposals.iter().any(|proposal| proposal.kind == kind)
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

    /// The proposal that was made last.
    pub(crate) fn last(&mut self) -> Option<&mut Proposal> {
        self.proposals.last_mut()
    }

    /// One more level in the message that was proposed last.
    pub(crate) fn join(&mut self, other: impl FnOnce(&Proposal) -> Proposal) {
        let messages = self.proposals.iter().rev();
        let lead = messages
            .clone()
            .find(|proposal| proposal.kind == ActionKind::Message);
        let joined = lead.map(other);
        self.proposals.extend(joined);
    }

    /// Work for a person, unless somebody worked on one of the items since the reason for it arose.
    pub(crate) fn task(
        &mut self,
        case: &WorkflowCase,
        code: &str,
        items: Vec<ItemIndex>,
        since: Day,
        reasons: Vec<Reason>,
    ) {
        if worked(case, &items, since) {
            return;
        }
        let latest = self.today.saturating_add(LONGEST_OPEN);
        if let Some(task) = self.propose(ActionKind::Task, "task", Tone::Neutral) {
            task.text = ["task.", code].concat();
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

/// Whether somebody did a task about one of the items since a day.
pub(crate) fn worked(case: &WorkflowCase, items: &[ItemIndex], since: Day) -> bool {
    case.steps_done.iter().any(|done| {
        done.level == Level::None
            && done.channel == Channel::Portal
            && done.on >= since
            && items.contains(&done.item)
    })
}

/// All open items of a case.
pub(crate) fn open_items(case: &WorkflowCase) -> Vec<ItemIndex> {
    let open = case.items.iter().zip(0_u32..).filter(|(item, _)| item.open > 0);
    open.map(|(_, at)| at).collect()
}
