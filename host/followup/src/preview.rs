//! What a run would propose, without writing anything.

use std::collections::BTreeMap;

use maan_ledger::{Day, DebtorId, Level, Moment, snapshot};

use crate::RunError;
use crate::context::context;
use crate::decide::{Due, decide};
use crate::followup::Followup;
use crate::guard::Guarded;
use crate::policies::Policies;

/// Debtors read at a time.
const BATCH: usize = 256;

/// What is proposed for each debtor for whom something is.
pub type Proposed = BTreeMap<DebtorId, Vec<Guarded>>;

impl Followup {
    /// Decides every debtor for a day as it was known at a moment, and writes nothing.
    ///
    /// # Errors
    /// The database or the policies.
    pub async fn preview(
        &self,
        policies: &Policies,
        as_of: Day,
        known_at: Moment,
    ) -> Result<Proposed, RunError> {
        let settings = self.tenant.settings().await?;
        let administration = self.tenant.administration_facts().await?;
        let known: Vec<_> = administration
            .into_iter()
            .filter(|fact| fact.known.moment() <= known_at)
            .collect();
        let context = context(&settings, &self.calendar(&settings), &known, as_of);
        let mut proposed = Proposed::new();
        let debtors = self.tenant.debtor_ids().await?;
        for chunk in debtors.chunks(BATCH) {
            let facts = self.tenant.facts_of(chunk).await?;
            let due: Vec<Due<'_>> = facts
                .iter()
                .map(|(debtor, facts)| Due {
                    debtor: *debtor,
                    snapshot: snapshot(facts, settings.currency, as_of, known_at),
                    rejected: None,
                })
                .collect();
            let decided = tokio::task::block_in_place(|| decide(policies, &context, &due))?;
            let some = decided.into_iter().filter(|one| !one.guarded.is_empty());
            proposed.extend(some.map(|one| (one.debtor, one.guarded)));
        }
        Ok(proposed)
    }
}

/// What matters of a proposal when two runs are compared: not its words, but what the debtor gets and when.
fn effect(guarded: &Guarded) -> (Level, &'static str, bool, Vec<maan_ledger::ItemId>) {
    let kind = crate::actions::kind_name(guarded.proposal.kind);
    (
        guarded.level(),
        kind,
        guarded.stopped.is_some(),
        guarded.items.clone(),
    )
}

/// How two runs over the same debtors differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Comparison {
    /// Debtors who get something else.
    pub changed: Vec<DebtorId>,
    /// Actions by step, first in one run and then in the other.
    pub steps: BTreeMap<String, (u64, u64)>,
}

/// Compares two runs.
pub fn compare(one: &Proposed, other: &Proposed) -> Comparison {
    let mut comparison = Comparison::default();
    let debtors: std::collections::BTreeSet<&DebtorId> = one.keys().chain(other.keys()).collect();
    for debtor in debtors {
        let effects = |run: &Proposed| -> Vec<_> {
            let guarded = run.get(debtor).into_iter().flatten();
            guarded.flat_map(Guarded::parts).map(effect).collect()
        };
        let (before, after) = (effects(one), effects(other));
        let count = |steps: &mut BTreeMap<String, (u64, u64)>, effects: &[_], second: bool| {
            for (level, kind, stopped, _) in effects {
                let step: &(Level, &'static str, bool) = &(*level, *kind, *stopped);
                let name = match step.0 {
                    Level::None => step.1.replace('-', " "),
                    level => crate::level_name(level).to_owned(),
                };
                let name = if step.2 { format!("{name}, stopped") } else { name };
                let counts = steps.entry(name).or_default();
                let counted = if second { &mut counts.1 } else { &mut counts.0 };
                *counted = counted.saturating_add(1);
            }
        };
        count(&mut comparison.steps, &before, false);
        count(&mut comparison.steps, &after, true);
        if before != after {
            comparison.changed.push(*debtor);
        }
    }
    comparison
}
