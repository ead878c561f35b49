//! Segmentation.

use super::{Rule, Ruled};
use crate::contract::{Debtor, Item, Segment, SegmentationCase};
use crate::slots::Segmentation;

impl Ruled for Segmentation {
    fn debtor(case: &mut SegmentationCase) -> &mut Debtor {
        &mut case.debtor
    }

    fn items(case: &SegmentationCase) -> &[Item] {
        &case.items
    }

    fn acts(_: &Segment) -> bool {
        // Whoever gets the same answer as everybody is seen by comparing all answers.
        true
    }

    fn without_words(outcome: &mut Segment) {
        outcome.reasons.clear();
        outcome
            .evidence
            .iter_mut()
            .for_each(|weighed| weighed.reason.arguments.clear());
    }

    fn own_rules() -> Vec<Rule<Self>> {
        vec![]
    }
}
