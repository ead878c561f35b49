//! The choice of one segment, in order of weight.

use maan_policy::reason::{count, day, share};
use maan_policy::slots::SegmentationCase;
use maan_policy::types::{CompanySize, Day, PerMille, Reason, Willingness};
use maan_policy::{Money, reason};

use crate::own::Seen;
use crate::payments::Payments;
use crate::settings::Settings;
use crate::threshold::Threshold;
use crate::willingness::Judgement;

/// Segments by how a debtor pays, the mildest first.
const GOOD: usize = 0;
const FORGETTER: usize = 1;
const OCCASIONAL: usize = 2;
const SLOW: usize = 3;
const FREQUENT: usize = 4;
const BY_PAYING: [&str; 5] = [
    "good-payer",
    "forgetter",
    "occasional-late",
    "slow-payer",
    "frequent-late",
];
const WHY: [&str; 5] = [
    "good-payer.why",
    "forgetter.why",
    "occasional-late.why",
    "slow-payer.why",
    "frequent-late.why",
];

/// A segment with what led to it.
pub(crate) struct Choice {
    pub key: String,
    pub confidence: PerMille,
    pub reasons: Vec<Reason>,
}

/// Chooses the segment and says why, and where it came from if it moved.
pub(crate) fn choose(settings: &Settings, seen: Seen<'_>, judgement: &Judgement) -> Choice {
    let (key, mut reasons) = first_that_fits(settings, seen, judgement);
    let in_force = seen.case.in_force.segment.as_deref();
    if let Some(before) = in_force.filter(|before| *before != key) {
        reasons.push(reason!("moved", before, key, day(seen.context.today)));
    }
    if settings.trend_days > 0 && seen.payments.trend >= i32::from(settings.trend_days) {
        reasons.push(reason!("pays-later-than-before", count(seen.payments.trend)));
    }
    reasons.extend(judgement.unknown_because.clone());
    let confidence = match judgement.willingness {
        Willingness::Cannot | Willingness::WillNot => judgement.confidence,
        Willingness::Unknown | Willingness::Pays => {
            let counted = u64::from(seen.payments.counted);
            PerMille::try_from(1000 * counted / (counted + 3)).unwrap_or(1000)
        }
    };
    Choice {
        key: key.into(),
        confidence,
        reasons,
    }
}

fn first_that_fits<'a>(
    settings: &'a Settings,
    seen: Seen<'_>,
    judgement: &Judgement,
) -> (&'a str, Vec<Reason>) {
    let in_force = seen.case.in_force.segment.as_deref();
    let threshold = |key: &str| Threshold::new(settings.margin, in_force == Some(key));
    let judged = |code: &str| vec![reason!(code, count(judgement.criteria as i64))];

    match judgement.willingness {
        Willingness::Cannot => return ("cannot-pay", judged("cannot-pay.why")),
        Willingness::WillNot => return ("will-not-pay", judged("will-not-pay.why")),
        Willingness::Unknown | Willingness::Pays => {}
    }
    if settings.dispute_share > 0 && seen.case.disputes.is_some() {
        let disputed = disputed_share(seen);
        if disputed > 0 && threshold("disputes").reached(disputed.into(), settings.dispute_share) {
            return ("disputes", vec![reason!("disputes.why", share(disputed))]);
        }
    }
    let own = |segment: &str, when: &crate::settings::When| when.fits(seen, threshold(segment));
    if let Some(own) = settings.own.iter().find(|one| own(&one.segment, &one.when)) {
        return (&own.segment, vec![reason!("own.why", own.segment.as_str())]);
    }
    if let Some(why) = key_account(settings, seen, threshold("key-account")) {
        return ("key-account", vec![why]);
    }
    if is_new(settings, seen) {
        return (
            "new-customer",
            vec![reason!("new-customer.why", count(seen.payments.paid))],
        );
    }
    let wanted = by_paying(settings, seen, threshold);
    match staying(settings, seen, wanted) {
        Some((kept, until)) => (
            name(kept),
            vec![why(kept, seen), reason!("stays", name(wanted), day(until))],
        ),
        None => (name(wanted), reasons(wanted, seen)),
    }
}

fn name(place: usize) -> &'static str {
    BY_PAYING.get(place).copied().unwrap_or("occasional-late")
}

/// The segment by how the debtor pays, without regard to how long it has lasted.
fn by_paying(settings: &Settings, seen: Seen<'_>, threshold: impl Fn(&str) -> Threshold) -> usize {
    let Seen { case, payments, .. } = seen;
    let late = payments.late_share().into();
    let enough = payments.misses >= u32::from(settings.least_misses);
    let frequent = threshold("frequent-late");
    let broken = settings.frequent_broken_promises;
    let severe = (settings.frequent_days > 0 && frequent.reached(payments.delay, settings.frequent_days))
        || (broken > 0 && case.behaviour.promises_broken >= broken);
    if enough && settings.frequent_share > 0 && severe && frequent.reached(late, settings.frequent_share) {
        return FREQUENT;
    }
    let slow = threshold("slow-payer");
    if enough
        && settings.slow_share > 0
        && slow.reached(late, settings.slow_share)
        && slow.reached(payments.delay, settings.slow_days)
    {
        return SLOW;
    }
    match payments.misses {
        0 => GOOD,
        misses if misses <= u32::from(settings.forgetter_misses) => FORGETTER,
        _ => OCCASIONAL,
    }
}

/// The harder segment in which the debtor still stays, and through which day: better days must last.
fn staying(settings: &Settings, seen: Seen<'_>, wanted: usize) -> Option<(usize, Day)> {
    let in_force = &seen.case.in_force;
    let key = in_force.segment.as_deref()?;
    let before = BY_PAYING.iter().position(|one| *one == key)?;
    let until = in_force.segment_since?.saturating_add(settings.stay_days.into());
    (before > wanted && seen.context.today < until).then_some((before, until))
}

fn why(place: usize, seen: Seen<'_>) -> Reason {
    let Payments {
        paid, misses, delay, ..
    } = *seen.payments;
    let code = WHY.get(place).copied().unwrap_or("occasional-late.why");
    match place {
        GOOD => reason!(code, count(paid)),
        FORGETTER => reason!(code, count(misses), count(paid)),
        _ => reason!(
            code,
            share(seen.payments.late_share()),
            count(delay),
            count(misses)
        ),
    }
}

fn reasons(place: usize, seen: Seen<'_>) -> Vec<Reason> {
    let mut reasons = vec![why(place, seen)];
    let broken = seen.case.behaviour.promises_broken;
    if place == FREQUENT && broken > 0 {
        reasons.push(reason!("promises-broken", count(broken)));
    }
    reasons
}

/// Disputed among the overdue, in the creditor's currency.
fn disputed_share(seen: Seen<'_>) -> PerMille {
    let SegmentationCase {
        items,
        disputes,
        account,
        ..
    } = seen.case;
    let home = |index: u32| {
        items
            .get(index as usize)
            .filter(|item| item.currency == seen.context.creditor.currency && item.open > 0)
    };
    let disputed = disputes
        .iter()
        .flatten()
        .filter_map(|dispute| home(dispute.item).map(|item| i128::from(dispute.amount.clamp(0, item.open))))
        .sum::<i128>();
    let base = i128::from(account.overdue.max(1)).max(disputed);
    PerMille::try_from(disputed * 1000 / base).unwrap_or(1000)
}

fn key_account(settings: &Settings, seen: Seen<'_>, threshold: Threshold) -> Option<Reason> {
    let least_size = settings.key_account_size;
    if least_size != CompanySize::Unknown && seen.case.debtor.size >= least_size {
        return Some(Reason::plain("key-account.size"));
    }
    let currency = seen.context.creditor.currency;
    let least = settings.key_account_turnover.minor(currency);
    let turnover = seen.payments.turnover;
    (least > 0 && turnover >= maan_policy::money::share(least, threshold.kept()))
        .then(|| reason!("key-account.turnover", Money::new(turnover, currency)))
}

/// Known for a short time, or by too few payments.
pub(crate) fn is_new(settings: &Settings, seen: Seen<'_>) -> bool {
    let since = seen.case.debtor.since;
    let young = since
        .is_some_and(|since| seen.context.today.saturating_sub(since) < i32::from(settings.new_for_days));
    young || seen.payments.paid < u32::from(settings.new_until_paid)
}
