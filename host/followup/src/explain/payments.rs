//! The smallest payment that changes what happens, found in some rounds of many amounts each: as bisection does, with
//! more than one cut at a time, because policies answer many cases in one call.

use maan_ledger::{Currency, Fact, Money, Snapshot};

use super::flips::Found;
use super::imagined::bodies;
use super::levers::{ITEMS, Lever, Part, payable};
use super::outcome::{Change, Facet};
use super::stage::{Played, Stage};
use crate::RunError;
use crate::policies::Answers;

/// Amounts that are tried at once between one that changes nothing and one that does.
const CUTS: i64 = 15;

/// What money can be booked on, and what is looked for.
struct Search {
    /// Items in the order in which money is booked on them, with what is open.
    on: Vec<Part>,
    facet: Facet,
    /// So much changes nothing.
    low: i64,
    /// So much changes something, with what comes of it.
    high: i64,
    found: Played,
}

/// The smallest payments that change what is done, the credit check or the segment: on single items, and on all of
/// them from the oldest on.
pub(super) fn smallest<A: Answers>(
    stage: &Stage<'_, A>,
    snapshot: &Snapshot<'_>,
    now: &Played,
) -> Result<Vec<Found>, RunError> {
    let mut searches = begin(stage, snapshot, now)?;
    while searches.iter().any(Search::is_open) {
        round(stage, snapshot, now, &mut searches)?;
    }
    let mut found: Vec<Found> = Vec::with_capacity(searches.len());
    for one in searches.into_iter().map(|search| search.end(now)) {
        if found.iter().all(|other| other.lever != one.lever) {
            found.push(one);
        }
    }
    found.sort_by_key(Found::size);
    Ok(found)
}

/// The searches that can end well: where paying everything changes something.
fn begin<A: Answers>(
    stage: &Stage<'_, A>,
    snapshot: &Snapshot<'_>,
    now: &Played,
) -> Result<Vec<Search>, RunError> {
    let items = payable(snapshot);
    let in_home = |part: &&Part| part.amount.currency == snapshot.home;
    let all: Vec<Part> = items.iter().filter(in_home).cloned().collect();
    let single = items
        .iter()
        .take(ITEMS)
        .map(|part| (vec![part.clone()], vec![Facet::Steps]));
    let together = (all, vec![Facet::Steps, Facet::Credit, Facet::Segment]);
    let wanted: Vec<(Vec<Part>, Vec<Facet>)> = single
        .chain([together])
        .filter(|(on, _)| !on.is_empty())
        .collect();
    let whole: Vec<Vec<Fact>> = wanted
        .iter()
        .map(|(on, _)| facts(stage, snapshot, on.clone()))
        .collect();
    let played = stage.imagine(&whole)?;
    let mut searches = Vec::new();
    for ((on, facets), played) in wanted.into_iter().zip(played) {
        let high = on
            .iter()
            .fold(0_i64, |sum, part| sum.saturating_add(part.amount.minor));
        for facet in facets.into_iter().filter(|facet| turns(&played, now, *facet)) {
            searches.push(Search {
                on: on.clone(),
                facet,
                low: 0,
                high,
                found: played.clone(),
            });
        }
    }
    Ok(searches)
}

/// Narrows every search that is not at its end, all in one call.
fn round<A: Answers>(
    stage: &Stage<'_, A>,
    snapshot: &Snapshot<'_>,
    now: &Played,
    searches: &mut [Search],
) -> Result<(), RunError> {
    let cuts: Vec<Vec<i64>> = searches.iter().map(Search::cuts).collect();
    let asked: Vec<Vec<Fact>> = searches
        .iter()
        .zip(&cuts)
        .flat_map(|(search, cuts)| {
            cuts.iter()
                .map(|cut| facts(stage, snapshot, parts(&search.on, *cut)))
        })
        .collect();
    let mut played = stage.imagine(&asked)?.into_iter();
    for (search, cuts) in searches.iter_mut().zip(cuts) {
        let tried: Vec<(i64, Played)> = cuts.into_iter().zip(played.by_ref()).collect();
        search.narrow(tried, now);
    }
    Ok(())
}

impl Search {
    /// Whether an amount lies between the two that nobody has tried.
    fn is_open(&self) -> bool {
        self.high.saturating_sub(self.low) > 1
    }

    /// Amounts between the two, evenly.
    fn cuts(&self) -> Vec<i64> {
        let width = self.high.saturating_sub(self.low);
        let cuts = CUTS.min(width.saturating_sub(1));
        let cut = |place: i64| {
            let offset = i128::from(width) * i128::from(place) / i128::from(cuts.saturating_add(1));
            self.low.saturating_add(i64::try_from(offset).unwrap_or(width))
        };
        (1..=cuts).map(cut).collect()
    }

    fn narrow(&mut self, tried: Vec<(i64, Played)>, now: &Played) {
        for (amount, played) in tried {
            if turns(&played, now, self.facet) {
                (self.high, self.found) = (amount, played);
                return;
            }
            self.low = amount;
        }
    }

    fn end(self, now: &Played) -> Found {
        let parts = parts(&self.on, self.high);
        let currency = parts.first().map_or(Currency::EUR, |part| part.amount.currency);
        let amount = Money::new(self.high, currency);
        Found::new(Lever::Paid { amount, parts }, self.found, now)
    }
}

/// Whether something of the facet changes, beyond that less is asked.
fn turns(played: &Played, now: &Played, facet: Facet) -> bool {
    let changes = played.outcome.changes(&now.outcome);
    changes
        .iter()
        .any(|change: &Change| change.turns() && change.facet() == facet)
}

/// An amount booked on items in their order.
fn parts(on: &[Part], amount: i64) -> Vec<Part> {
    let mut rest = amount;
    let mut parts = Vec::new();
    for part in on {
        let minor = rest.min(part.amount.minor);
        if minor <= 0 {
            break;
        }
        rest = rest.saturating_sub(minor);
        parts.push(Part {
            amount: Money::new(minor, part.amount.currency),
            ..part.clone()
        });
    }
    parts
}

fn facts<A: Answers>(stage: &Stage<'_, A>, snapshot: &Snapshot<'_>, parts: Vec<Part>) -> Vec<Fact> {
    let amount = Money::zero(snapshot.home);
    let bodies = bodies(&Lever::Paid { amount, parts }, snapshot);
    bodies.into_iter().map(|body| stage.fact(body)).collect()
}
