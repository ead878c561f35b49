//! The policies that an administration uses, one per slot.

use maan_policy_host::contract::{
    Context, CreditCase, CreditDecision, Judgement, PlanOfAction, Segment, SegmentationCase, Slot,
    StatuteCase, WorkflowCase,
};
use maan_policy_host::{
    CreditCheck, Decision, Digest, Policy, PolicyError, PolicyHost, Segmentation, Statute, Workflow,
};
use maan_store::{Store, TenantStore};

use crate::RunError;

/// The four policies of an administration, configured.
pub struct Policies {
    /// Who is this debtor to us now?
    pub segmentation: Policy<Segmentation>,
    /// How much trust, on which terms?
    pub credit_check: Policy<CreditCheck>,
    /// What do we propose today?
    pub workflow: Policy<Workflow>,
    /// Is that lawful?
    pub statute: Policy<Statute>,
}

/// Who answers the four slots: an administration's policies, or what stands in for one of them to try things out.
/// Each answers as [`Policy::decide`] does.
#[expect(clippy::missing_errors_doc, reason = "as Policy::decide")]
pub trait Answers {
    /// Who is this debtor to us now?
    fn segmentation(
        &self,
        context: &Context,
        cases: &[SegmentationCase],
    ) -> Result<Vec<Decision<Segment>>, PolicyError>;
    /// How much trust, on which terms?
    fn credit_check(
        &self,
        context: &Context,
        cases: &[CreditCase],
    ) -> Result<Vec<Decision<CreditDecision>>, PolicyError>;
    /// What do we propose today?
    fn workflow(
        &self,
        context: &Context,
        cases: &[WorkflowCase],
    ) -> Result<Vec<Decision<PlanOfAction>>, PolicyError>;
    /// Is that lawful?
    fn statute(
        &self,
        context: &Context,
        cases: &[StatuteCase],
    ) -> Result<Vec<Decision<Judgement>>, PolicyError>;
}

impl Answers for Policies {
    fn segmentation(
        &self,
        context: &Context,
        cases: &[SegmentationCase],
    ) -> Result<Vec<Decision<Segment>>, PolicyError> {
        self.segmentation.decide(context, cases)
    }

    fn credit_check(
        &self,
        context: &Context,
        cases: &[CreditCase],
    ) -> Result<Vec<Decision<CreditDecision>>, PolicyError> {
        self.credit_check.decide(context, cases)
    }

    fn workflow(
        &self,
        context: &Context,
        cases: &[WorkflowCase],
    ) -> Result<Vec<Decision<PlanOfAction>>, PolicyError> {
        self.workflow.decide(context, cases)
    }

    fn statute(
        &self,
        context: &Context,
        cases: &[StatuteCase],
    ) -> Result<Vec<Decision<Judgement>>, PolicyError> {
        self.statute.decide(context, cases)
    }
}

impl Policies {
    /// Loads what the administration's deployments name, and nothing else.
    ///
    /// # Errors
    /// A slot has no deployment, a component is gone, or it does not accept its settings.
    pub async fn load(host: &PolicyHost, store: &Store, tenant: &TenantStore) -> Result<Self, RunError> {
        let deployments = tenant.deployments().await?;
        let mut found = Vec::with_capacity(4);
        for slot in [
            Slot::Segmentation,
            Slot::CreditCheck,
            Slot::Workflow,
            Slot::Statute,
        ] {
            let deployed = deployments
                .iter()
                .find(|deployment| slot_of(deployment.slot) == slot);
            let deployment = deployed.ok_or(RunError::NoPolicy(slot))?;
            let digest = Digest(deployment.component);
            if host.get(digest).is_none() {
                let bytes = store
                    .component(deployment.component)
                    .await?
                    .ok_or(RunError::ComponentGone { slot, digest })?
                    .bytes;
                tokio::task::block_in_place(|| host.load(digest, || Ok(bytes)))?;
            }
            found.push((digest, deployment.settings.clone()));
        }
        let [segmentation, credit_check, workflow, statute] = found.as_slice() else {
            return Err(RunError::NoPolicy(Slot::Statute));
        };
        Ok(Self {
            segmentation: configure(host, segmentation)?,
            credit_check: configure(host, credit_check)?,
            workflow: configure(host, workflow)?,
            statute: configure(host, statute)?,
        })
    }

    /// The same policies with another workflow, to look at what would change.
    pub fn with_workflow(&self, workflow: Policy<Workflow>) -> Self {
        Self {
            segmentation: self.segmentation.clone(),
            credit_check: self.credit_check.clone(),
            workflow,
            statute: self.statute.clone(),
        }
    }

    /// Digest of everything in the deployments that a decision can depend on.
    pub(crate) fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for (component, settings) in self.versions() {
            hasher.update(&component.0);
            hasher.update(&settings.0);
        }
        hasher.finalize()
    }

    /// Component and settings of each slot, in the order in which a run asks them.
    pub fn versions(&self) -> [(Digest, Digest); 4] {
        [
            (
                self.segmentation.component().digest(),
                self.segmentation.settings_digest(),
            ),
            (
                self.credit_check.component().digest(),
                self.credit_check.settings_digest(),
            ),
            (
                self.workflow.component().digest(),
                self.workflow.settings_digest(),
            ),
            (self.statute.component().digest(), self.statute.settings_digest()),
        ]
    }
}

/// The store's word for a slot in the contract's language.
pub(crate) fn slot_of(slot: maan_store::Slot) -> Slot {
    match slot {
        maan_store::Slot::Segmentation => Slot::Segmentation,
        maan_store::Slot::CreditCheck => Slot::CreditCheck,
        maan_store::Slot::Workflow => Slot::Workflow,
        maan_store::Slot::Statute => Slot::Statute,
    }
}

fn configure<S: maan_policy_host::Slot>(
    host: &PolicyHost,
    (digest, settings): &(Digest, String),
) -> Result<Policy<S>, RunError> {
    let component = host.get(*digest).ok_or(RunError::ComponentGone {
        slot: S::SLOT,
        digest: *digest,
    })?;
    Ok(host.configure(&component, settings)?)
}
