//! The records of the contract between host and policies, generated from `wit/`.
//!
//! Amounts are minor units, days count from 1970-01-01 in the tenant's time zone, shares are per mille;
//! see the comments in `wit/types.wit`.

pub use self::generated::exports::maan::policy::{
    credit_check::{CreditCase, CreditDecision, Question},
    manifest::{Description, FuelClass, Preset, Slot, SlotSettings, Text},
    segmentation::{Segment, SegmentationCase, Weighed},
    statute::{
        Amendment, Answer, Article, Charges, InterestSegment, ItemPayments, Judgement, StatuteCase, Veto,
    },
    workflow::{Block, PlanOfAction, Rejected, WorkflowCase},
};
pub use self::generated::maan::policy::actions::{
    ActionKind, Automation, CallGuide, HandOverTo, Particulars, PlanBounds, Proposal, Tone,
};
pub use self::generated::maan::policy::types::*;

/// Version of the contract that this host speaks. Components of any `0.2.x` link to it.
pub const VERSION: &str = "0.2.0";

/// Package of the contract.
pub(crate) const PACKAGE: &str = "maan:policy";

/// Every slot, in the order in which a run asks them.
pub const SLOTS: [Slot; 4] = [
    Slot::Segmentation,
    Slot::CreditCheck,
    Slot::Workflow,
    Slot::Statute,
];

impl Slot {
    /// The name of the slot's interface in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Slot::Segmentation => "segmentation",
            Slot::CreditCheck => "credit-check",
            Slot::Workflow => "workflow",
            Slot::Statute => "statute",
        }
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[expect(missing_docs, reason = "generated: the words are in the WIT files")]
pub(crate) mod generated {
    wasmtime::component::bindgen!({
        path: "../../wit",
        world: "whole-policy",
        additional_derives: [PartialEq, serde::Serialize, serde::Deserialize],
    });
}
