//! Generated items and what is known about each of them.

use super::entropy::Entropy;
use super::facts::{CHANNELS, EUR, GBP, LEVELS, TODAY};
use crate::contract::*;

pub(super) fn items(e: &mut Entropy) -> Vec<Item> {
    e.several(0..=8, |e| {
        let issued = TODAY - e.day(0..=240);
        let amount = e.one(12_100, &[e_amount(issued), 250_000, 99, 1_815]);
        let credit = e.once_in(12);
        let sign = if credit { -1 } else { 1 };
        let last_level = if credit {
            Level::None
        } else {
            e.one(Level::None, &LEVELS)
        };
        Item {
            kind: if credit {
                ItemKind::CreditNote
            } else {
                ItemKind::Invoice
            },
            issued,
            due: issued + e.one(30, &[14, 8, 60]),
            amount: amount * sign,
            open: if e.once_in(4) { amount / 2 } else { amount } * sign,
            currency: e.one(EUR, &[EUR, EUR, EUR, GBP]),
            last_level,
            last_level_day: if last_level == Level::None {
                0
            } else {
                TODAY - e.day(0..=20)
            },
            round: 0,
        }
    })
}

/// An amount that differs with the day.
fn e_amount(day: Day) -> Minor {
    i64::from(day).rem_euclid(977) * 1_013 + 500
}

pub(super) fn deliveries(e: &mut Entropy, items: &[Item]) -> Vec<Delivery> {
    let known: Vec<_> = (0..).zip(items).filter(|_| e.once_in(3)).collect();
    let delivery = |(item, of): (ItemIndex, &Item)| Delivery {
        item,
        channel: Channel::Email,
        on: of.issued,
        state: e.one(
            DeliveryState::Delivered,
            &[DeliveryState::Bounced, DeliveryState::Sent],
        ),
        proof: e.once_in(4),
        order_reference_missing: e.once_in(9),
    };
    known.into_iter().map(delivery).collect()
}

pub(super) fn mandates(e: &mut Entropy, items: &[Item]) -> Vec<Mandate> {
    let covered: Vec<_> = (0..)
        .zip(items)
        .filter(|(_, of)| of.open > 0 && e.once_in(15))
        .collect();
    let mandate = |(item, of): (ItemIndex, &Item)| Mandate {
        item,
        collection_day: of.due,
        return_code: e.one("", &["AM04", "MD06"]).into(),
        returned_on: e.maybe(2, |_| of.due + 2),
    };
    covered.into_iter().map(mandate).collect()
}

pub(super) fn steps_done(e: &mut Entropy, items: &[Item]) -> Vec<StepDone> {
    let reached = (0..).zip(items).filter(|(_, of)| of.last_level != Level::None);
    let step = |(item, of): (ItemIndex, &Item)| StepDone {
        item,
        level: of.last_level,
        round: of.round,
        on: of.last_level_day,
        channel: e.one(Channel::Email, &CHANNELS),
        proof: e.once_in(5),
        deadline: e.maybe(2, |_| of.last_level_day + 15),
        announced_costs: e.one(0, &[4_000]),
    };
    reached.map(step).collect()
}

pub(super) fn promise(e: &mut Entropy, items: &[Item]) -> Promise {
    let state = e.one(
        PromiseState::Open,
        &[PromiseState::Kept, PromiseState::Broken, PromiseState::Withdrawn],
    );
    let by = if state == PromiseState::Open {
        TODAY + e.day(-2..=14)
    } else {
        TODAY - e.day(5..=40)
    };
    Promise {
        items: first_item(items),
        amount: e.number(100..=50_000),
        made_on: by - 7,
        by,
        state,
    }
}

fn first_item(items: &[Item]) -> Vec<ItemIndex> {
    items.first().map(|_| 0).into_iter().collect()
}

pub(super) fn plan(e: &mut Entropy, items: &[Item]) -> Plan {
    let agreed_on = TODAY - e.day(5..=90);
    let amount = e.number(1_000..=20_000);
    Plan {
        items: first_item(items),
        agreed_on,
        due: vec![agreed_on + 30, agreed_on + 60, agreed_on + 90],
        amounts: vec![amount; 3],
        paid: e.one(0, &[amount]),
        missed: e.one(0, &[0, amount]),
    }
}
