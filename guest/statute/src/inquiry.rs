//! One case as the rules see it, with what all of them need derived once.

use crate::calendar::Day;
use crate::claims::{self, Claim};
use crate::law::{self, Law};
use crate::settings::Settings;
use crate::stops::{self, Stop};
use maan_policy::slots::StatuteCase;
use maan_policy::types::{Context, Currency, ItemIndex};

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
    /// The debtor has the protection of a consumer.
    pub consumer: bool,
    /// A legal situation that stops follow-up now.
    pub stop: Option<Stop>,
}

impl<'a> Inquiry<'a> {
    /// The inquiry into a case.
    pub fn new(settings: &'a Settings, context: &'a Context, case: &'a StatuteCase) -> Self {
        Self {
            settings,
            context,
            case,
            law: law::applicable(context, case),
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

    /// Whether a payment plan defers the item: for a consumer as long as the plan is in force, for others as long
    /// as no instalment is missed.
    fn is_deferred(&self, item: ItemIndex) -> bool {
        let plans = self.case.plans.iter().filter(|plan| plan.items.contains(&item));
        plans.into_iter().any(|plan| self.consumer || plan.missed <= 0)
    }
}
