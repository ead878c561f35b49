//! What the tests of the credit check share.

use maan_policy::CreditCheck;
use maan_policy::slots::{CreditDecision, Question};
use maan_policy::testkit::{Case, case};
use maan_policy_credit_check::{DefaultCreditCheck, Settings};

pub(crate) const TODAY: &str = "2026-10-15";

/// A small business that always paid on time, € 12,000 in the last year.
pub(crate) fn good() -> Case {
    case(TODAY).paid_on_time(12)
}

pub(crate) fn decide_by(settings: Settings, case: &Case, question: Question) -> CreditDecision {
    DefaultCreditCheck::new(settings)
        .unwrap()
        .decide(&case.context, &case.credit_check(question))
        .unwrap()
}

pub(crate) fn decide(case: &Case, question: Question) -> CreditDecision {
    decide_by(Settings::default(), case, question)
}

pub(crate) fn codes(decision: &CreditDecision) -> Vec<&str> {
    decision
        .reasons
        .iter()
        .map(|reason| reason.code.as_str())
        .collect()
}
