//! The choice of one segment, in order of weight, and the traits beside it.

use maan_policy::reason::{count, share};
use maan_policy::slots::SegmentationCase;
use maan_policy::types::{CompanySize, Context, Debtor, PerMille, Reason, Willingness};
use maan_policy::{Money, country, reason};

use crate::payments::Payments;
use crate::settings::{OwnSegment, Settings};
use crate::willingness::Judgement;

/// A segment with what led to it.
pub(crate) struct Choice {
    pub key: String,
    pub confidence: PerMille,
    pub reasons: Vec<Reason>,
}

/// Chooses the segment and says why, and where it came from if it moved.
pub(crate) fn choose(
    settings: &Settings,
    context: &Context,
    case: &SegmentationCase,
    payments: &Payments,
    judgement: &Judgement,
) -> Choice {
    let in_force = case.in_force.segment.as_deref();
    let (key, mut reasons) = first_that_fits(settings, context, case, payments, judgement, in_force);
    if let Some(before) = in_force.filter(|before| *before != key) {
        reasons.push(reason!("moved", before, key));
    }
    if payments.trend >= i32::from(settings.trend_days) {
        reasons.push(reason!("pays-later-than-before", count(payments.trend)));
    }
    let confidence = match judgement.willingness {
        Willingness::Cannot | Willingness::WillNot => judgement.confidence,
        Willingness::Unknown | Willingness::Pays => {
            let seen = u64::from(payments.counted);
            PerMille::try_from(1000 * seen / (seen + 3)).unwrap_or(1000)
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
    context: &Context,
    case: &SegmentationCase,
    payments: &Payments,
    judgement: &Judgement,
    in_force: Option<&str>,
) -> (&'a str, Vec<Reason>) {
    let held = |key: &str| Held {
        margin: if in_force == Some(key) { settings.margin } else { 0 },
    };

    match judgement.willingness {
        Willingness::Cannot => {
            return (
                "cannot-pay",
                vec![reason!("cannot-pay.why", count(judgement.criteria as i64))],
            );
        }
        Willingness::WillNot => {
            return (
                "will-not-pay",
                vec![reason!("will-not-pay.why", count(judgement.criteria as i64))],
            );
        }
        Willingness::Unknown | Willingness::Pays => {}
    }
    let disputed = disputed_share(context, case);
    if disputed > 0 && held("disputes").reaches(disputed.into(), settings.dispute_share) {
        return ("disputes", vec![reason!("disputes.why", share(disputed))]);
    }
    if let Some(own) = settings.own.iter().find(|own| fits(own, &case.debtor)) {
        return (&own.segment, vec![reason!("own.why", own.segment.as_str())]);
    }
    if let Some(why) = key_account(settings, context, case, payments, held("key-account")) {
        return ("key-account", vec![why]);
    }
    if is_new(settings, context, case, payments) {
        return (
            "new-customer",
            vec![reason!("new-customer.why", count(payments.paid))],
        );
    }

    let late = payments.late_share();
    let enough = payments.misses >= u32::from(settings.least_misses);
    let facts = |code: &str| reason!(code, share(late), count(payments.delay), count(payments.misses));
    let frequent = held("frequent-late");
    let severe = frequent.reaches(payments.delay, settings.frequent_days)
        || (settings.frequent_broken_promises > 0
            && case.behaviour.promises_broken >= settings.frequent_broken_promises);
    if enough && frequent.reaches(late.into(), settings.frequent_share) && severe {
        let mut reasons = vec![facts("frequent-late.why")];
        if case.behaviour.promises_broken > 0 {
            reasons.push(reason!("promises-broken", count(case.behaviour.promises_broken)));
        }
        return ("frequent-late", reasons);
    }
    let slow = held("slow-payer");
    if enough
        && slow.reaches(late.into(), settings.slow_share)
        && slow.reaches(payments.delay, settings.slow_days)
    {
        return ("slow-payer", vec![facts("slow-payer.why")]);
    }
    if payments.misses == 0 {
        return (
            "good-payer",
            vec![reason!("good-payer.why", count(payments.paid))],
        );
    }
    if payments.misses <= u32::from(settings.forgetter_misses) {
        return (
            "forgetter",
            vec![reason!(
                "forgetter.why",
                count(payments.misses),
                count(payments.paid)
            )],
        );
    }
    ("occasional-late", vec![facts("occasional-late.why")])
}

/// A threshold that is lower for whoever is in the segment already.
struct Held {
    margin: PerMille,
}

impl Held {
    fn reaches(&self, value: u32, threshold: u16) -> bool {
        let kept = u64::from(1000 - self.margin.min(1000));
        u64::from(value) * 1000 >= u64::from(threshold) * kept
    }
}

/// Disputed among the overdue, in the creditor's currency.
fn disputed_share(context: &Context, case: &SegmentationCase) -> PerMille {
    let home = |index: u32| {
        case.items
            .get(index as usize)
            .filter(|item| item.currency == context.creditor.currency && item.open > 0)
    };
    let disputed = case
        .disputes
        .iter()
        .filter_map(|dispute| home(dispute.item).map(|item| i128::from(dispute.amount.clamp(0, item.open))))
        .sum::<i128>();
    let base = i128::from(case.account.overdue.max(1)).max(disputed);
    PerMille::try_from(disputed * 1000 / base).unwrap_or(1000)
}

fn key_account(
    settings: &Settings,
    context: &Context,
    case: &SegmentationCase,
    payments: &Payments,
    held: Held,
) -> Option<Reason> {
    if settings.key_account_size != CompanySize::Unknown && case.debtor.size >= settings.key_account_size {
        return Some(Reason::plain("key-account.size"));
    }
    let currency = context.creditor.currency;
    let least = settings.key_account_turnover.minor(currency);
    let kept = maan_policy::money::share(least, 1000 - held.margin.min(1000));
    (least > 0 && payments.turnover >= kept)
        .then(|| reason!("key-account.turnover", Money::new(payments.turnover, currency)))
}

fn is_new(settings: &Settings, context: &Context, case: &SegmentationCase, payments: &Payments) -> bool {
    let young = case
        .debtor
        .since
        .is_some_and(|since| context.today.saturating_sub(since) < i32::from(settings.new_for_days));
    young || payments.paid < u32::from(settings.new_until_paid)
}

fn fits(own: &OwnSegment, debtor: &Debtor) -> bool {
    own.sector
        .as_ref()
        .is_none_or(|sector| debtor.sector.starts_with(sector.as_str()))
        && own.country.as_ref().is_none_or(|letters| {
            <[u8; 2]>::try_from(letters.as_bytes())
                .is_ok_and(|letters| country::code(letters) == debtor.country)
        })
        && own.kind.is_none_or(|kind| kind == debtor.kind)
        && own.own_trait.as_ref().is_none_or(|(key, value)| {
            debtor
                .traits
                .binary_search_by(|(own, _)| own.cmp(key))
                .is_ok_and(|at| debtor.traits.get(at).is_some_and(|(_, own)| own == value))
        })
}

/// The axes on which debtors differ, whatever their segment.
pub(crate) fn traits(
    settings: &Settings,
    context: &Context,
    case: &SegmentationCase,
    payments: &Payments,
) -> Vec<(String, String)> {
    let lateness = match payments.misses {
        0 => "none",
        misses if misses <= u32::from(settings.forgetter_misses) => "one-off",
        _ if payments.late_share() >= settings.slow_share => "frequent",
        _ => "occasional",
    };
    let loyalty = if is_new(settings, context, case, payments) {
        "new"
    } else {
        "loyal"
    };
    let size = match case.debtor.size {
        CompanySize::Unknown => "unknown",
        CompanySize::Micro | CompanySize::Small => "small",
        CompanySize::Medium => "medium",
        CompanySize::Large => "large",
    };
    let trend_days = i32::from(settings.trend_days);
    let trend = if payments.trend >= trend_days {
        "later"
    } else if payments.trend <= -trend_days {
        "earlier"
    } else {
        "steady"
    };
    [
        ("lateness", lateness),
        ("loyalty", loyalty),
        ("size", size),
        ("trend", trend),
    ]
    .map(|(key, value)| (key.into(), value.into()))
    .into()
}
