//! Which of several facts about the same thing holds. Every order is total over the facts themselves, so that
//! the order in which they arrive never matters.

use std::cmp::Ordering;

use crate::{Day, Fact};

/// A fact and the part of it that a fold works on.
pub(super) struct Row<'a, T: ?Sized> {
    pub(super) fact: &'a Fact,
    pub(super) body: &'a T,
}

impl<T: ?Sized> Clone for Row<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Row<'_, T> {}

/// Later known is greater; then the later day, then the greater bytes.
pub(super) fn by_known(a: &Fact, b: &Fact) -> Ordering {
    let key = |fact: &Fact| (fact.known.moment(), fact.happened);
    key(a).cmp(&key(b)).then_with(|| by_bytes(a, b))
}

/// The later day is greater; then later known, then the greater bytes.
pub(super) fn by_day(a: &Fact, b: &Fact) -> Ordering {
    let key = |fact: &Fact| (fact.happened, fact.known.moment());
    key(a).cmp(&key(b)).then_with(|| by_bytes(a, b))
}

/// The description that holds on a day is greatest: of those that had happened the one known last, and when
/// none had, the first of those to come.
pub(super) fn by_description(as_of: Day) -> impl Fn(&Fact, &Fact) -> Ordering {
    move |a, b| match (a.happened <= as_of, b.happened <= as_of) {
        (true, true) => by_known(a, b),
        (false, false) => b.happened.cmp(&a.happened).then_with(|| by_known(a, b)),
        (a, b) => a.cmp(&b),
    }
}

fn by_bytes(a: &Fact, b: &Fact) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let bytes = |fact: &Fact| minicbor::to_vec(fact).unwrap_or_default();
    bytes(a).cmp(&bytes(b))
}

/// Keeps for each key the fact that is greatest in `order`; the rest comes out sorted by key.
pub(super) fn keep_greatest<'a, T: ?Sized, K: Ord>(
    rows: &mut Vec<Row<'a, T>>,
    key: impl Fn(&'a T) -> K,
    order: impl Fn(&Fact, &Fact) -> Ordering,
) {
    rows.sort_unstable_by(|a, b| key(a.body).cmp(&key(b.body)).then_with(|| order(b.fact, a.fact)));
    rows.dedup_by(|next, kept| key(next.body) == key(kept.body));
}

/// Puts facts without an identity of their own in order by day and drops exact repetitions.
pub(super) fn keep_distinct<T: ?Sized>(rows: &mut Vec<Row<'_, T>>) {
    rows.sort_unstable_by(|a, b| by_day(a.fact, b.fact));
    rows.dedup_by(|next, kept| next.fact == kept.fact);
}

/// Replaces what is held when the fact is greater in `order`.
pub(super) fn keep<'a, T: ?Sized>(
    held: &mut Option<Row<'a, T>>,
    row: Row<'a, T>,
    order: impl Fn(&Fact, &Fact) -> Ordering,
) {
    if held.is_none_or(|held| order(row.fact, held.fact) == Ordering::Greater) {
        *held = Some(row);
    }
}
