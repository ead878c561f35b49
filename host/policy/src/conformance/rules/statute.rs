//! Statute.

use super::{Rule, Ruled};
use crate::contract::{Answer, Charges, Debtor, Item, Judgement, StatuteCase};
use crate::slots::Statute;

impl Ruled for Statute {
    fn debtor(case: &mut StatuteCase) -> &mut Debtor {
        &mut case.debtor
    }

    fn items(case: &StatuteCase) -> &[Item] {
        &case.items
    }

    fn acts(outcome: &Judgement) -> bool {
        let charges = &outcome.charges;
        let nothing = charges.costs == 0 && charges.lump_sum == 0 && charges.interest == 0;
        !nothing
            || outcome
                .answers
                .iter()
                .any(|answer| !matches!(answer, Answer::Allow))
    }

    fn without_words(outcome: &mut Judgement) {
        charges_without_words(&mut outcome.charges);
        for answer in &mut outcome.answers {
            match answer {
                Answer::Allow => {}
                Answer::Amend(amendment) => {
                    amendment.reasons.clear();
                    amendment
                        .phrases
                        .iter_mut()
                        .for_each(|(_, wording)| wording.clear());
                    amendment.charges.iter_mut().for_each(charges_without_words);
                }
                Answer::Veto(veto) => veto.reasons.clear(),
            }
        }
        outcome.warnings.clear();
    }

    fn own_rules() -> Vec<Rule<Self>> {
        vec![]
    }
}

fn charges_without_words(charges: &mut Charges) {
    charges.reasons.clear();
}
