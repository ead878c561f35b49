//! The default workflow policy: what do we propose today, and when do we look again?
//!
//! One component; flows are settings, and every rule has one with which it is switched off. A step is
//! eligible since a day and stays so until it is done, so that days without a run are caught up by one
//! message. What is disputed, withheld, promised, paused, covered by credits or never arrived is not
//! chased; what stops a debtor stops all steps. No open item is without a next look day and, once it is
//! late, a named reason why nothing happens.
//!
//! Presets: `strict` (two automatic reminders, then a call), `process` and `process-30` (the usual
//! ladder), `result` (a call first, then the end that brings in most), `proactive` (notices, check-ins,
//! discounts), `personal` (never on autopilot, offers before pressure).
//!
//! Proposals of one day that share kind, channel and days are one message: each carries the items of
//! its own level, and the first of them gives the words.

mod amounts;
mod channels;
mod clause;
mod courtesy;
mod debits;
mod decision;
mod draft;
mod due;
mod ease;
mod ends;
mod flow;
mod presets;
mod propose;
mod report;
mod rests;
mod settings;
mod stops;
mod tasks;
mod texts;
mod words;

use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::slots::{Block, PlanOfAction, WorkflowCase};
use maan_policy::types::{Context, Failure, Problem};

pub use settings::{
    Answers, CheckIn, Clause, Date, Discount, Event, Extensions, FormalNotice, Hours, Outcome, PaymentMethod,
    Plans, Promises, Report, RestCause, SegmentFlow, Settings, Step, StopCause, Thanks, Trigger,
};

/// The policy with its settings.
#[derive(Clone, Debug)]
pub struct DefaultWorkflow {
    settings: Settings,
    flows: flow::Flows,
}

impl maan_policy::Workflow for DefaultWorkflow {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        let problems = settings::problems(&settings);
        if problems.is_empty() {
            Ok(Self {
                flows: flow::Flows::new(&settings),
                settings,
            })
        } else {
            Err(problems)
        }
    }

    fn decide(&self, context: &Context, case: &WorkflowCase) -> Result<PlanOfAction, Failure> {
        Ok(decision::decide(&self.settings, &self.flows, context, case))
    }

    fn terms_clause(&self, language: &str) -> Block {
        clause::terms(&self.settings, language)
    }

    fn newsletter_block(&self, language: &str, segment: &str) -> Block {
        clause::newsletter(&self.settings, language, segment)
    }
}

fn manifest() -> Manifest {
    Manifest {
        name: "maan-workflow",
        version: env!("CARGO_PKG_VERSION"),
        publisher: "maan",
        presets: vec![
            preset(Slot::Workflow, "strict", &presets::strict()),
            preset(Slot::Workflow, "process", &presets::process(14, 7)),
            preset(Slot::Workflow, "process-30", &presets::process(30, 14)),
            preset(Slot::Workflow, "result", &presets::result()),
            preset(Slot::Workflow, "proactive", &presets::proactive()),
            preset(Slot::Workflow, "personal", &presets::personal()),
        ],
        texts: words::texts(),
    }
}

maan_policy::export! {
    manifest: manifest(),
    workflow: DefaultWorkflow,
}
