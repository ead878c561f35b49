//! Decisions made again, from what was kept or rebuilt from facts, and compared byte for byte.

use std::collections::HashMap;
use std::sync::Arc;

use maan_ledger::{Day, Moment, snapshot};
use maan_policy_host::contract::{Question, Segment, Slot};
use maan_policy_host::record::{Record, chain, view};
use maan_policy_host::{CreditCheck, Digest, Kept, PolicyError, Replay, Segmentation, Workflow};
use maan_store::{DecisionId, StoreError, StoredDecision};
use serde::Serialize;
use serde_bytes::ByteBuf;
use uuid::Uuid;

use crate::followup::Followup;
use crate::{RunError, record, views};

/// Decisions read at a time.
const PAGE: u32 = 512;

/// What came of making decisions again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReplayReport {
    /// Decisions looked at.
    pub replayed: u64,
    /// Decisions whose every byte is the same.
    pub identical: u64,
    /// Decisions of debtors whose data were erased; their commitments still stand in the chain.
    pub erased: u64,
    /// Decisions that differ or cannot be made again, with the reason.
    pub different: Vec<Different>,
    /// Batches whose root does not follow from their decisions and the batch before.
    pub broken_chain: Vec<Uuid>,
}

/// A decision that is not identical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Different {
    /// Which, as `batch/position`.
    pub decision: String,
    /// In which slot; none where the record itself cannot be used.
    pub slot: Option<String>,
    /// What differs, or why it cannot be made again.
    pub why: Vec<String>,
}

/// What is needed more than once.
#[derive(Default)]
struct Seen {
    components: HashMap<Digest, Result<Arc<[u8]>, String>>,
    settings: HashMap<Digest, Result<Arc<str>, String>>,
}

impl Followup {
    /// Makes all decisions again and follows the chain of batches.
    ///
    /// # Errors
    /// The database or an incident of the host; what concerns a decision is in the report.
    pub async fn replay_all(&self, progress: impl Fn(u64)) -> Result<ReplayReport, RunError> {
        let mut report = ReplayReport::default();
        let mut seen = Seen::default();
        let mut after: Option<DecisionId> = None;
        let mut previous = Digest([0; 32]);
        let mut batch = None;
        loop {
            let ids = self.tenant.decision_ids(after, PAGE).await?;
            let Some(last) = ids.last() else { return Ok(report) };
            after = Some(*last);
            for id in &ids {
                self.check_interrupted()?;
                if batch != Some(id.batch) {
                    batch = Some(id.batch);
                    previous = self.follow_chain(id.batch, previous, &mut report).await?;
                }
                self.replay_into(*id, &mut seen, &mut report).await?;
            }
            progress(ids.len() as u64);
        }
    }

    /// Makes one decision again.
    ///
    /// # Errors
    /// As for [`Self::replay_all`].
    pub async fn replay_one(&self, id: DecisionId) -> Result<ReplayReport, RunError> {
        let mut report = ReplayReport::default();
        self.replay_into(id, &mut Seen::default(), &mut report).await?;
        Ok(report)
    }

    async fn follow_chain(
        &self,
        id: Uuid,
        previous: Digest,
        report: &mut ReplayReport,
    ) -> Result<Digest, RunError> {
        let Some(batch) = self.tenant.batch(id).await? else {
            report.broken_chain.push(id);
            return Ok(previous);
        };
        let commitments: Option<Vec<Digest>> = batch
            .records
            .iter()
            .map(|record| record.record.as_slice().try_into().ok().map(Digest))
            .collect();
        let root = commitments.map(|commitments| chain::root(Some(previous), &commitments));
        let follows =
            batch.head.previous_root == previous.0 && root.map(|root| root.0) == Some(batch.head.root);
        if !follows {
            report.broken_chain.push(id);
        }
        Ok(Digest(batch.head.root))
    }

    async fn replay_into(
        &self,
        id: DecisionId,
        seen: &mut Seen,
        report: &mut ReplayReport,
    ) -> Result<(), RunError> {
        report.replayed = report.replayed.saturating_add(1);
        let different = |slot: Option<Slot>, why: Vec<String>| Different {
            decision: id.to_string(),
            slot: slot.map(|slot| slot.to_string()),
            why,
        };
        let stored = match self.tenant.decision(id).await {
            Ok(Some(stored)) => stored,
            Ok(None) => {
                report
                    .different
                    .push(different(None, vec!["it is not in the database".into()]));
                return Ok(());
            }
            Err(error @ (StoreError::Unreadable { .. } | StoreError::CannotOpenSealed(_))) => {
                report.different.push(different(None, vec![error.to_string()]));
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        if stored.payload.is_none() {
            report.erased = report.erased.saturating_add(1);
            return Ok(());
        }
        match self.replay_stored(&stored, seen).await? {
            None => report.identical = report.identical.saturating_add(1),
            Some((slot, why)) => report.different.push(different(slot, why)),
        }
        Ok(())
    }

    /// What differs; none when every byte is the same.
    async fn replay_stored(
        &self,
        stored: &StoredDecision,
        seen: &mut Seen,
    ) -> Result<Option<(Option<Slot>, Vec<String>)>, RunError> {
        let payload = stored.payload.as_deref().unwrap_or_default();
        let commitment = stored
            .record
            .as_slice()
            .try_into()
            .map(Digest)
            .unwrap_or(Digest([0; 32]));
        let record = match record::read(payload, commitment) {
            Ok((record, true)) => record,
            Ok((_, false)) => {
                return Ok(Some((
                    None,
                    vec!["its commitment in the chain is another".into()],
                )));
            }
            Err(error) => return Ok(Some((None, vec![error.to_string()]))),
        };
        let cases = match &stored.views {
            Some(views) => record::read_cases(views),
            None => self.rebuild(stored, &record).await,
        };
        let cases = match cases {
            Ok(cases) => cases,
            Err(error @ RunError::Unreadable { .. }) => return Ok(Some((None, vec![error.to_string()]))),
            Err(error) => return Err(error),
        };
        for run in &record.runs {
            let Some((_, case)) = cases.iter().find(|(slot, _)| *slot == run.slot) else {
                return Ok(Some((
                    Some(run.slot),
                    vec!["its view was not kept and cannot be rebuilt".into()],
                )));
            };
            let settings = self.settings_of(run.settings, seen).await?;
            let component = self.component_of(run.component, seen).await?;
            let (settings, component) = match (settings, component) {
                (Ok(settings), Ok(component)) => (settings, component),
                (Err(why), _) | (_, Err(why)) => return Ok(Some((Some(run.slot), vec![why]))),
            };
            let kept = Kept {
                context: &stored.batch.header,
                case,
                settings: &settings,
            };
            let replayed = tokio::task::block_in_place(|| {
                self.host.replay(&record, run, kept, || Ok(component.to_vec()))
            });
            match replayed {
                Ok(Replay::Identical) => {}
                Ok(Replay::Differs(fields)) => return Ok(Some((Some(run.slot), fields))),
                Ok(Replay::Impossible(why)) => return Ok(Some((Some(run.slot), vec![why.to_string()]))),
                Err(error @ (PolicyError::Settings(_) | PolicyError::Refused { .. })) => {
                    return Ok(Some((Some(run.slot), vec![error.to_string()])));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    /// The component's stored bytes, looked at even where its compiled form is at hand, so that a change in the
    /// database is seen; else what is wrong with them.
    async fn component_of(
        &self,
        digest: Digest,
        seen: &mut Seen,
    ) -> Result<Result<Arc<[u8]>, String>, RunError> {
        if let Some(known) = seen.components.get(&digest) {
            return Ok(known.clone());
        }
        let found = match self.store.component(digest.0).await? {
            Some(component) => unchanged("the component", digest, &component.bytes).map(Arc::from),
            None => Err(format!("the component {} is not in the database", digest.short())),
        };
        seen.components.insert(digest, found.clone());
        Ok(found)
    }

    /// The stored settings, else what is wrong with them.
    async fn settings_of(
        &self,
        digest: Digest,
        seen: &mut Seen,
    ) -> Result<Result<Arc<str>, String>, RunError> {
        if let Some(known) = seen.settings.get(&digest) {
            return Ok(known.clone());
        }
        let found = match self.tenant.deployment_settings(digest.0).await? {
            Some(settings) => {
                unchanged("the settings", digest, settings.as_bytes()).map(|_| Arc::from(settings.as_str()))
            }
            None => Err(format!("the settings {} are not in the database", digest.short())),
        };
        seen.settings.insert(digest, found.clone());
        Ok(found)
    }

    /// The views made again from the facts that were known then, and from what earlier slots answered.
    async fn rebuild(
        &self,
        stored: &StoredDecision,
        record: &Record,
    ) -> Result<Vec<(Slot, ByteBuf)>, RunError> {
        let settings = self.tenant.settings().await?;
        let facts = self
            .tenant
            .facts_through(stored.debtor, stored.decided_version)
            .await?;
        let snapshot = snapshot(
            &facts,
            settings.currency,
            Day(record.as_of),
            Moment(record.known_at),
        );
        let unknown = Segment {
            key: String::new(),
            traits: vec![],
            willingness: maan_policy_host::contract::Willingness::Unknown,
            confidence: 0,
            evidence: vec![],
            rank: 0,
            at_risk: 0,
            reasons: vec![],
        };
        let segment = record
            .runs
            .iter()
            .find_map(|run| run.outcome::<Segmentation>())
            .and_then(Result::ok);
        let segment = segment.unwrap_or(unknown);
        let credit = record
            .runs
            .iter()
            .find_map(|run| run.outcome::<CreditCheck>())
            .and_then(Result::ok);
        let plan = record
            .runs
            .iter()
            .find_map(|run| run.outcome::<Workflow>())
            .and_then(Result::ok);
        let proposals = plan.map(|plan| plan.proposals).unwrap_or_default();
        Ok(vec![
            (Slot::Segmentation, bytes(&views::segmentation(&snapshot))),
            (
                Slot::CreditCheck,
                bytes(&views::credit(&snapshot, Question::Review, &segment)),
            ),
            (
                Slot::Workflow,
                bytes(&views::workflow(&snapshot, &segment, credit.as_ref(), None)),
            ),
            (
                Slot::Statute,
                bytes(&views::statute(&snapshot, proposals, None, snapshot.as_of)),
            ),
        ])
    }
}

/// The bytes, where they are still those of the digest under which they were kept.
fn unchanged<'a>(what: &str, digest: Digest, bytes: &'a [u8]) -> Result<&'a [u8], String> {
    let found = Digest::of(bytes);
    if found == digest {
        return Ok(bytes);
    }
    let (kept, found) = (digest.short(), found.short());
    Err(format!(
        "{what} {kept} in the database: the digest is now {found}, a byte was changed"
    ))
}

fn bytes<T: Serialize>(case: &T) -> ByteBuf {
    ByteBuf::from(view(case))
}
