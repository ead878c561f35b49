//! Work for people is joined as messages are: one piece of a kind for a debtor, and no more at once than gets done.

use maan_policy_host::contract::{ActionKind, Particulars, Proposal};

use super::join::add;
use super::{Guarded, Stopped, reason};

/// Pieces of work for one debtor that may be open at once. What a policy finds beyond that comes up once these are
/// done.
const MOST: usize = 3;

/// Joins work of one kind, and stops what is more than gets done at once; what a policy puts first comes first.
pub(super) fn in_measure(guarded: &mut Vec<Guarded>) {
    let mut kept: Vec<Guarded> = Vec::with_capacity(guarded.len());
    let mut open = 0_usize;
    for mut one in guarded.drain(..) {
        let what = work(&one.proposal).filter(|_| one.stopped.is_none());
        if what.is_none() {
            kept.push(one);
            continue;
        }
        let same = kept
            .iter_mut()
            .find(|other| other.stopped.is_none() && work(&other.proposal) == what);
        if let Some(other) = same {
            other.add_work(one);
            continue;
        }
        if open == MOST {
            one.stopped = Some(Stopped::Host(reason("enough-work", vec![])));
        } else {
            open = open.saturating_add(1);
        }
        kept.push(one);
    }
    *guarded = kept;
}

/// What kind of work it is, where it is some.
fn work(proposal: &Proposal) -> Option<&str> {
    match (proposal.kind, &proposal.particulars) {
        (ActionKind::Task, Particulars::Task(code)) => Some(code),
        (ActionKind::Task, _) => Some(""),
        (ActionKind::OrderReport, _) => Some("order-report"),
        _ => None,
    }
}

impl Guarded {
    fn add_work(&mut self, other: Guarded) {
        let (mine, its) = (&mut self.proposal, other.proposal);
        for (id, place) in other.items.into_iter().zip(its.items) {
            if !self.items.contains(&id) {
                self.items.push(id);
                mine.items.push(place);
            }
        }
        mine.earliest = mine.earliest.min(its.earliest);
        mine.latest = mine.latest.max(its.latest);
        add(&mut mine.reasons, its.reasons);
        add(&mut self.articles, other.articles);
        add(&mut self.reasons, other.reasons);
    }
}
