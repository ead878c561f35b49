//! The limit: what the size allows, what was earned or what an agency advises, by reliability and country, within
//! what the agency and the insurer say, a step at a time and at a review.

use maan_policy::money::share;
use maan_policy::reason::{count, day, share as per_mille};
use maan_policy::slots::{CreditCase, Question};
use maan_policy::types::{Context, Day, DebtorKind, Minor, Reason, Willingness};
use maan_policy::{Money, country, reason};

use crate::check::{Check, is_person};
use crate::reliability;
use crate::report::{self, Known, Strength};
use crate::settings::Settings;

/// A limit with what led to it.
pub(crate) struct Limit {
    pub amount: Minor,
    /// No trust at all, at once: insolvency, or judged unable or unwilling to pay.
    pub none: bool,
    pub reasons: Vec<Reason>,
}

/// Works out the limit.
///
/// It stays as it is until the day of the review that is in force, where there is one.
pub(crate) fn limit(check: &Check<'_>, kept_until: Option<Day>) -> Limit {
    if let Some(reason) = no_trust(check.settings, check.case) {
        return Limit {
            amount: 0,
            none: true,
            reasons: vec![reason],
        };
    }
    let mut reasons = Vec::with_capacity(8);
    let wanted = wanted(check, &mut reasons);
    let changed = changed(check, kept_until, wanted, &mut reasons);
    Limit {
        amount: capped(check, changed, &mut reasons),
        none: false,
        reasons,
    }
}

/// The limit against which is decided today: what is advised, but no more than what is in the books until a raise is
/// approved. An application asks for the raise itself.
pub(crate) fn in_force(check: &Check<'_>, advised: Minor, reasons: &mut Vec<Reason>) -> Minor {
    let asks = matches!(check.case.question, Question::Application(_));
    let approved = check
        .case
        .account
        .limit
        .filter(|_| check.settings.limit.raise_needs_approval && !asks)
        .map(|limit| limit.max(0));
    match approved {
        Some(approved) if approved < advised => {
            let money = |minor| Money::new(minor, check.context.creditor.currency);
            reasons.push(reason!("limit.to-approve", money(advised), money(approved)));
            approved
        }
        _ => advised,
    }
}

fn no_trust(settings: &Settings, case: &CreditCase) -> Option<Reason> {
    let legal = case
        .debtor
        .legal_status
        .iter()
        .flatten()
        .map(|status| status.since)
        .min();
    if let Some(since) = legal.filter(|_| settings.limit.none_when_insolvent) {
        return Some(reason!("legal-status", day(since)));
    }
    match case.willingness {
        Willingness::Cannot if settings.limit.none_when_unwilling => Some(Reason::plain("cannot-pay")),
        Willingness::WillNot if settings.limit.none_when_unwilling => Some(Reason::plain("will-not-pay")),
        _ => None,
    }
}

/// What the debtor deserves, without regard to what is in force.
fn wanted(check: &Check<'_>, reasons: &mut Vec<Reason>) -> Minor {
    let Check {
        settings,
        context,
        case,
        reliability,
        ..
    } = check;
    let currency = context.creditor.currency;
    let size = match case.debtor.kind {
        kind if is_person(kind) => settings.limit.person,
        DebtorKind::PublicBody => settings.limit.large,
        _ => settings.limit.company(case.debtor.size),
    };
    let earned = reliability.turnover / 12 * i64::from(settings.limit.months_of_turnover);
    let advised = match check.known {
        Known::Report(found) => scaled(
            found.advised_limit.unwrap_or(0).max(0),
            settings.report.advised_start,
        ),
        Known::Nothing | Known::Unanswered => 0,
    };
    let start = size.minor(currency).max(earned).max(advised);
    let mut amount = scaled(start, reliability.worth);
    reasons.push(reason!(
        reliability::code(reliability.class),
        per_mille(reliability.on_time),
        count(reliability.counted),
    ));
    let by_country = country_share(settings, context, case);
    if by_country != 1000 {
        amount = scaled(amount, by_country);
        reasons.push(reason!("limit.country", per_mille(by_country)));
    }
    if let Known::Report(found) = check.known
        && report::strength(&settings.report, found) == Strength::Weak
    {
        amount /= 2;
        reasons.push(Reason::plain("report.weak"));
    }
    amount
}

/// What becomes of the limit in force: kept until the review, then changed by a step.
fn changed(check: &Check<'_>, kept_until: Option<Day>, wanted: Minor, reasons: &mut Vec<Reason>) -> Minor {
    let Check {
        settings,
        context,
        case,
        ..
    } = check;
    let worse = check.late || check.signals.worsening;
    let money = |minor| Money::new(minor, context.creditor.currency);
    if let (Some(until), Some(advised)) = (kept_until, case.in_force.limit) {
        let advised = advised.max(0);
        if wanted != advised {
            reasons.push(reason!(
                "limit.at-review",
                money(advised),
                money(wanted),
                day(until)
            ));
        }
        return advised;
    }
    // What a person approved leads, so that advice alone never climbs by itself. An application asks for a limit of
    // its own: what was advised without one is no step to go from.
    let advised = match case.question {
        Question::Application(_) => None,
        _ => case.in_force.limit,
    };
    let Some(before) = case.account.limit.or(advised).map(|limit| limit.max(0)) else {
        return wanted;
    };
    if worse && settings.limit.no_raise_when_late && wanted > before {
        reasons.push(reason!("limit.no-raise", money(before), money(wanted)));
        return before;
    }
    let within = stepped(settings, before, wanted);
    if within != wanted {
        reasons.push(reason!("limit.step", money(before), money(wanted)));
    } else if within != before {
        reasons.push(reason!("limit.changed", money(before), money(within)));
    }
    within
}

/// What the agency, the insurer and the business itself allow at most, at once.
fn capped(check: &Check<'_>, amount: Minor, reasons: &mut Vec<Reason>) -> Minor {
    let Check {
        settings,
        context,
        case,
        ..
    } = check;
    let currency = context.creditor.currency;
    let mut amount = amount;
    let mut cap = |on: bool, most: Option<Minor>, code: &str| {
        if let Some(most) = most.filter(|&most| on && most < amount) {
            amount = most.max(0);
            reasons.push(reason!(code, Money::new(amount, currency)));
        }
    };
    if let Known::Report(found) = check.known {
        let failing = report::strength(&settings.report, found) == Strength::Failing;
        cap(failing, Some(0), "report.failing");
        cap(
            settings.report.within_advised,
            found.advised_limit,
            "report.advised",
        );
    }
    cap(
        settings.limit.within_insured,
        case.account.insured_limit,
        "limit.insured",
    );
    let most = settings.limit.most.minor(currency);
    cap(most > 0, Some(most), "limit.most");
    amount
}

fn country_share(settings: &Settings, context: &Context, case: &CreditCase) -> u16 {
    let place = case.debtor.country;
    if !settings.limit.by_country {
        return 1000;
    }
    let letters = place.to_be_bytes();
    let set = std::str::from_utf8(&letters)
        .ok()
        .and_then(|letters| settings.limit.countries.get(letters));
    let home = place == context.creditor.country && place != country::UNKNOWN;
    set.copied()
        .unwrap_or(if home { 1000 } else { settings.limit.abroad })
}

/// Within the steps around the limit in force. From nothing any first limit is one step.
fn stepped(settings: &Settings, before: Minor, wanted: Minor) -> Minor {
    if before == 0 || !settings.limit.in_steps {
        return wanted;
    }
    let up = scaled(before, 1000_u16.saturating_add(settings.limit.step_up));
    let down = share(before, 1000 - settings.limit.step_down.min(1000));
    wanted.clamp(down.min(up), up)
}

/// A factor in thousandths, which may be above the whole.
fn scaled(amount: Minor, factor: u16) -> Minor {
    Minor::try_from(i128::from(amount) * i128::from(factor) / 1000).unwrap_or(Minor::MAX)
}
