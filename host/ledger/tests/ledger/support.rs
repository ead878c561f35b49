//! Facts in a few words.

use maan_ledger::{
    ActionId, AgreementId, Allocation, AllocationId, Body, Currency, Day, Fact, ItemDescription, ItemId,
    ItemKind, ItemState, Known, Level, Moment, Money, Receipt, ReceiptId, Removed, Snapshot, Source,
    StepDone, snapshot,
};
use uuid::Uuid;

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The last moment of a day, in UTC.
pub(crate) fn end_of(day: Day) -> Moment {
    Moment((i64::from(day.0) + 1) * 86_400_000_000 - 1)
}

pub(crate) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

pub(crate) fn item_id(number: u128) -> ItemId {
    ItemId(Uuid::from_u128(number))
}

pub(crate) fn receipt_id(number: u128) -> ReceiptId {
    ReceiptId(Uuid::from_u128(number))
}

pub(crate) fn allocation_id(number: u128) -> AllocationId {
    AllocationId(Uuid::from_u128(number))
}

pub(crate) fn agreement_id(number: u128) -> AgreementId {
    AgreementId(Uuid::from_u128(number))
}

pub(crate) fn action_id(number: u128) -> ActionId {
    ActionId(Uuid::from_u128(number))
}

pub(crate) fn invoice(number: u128, issued: Day, due: Day, amount: Money) -> ItemDescription {
    ItemDescription {
        item: item_id(number),
        reference: number.to_string(),
        number: format!("2026-{number:04}"),
        kind: if amount.minor < 0 {
            ItemKind::CreditNote
        } else {
            ItemKind::Invoice
        },
        state: ItemState::Issued,
        issued,
        due,
        amount,
        order_reference: String::new(),
        corrects: None,
        payment_link: String::new(),
    }
}

/// Facts that each become known at the end of the day on which they happen, unless said otherwise.
#[derive(Clone, Default)]
pub(crate) struct Story {
    pub(crate) facts: Vec<Fact>,
    allocations: u128,
}

impl Story {
    pub(crate) fn fact(self, on: &str, body: Body) -> Self {
        self.late_fact(on, on, body)
    }

    /// A fact that becomes known on a later day than it happened.
    pub(crate) fn late_fact(mut self, on: &str, known: &str, body: Body) -> Self {
        let known = Known::At(end_of(day(known)));
        self.facts.push(Fact {
            happened: day(on),
            known,
            body,
        });
        self
    }

    /// An invoice of 30 days; a credit note when the amount is negative.
    pub(crate) fn invoice(self, number: u128, issued: &str, minor: i64) -> Self {
        let described = invoice(number, day(issued), day(issued).plus(30), eur(minor));
        self.fact(issued, Body::ItemDescribed(described))
    }

    pub(crate) fn paid(self, number: u128, on: &str, minor: i64) -> Self {
        self.allocated(number, on, minor, Source::Direct)
    }

    pub(crate) fn allocated(mut self, number: u128, on: &str, minor: i64, source: Source) -> Self {
        self.allocations += 1;
        let allocation = allocation_id(self.allocations);
        let item = item_id(number);
        let body = Allocation {
            allocation,
            source,
            item,
            amount: eur(minor),
            on: day(on),
        };
        self.fact(on, Body::Allocated(body))
    }

    pub(crate) fn received(self, number: u128, on: &str, minor: i64) -> Self {
        let (receipt, amount) = (receipt_id(number), eur(minor));
        let body = Receipt {
            receipt,
            amount,
            on: day(on),
            text: String::new(),
        };
        self.fact(on, Body::Received(body))
    }

    pub(crate) fn item_removed(self, number: u128, on: &str) -> Self {
        self.fact(on, Body::ItemRemoved(Removed { id: item_id(number) }))
    }

    pub(crate) fn step(self, action: u128, number: u128, on: &str, level: Level, round: u16) -> Self {
        let step = StepDone {
            action: action_id(action),
            items: vec![item_id(number)],
            level,
            kind: "message".into(),
            round,
            on: day(on),
            channel: maan_ledger::Channel::Email,
            proof: false,
            deadline: None,
            announced_costs: None,
        };
        self.fact(on, Body::StepDone(step))
    }

    /// As at the end of a day, with what was known by then.
    pub(crate) fn at(&self, on: &str) -> Snapshot<'_> {
        self.at_known(on, on)
    }

    /// As at the end of a day, with what was known by the end of another.
    pub(crate) fn at_known(&self, on: &str, known: &str) -> Snapshot<'_> {
        snapshot(&self.facts, Currency::EUR, day(on), end_of(day(known)))
    }
}
