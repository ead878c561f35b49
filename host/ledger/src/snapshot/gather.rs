//! One pass over the facts: those that count are sorted by what they are about.

use super::order::{Row, by_day, by_description, by_known, keep};
use crate::{
    Agreement, AgreementEnd, Allocation, AllocationId, Body, Complaint, Contact, Cost, CourtChance,
    CreditReport, Day, DebtorDescription, Delivery, Dispute, Evidence, Extension, Fact, GroupExposure, Hold,
    ItemDescription, ItemId, Judgement, LegalStatus, Limit, Mandate, Moment, Order, Pause, Payables, Plan,
    Promise, Receipt, ReceiptId, RegisterAnswer, RoundOpened, Situation, StepDone, Withholding,
};

/// The facts that count on a day and at a moment, by kind. Things that can be removed keep their removals.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    pub(super) debtor: Option<Row<'a, Body>>,
    pub(super) agreement: Option<Row<'a, Agreement>>,
    pub(super) items: Vec<Row<'a, Body>>,
    pub(super) receipts: Vec<Row<'a, Body>>,
    pub(super) allocations: Vec<Row<'a, Body>>,
    pub(super) orders: Vec<Row<'a, Order>>,
    pub(super) deliveries: Vec<Row<'a, Delivery>>,
    pub(super) steps: Vec<Row<'a, StepDone>>,
    pub(super) rounds: Vec<Row<'a, RoundOpened>>,
    pub(super) contacts: Vec<Row<'a, Contact>>,
    pub(super) evidence: Vec<Row<'a, Evidence>>,
    pub(super) situations: Vec<Row<'a, Situation>>,
    pub(super) legal: Vec<Row<'a, LegalStatus>>,
    pub(super) registers: Vec<Row<'a, RegisterAnswer>>,
    pub(super) promises: Vec<Row<'a, Promise>>,
    pub(super) plans: Vec<Row<'a, Plan>>,
    pub(super) disputes: Vec<Row<'a, Dispute>>,
    pub(super) pauses: Vec<Row<'a, Pause>>,
    pub(super) extensions: Vec<Row<'a, Extension>>,
    pub(super) ends: Vec<Row<'a, AgreementEnd>>,
    pub(super) withheld: Vec<Row<'a, Withholding>>,
    pub(super) mandates: Vec<Row<'a, Mandate>>,
    pub(super) stated: Stated<'a>,
    pub(super) costs: Vec<Row<'a, Cost>>,
    pub(super) complaints: Vec<Row<'a, Complaint>>,
    pub(super) judgements: Vec<Row<'a, Judgement>>,
}

/// What holds until something else is stated.
#[derive(Default)]
pub(super) struct Stated<'a> {
    pub(super) report: Option<Row<'a, CreditReport>>,
    pub(super) limit: Option<Row<'a, Limit>>,
    pub(super) hold: Option<Row<'a, Hold>>,
    pub(super) payables: Option<Row<'a, Payables>>,
    pub(super) group: Option<Row<'a, GroupExposure>>,
    pub(super) court_chance: Option<Row<'a, CourtChance>>,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(facts: &'a [Fact], as_of: Day, known_at: Moment) -> Self {
        let mut gathered = Self::default();
        for fact in facts.iter().filter(|fact| fact.known.moment() <= known_at) {
            if !gathered.describe(fact, as_of) && fact.happened <= as_of {
                gathered.record(fact, as_of);
            }
        }
        gathered
    }

    /// Takes a fact whose own rule says from which day it counts; false for all others.
    fn describe(&mut self, fact: &'a Fact, as_of: Day) -> bool {
        let whole = Row {
            fact,
            body: &fact.body,
        };
        match &fact.body {
            Body::DebtorDescribed(_) => keep(&mut self.debtor, whole, by_description(as_of)),
            Body::AgreementDescribed(body) => {
                keep(&mut self.agreement, Row { fact, body }, by_description(as_of));
            }
            Body::ItemDescribed(_) => self.items.push(whole),
            Body::Received(_) => self.receipts.push(whole),
            Body::Allocated(_) => self.allocations.push(whole),
            Body::OrderDescribed(body) => self.orders.push(Row { fact, body }),
            _ => return false,
        }
        true
    }

    /// Takes a fact that has happened.
    fn record(&mut self, fact: &'a Fact, as_of: Day) {
        let whole = Row {
            fact,
            body: &fact.body,
        };
        match &fact.body {
            Body::DebtorRemoved => keep(&mut self.debtor, whole, by_description(as_of)),
            Body::ItemRemoved(_) => self.items.push(whole),
            Body::ReceiptRemoved(_) => self.receipts.push(whole),
            Body::AllocationRemoved(_) => self.allocations.push(whole),
            Body::Delivered(body) => self.deliveries.push(Row { fact, body }),
            Body::StepDone(body) => self.steps.push(Row { fact, body }),
            Body::RoundOpened(body) => self.rounds.push(Row { fact, body }),
            Body::Contacted(body) => self.contacts.push(Row { fact, body }),
            Body::EvidenceRecorded(body) => self.evidence.push(Row { fact, body }),
            Body::SituationRecorded(body) => self.situations.push(Row { fact, body }),
            Body::LegalStatusRecorded(body) => self.legal.push(Row { fact, body }),
            Body::Promised(body) => self.promises.push(Row { fact, body }),
            Body::PlanAgreed(body) => self.plans.push(Row { fact, body }),
            Body::Disputed(body) => self.disputes.push(Row { fact, body }),
            Body::Paused(body) => self.pauses.push(Row { fact, body }),
            Body::Extended(body) => self.extensions.push(Row { fact, body }),
            Body::AgreementEnded(body) => self.ends.push(Row { fact, body }),
            Body::Withheld(body) => self.withheld.push(Row { fact, body }),
            Body::MandateUsed(body) => self.mandates.push(Row { fact, body }),
            Body::CreditReported(body) => keep(&mut self.stated.report, Row { fact, body }, by_day),
            Body::LimitSet(body) => keep(&mut self.stated.limit, Row { fact, body }, by_day),
            Body::HoldSet(body) => keep(&mut self.stated.hold, Row { fact, body }, by_day),
            Body::PayablesStated(body) => keep(&mut self.stated.payables, Row { fact, body }, by_day),
            Body::CostMade(body) => self.costs.push(Row { fact, body }),
            Body::Complained(body) => self.complaints.push(Row { fact, body }),
            Body::CourtChanceEntered(body) => keep(&mut self.stated.court_chance, Row { fact, body }, by_day),
            Body::Judged(body) => self.judgements.push(Row { fact, body }),
            Body::RegisterAsked(body) => self.registers.push(Row { fact, body }),
            Body::GroupExposureStated(body) => keep(&mut self.stated.group, Row { fact, body }, by_known),
            Body::DebtorDescribed(_)
            | Body::AgreementDescribed(_)
            | Body::ItemDescribed(_)
            | Body::Received(_)
            | Body::Allocated(_)
            | Body::OrderDescribed(_)
            // what follows from it stands in facts of its own
            | Body::Inquired(_) => {}
        }
    }
}

/// Which item a fact describes or removes.
pub(super) fn item_of(body: &Body) -> Option<ItemId> {
    match body {
        Body::ItemDescribed(ItemDescription { item, .. }) => Some(*item),
        Body::ItemRemoved(removed) => Some(removed.id),
        _ => None,
    }
}

/// Which receipt a fact describes or removes.
pub(super) fn receipt_of(body: &Body) -> Option<ReceiptId> {
    match body {
        Body::Received(Receipt { receipt, .. }) => Some(*receipt),
        Body::ReceiptRemoved(removed) => Some(removed.id),
        _ => None,
    }
}

/// Which allocation a fact describes or removes.
pub(super) fn allocation_of(body: &Body) -> Option<AllocationId> {
    match body {
        Body::Allocated(Allocation { allocation, .. }) => Some(*allocation),
        Body::AllocationRemoved(removed) => Some(removed.id),
        _ => None,
    }
}

/// Whether a fact describes the debtor, and as what.
pub(super) fn debtor_of(body: &Body) -> Option<&DebtorDescription> {
    match body {
        Body::DebtorDescribed(described) => Some(described),
        _ => None,
    }
}
