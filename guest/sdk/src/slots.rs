//! The traits that a policy author implements, one per slot. All are plain Rust: a policy can be
//! called natively (`policy.decide(&context, &case)`) as well as from the host through the sandbox.

use crate::bindings::{credit_check as credit, segmentation as segments, statute as law, workflow as flow};
use crate::settings::{self, Settings};
use crate::types::{Context, Failure, Problem};

pub use credit::exports::maan::policy::credit_check::{CreditCase, CreditDecision, Question};
pub use flow::exports::maan::policy::workflow::{Block, PlanOfAction, Rejected, WorkflowCase};
pub use law::exports::maan::policy::statute::{
    Amendment, Answer, Article, Charges, InterestSegment, ItemPayments, Judgement, StatuteCase, Veto,
};
pub use segments::exports::maan::policy::segmentation::{Segment, SegmentationCase, Weighed};

/// Who is this debtor to us now?
pub trait Segmentation: Sized + 'static {
    /// The one settings type: read from JSON, its schema shown in the manifest.
    type Settings: Settings;
    /// Accepts the settings or lists what is wrong with them; an empty list is never right.
    fn new(settings: Self::Settings) -> Result<Self, Vec<Problem>>;
    /// Decides one case; the same case always gets the same answer.
    fn decide(&self, context: &Context, case: &SegmentationCase) -> Result<Segment, Failure>;
    /// As the host configures it: settings as JSON.
    fn configure(json: &str) -> Result<Self, Vec<Problem>> {
        settings::parse(json).and_then(Self::new)
    }
}

/// How much trust, on which terms?
pub trait CreditCheck: Sized + 'static {
    /// The one settings type: read from JSON, its schema shown in the manifest.
    type Settings: Settings;
    /// Accepts the settings or lists what is wrong with them; an empty list is never right.
    fn new(settings: Self::Settings) -> Result<Self, Vec<Problem>>;
    /// Decides one case; the same case always gets the same answer.
    fn decide(&self, context: &Context, case: &CreditCase) -> Result<CreditDecision, Failure>;
    /// As the host configures it: settings as JSON.
    fn configure(json: &str) -> Result<Self, Vec<Problem>> {
        settings::parse(json).and_then(Self::new)
    }
}

/// What do we propose today, and when do we look again?
pub trait Workflow: Sized + 'static {
    /// The one settings type: read from JSON, its schema shown in the manifest.
    type Settings: Settings;
    /// Accepts the settings or lists what is wrong with them; an empty list is never right.
    fn new(settings: Self::Settings) -> Result<Self, Vec<Problem>>;
    /// Decides one case; the same case always gets the same answer.
    fn decide(&self, context: &Context, case: &WorkflowCase) -> Result<PlanOfAction, Failure>;
    /// The clause for contract and invoice that fits these settings.
    fn terms_clause(&self, language: &str) -> Block;
    /// A block for the newsletter on the risk of arrears.
    fn newsletter_block(&self, language: &str, segment: &str) -> Block;
    /// As the host configures it: settings as JSON.
    fn configure(json: &str) -> Result<Self, Vec<Problem>> {
        settings::parse(json).and_then(Self::new)
    }
}

/// Is that lawful, and what may be charged?
pub trait Statute: Sized + 'static {
    /// The one settings type: read from JSON, its schema shown in the manifest.
    type Settings: Settings;
    /// Accepts the settings or lists what is wrong with them; an empty list is never right.
    fn new(settings: Self::Settings) -> Result<Self, Vec<Problem>>;
    /// Decides one case; the same case always gets the same answer.
    fn decide(&self, context: &Context, case: &StatuteCase) -> Result<Judgement, Failure>;
    /// As the host configures it: settings as JSON.
    fn configure(json: &str) -> Result<Self, Vec<Problem>> {
        settings::parse(json).and_then(Self::new)
    }
}

/// Carries a policy into the generated exports. Made by [`export!`](crate::export); of no use by itself.
#[doc(hidden)]
pub struct Exported<P>(P);

macro_rules! carry {
    ($slot:ident, $exports:path, $case:ident, $answer:ident $(, $extra:item)*) => {
        const _: () = {
            use $exports as exports;
            impl<P: $slot> exports::Guest for Exported<P> {
                type Policy = Self;
            }
            impl<P: $slot> exports::GuestPolicy for Exported<P> {
                fn configure(settings: String) -> Result<exports::Policy, Vec<Problem>> {
                    P::configure(&settings).map(|policy| exports::Policy::new(Self(policy)))
                }
                fn decide(&self, context: Context, cases: Vec<$case>) -> Vec<Result<$answer, Failure>> {
                    let answers = cases.iter().map(|case| self.0.decide(&context, case)).collect();
                    // The instance is dropped after the batch, with all of its memory.
                    std::mem::forget(cases);
                    answers
                }
                $($extra)*
            }
        };
    };
}

carry!(
    Segmentation,
    segments::exports::maan::policy::segmentation,
    SegmentationCase,
    Segment
);
carry!(
    CreditCheck,
    credit::exports::maan::policy::credit_check,
    CreditCase,
    CreditDecision
);
carry!(
    Statute,
    law::exports::maan::policy::statute,
    StatuteCase,
    Judgement
);
carry!(
    Workflow,
    flow::exports::maan::policy::workflow,
    WorkflowCase,
    PlanOfAction,
    fn terms_clause(&self, language: String) -> Block {
        self.0.terms_clause(&language)
    },
    fn newsletter_block(&self, language: String, segment: String) -> Block {
        self.0.newsletter_block(&language, &segment)
    }
);
