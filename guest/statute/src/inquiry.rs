//! One case as the rules see it, with what all of them need derived once.

use crate::calendar::Day;
use crate::claims::{self, Claim};
use crate::law::{self, Law};
use crate::regime::Regime;
use crate::settings::Settings;
use crate::stops::{self, Stop};
use maan_policy::country::{UNKNOWN, letters};
use maan_policy::reason;
use maan_policy::slots::StatuteCase;
use maan_policy::types::{Context, Currency, ItemIndex, Reason};

/// A case under judgement.
#[derive(Debug)]
pub struct Inquiry<'a> {
    /// What the creditor chose.
    pub settings: &'a Settings,
    /// The day and the creditor.
    pub context: &'a Context,
    /// The case.
    pub case: &'a StatuteCase,
    /// Whose law applies.
    pub law: Law,
    /// What that law gives against this debtor.
    pub regime: &'static Regime,
    /// The debtor has the protection of a consumer.
    pub consumer: bool,
    /// A legal situation that stops follow-up now.
    pub stop: Option<Stop>,
}

impl<'a> Inquiry<'a> {
    /// The inquiry into a case.
    pub fn new(settings: &'a Settings, context: &'a Context, case: &'a StatuteCase) -> Self {
        let law = law::applicable(context, case);
        Self {
            settings,
            context,
            case,
            law,
            regime: law.regime(case.debtor.kind),
            consumer: law::has_consumer_protection(case.debtor.kind),
            stop: stops::in_force(case, context.today),
        }
    }

    /// The currency in which charges are computed.
    pub fn currency(&self) -> Currency {
        self.context.creditor.currency
    }

    /// The claims that are overdue on a day.
    pub fn claims_on(&self, on: Day) -> Vec<Claim> {
        claims::overdue(self.case, self.currency(), on, |item| self.is_deferred(item))
    }

    /// Why the law gives no costs against this debtor.
    pub fn no_costs(&self) -> Reason {
        match self.law {
            Law::Uncovered(UNKNOWN) => reason!("country-unknown"),
            Law::Uncovered(country) => reason!("country-not-covered", letters(country).as_str()),
            _ if self.consumer => reason!("no-costs-from-consumers"),
            _ => reason!("no-costs-by-law"),
        }
    }

    /// Whether a payment plan defers the item: for a consumer as long as the plan is in force, for others as long
    /// as no instalment is missed.
    fn is_deferred(&self, item: ItemIndex) -> bool {
        let plans = self
            .case
            .plans
            .iter()
            .flatten()
            .filter(|plan| plan.items.contains(&item));
        plans.into_iter().any(|plan| self.consumer || plan.missed <= 0)
    }
}
