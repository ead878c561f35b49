//! The run: debtors whose facts changed, whose environment differs or whose next look has come are decided in
//! batches; what was decided is written, some batches a transaction. A run that is killed is continued by the next.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use maan_ledger::{ActionId, Body, Day, DebtorId, Fact, Judgement, Known, Moment, Snapshot, snapshot};
use maan_policy_host::Digest;
use maan_policy_host::contract::Context;
use maan_store::{
    ActionState, Batches, DebtorDigest, DecidedBatch, Decision, Due as Row, TenantSettings, TenantStore,
};
use serde::Serialize;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::RunError;
use crate::actions::{Rejected, new_actions};
use crate::decide::{Decided, Due, decide};
use crate::followup::Followup;
use crate::phase::phase;
use crate::policies::Policies;
use crate::record::{self, Place};
use crate::views;

/// Debtors of a batch: large enough that setting up an instance costs little, small enough to stay in cache.
pub const BATCH: u32 = 256;
/// Batches that are written in one transaction: pages of the database that many debtors share are written once.
const WRITTEN_AT_ONCE: usize = 16;
/// How long a transaction waits for the next batch to be decided.
const SOON: Duration = Duration::from_millis(100);

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RunReport {
    /// Debtors that were decided.
    pub decided: u64,
    /// Debtors that could not be decided and are held, with the reason.
    pub held: BTreeMap<DebtorId, String>,
    /// New actions by state.
    pub actions: BTreeMap<ActionState, u64>,
    /// Actions that were not made because another already does the same.
    pub repeated: u64,
    /// Earlier actions that no longer fit and were withdrawn.
    pub withdrawn: u64,
}

/// What a batch computes outside the database.
struct Computed {
    place: Place,
    header: Vec<u8>,
    commitments: Vec<Digest>,
    decisions: Vec<Decision>,
}

impl Followup {
    /// Decides every debtor that is due, and again those whose group owes another sum by then. `progress` is told how many debtors each batch decided.
    ///
    /// # Errors
    /// The database, the policies or an interruption; batches that were written stay.
    pub async fn run(&self, policies: &Arc<Policies>, progress: impl Fn(u64)) -> Result<RunReport, RunError> {
        let mut report = self.decide_due(policies, &progress).await?;
        if self.state_groups().await? > 0 {
            report.add(self.decide_due(policies, &progress).await?);
        }
        Ok(report)
    }

    async fn decide_due(
        &self,
        policies: &Arc<Policies>,
        progress: &impl Fn(u64),
    ) -> Result<RunReport, RunError> {
        let settings = Arc::new(self.tenant.settings().await?);
        let context = Arc::new(self.context(&settings).await?);
        let rejected = Arc::new(self.tenant.rejected(Day(context.today)).await?);
        let environment = environment(policies, &settings);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let deciding = Arc::new(Semaphore::new(threads));
        let mut report = RunReport::default();
        let mut root = Digest(self.tenant.batch_chain_head().await?);
        let batches = self.due_batches(environment, Day(context.today));
        // Each batch is a task of its own, so that the next ones are read and decided while others are written.
        let computed = batches.map(|rows| {
            let work = Work {
                policies: policies.clone(),
                settings: settings.clone(),
                context: context.clone(),
                rejected: rejected.clone(),
                tenant: self.tenant.clone(),
                place: Place {
                    batch: Uuid::now_v7(),
                    known_at: self.moment(),
                },
            };
            let deciding = deciding.clone();
            let batch = tokio::spawn(async move {
                let _turn = deciding.acquire_owned().await;
                work.batch(rows?).await
            });
            async { batch.await.map_err(|error| RunError::Worker(error.to_string()))? }
        });
        let mut computed = std::pin::pin!(computed.buffered(WRITTEN_AT_ONCE));
        while let Some(first) = computed.try_next().await? {
            self.check_interrupted()?;
            let mut batches = self.tenant.begin_batches().await?;
            let (mut next, mut written, mut decided) = (Some(first), 0_usize, 0_u64);
            while let Some(batch) = next {
                decided = decided.saturating_add(batch.decisions.len() as u64);
                let batch = batch.on(root, Day(context.today), environment);
                root = Digest(batch.root);
                batches = write(batches, &batch, &mut report).await?;
                written = written.saturating_add(1);
                let goes_on = written < WRITTEN_AT_ONCE && self.check_interrupted().is_ok();
                next = match goes_on {
                    true => soon(computed.try_next()).await?,
                    false => None,
                };
            }
            batches.commit().await?;
            report.decided = report.decided.saturating_add(decided);
            progress(decided);
        }
        Ok(report)
    }

    fn due_batches(
        &self,
        environment: [u8; 32],
        today: Day,
    ) -> impl futures_util::Stream<Item = Result<Vec<Row>, RunError>> + '_ {
        stream::try_unfold(None, move |after| async move {
            let rows = self.tenant.due(environment, today, after, BATCH).await?;
            let last = rows.last().map(|row| row.debtor);
            Ok(last.map(|last| (rows, Some(last))))
        })
    }
}

impl Computed {
    /// The batch as the next one of a chain with this head.
    fn on(self, head: Digest, as_of: Day, environment: [u8; 32]) -> DecidedBatch {
        DecidedBatch {
            id: self.place.batch,
            as_of,
            known_at: self.place.known_at,
            header: self.header,
            root: record::root(head, &self.commitments).0,
            previous_root: head.0,
            decisions: self.decisions,
            environment,
        }
    }
}

async fn write<'a>(
    batches: Batches<'a>,
    batch: &DecidedBatch,
    report: &mut RunReport,
) -> Result<Batches<'a>, RunError> {
    phase("writing");
    report.count(&batch.decisions);
    let (batches, written) = batches.write(batch).await?;
    report.repeated = report.repeated.saturating_add(written.refused.len() as u64);
    report.withdrawn = report.withdrawn.saturating_add(written.withdrawn.len() as u64);
    Ok(batches)
}

/// The next batch, unless others who write would wait long for it.
async fn soon(
    next: impl Future<Output = Result<Option<Computed>, RunError>>,
) -> Result<Option<Computed>, RunError> {
    tokio::time::timeout(SOON, next).await.unwrap_or(Ok(None))
}

impl RunReport {
    fn add(&mut self, other: Self) {
        self.decided = self.decided.saturating_add(other.decided);
        self.held.extend(other.held);
        for (state, number) in other.actions {
            let count = self.actions.entry(state).or_default();
            *count = count.saturating_add(number);
        }
        self.repeated = self.repeated.saturating_add(other.repeated);
        self.withdrawn = self.withdrawn.saturating_add(other.withdrawn);
    }

    fn count(&mut self, decisions: &[Decision]) {
        for decision in decisions {
            if let Some(why) = &decision.held {
                self.held.insert(decision.debtor, why.clone());
            }
            for action in &decision.actions {
                let count = self.actions.entry(action.state).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
}

/// Everything beside a debtor's facts that a decision can depend on. The day, and how far the bank is booked, are
/// covered by the next look.
fn environment(policies: &Policies, settings: &TenantSettings) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(policies.digest().as_bytes());
    hasher.update(serde_json::to_string(settings).unwrap_or_default().as_bytes());
    hasher.finalize().into()
}

/// What a task needs to decide a batch.
struct Work {
    policies: Arc<Policies>,
    settings: Arc<TenantSettings>,
    context: Arc<Context>,
    /// What rests because a person rejected it.
    rejected: Arc<HashMap<DebtorId, Vec<ActionId>>>,
    tenant: TenantStore,
    place: Place,
}

impl Work {
    /// Reads the facts of a batch and decides it.
    async fn batch(self, rows: Vec<Row>) -> Result<Computed, RunError> {
        // What is kept while this reads belongs to the next decision, and a replay must find the same facts.
        let pages: Vec<(DebtorId, i64)> = rows.iter().map(|row| (row.debtor, row.fact_version)).collect();
        let facts = self.tenant.facts_of_through(&pages).await?;
        let job = move || self.compute(&rows, &facts);
        tokio::task::spawn_blocking(job)
            .await
            .map_err(|error| RunError::Worker(error.to_string()))?
    }

    fn compute(&self, rows: &[Row], facts: &[(DebtorId, Vec<Fact>)]) -> Result<Computed, RunError> {
        phase("deciding");
        let today = Day(self.context.today);
        let stand = |facts| snapshot(facts, self.settings.currency, today, self.place.known_at);
        let due: Vec<Due<'_>> = facts
            .iter()
            .map(|(debtor, facts)| Due {
                debtor: *debtor,
                snapshot: stand(facts),
                rejected: self.rejected.get(debtor).map(|actions| Rejected {
                    tenant: self.tenant.id(),
                    actions: actions.clone(),
                }),
            })
            .collect();
        let decided = decide(&*self.policies, &self.context, &due)?;
        let header = record::header(&*self.context);
        let context = Digest::of(&header);
        let mut decisions = Vec::with_capacity(decided.len());
        let mut commitments = Vec::with_capacity(decided.len());
        for (position, ((one, due), row)) in (0..).zip(decided.iter().zip(&due).zip(rows)) {
            let written = record::write(
                &self.policies,
                (&self.context, context),
                self.place,
                position,
                one,
            );
            commitments.push(written.commitment);
            decisions.push(self.decision(position, one, &due.snapshot, row, written)?);
        }
        Ok(Computed {
            place: self.place,
            header,
            commitments,
            decisions,
        })
    }

    fn decision(
        &self,
        position: u32,
        one: &Decided,
        snapshot: &Snapshot<'_>,
        row: &Row,
        written: record::Written,
    ) -> Result<Decision, RunError> {
        let segment = one
            .segment()
            .map(|segment| segment.key.clone())
            .unwrap_or_default();
        let rank = one.segment().map_or(0, |segment| segment.rank);
        let actions = new_actions(
            self.tenant.id(),
            one.debtor,
            snapshot,
            &one.guarded,
            &segment,
            rank,
        )?;
        let led_somewhere = !actions.is_empty() || one.held.is_some();
        Ok(Decision {
            debtor: one.debtor,
            position,
            decided_version: row.fact_version,
            record: written.commitment.0.to_vec(),
            views: led_somewhere.then(|| written.views()),
            payload: written.payload,
            next_look: one.next_look,
            held: one.held.as_ref().map(ToString::to_string),
            digest: digest(one, snapshot, segment),
            judged: judged(one, snapshot, self.place.known_at),
            // A debtor that could not be decided keeps what was decided before.
            withdraw: one.held.is_none(),
            actions,
        })
    }
}

fn digest(one: &Decided, snapshot: &Snapshot<'_>, segment: String) -> DebtorDigest {
    let totals = snapshot.account.totals;
    let goes_on = one.guarded.iter().any(|guarded| guarded.stopped.is_none());
    let stopped = one.held.is_some() || one.guarded.iter().any(|guarded| guarded.stopped.is_some());
    DebtorDigest {
        currency: snapshot.home,
        open: totals.open.minor,
        overdue: totals.overdue.minor,
        held: if stopped && !goes_on {
            totals.overdue.minor
        } else {
            0
        },
        segment,
    }
}

/// What was established about the debtor, where it differs from what is in force. It is known just after the
/// decision, so that the decision itself can be made again from the facts before it.
pub fn judged(one: &Decided, snapshot: &Snapshot<'_>, known_at: Moment) -> Option<Fact> {
    let segment = one.segment()?;
    let credit = one.credit_decision();
    let in_force = snapshot.judged;
    let home = snapshot.home;
    let judgement = Judgement {
        segment: segment.key.clone(),
        willingness: views::willingness_of(segment.willingness),
        verdict: credit.map(|credit| views::verdict_of(credit.verdict)),
        limit: credit
            .and_then(|credit| credit.limit)
            .map(|limit| views::money(limit, home)),
        hold: one.holds_deliveries(in_force.is_some_and(|judged| judged.hold)),
        review_on: credit.map(|credit| Day(credit.next_review)),
    };
    // A review that was held is over, whatever came of it; the next one is on another day.
    let held = in_force.is_some_and(|judged| judged.review_on.is_none_or(|on| on <= snapshot.as_of));
    let reviewed = held && judgement.review_on.is_some();
    let same = in_force.is_some_and(|judged| {
        judged.segment == judgement.segment
            && judged.willingness == judgement.willingness
            && judged.verdict == judgement.verdict
            && judged.limit == judgement.limit
            && judged.hold == judgement.hold
    });
    (!same || reviewed).then(|| Fact {
        happened: snapshot.as_of,
        known: Known::At(Moment(known_at.0.saturating_add(1))),
        body: Body::Judged(judgement),
    })
}
