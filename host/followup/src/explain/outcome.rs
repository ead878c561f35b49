//! What is compared when something is imagined: what happens with a debtor, without its words and days.

use maan_ledger::{Channel, Level, Money, Snapshot, Verdict};
use maan_policy_host::contract::{Particulars, Reason};
use serde::Serialize;

use crate::actions::{asked, automation_name, kind_name};
use crate::decide::Decided;
use crate::guard::{Guarded, Stopped};
use crate::{copy, views};

/// What happens with a debtor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// What goes on, and what is stopped.
    pub steps: Vec<Step>,
    /// Key of the segment, where there is an answer.
    pub segment: Option<String>,
    /// What the periodic credit check says, where there is an answer.
    pub verdict: Option<Verdict>,
    /// Deliveries should be held.
    pub hold: bool,
    /// Why a policy could not answer, where one could not.
    pub undecided: Option<String>,
}

/// One action, as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Kind of action, as the contract names it.
    pub kind: &'static str,
    /// Dunning level that it reaches; none where it is no dunning.
    pub level: Level,
    /// Code of the task, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Numbers of the items that it is about; untrusted text.
    pub items: Vec<String>,
    /// What it asks for.
    pub amount: Money,
    /// Over which channel.
    pub channel: Channel,
    /// Over which channel a copy goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<Channel>,
    /// `automatic`, `approve` or `person`.
    pub automation: &'static str,
    /// Why it does not go on, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stop>,
}

/// Why an action does not go on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stop {
    /// The law stops it; else a rule of the host.
    pub law: bool,
    /// Articles of the law.
    pub articles: Vec<String>,
    /// First day on which it is lawful, where there is one.
    pub earliest: Option<maan_ledger::Day>,
    /// Why, as codes.
    pub reasons: Vec<Reason>,
}

/// One way in which two outcomes differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// It would not happen.
    Gone {
        /// What.
        step: Step,
    },
    /// It would happen.
    Comes {
        /// What.
        step: Step,
    },
    /// It would be stopped.
    Stopped {
        /// What, with why.
        step: Step,
    },
    /// It would no longer be stopped.
    Released {
        /// What.
        step: Step,
    },
    /// It would be about other items.
    Items {
        /// What.
        step: Step,
        /// Numbers of the items that it is about now.
        before: Vec<String>,
    },
    /// It would ask for another amount.
    Amount {
        /// What.
        step: Step,
        /// What it asks for now.
        before: Money,
    },
    /// It would go over another channel.
    Channel {
        /// What.
        step: Step,
        /// Over which channel it goes now.
        before: Channel,
    },
    /// The program would do more or less of it by itself.
    Automation {
        /// What.
        step: Step,
        /// `automatic`, `approve` or `person`, as it is now.
        before: &'static str,
    },
    /// Another segment.
    Segment {
        /// Key of the segment now.
        before: Option<String>,
        /// Key of the segment then.
        after: Option<String>,
    },
    /// Another answer of the credit check.
    Verdict {
        /// Now.
        before: Option<Verdict>,
        /// Then.
        after: Option<Verdict>,
    },
    /// Deliveries would be held, or no longer.
    Hold {
        /// Held then.
        held: bool,
    },
    /// A policy could not answer, or could.
    Undecided {
        /// Why not, then.
        why: Option<String>,
    },
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    Steps,
    Credit,
    Segment,
}

impl Change {
    pub(super) fn facet(&self) -> Facet {
        match self {
            Self::Segment { .. } => Facet::Segment,
            Self::Verdict { .. } | Self::Hold { .. } => Facet::Credit,
            _ => Facet::Steps,
        }
    }

    /// Whether both change the same in the same way, for whichever items and amounts.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.without_items() == other.without_items()
    }

    /// The change without the numbers and amounts of items.
    fn without_items(&self) -> Self {
        let mut change = self.clone();
        match &mut change {
            Self::Gone { step }
            | Self::Comes { step }
            | Self::Stopped { step }
            | Self::Released { step }
            | Self::Channel { step, .. }
            | Self::Automation { step, .. } => step.forget_items(),
            Self::Items { step, before } => {
                step.forget_items();
                before.clear();
            }
            Self::Amount { step, before } => {
                step.forget_items();
                before.minor = 0;
            }
            Self::Segment { .. } | Self::Verdict { .. } | Self::Hold { .. } | Self::Undecided { .. } => {}
        }
        change
    }

    /// Whether it is more than what any payment or dispute does: that less is asked, for fewer items.
    pub(super) fn turns(&self) -> bool {
        !matches!(self, Self::Items { .. } | Self::Amount { .. })
    }
}

impl Step {
    pub(super) fn of(guarded: &Guarded, snapshot: &Snapshot<'_>) -> Self {
        let proposal = &guarded.proposal;
        let number = |id| snapshot.item(id).map(|item| item.described.number.clone());
        Self {
            kind: kind_name(proposal.kind),
            level: guarded.level(),
            task: match &proposal.particulars {
                Particulars::Task(code) => Some(code.clone()),
                _ => None,
            },
            items: guarded.items.iter().filter_map(|id| number(*id)).collect(),
            amount: asked(snapshot, guarded),
            channel: guarded.channel(),
            copy: copy::channel(guarded),
            automation: automation_name(proposal.automation),
            stopped: guarded.stopped.as_ref().map(|stopped| Stop::of(stopped, guarded)),
        }
    }

    pub(super) fn goes_on(&self) -> bool {
        self.stopped.is_none()
    }

    /// Whether it is work for somebody, and nothing that the debtor notices.
    pub(super) fn is_task(&self) -> bool {
        matches!(self.kind, "task" | "order-report")
    }

    /// Whether both are the same step, however they differ.
    pub(super) fn is(&self, other: &Step) -> bool {
        self.kind == other.kind && self.level == other.level && self.task == other.task
    }

    fn forget_items(&mut self) {
        self.items.clear();
        self.amount.minor = 0;
    }

    /// How this step differs from what it was before. A task asks nothing of the debtor.
    fn changes(&self, before: &Step) -> Vec<Change> {
        let mut changes = Vec::new();
        let step = || self.clone();
        if self.is_task() {
            return changes;
        }
        if self.items != before.items {
            changes.push(Change::Items {
                step: step(),
                before: before.items.clone(),
            });
        } else if self.amount != before.amount {
            changes.push(Change::Amount {
                step: step(),
                before: before.amount,
            });
        }
        if self.channel != before.channel {
            changes.push(Change::Channel {
                step: step(),
                before: before.channel,
            });
        }
        if self.automation != before.automation {
            changes.push(Change::Automation {
                step: step(),
                before: before.automation,
            });
        }
        changes
    }
}

impl Stop {
    fn of(stopped: &Stopped, guarded: &Guarded) -> Self {
        match stopped {
            Stopped::Law(veto) => Self {
                law: true,
                articles: veto.articles.iter().map(|article| article.name.clone()).collect(),
                earliest: veto.earliest.map(maan_ledger::Day),
                reasons: guarded.reasons.clone(),
            },
            Stopped::Host(reason) => Self {
                law: false,
                articles: vec![],
                earliest: None,
                reasons: vec![reason.clone()],
            },
        }
    }
}

impl Outcome {
    pub(super) fn of(decided: &Decided, snapshot: &Snapshot<'_>, steps: Vec<Step>) -> Self {
        let credit = decided.credit_decision();
        Self {
            steps,
            segment: decided.segment().map(|segment| segment.key.clone()),
            verdict: credit.map(|credit| views::verdict_of(credit.verdict)),
            hold: decided.holds_deliveries(snapshot.judged.is_some_and(|judged| judged.hold)),
            undecided: decided.held.as_ref().map(ToString::to_string),
        }
    }

    /// What goes on.
    pub(super) fn going(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.goes_on())
    }

    /// The highest level that goes on.
    pub(super) fn level(&self) -> Level {
        self.going().map(|step| step.level).max().unwrap_or_default()
    }

    /// How this outcome differs from another one before.
    pub(super) fn changes(&self, before: &Outcome) -> Vec<Change> {
        let find = |steps: &Outcome, wanted: &Step| steps.steps.iter().find(|step| step.is(wanted)).cloned();
        let mut changes = Vec::new();
        for step in before.going() {
            match find(self, step) {
                None => changes.push(Change::Gone { step: step.clone() }),
                Some(then) if then.goes_on() => changes.extend(then.changes(step)),
                Some(step) => changes.push(Change::Stopped { step }),
            }
        }
        for step in self.going() {
            let step = step.clone();
            match find(before, &step) {
                None => changes.push(Change::Comes { step }),
                Some(stopped) if !stopped.goes_on() => changes.push(Change::Released { step }),
                Some(_) => {}
            }
        }
        if self.undecided != before.undecided {
            let why = self.undecided.clone();
            changes.push(Change::Undecided { why });
        }
        if self.segment != before.segment {
            let (before, after) = (before.segment.clone(), self.segment.clone());
            changes.push(Change::Segment { before, after });
        }
        if self.verdict != before.verdict {
            let (before, after) = (before.verdict, self.verdict);
            changes.push(Change::Verdict { before, after });
        }
        if self.hold != before.hold {
            changes.push(Change::Hold { held: self.hold });
        }
        changes
    }
}
