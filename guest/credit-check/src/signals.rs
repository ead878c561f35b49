//! Early signals: what says that a debtor's payment gets worse before there are arrears, each with its cause.

use maan_policy::reason;
use maan_policy::reason::count;
use maan_policy::slots::CreditCase;
use maan_policy::types::Reason;

use crate::reliability::Reliability;
use crate::report::{self, Known};
use crate::settings::Settings;

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    pub reasons: Vec<Reason>,
    /// Payment gets worse now, not only at some time in the past two years.
    pub worsening: bool,
}

/// Looks for signals.
pub(crate) fn signals(
    settings: &Settings,
    case: &CreditCase,
    reliability: &Reliability,
    known: Known<'_>,
) -> Signals {
    let rules = &settings.signals;
    let behaviour = &case.behaviour;
    let mut signals = Signals::default();
    if rules.later_days > 0 && reliability.later >= i32::from(rules.later_days) {
        signals
            .reasons
            .push(reason!("signal.later", count(reliability.later)));
    }
    if rules.instalment_days > 0 && reliability.oldest_instalment >= i32::from(rules.instalment_days) {
        let late = count(reliability.oldest_instalment);
        signals.reasons.push(reason!("signal.instalment", late));
    }
    if let Known::Report(found) = known
        && report::worsened(&settings.report, found)
    {
        signals.reasons.push(Reason::plain("report.worsened"));
    }
    signals.worsening = !signals.reasons.is_empty();
    let broken = behaviour.promises_broken.saturating_sub(behaviour.promises_kept);
    if rules.broken_promises > 0 && broken >= rules.broken_promises {
        let (broken, kept) = (count(behaviour.promises_broken), count(behaviour.promises_kept));
        signals.reasons.push(reason!("signal.promises", broken, kept));
    }
    if rules.returned_debits > 0 && behaviour.returned_debits >= rules.returned_debits {
        let returned = count(behaviour.returned_debits);
        signals.reasons.push(reason!("signal.debits", returned));
    }
    signals
}
