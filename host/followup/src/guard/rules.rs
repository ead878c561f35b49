//! Rules of the host that no policy can change, in the night and at the last look.

use maan_ledger::{Day, Level, Outcome, Relation, Snapshot};
use maan_policy_host::contract::{ActionKind, Argument, Reason};

use super::{Guarded, LEAVING, join, leaves, reason, texts};
use crate::actions::kind_name;
use crate::registers;
use crate::views::level_of;

/// Days between two messages to one debtor, whatever a policy's own interval is. Notices before the due date may
/// follow each other daily.
const INTERVAL: i32 = 2;

/// Days before a message that is no dunning is repeated.
const REPEAT: i32 = 7;

/// A hand-over is announced so many days before the last day to pay at least.
const HAND_OVER_AHEAD: i32 = 3;

type Rule = fn(&Snapshot<'_>, &Guarded) -> Option<Reason>;

/// What stops for good comes before what only waits.
const RULES: [Rule; 10] = [
    names_items,
    rests_in_distress,
    not_to_our_own,
    text_fits,
    once_per_level,
    after_earlier_steps,
    announces_in_time,
    one_currency,
    registers::unasked,
    in_rhythm,
];

/// Why an action does not go on, whatever proposed it.
pub(crate) fn host_rule(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    RULES.iter().find_map(|rule| rule(snapshot, guarded))
}

/// Whether a rule of the host that stops an action today may no longer do so tomorrow.
pub(crate) fn passes(reason: &Reason) -> bool {
    join::waits(reason)
        || matches!(
            reason.code.as_str(),
            "host.already-contacted-today" | "host.contacted-lately" | "host.enough-work"
        )
}

/// Whether it asks for money. What calls itself a message and no dunning does so too.
fn presses(guarded: &Guarded) -> bool {
    guarded.level() != Level::None || guarded.proposal.kind == ActionKind::Message
}

/// The day on which it reaches the debtor at the earliest.
fn leaves_on(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Day {
    snapshot.as_of.max(Day(guarded.proposal.earliest))
}

fn names_items(_: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    (presses(guarded) && guarded.items.is_empty()).then(|| reason("no-items", vec![]))
}

fn rests_in_distress(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    let offers = matches!(
        guarded.proposal.kind,
        ActionKind::PlanOffer | ActionKind::ExtensionOffer | ActionKind::DiscountOffer
    );
    (presses(guarded) || offers).then(|| distress(snapshot)).flatten()
}

/// The legal situation or debt help in which nothing may be asked of the debtor, offers and links to pay included.
pub(crate) fn distress(snapshot: &Snapshot<'_>) -> Option<Reason> {
    if let Some(status) = snapshot.legal.first() {
        return Some(reason("legal-stop", vec![Argument::Day(status.since.0)]));
    }
    let talk = &snapshot.conversation;
    let recorded = |code: &str| matches!(code, "debt-counselling" | "debt-help");
    let in_debt_help = talk.situations.iter().any(|one| recorded(&one.what.code));
    let told = talk
        .contacts
        .iter()
        .any(|contact| contact.what.outcome == Outcome::DebtHelp && contact.what.unhandled);
    (in_debt_help || told).then(|| reason("debt-help", vec![]))
}

fn not_to_our_own(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    let own = snapshot
        .debtor
        .is_some_and(|debtor| debtor.relation != Relation::Customer);
    (own && leaves(&guarded.proposal)).then(|| reason("own-company-or-staff", vec![]))
}

/// A text says what its level says: one that threatens more would stand outside what is judged and counted.
fn text_fits(_: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    let proposal = &guarded.proposal;
    (leaves(proposal) && !texts::fits(proposal)).then(|| {
        let text = proposal.text.chars().take(60).collect();
        reason("text-does-not-fit", vec![Argument::Text(text)])
    })
}

fn once_per_level(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    let level = guarded.level();
    let mut items = guarded.items.iter().filter_map(|id| snapshot.item(*id));
    let done = items.find(|item| level != Level::None && item.last_level >= level)?;
    let day = done.last_level_on.unwrap_or_default();
    Some(reason("level-already-done", vec![Argument::Day(day.0)]))
}

/// A second and a last reminder speak of an earlier reminder or call, a third of two.
fn after_earlier_steps(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    let earlier = match guarded.level() {
        Level::Reminder2 | Level::LastReminder => Level::Reminder1,
        Level::Reminder3 => Level::Reminder2,
        _ => return None,
    };
    let mut items = guarded.items.iter().filter_map(|id| snapshot.item(*id));
    let untrue = items.any(|item| item.last_level < earlier);
    untrue.then(|| reason("no-earlier-reminder", vec![]))
}

/// What is announced must be able to come true, and leave time to pay.
fn announces_in_time(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    let (level, announced) = (guarded.level(), level_of(guarded.proposal.announces));
    if announced == Level::None {
        return None;
    }
    if level == Level::None || announced <= level {
        return Some(reason("announces-what-does-not-follow", vec![]));
    }
    let late_enough = matches!(level, Level::LastReminder | Level::FormalNotice);
    let in_time = guarded
        .deadline()
        .is_some_and(|deadline| deadline.since(leaves_on(snapshot, guarded)) >= HAND_OVER_AHEAD);
    let too_soon = announced == Level::HandOver && !(late_enough && in_time);
    too_soon.then(|| {
        let days = HAND_OVER_AHEAD.into();
        reason("hand-over-announced-too-soon", vec![Argument::Count(days)])
    })
}

fn one_currency(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    let currency = |id| snapshot.item(id).map(|item| item.open.currency);
    let mut currencies = guarded.items.iter().filter_map(|id| currency(*id));
    let first = currencies.next();
    let several = presses(guarded) && currencies.any(|other| Some(other) != first);
    several.then(|| reason("several-currencies", vec![]))
}

/// One conversation a day, some days between messages, more between two of a kind that is no dunning.
fn in_rhythm(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    if !leaves(&guarded.proposal) {
        return None;
    }
    let today = leaves_on(snapshot, guarded);
    if snapshot.last_outbound == Some(today) {
        return Some(reason("already-contacted-today", vec![Argument::Day(today.0)]));
    }
    let level = guarded.level();
    let messages = snapshot
        .steps
        .iter()
        .filter(|step| LEAVING.iter().any(|kind| kind_name(*kind) == step.kind));
    let kind = kind_name(guarded.proposal.kind);
    let waits = messages.filter_map(|step| {
        let same = level == Level::None && step.level == Level::None && step.kind == kind;
        let days = match (same, is_notice(level) || is_notice(step.level)) {
            (true, _) => REPEAT,
            (false, false) => INTERVAL,
            (false, true) => return None,
        };
        (step.on.plus(days) > today).then(|| (step.on.plus(days), step.on))
    });
    let (_, on) = waits.max()?;
    Some(reason("contacted-lately", vec![Argument::Day(on.0)]))
}

pub(super) fn is_notice(level: Level) -> bool {
    matches!(level, Level::Notice1 | Level::Notice2 | Level::Notice3)
}
