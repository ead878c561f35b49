//! One payer, one conversation, one message: what may go together becomes one message that carries many obligations,
//! each item at its own level. What may not waits, and says why.

use std::cmp::Reverse;

use maan_ledger::{Currency, ItemId, Level, Snapshot};
use maan_policy_host::contract::{ActionKind, Automation, Proposal, Reason};

use super::{Guarded, Stopped, is_notice, leaves, reason};
use crate::views::{self, level_of};

/// Joins the messages, and likewise the calls. Of several that may not go together the highest level goes. What was
/// stopped or `rejected` takes no part, and so silences only its own items.
pub(super) fn one_conversation(
    snapshot: &Snapshot<'_>,
    guarded: &mut Vec<Guarded>,
    rejected: impl Fn(&Guarded) -> bool,
) {
    converse(snapshot, guarded, &rejected, leaves);
    converse(snapshot, guarded, &rejected, |proposal| {
        proposal.kind == ActionKind::Call
    });
}

fn converse(
    snapshot: &Snapshot<'_>,
    guarded: &mut Vec<Guarded>,
    rejected: impl Fn(&Guarded) -> bool,
    speaks: fn(&Proposal) -> bool,
) {
    let goes = |one: &Guarded| one.stopped.is_none() && speaks(&one.proposal) && !rejected(one);
    if guarded.iter().filter(|one| goes(one)).count() < 2 {
        return;
    }
    let placed = std::mem::take(guarded).into_iter().enumerate();
    let (mut speaking, mut others): (Vec<_>, Vec<_>) = placed.partition(|(_, one)| goes(one));
    speaking.sort_by_key(|(place, one)| (Reverse(one.level()), *place));
    let mut speaking = speaking.into_iter();
    if let Some((first, mut lead)) = speaking.next() {
        for (place, other) in speaking {
            match obstacle(snapshot, &lead, &other) {
                None => lead.take_in(other),
                Some(why) => others.push((place, waiting(other, why))),
            }
        }
        others.push((first, lead.leaving_as_one()));
    }
    others.sort_by_key(|(place, _)| *place);
    guarded.extend(others.into_iter().map(|(_, one)| one));
}

fn waiting(one: Guarded, why: &str) -> Guarded {
    Guarded {
        stopped: Some(Stopped::Host(reason(why, vec![]))),
        ..one
    }
}

/// Codes of why something waits for what is said to the debtor today.
const WAITS: [&str; 7] = [
    "waits-for-what-stands-alone",
    "stands-alone",
    "not-due-yet",
    "other-addressee",
    "other-channel",
    "other-currency",
    "other-hours",
];

/// Whether it may go another day.
pub(super) fn waits(reason: &Reason) -> bool {
    let code = reason.code.strip_prefix("host.");
    code.is_some_and(|code| WAITS.contains(&code))
}

/// Whether a message can be part of another.
pub(crate) fn may_join(snapshot: &Snapshot<'_>, lead: &Guarded, other: &Guarded) -> bool {
    obstacle(snapshot, lead, other).is_none()
}

/// Why a message cannot be part of another.
fn obstacle(snapshot: &Snapshot<'_>, lead: &Guarded, other: &Guarded) -> Option<&'static str> {
    let (to, of) = (&lead.proposal, &other.proposal);
    let [stands, waits, notice, addressee, channel, currency, hours] = [
        (stands_alone(other), "stands-alone"),
        (stands_alone(lead), "waits-for-what-stands-alone"),
        (is_notice(lead.level()) != is_notice(other.level()), "not-due-yet"),
        (lead.addressee != other.addressee, "other-addressee"),
        (to.channel != of.channel, "other-channel"),
        (
            currency(snapshot, lead) != currency(snapshot, other),
            "other-currency",
        ),
        (!meet(to, of), "other-hours"),
    ];
    let all = [stands, waits, notice, addressee, channel, currency, hours];
    all.into_iter().find_map(|(holds, why)| holds.then_some(why))
}

/// An offer, a courtesy, and a letter with legal effect: one that makes a demand formal, names charges, or holds
/// words that the law requires.
fn stands_alone(one: &Guarded) -> bool {
    let dunning = matches!(one.proposal.kind, ActionKind::Message | ActionKind::Call)
        && one.level() != Level::None
        && one.level() < Level::FormalNotice;
    let charged = one
        .charges
        .as_ref()
        .is_some_and(|charges| charges.costs > 0 || charges.lump_sum > 0 || charges.interest > 0);
    !dunning || charged || !one.phrases.is_empty()
}

fn currency(snapshot: &Snapshot<'_>, one: &Guarded) -> Option<Currency> {
    let first = one.items.first()?;
    Some(snapshot.item(*first)?.open.currency)
}

/// Whether there is a day and an hour at which both may leave.
fn meet(one: &Proposal, other: &Proposal) -> bool {
    let days = one.earliest.max(other.earliest) <= one.latest.min(other.latest);
    days && one.from_minute.max(other.from_minute) < one.to_minute.min(other.to_minute)
}

impl Guarded {
    /// Takes another message in. An item is asked for once, at its highest level.
    fn take_in(&mut self, mut other: Guarded) {
        other.leave_out(self);
        if other.items.is_empty() {
            return;
        }
        let (mine, its) = (&mut self.proposal, &other.proposal);
        mine.earliest = mine.earliest.max(its.earliest);
        mine.latest = mine.latest.min(its.latest);
        mine.from_minute = mine.from_minute.max(its.from_minute);
        mine.to_minute = mine.to_minute.min(its.to_minute);
        mine.automation = more_careful(mine.automation, its.automation);
        let level = other.level();
        if level == self.level() {
            return self.merge(other);
        }
        match self.also.iter_mut().find(|part| part.level() == level) {
            Some(part) => part.merge(other),
            None => self.also.push(other),
        }
    }

    /// Items that the message has already are left out.
    fn leave_out(&mut self, message: &Guarded) {
        let held: Vec<ItemId> = message.all_items().collect();
        let (items, places) = (
            std::mem::take(&mut self.items),
            std::mem::take(&mut self.proposal.items),
        );
        let kept = items.into_iter().zip(places).filter(|(id, _)| !held.contains(id));
        (self.items, self.proposal.items) = kept.unzip();
    }

    /// More of the same level: of two last days the later holds for both, and only what both announce is announced.
    fn merge(&mut self, other: Guarded) {
        self.items.extend(other.items);
        let (mine, its) = (&mut self.proposal, other.proposal);
        mine.items.extend(its.items);
        mine.deadline = mine.deadline.max(its.deadline);
        if mine.announces != its.announces {
            mine.announces = views::level(Level::None);
        }
        add(&mut mine.reasons, its.reasons);
        add(&mut self.articles, other.articles);
        add(&mut self.reasons, other.reasons);
    }

    /// Every part leaves as the message does, and announces nothing of its own: the text speaks for the highest level.
    fn leaving_as_one(mut self) -> Self {
        for part in &mut self.also {
            let (whole, part) = (&self.proposal, &mut part.proposal);
            part.earliest = whole.earliest;
            part.latest = whole.latest;
            part.from_minute = whole.from_minute;
            part.to_minute = whole.to_minute;
            part.automation = whole.automation;
            part.tone = whole.tone;
            part.announces = views::level(Level::None);
        }
        self.also
            .sort_by_key(|part| Reverse(level_of(part.proposal.level)));
        self
    }
}

/// Adds what is not in the list.
pub(super) fn add<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

fn more_careful(one: Automation, other: Automation) -> Automation {
    let care = |automation: Automation| match automation {
        Automation::Automatic => 0,
        Automation::Approve => 1,
        Automation::Person => 2,
    };
    match care(one) >= care(other) {
        true => one,
        false => other,
    }
}
