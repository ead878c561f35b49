//! What is kept of a decision, so that it can be made again.
//!
//! The plain part of a decision is only a commitment; the record itself, with the salt of that commitment, is
//! sealed with the debtor's key. When the key is destroyed the record is gone and the chain stays whole.

use maan_ledger::Moment;
use maan_policy_host::Digest;
use maan_policy_host::contract::{self, Context, Slot};
use maan_policy_host::record::{Record, Run, chain, read_view, view};
use serde::Serialize;
use serde_bytes::ByteBuf;
use uuid::Uuid;

use crate::RunError;
use crate::decide::{Asked, Decided};
use crate::policies::Policies;

/// Bytes of a commitment's salt, at the head of the sealed part.
const SALT: usize = 32;

/// A decision as it is stored.
pub(crate) struct Written {
    /// The commitment, plain.
    pub(crate) commitment: Digest,
    /// Salt and record, to be sealed.
    pub(crate) payload: Vec<u8>,
    cases: Vec<(Slot, ByteBuf)>,
}

impl Written {
    /// The cases that the slots saw, to be sealed where they are kept.
    pub(crate) fn views(&self) -> Vec<u8> {
        view(&self.cases)
    }
}

/// Where and when a batch is decided.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) batch: Uuid,
    pub(crate) known_at: Moment,
}

/// Writes down one decision of a batch.
pub(crate) fn write(
    policies: &Policies,
    context: (&Context, Digest),
    at: Place,
    position: u32,
    decided: &Decided,
) -> Written {
    let (context, context_digest) = context;
    let mut shown = Shown {
        runs: Vec::with_capacity(4),
        cases: Vec::with_capacity(4),
    };
    shown.add(
        &policies.segmentation,
        context_digest,
        Some(&decided.segmentation),
    );
    shown.add(&policies.credit_check, context_digest, decided.credit.as_ref());
    shown.add(&policies.workflow, context_digest, decided.workflow.as_ref());
    shown.add(&policies.statute, context_digest, decided.statute.as_ref());
    let record = Record {
        contract: contract::VERSION.to_owned(),
        fuel_schedule: maan_policy_host::FUEL_SCHEDULE,
        as_of: context.today,
        known_at: at.known_at.0,
        batch: *at.batch.as_bytes(),
        position,
        runs: shown.runs,
    };
    let salt: [u8; SALT] = rand::random();
    let bytes = record.encode();
    let commitment = chain::commitment(&salt, &bytes);
    Written {
        commitment,
        payload: [&salt, bytes.as_slice()].concat(),
        cases: shown.cases,
    }
}

struct Shown {
    runs: Vec<Run>,
    cases: Vec<(Slot, ByteBuf)>,
}

impl Shown {
    fn add<S: maan_policy_host::Slot>(
        &mut self,
        policy: &maan_policy_host::Policy<S>,
        context: Digest,
        asked: Option<&Asked<S::Case, S::Outcome>>,
    ) {
        let Some(asked) = asked else { return };
        let case = view(&asked.case);
        self.runs
            .push(Run::new(policy, context, Digest::of(&case), &asked.decision));
        self.cases.push((S::SLOT, ByteBuf::from(case)));
    }
}

/// The root of a batch.
pub(crate) fn root(previous: Digest, commitments: &[Digest]) -> Digest {
    chain::root(Some(previous), commitments)
}

/// The record in a sealed part that was opened, and whether its commitment is `commitment`.
pub(crate) fn read(payload: &[u8], commitment: Digest) -> Result<(Record, bool), RunError> {
    let (salt, bytes) = payload
        .split_first_chunk::<SALT>()
        .ok_or_else(|| damaged("it is cut off".into()))?;
    let record = Record::decode(bytes).map_err(|error| damaged(error.to_string()))?;
    Ok((record, chain::commitment(salt, bytes) == commitment))
}

/// The cases that were kept, by slot.
pub(crate) fn read_cases(views: &[u8]) -> Result<Vec<(Slot, ByteBuf)>, RunError> {
    read_view(views).map_err(|error| damaged(error.to_string()))
}

/// The bytes of a context, kept plain with its batch.
pub(crate) fn header<C: Serialize>(context: &C) -> Vec<u8> {
    view(context)
}

fn damaged(why: String) -> RunError {
    RunError::Unreadable {
        what: "a decision record",
        why,
    }
}
