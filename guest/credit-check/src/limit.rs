//! The limit: what the size allows or what was earned, by reliability and country, within what the
//! agency and the insurer say, a step at a time.

use maan_policy::money::share;
use maan_policy::slots::CreditCase;
use maan_policy::types::{Context, DebtorKind, Minor, Reason, Willingness};
use maan_policy::{Money, country, reason};

use crate::reliability::{self, Reliability};
use crate::report::{self, Known, Strength};
use crate::settings::Settings;

/// A limit with what led to it.
pub(crate) struct Limit {
    pub amount: Minor,
    /// No trust at all, at once: insolvency, or judged unable or unwilling to pay.
    pub none: bool,
    pub reasons: Vec<Reason>,
}

/// Natural persons, and who may be one: advice to a person, never a refusal by itself.
pub(crate) const fn is_person(kind: DebtorKind) -> bool {
    matches!(
        kind,
        DebtorKind::Unknown | DebtorKind::Consumer | DebtorKind::SoleTrader
    )
}

/// Works out the limit.
pub(crate) fn limit(
    settings: &Settings,
    context: &Context,
    case: &CreditCase,
    reliability: &Reliability,
    known: Known,
) -> Limit {
    let currency = context.creditor.currency;
    if let Some(reason) = no_trust(case) {
        return Limit {
            amount: 0,
            none: true,
            reasons: vec![reason],
        };
    }
    let start = match case.debtor.kind {
        kind if is_person(kind) => settings.limit.person,
        DebtorKind::PublicBody => settings.limit.large,
        _ => settings.limit.company(case.debtor.size),
    };
    let earned = reliability.turnover / 12 * i64::from(settings.limit.months_of_turnover);
    let worth = reliability::worth(&settings.reliability, reliability.class);
    let mut amount = scaled(start.minor(currency).max(earned), worth);
    let mut reasons = vec![reason!(
        reliability::code(reliability.class),
        maan_policy::reason::share(reliability.on_time),
        maan_policy::reason::count(reliability.counted),
    )];
    let by_country = country_share(settings, context, case);
    if by_country != 1000 {
        amount = scaled(amount, by_country);
        reasons.push(reason!("limit.country", maan_policy::reason::share(by_country)));
    }
    if let Known::Report(found) = known {
        match report::strength(&settings.report, found) {
            Strength::Sound => {}
            Strength::Weak => {
                amount /= 2;
                reasons.push(Reason::plain("report.weak"));
            }
            Strength::Failing => {
                amount = 0;
                reasons.push(Reason::plain("report.failing"));
            }
        }
        amount = capped(
            amount,
            found.advised_limit,
            "report.advised",
            currency,
            &mut reasons,
        );
    }
    if settings.limit.within_insured {
        amount = capped(
            amount,
            case.account.insured_limit,
            "limit.insured",
            currency,
            &mut reasons,
        );
    }
    amount = capped(
        amount,
        Some(settings.limit.most.minor(currency)),
        "limit.most",
        currency,
        &mut reasons,
    );
    if let Some(before) = case.in_force.limit.or(case.account.limit) {
        let within = stepped(settings, before.max(0), amount);
        if within != amount {
            let wanted = Money::new(amount, currency);
            reasons.push(reason!("limit.step", Money::new(before, currency), wanted));
        }
        amount = within;
    }
    Limit {
        amount,
        none: false,
        reasons,
    }
}

fn no_trust(case: &CreditCase) -> Option<Reason> {
    if let Some(status) = case.debtor.legal_status.iter().map(|status| status.since).min() {
        return Some(reason!("legal-status", maan_policy::reason::day(status)));
    }
    match case.willingness {
        Willingness::Cannot => Some(Reason::plain("cannot-pay")),
        Willingness::WillNot => Some(Reason::plain("will-not-pay")),
        Willingness::Unknown | Willingness::Pays => None,
    }
}

fn country_share(settings: &Settings, context: &Context, case: &CreditCase) -> u16 {
    let place = case.debtor.country;
    let letters = place.to_be_bytes();
    let set = std::str::from_utf8(&letters)
        .ok()
        .and_then(|letters| settings.limit.countries.get(letters));
    let home = place == context.creditor.country && place != country::UNKNOWN;
    set.copied()
        .unwrap_or(if home { 1000 } else { settings.limit.abroad })
}

fn capped(amount: Minor, most: Option<Minor>, code: &str, currency: u16, reasons: &mut Vec<Reason>) -> Minor {
    match most {
        Some(most) if most < amount => {
            reasons.push(reason!(code, Money::new(most, currency)));
            most.max(0)
        }
        _ => amount,
    }
}

/// Within the steps around the limit in force. From nothing any first limit is one step.
fn stepped(settings: &Settings, before: Minor, wanted: Minor) -> Minor {
    if before == 0 {
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
