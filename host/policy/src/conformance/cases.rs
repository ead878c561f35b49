//! Generated cases: varied, valid, and the same for the same seed.

use super::entropy::Entropy;
use super::facts::{Facts, context};
use super::rules::Ruled;
use super::views;
use crate::contract::{Context, CreditCase, SegmentationCase, StatuteCase, WorkflowCase};
use crate::slots::{CreditCheck, Segmentation, Statute, Workflow};

/// Slots for which cases can be generated: all of them.
pub trait Cases: Ruled {
    /// Makes one case of the facts of a debtor.
    #[doc(hidden)]
    fn case(facts: Facts, chances: &mut Entropy) -> Self::Case;
}

/// A batch of generated cases with what holds for all of them.
pub fn generate<S: Cases>(seed: u64, number: usize) -> (Context, Vec<S::Case>) {
    let mut chances = Entropy::new(seed, "cases");
    let cases = (0..number)
        .map(|_| S::case(Facts::of(&mut chances), &mut chances))
        .collect();
    (context(), cases)
}

impl Cases for Segmentation {
    fn case(facts: Facts, chances: &mut Entropy) -> SegmentationCase {
        views::segmentation(facts, chances)
    }
}

impl Cases for CreditCheck {
    fn case(facts: Facts, chances: &mut Entropy) -> CreditCase {
        views::credit_check(facts, chances)
    }
}

impl Cases for Workflow {
    fn case(facts: Facts, chances: &mut Entropy) -> WorkflowCase {
        views::workflow(facts, chances)
    }
}

impl Cases for Statute {
    fn case(facts: Facts, chances: &mut Entropy) -> StatuteCase {
        views::statute(facts, chances)
    }
}
