use maan_ledger::{
    Allocation, Body, Cost, CourtChance, CreditReport, Currency, DebtorDescription, DeliveryState, Level,
    Money, Payables, Receipt, ReportAnswer, Source,
};

use crate::every_fact::bodies;
use crate::support::{Story, allocation_id, day, eur, item_id, receipt_id};

fn debtor(name: &str) -> Body {
    let described = bodies(0, day("2026-03-01"))
        .into_iter()
        .find_map(|body| match body {
            Body::DebtorDescribed(described) => Some(described),
            _ => None,
        });
    Body::DebtorDescribed(DebtorDescription {
        name: name.into(),
        ..described.unwrap()
    })
}

#[test]
fn a_debtor_has_the_latest_description_and_none_after_removal_until_described_again() {
    let story = Story::default()
        .fact("2026-03-01", debtor("first"))
        .fact("2026-03-10", debtor("second"))
        .fact("2026-03-20", Body::DebtorRemoved)
        .fact("2026-03-25", debtor("third"));
    let on = |at: &str| {
        let snapshot = story.at(at);
        (
            snapshot.debtor.map(|debtor| debtor.name.as_str()),
            snapshot.removed,
        )
    };
    assert_eq!(on("2026-02-28"), (None, false), "not known yet");
    assert_eq!(on("2026-03-09"), (Some("first"), false));
    assert_eq!(on("2026-03-19"), (Some("second"), false));
    assert_eq!(on("2026-03-20"), (None, true));
    assert_eq!(on("2026-03-25"), (Some("third"), false));
    let as_first_described = story.at_known("2026-02-01", "2026-12-31");
    assert_eq!(as_first_described.debtor.unwrap().name, "first");
}

#[test]
fn a_receipt_that_was_used_in_another_currency_leaves_nothing_unallocated() {
    let gbp = Currency::GBP;
    let receipt = Receipt {
        receipt: receipt_id(1),
        amount: Money::new(10_000, gbp),
        on: day("2026-03-05"),
        text: String::new(),
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 11_500)
        .fact("2026-03-05", Body::Received(receipt))
        .allocated(1, "2026-03-06", 11_500, Source::Receipt(receipt_id(1)));
    let unallocated = |at: &str| story.at(at).account.other_currencies[0].unallocated;
    assert_eq!(unallocated("2026-03-05"), Money::new(10_000, gbp));
    assert_eq!(unallocated("2026-03-06"), Money::zero(gbp));
    assert_eq!(story.at("2026-03-06").account.totals.open, eur(0));
}

#[test]
fn an_allocation_in_another_currency_than_its_item_counts_for_nothing_and_is_listed() {
    let allocation = Allocation {
        allocation: allocation_id(1),
        source: Source::Direct,
        item: item_id(1),
        amount: Money::new(10_000, Currency::GBP),
        on: day("2026-03-05"),
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-03-05", Body::Allocated(allocation));
    let snapshot = story.at("2026-03-05");
    assert_eq!(
        (snapshot.account.totals.open, snapshot.unmatched.len()),
        (eur(10_000), 1)
    );
}

#[test]
fn money_that_was_returned_while_its_allocation_stands_is_negative_unallocated() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .received(1, "2026-03-05", 10_000)
        .allocated(1, "2026-03-05", 10_000, Source::Receipt(receipt_id(1)))
        .received(2, "2026-03-12", -10_000);
    let totals = story.at("2026-03-12").account.totals;
    assert_eq!((totals.open, totals.unallocated), (eur(0), eur(-10_000)));
}

#[test]
fn what_was_stated_last_holds() {
    let report = |answer| {
        Body::CreditReported(CreditReport {
            answer,
            agency: "agency".into(),
            failure_per_mille: None,
            advised_limit: None,
            worsened_by: 0,
            marks: Vec::new(),
        })
    };
    let chance = |per_mille| {
        Body::CourtChanceEntered(CourtChance {
            per_mille,
            basis: String::new(),
        })
    };
    let story = Story::default()
        .fact("2026-03-01", report(ReportAnswer::Present))
        .fact("2026-03-01", Body::PayablesStated(Payables { amount: eur(100) }))
        .fact("2026-03-01", chance(300))
        .fact("2026-03-09", report(ReportAnswer::NoAnswer))
        .fact("2026-03-09", Body::PayablesStated(Payables { amount: eur(0) }))
        .fact("2026-03-09", chance(900));
    let on = |at: &str| {
        let snapshot = story.at(at);
        let report = snapshot.account.report.unwrap();
        (
            report.on,
            report.what.answer,
            snapshot.account.payables,
            snapshot.court_chance.unwrap().per_mille,
        )
    };
    assert_eq!(
        on("2026-03-08"),
        (day("2026-03-01"), ReportAnswer::Present, Some(eur(100)), 300)
    );
    assert_eq!(
        on("2026-03-09"),
        (day("2026-03-09"), ReportAnswer::NoAnswer, Some(eur(0)), 900)
    );
}

#[test]
fn costs_on_one_day_add_up_unless_they_are_the_same_fact() {
    let cost = |what: &str| {
        Body::CostMade(Cost {
            level: Level::Reminder1,
            amount: eur(95),
            what: what.into(),
        })
    };
    let mut story = Story::default().fact("2026-03-01", cost("stamp")).late_fact(
        "2026-03-01",
        "2026-03-02",
        cost("stamp"),
    );
    story.facts.push(story.facts[0].clone());
    assert_eq!(story.at("2026-03-02").costs.len(), 2);
}

#[test]
fn a_delivery_that_bounces_replaces_the_sending() {
    let delivery = |state| {
        let body = bodies(1, day("2026-03-01"))
            .into_iter()
            .find_map(|body| match body {
                Body::Delivered(delivery) => Some(delivery),
                _ => None,
            });
        Body::Delivered(maan_ledger::Delivery {
            item: item_id(1),
            state,
            ..body.unwrap()
        })
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-03-01", delivery(DeliveryState::Sent))
        .fact("2026-03-02", delivery(DeliveryState::Bounced));
    assert_eq!(story.at("2026-03-01").deliveries[0].state, DeliveryState::Sent);
    let after = story.at("2026-03-02").deliveries;
    assert_eq!((after.len(), after[0].state), (1, DeliveryState::Bounced));
}
