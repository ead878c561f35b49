//! The nearest changes that would change what happens, each found by a run of the policies.

use maan_ledger::{Day, Fact, Snapshot};
use serde::Serialize;

use super::imagined::bodies;
use super::levers::{self, Lever, Now};
use super::outcome::{Change, Facet, Outcome, Step};
use super::payments;
use super::stage::{Played, Stage};
use crate::RunError;
use crate::policies::Answers;

/// A change that would change what happens.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flip {
    /// What is imagined.
    #[serde(flatten)]
    pub lever: Lever,
    /// How what happens then differs from what happens now.
    pub changes: Vec<Change>,
    /// What happens then.
    pub outcome: Outcome,
    /// What is imagined, in words.
    pub when: String,
    /// What differs, in words.
    pub then: String,
}

/// A flip before it is put into words.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) lever: Lever,
    pub(crate) changes: Vec<Change>,
    pub(crate) outcome: Outcome,
}

/// What comes by itself.
pub(crate) struct Coming {
    pub(crate) on: Day,
    pub(crate) steps: Vec<Step>,
}

/// What would change today, and what comes when nothing does.
pub(crate) struct Study {
    pub(crate) now: Played,
    /// The nearest first.
    pub(crate) found: Vec<Found>,
    /// What comes next by itself, once what goes on today is done.
    pub(crate) next: Option<Coming>,
    /// The first step of a higher level that comes then.
    pub(crate) stronger: Option<Coming>,
}

impl Study {
    /// Whether the bank lags so far behind that it matters.
    pub(super) fn bank_is_behind(&self) -> bool {
        let books = |found: &Found| matches!(found.lever, Lever::BankBooked { .. });
        self.found
            .iter()
            .any(|found| books(found) && found.changes_a_step())
    }
}

impl Found {
    pub(super) fn new(lever: Lever, then: Played, now: &Played) -> Self {
        Self {
            lever,
            changes: then.outcome.changes(&now.outcome),
            outcome: then.outcome,
        }
    }

    /// How large the change is: minor units or days; what happens or does not has one size.
    pub(super) fn size(&self) -> i64 {
        match &self.lever {
            Lever::Paid { amount, .. } => amount.minor,
            Lever::Later { days, .. } => i64::from(*days),
            _ => 1,
        }
    }

    /// Whether it changes more than what its lever changes as a matter of course.
    fn turns(&self) -> bool {
        let about_items = self.lever.is_about_items();
        self.changes.iter().any(|change| change.turns() || !about_items)
    }

    /// Whether something else is done, and not only thought of the debtor.
    fn changes_a_step(&self) -> bool {
        self.changes.iter().any(|change| change.facet() == Facet::Steps)
    }

    /// Levers of one kind stand beside each other; the nearest of each kind comes first.
    fn kind(&self) -> std::mem::Discriminant<Lever> {
        std::mem::discriminant(&self.lever)
    }

    /// Whether a nearer one of the same kind does the same already: a smaller payment, a dispute of an older item.
    fn is_like(&self, nearer: &Found) -> bool {
        matches!(self.lever, Lever::Paid { .. } | Lever::Disputed { .. })
            && self.kind() == nearer.kind()
            && self.changes.len() == nearer.changes.len()
            && self
                .changes
                .iter()
                .zip(&nearer.changes)
                .all(|(one, other)| one.is_like(other))
    }
}

/// Plays everything that can be imagined; nothing where a policy cannot even answer about what is known.
pub(crate) fn study<A: Answers>(stage: &Stage<'_, A>) -> Result<Study, RunError> {
    let snapshot = stage.snapshot();
    let now = stage.now()?;
    if now.outcome.undecided.is_some() {
        return Ok(Study {
            now,
            found: vec![],
            next: None,
            stronger: None,
        });
    }
    let mut found = payments::smallest(stage, &snapshot, &now)?;
    found.extend(later(stage, &now)?);
    found.extend(tried(stage, &snapshot, &now)?);
    found.retain(Found::turns);
    let (next, stronger) = coming(stage, &now)?;
    Ok(Study {
        found: nearest_first(found),
        next,
        stronger,
        now,
    })
}

/// The first day on which something changes though nothing becomes known and nobody does anything.
fn later<A: Answers>(stage: &Stage<'_, A>, now: &Played) -> Result<Option<Found>, RunError> {
    let mut first = None;
    stage.play(now, vec![], |on, played| {
        let days = on.since(stage.today);
        let found = Found::new(Lever::Later { on, days }, played, now);
        first = Some(found).filter(Found::turns);
        first.is_some()
    })?;
    Ok(first)
}

/// Every lever of the table, in one call; the books of the bank hold for all debtors and are asked apart.
fn tried<A: Answers>(
    stage: &Stage<'_, A>,
    snapshot: &Snapshot<'_>,
    now: &Played,
) -> Result<Vec<Found>, RunError> {
    let booked = stage.booked_through();
    let levers = levers::all(&Now { snapshot, booked });
    let (books, facts): (Vec<Lever>, Vec<Lever>) = levers
        .into_iter()
        .partition(|lever| matches!(lever, Lever::BankBooked { .. }));
    let mut found = Vec::new();
    for lever in books {
        if let Lever::BankBooked { through } = lever {
            found.push(Found::new(lever, stage.booked(through)?, now));
        }
    }
    let imagined: Vec<Vec<Fact>> = facts
        .iter()
        .map(|lever| imagined(stage, snapshot, lever))
        .collect();
    let played = stage.imagine(&imagined)?;
    let others = facts.into_iter().zip(played);
    found.extend(others.map(|(lever, played)| Found::new(lever, played, now)));
    Ok(found)
}

fn imagined<A: Answers>(stage: &Stage<'_, A>, snapshot: &Snapshot<'_>, lever: &Lever) -> Vec<Fact> {
    let bodies = bodies(lever, snapshot);
    bodies.into_iter().map(|body| stage.fact(body)).collect()
}

/// The nearest of each kind of lever, then the second of each, and so on, without those that add nothing. What changes
/// a step comes before what changes only trust or the segment.
fn nearest_first(found: Vec<Found>) -> Vec<Found> {
    let mut ranked: Vec<(usize, Found)> = Vec::with_capacity(found.len());
    for one in found {
        if ranked.iter().any(|(_, nearer)| one.is_like(nearer)) {
            continue;
        }
        let rank = ranked
            .iter()
            .filter(|(_, other)| other.kind() == one.kind())
            .count();
        ranked.push((rank, one));
    }
    ranked.sort_by_key(|(rank, one)| (!one.changes_a_step(), *rank));
    ranked.into_iter().map(|(_, found)| found).collect()
}

/// What comes next, and the first step of a higher level, once what goes on today is done and nothing else happens.
fn coming<A: Answers>(
    stage: &Stage<'_, A>,
    now: &Played,
) -> Result<(Option<Coming>, Option<Coming>), RunError> {
    let lasting: Vec<&Step> = now.outcome.going().filter(|step| step.is_task()).collect();
    let level = now.outcome.level();
    let (mut next, mut stronger) = (None, None);
    stage.play(now, now.done.clone(), |on, played| {
        let new = |step: &&Step| !lasting.iter().any(|lasting| lasting.is(step));
        let steps: Vec<Step> = played.outcome.going().filter(new).cloned().collect();
        let higher: Vec<Step> = steps.iter().filter(|step| step.level > level).cloned().collect();
        let coming = |steps: Vec<Step>| (!steps.is_empty()).then_some(Coming { on, steps });
        next = next.take().or_else(|| coming(steps));
        stronger = stronger.take().or_else(|| coming(higher));
        stronger.is_some()
    })?;
    Ok((next, stronger))
}
