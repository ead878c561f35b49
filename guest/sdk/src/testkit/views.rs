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
            disputes: case.disputes,
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
            conversation: case.conversation,
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
            disputes: case.disputes,
            withheld: case.withheld,
            mandates: case.mandates,
            steps_done: case.steps_done,
            promises: case.promises,
            plans: case.plans,
            pauses: case.pauses,
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
            arm: String::new(),
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
            disputes: case.disputes,
            withheld: case.withheld,
            steps_done: case.steps_done,
            plans: case.plans,
            conversation: case.conversation,
            costs: case.costs,
            texts: vec![String::new(); proposals.len()],
            proposals,
            charges_on: case.context.today,
            rate_kind: String::new(),
        }
    }
}
