//! What each slot sees of a case.

use super::Case;
use crate::actions::Proposal;
use crate::slots::{CreditCase, ItemPayments, Question, SegmentationCase, StatuteCase, WorkflowCase};

impl Case {
    /// The view of segmentation.
    pub fn segmentation(&self) -> SegmentationCase {
        let case = self.clone();
        SegmentationCase {
            debtor: case.debtor,
            items: case.items,
            disputes: filled(case.disputes),
            account: case.account,
            behaviour: case.behaviour,
            conversation: case.conversation,
            in_force: case.in_force,
        }
    }

    /// The view of the credit check.
    pub fn credit_check(&self, question: Question) -> CreditCase {
        let case = self.clone();
        CreditCase {
            question,
            debtor: case.debtor,
            agreement: case.agreement,
            items: case.items,
            account: case.account,
            behaviour: case.behaviour,
            in_force: case.in_force,
            segment: case.segment,
            willingness: case.willingness,
        }
    }

    /// The view of the workflow.
    pub fn workflow(&self) -> WorkflowCase {
        let case = self.clone();
        WorkflowCase {
            debtor: case.debtor,
            agreement: case.agreement,
            reach: case.reach,
            items: case.items,
            deliveries: case.deliveries,
            disputes: filled(case.disputes),
            withheld: filled(case.withheld),
            mandates: filled(case.mandates),
            steps_done: case.steps_done,
            promises: filled(case.promises),
            plans: filled(case.plans),
            pauses: filled(case.pauses),
            account: case.account,
            behaviour: case.behaviour,
            conversation: case.conversation,
            costs: case.costs,
            in_force: case.in_force,
            segment: case.segment,
            willingness: case.willingness,
            credit: case.credit,
            hold: case.hold,
            last_contact: case.last_contact,
            arm: None,
        }
    }

    /// The view of the statute, asked about these proposals as at today.
    pub fn statute(&self, proposals: Vec<Proposal>) -> StatuteCase {
        let case = self.clone();
        StatuteCase {
            debtor: case.debtor,
            agreement: case.agreement,
            reach: case.reach,
            items: case.items,
            payments: ItemPayments {
                items: vec![],
                days: vec![],
                amounts: vec![],
            },
            deliveries: case.deliveries,
            disputes: filled(case.disputes),
            withheld: filled(case.withheld),
            steps_done: case.steps_done,
            plans: filled(case.plans),
            contacts: case.conversation.contacts,
            situations: case.conversation.situations,
            costs: case.costs,
            texts: None,
            proposals,
            charges_on: case.context.today,
            rate_kind: String::new(),
        }
    }
}

/// What the contract has for a list that is seldom there.
fn filled<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}
