//! The four slots: for each its case, its outcome and the calls into a component.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasmtime::Store;
use wasmtime::component::{Instance, InstancePre, ResourceAny};

use crate::checks::{self, Nonsense};
use crate::contract::generated::exports::maan::policy as exports;
use crate::contract::{self, Context, Failure, Problem};
use crate::memory::Guest;

/// Indices of a component's exports, looked up once.
pub struct Exports {
    pub(crate) manifest: exports::manifest::GuestIndices,
    segmentation: Option<exports::segmentation::GuestIndices>,
    credit_check: Option<exports::credit_check::GuestIndices>,
    workflow: Option<exports::workflow::GuestIndices>,
    statute: Option<exports::statute::GuestIndices>,
}

impl Exports {
    /// Looks up the manifest and whichever slots the component has.
    pub(crate) fn of(pre: &InstancePre<Guest>) -> wasmtime::Result<Self> {
        Ok(Self {
            manifest: exports::manifest::GuestIndices::new(pre)?,
            segmentation: exports::segmentation::GuestIndices::new(pre).ok(),
            credit_check: exports::credit_check::GuestIndices::new(pre).ok(),
            workflow: exports::workflow::GuestIndices::new(pre).ok(),
            statute: exports::statute::GuestIndices::new(pre).ok(),
        })
    }

    /// The slots that the component fills.
    pub(crate) fn slots(&self) -> Vec<contract::Slot> {
        let filled = |slot: &contract::Slot| match slot {
            contract::Slot::Segmentation => self.segmentation.is_some(),
            contract::Slot::CreditCheck => self.credit_check.is_some(),
            contract::Slot::Workflow => self.workflow.is_some(),
            contract::Slot::Statute => self.statute.is_some(),
        };
        contract::SLOTS.into_iter().filter(filled).collect()
    }
}

/// A result of a call: an error of the engine, or what the component answered.
type Called<T> = wasmtime::Result<T>;

/// One of the four places that a component can fill. The calls are the host's own; nobody else can name their types.
pub trait Slot: Send + Sync + Sized + 'static {
    /// Which place.
    const SLOT: contract::Slot;
    /// The view of a case.
    type Case: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug + Send + Sync;
    /// The answer to a case.
    type Outcome: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug + Send + Sync;
    /// The generated bindings.
    #[doc(hidden)]
    type Bound;

    /// Binds the slot of an instance; `None` if the component does not fill it.
    #[doc(hidden)]
    fn bind(exports: &Exports, store: &mut Store<Guest>, instance: &Instance) -> Option<Called<Self::Bound>>;

    /// Calls `configure`.
    #[doc(hidden)]
    fn configure(
        bound: &Self::Bound,
        store: &mut Store<Guest>,
        settings: &str,
    ) -> Called<Result<ResourceAny, Vec<Problem>>>;

    /// Calls `decide`.
    #[doc(hidden)]
    fn decide(
        bound: &Self::Bound,
        store: &mut Store<Guest>,
        policy: ResourceAny,
        context: &Context,
        cases: &[Self::Case],
    ) -> Called<Vec<Result<Self::Outcome, Failure>>>;

    /// Looks for nonsense in an answer, and cuts what may be cut.
    #[doc(hidden)]
    fn check(context: &Context, case: &Self::Case, outcome: &mut Self::Outcome) -> Result<(), Nonsense>;
}

/// The generated bindings of the slots are alike but have no type in common.
macro_rules! slot {
    ($(#[$doc:meta])* $name:ident, $module:ident, $case:ident, $outcome:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Slot for $name {
            const SLOT: contract::Slot = contract::Slot::$name;
            type Case = contract::$case;
            type Outcome = contract::$outcome;
            type Bound = exports::$module::Guest;

            fn bind(exports: &Exports, store: &mut Store<Guest>, instance: &Instance) -> Option<Called<Self::Bound>> {
                Some(exports.$module.as_ref()?.load(store, instance))
            }

            fn configure(
                bound: &Self::Bound,
                store: &mut Store<Guest>,
                settings: &str,
            ) -> Called<Result<ResourceAny, Vec<Problem>>> {
                bound.policy().call_configure(store, settings)
            }

            fn decide(
                bound: &Self::Bound,
                store: &mut Store<Guest>,
                policy: ResourceAny,
                context: &Context,
                cases: &[Self::Case],
            ) -> Called<Vec<Result<Self::Outcome, Failure>>> {
                bound.policy().call_decide(store, policy, context, cases)
            }

            fn check(context: &Context, case: &Self::Case, outcome: &mut Self::Outcome) -> Result<(), Nonsense> {
                checks::$module(context, case, outcome)
            }
        }
    };
}

slot!(
    /// Who is this debtor to us now?
    Segmentation, segmentation, SegmentationCase, Segment
);
slot!(
    /// How much trust, on which terms?
    CreditCheck, credit_check, CreditCase, CreditDecision
);
slot!(
    /// What do we propose today, and when do we look again?
    Workflow, workflow, WorkflowCase, PlanOfAction
);
slot!(
    /// Is that lawful, and what may be charged?
    Statute, statute, StatuteCase, Judgement
);
