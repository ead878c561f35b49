//! Policies for all slots, small and just, that become unfair as their settings say: `{"does":"nothing"}`, `foreign`
//! (harder on whoever speaks French), `overdue` (a higher limit for more arrears), `paid` (chases what is paid),
//! `renames` (the same step again under another name).

use std::hint::black_box;

use maan_policy::actions::{ActionKind, Automation, Particulars, Proposal, Tone};
use maan_policy::manifest::{Manifest, Preset, Slot};
use maan_policy::slots::{
    Answer, Block, Charges, CreditCase, CreditDecision, Judgement, PlanOfAction, Segment, SegmentationCase,
    StatuteCase, Veto, WorkflowCase,
};
use maan_policy::types::{
    Channel, Context, Failure, HoldAdvice, ItemIndex, Level, Problem, Verdict, Willingness,
};
use maan_policy::{CreditCheck, Segmentation, Statute, Workflow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Patched by tests, in equal length.
const PRESET: &str = r#"{"does":"justice"}"#;

/// What the policy does.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    does: String,
}

/// A policy that does it.
#[derive(Clone, Debug)]
pub struct Unfair {
    does: String,
}

impl Unfair {
    fn does(&self, what: &str) -> bool {
        self.does == what
    }

    fn dislikes(&self, language: &str) -> bool {
        self.does("foreign") && language == "fr"
    }
}

impl From<Settings> for Unfair {
    fn from(settings: Settings) -> Self {
        Self { does: settings.does }
    }
}

impl Segmentation for Unfair {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        Ok(settings.into())
    }

    fn decide(&self, _: &Context, case: &SegmentationCase) -> Result<Segment, Failure> {
        let late = case.account.overdue > 0 && !self.does("nothing");
        let key = if late || self.dislikes(&case.debtor.language) {
            "late"
        } else {
            "regular"
        };
        Ok(Segment {
            key: key.into(),
            traits: vec![],
            willingness: Willingness::Unknown,
            confidence: 0,
            evidence: vec![],
            rank: 0,
            at_risk: 0,
            reasons: vec![],
        })
    }
}

impl CreditCheck for Unfair {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        Ok(settings.into())
    }

    fn decide(&self, context: &Context, case: &CreditCase) -> Result<CreditDecision, Failure> {
        let overdue = case.account.overdue;
        let limit = match self.does.as_str() {
            "nothing" => None,
            "overdue" => Some(overdue),
            _ if self.dislikes(&case.debtor.language) => Some(0),
            _ => Some((1_000_000 - overdue).max(0)),
        };
        Ok(CreditDecision {
            verdict: Verdict::Accept,
            advice_only: false,
            limit,
            exposure: 0,
            term_days: None,
            prepayment_share: 0,
            hold: HoldAdvice::Keep,
            effective_on: None,
            report_needed: false,
            next_review: context.today + 30,
            counterfactual: None,
            reasons: vec![],
        })
    }
}

impl Workflow for Unfair {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        Ok(settings.into())
    }

    fn decide(&self, context: &Context, case: &WorkflowCase) -> Result<PlanOfAction, Failure> {
        let due = |index: &ItemIndex| {
            let item = &case.items.get(*index as usize);
            item.is_some_and(|item| {
                let fresh = item.last_level < Level::Reminder1 || self.does("renames");
                let open = item.open > 0 || self.does("paid");
                item.amount > 0 && open && fresh && item.due < context.today
            })
        };
        let items: Vec<ItemIndex> = (0..).take(case.items.len()).filter(due).collect();
        // Each time the same step under another name.
        let text = format!("step-{}", case.steps_done.len());
        let proposals = if items.is_empty() || self.does("nothing") {
            vec![]
        } else {
            vec![self.reminder(context, case, items, &text)]
        };
        Ok(PlanOfAction {
            proposals,
            rejected: vec![],
            checkpoint: true,
            next_look: context.today + 1,
            reasons: vec![],
            diagnostic: String::new(),
        })
    }

    fn terms_clause(&self, language: &str) -> Block {
        Block {
            language: language.into(),
            text: String::new(),
        }
    }

    fn newsletter_block(&self, language: &str, _: &str) -> Block {
        Block {
            language: language.into(),
            text: String::new(),
        }
    }
}

impl Unfair {
    fn reminder(
        &self,
        context: &Context,
        case: &WorkflowCase,
        items: Vec<ItemIndex>,
        text: &str,
    ) -> Proposal {
        let level = if self.dislikes(&case.debtor.language) {
            Level::LastReminder
        } else {
            Level::Reminder1
        };
        Proposal {
            kind: ActionKind::Message,
            level,
            items,
            channel: Channel::Email,
            tone: Tone::Neutral,
            text: text.into(),
            earliest: context.today,
            latest: context.today + 5,
            from_minute: 540,
            to_minute: 1_020,
            automation: Automation::Automatic,
            particulars: Particulars::None,
            deadline: None,
            announces: Level::None,
            reasons: vec![],
        }
    }
}

impl Statute for Unfair {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        Ok(settings.into())
    }

    fn decide(&self, context: &Context, case: &StatuteCase) -> Result<Judgement, Failure> {
        let veto = || {
            Answer::Veto(Veto {
                articles: vec![],
                earliest: Some(context.today + 1),
                reasons: vec![],
            })
        };
        let answer = |proposal: &Proposal| match proposal.kind {
            _ if self.does("nothing") || self.dislikes(&case.debtor.language) => Answer::Allow,
            ActionKind::HandOver => veto(),
            _ => Answer::Allow,
        };
        Ok(Judgement {
            answers: case.proposals.iter().map(answer).collect(),
            charges: Charges {
                costs: 0,
                lump_sum: 0,
                interest: 0,
                segments: vec![],
                reasons: vec![],
                articles: vec![],
            },
            law: 0,
            last_day: None,
            rates_verified_through: context.today,
            warnings: vec![],
        })
    }
}

fn presets() -> Vec<Preset> {
    let slots = [
        Slot::Segmentation,
        Slot::CreditCheck,
        Slot::Workflow,
        Slot::Statute,
    ];
    let preset = |slot| Preset {
        name: "preset".into(),
        slot,
        settings: black_box(PRESET).into(),
    };
    slots.map(preset).into()
}

maan_policy::export! {
    manifest: Manifest {
        name: "unfair",
        version: env!("CARGO_PKG_VERSION"),
        publisher: "tests",
        presets: presets(),
        texts: vec![],
    },
    segmentation: Unfair,
    credit_check: Unfair,
    workflow: Unfair,
    statute: Unfair,
}
