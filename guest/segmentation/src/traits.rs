//! The axes on which debtors differ, whatever their segment. An axis on which nothing is known or nothing stands out
//! is left out.

use maan_policy::types::CompanySize;

use crate::own::Seen;
use crate::segment;
use crate::settings::Settings;
use crate::threshold::Threshold;

/// The traits of a debtor: the policy's own axes first, then those of the business.
pub(crate) fn traits(settings: &Settings, seen: Seen<'_>) -> Vec<String> {
    let mut traits = Vec::with_capacity(7 + settings.own_traits.len());
    let mut add = |key: &str, value: &str| traits.push([key, "=", value].concat());
    add("lateness", lateness(settings, seen));
    add(
        "loyalty",
        if segment::is_new(settings, seen) {
            "new"
        } else {
            "loyal"
        },
    );
    match seen.case.debtor.size {
        CompanySize::Unknown => {}
        CompanySize::Micro | CompanySize::Small => add("size", "small"),
        CompanySize::Medium => add("size", "medium"),
        CompanySize::Large => add("size", "large"),
    }
    let reaches = |days: u16| days > 0 && seen.payments.delay >= u32::from(days);
    if reaches(settings.frequent_days) {
        add("delay", "long");
    } else if reaches(settings.slow_days) {
        add("delay", "some");
    }
    let trend = i32::from(settings.trend_days);
    if trend > 0 && seen.payments.trend >= trend {
        add("trend", "later");
    } else if trend > 0 && seen.payments.trend <= -trend {
        add("trend", "earlier");
    }
    let behaviour = &seen.case.behaviour;
    if behaviour.promises_broken > 0 {
        add("promises", "broken");
    } else if behaviour.promises_kept > 0 {
        add("promises", "kept");
    }
    match (behaviour.disputes_justified, behaviour.disputes_unjustified) {
        (0, 0) => {}
        (justified, unjustified) if unjustified > justified => add("disputes", "without-ground"),
        _ => add("disputes", "with-ground"),
    }
    for own in &settings.own_traits {
        if own.when.fits(seen, Threshold::new(0, false)) {
            add(&own.key, &own.value);
        }
    }
    traits
}

fn lateness(settings: &Settings, seen: Seen<'_>) -> &'static str {
    match seen.payments.misses {
        0 => "none",
        misses if misses <= u32::from(settings.forgetter_misses) => "one-off",
        _ if settings.slow_share > 0 && seen.payments.late_share() >= settings.slow_share => "frequent",
        _ => "occasional",
    }
}
