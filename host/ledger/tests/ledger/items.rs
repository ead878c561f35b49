use maan_ledger::{
    Body, Currency, ItemState, Level, Money, Order, OrderKind, OrderState, Removed, RoundOpened, Source,
};

use crate::support::{Story, allocation_id, day, eur, invoice, item_id, receipt_id};

#[test]
fn an_invoice_is_there_from_its_date_and_overdue_after_its_due_day() {
    let story = Story::default().invoice(1, "2026-03-01", 10_000);
    assert!(story.at_known("2026-02-28", "2026-06-01").items.is_empty());
    assert_eq!(story.at("2026-03-31").account.totals.open, eur(10_000));
    assert_eq!(
        story.at("2026-03-31").account.totals.overdue,
        eur(0),
        "the due day is the last day to pay"
    );
    assert_eq!(story.at("2026-04-01").account.totals.overdue, eur(10_000));
}

#[test]
fn payments_lower_what_is_open_from_their_own_day() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .paid(1, "2026-03-10", 4_000)
        .paid(1, "2026-04-05", 6_000);
    let on = |at: &str| story.at_known(at, "2026-12-31").item(item_id(1)).unwrap().clone();
    assert_eq!(on("2026-03-09").open, eur(10_000));
    assert_eq!(on("2026-03-10").open, eur(6_000));
    assert_eq!(on("2026-04-04").paid_on, None);
    assert_eq!(on("2026-04-05").open, eur(0));
    assert_eq!(on("2026-04-05").paid_on, Some(day("2026-04-05")));
    assert_eq!(story.at("2026-04-05").payments_of(item_id(1)).len(), 2);
}

#[test]
fn a_payment_that_is_known_late_counts_on_its_own_day_from_then_on() {
    let allocation = maan_ledger::Allocation {
        allocation: allocation_id(9),
        source: Source::Direct,
        item: item_id(1),
        amount: eur(10_000),
        on: day("2026-03-10"),
    };
    let story = Story::default().invoice(1, "2026-03-01", 10_000).late_fact(
        "2026-03-10",
        "2026-03-20",
        Body::Allocated(allocation),
    );
    assert_eq!(story.at("2026-03-19").account.totals.open, eur(10_000));
    assert_eq!(
        story.at_known("2026-03-19", "2026-03-20").account.totals.open,
        eur(0)
    );
}

#[test]
fn what_is_paid_beyond_the_amount_becomes_a_credit_on_the_account() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .paid(1, "2026-03-05", 12_500);
    let snapshot = story.at("2026-03-05");
    let item = snapshot.item(item_id(1)).unwrap();
    assert_eq!((item.open, item.excess), (eur(0), eur(2_500)));
    assert_eq!(snapshot.account.totals.credits, eur(2_500));
}

#[test]
fn a_credit_note_is_a_credit_until_it_is_applied() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .invoice(2, "2026-03-02", -3_000)
        .allocated(1, "2026-03-08", 2_000, Source::CreditNote(item_id(2)));
    let before = story.at("2026-03-07");
    assert_eq!(
        (before.account.totals.open, before.account.totals.credits),
        (eur(10_000), eur(3_000))
    );
    let after = story.at("2026-03-08");
    assert_eq!(
        (after.account.totals.open, after.account.totals.credits),
        (eur(8_000), eur(1_000))
    );
    assert_eq!(after.item(item_id(2)).unwrap().open, eur(-1_000));
    assert_eq!(after.item(item_id(1)).unwrap().credited, eur(2_000));
}

#[test]
fn a_credit_note_that_is_refunded_is_used_up() {
    let story = Story::default()
        .invoice(2, "2026-03-02", -3_000)
        .paid(2, "2026-03-09", -3_000);
    let snapshot = story.at("2026-03-09");
    assert_eq!(snapshot.item(item_id(2)).unwrap().open, eur(0));
    assert_eq!(snapshot.account.totals.credits, eur(0));
}

#[test]
fn a_credit_note_used_beyond_what_it_holds_is_a_debit_on_the_account() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .invoice(2, "2026-03-02", -3_000)
        .allocated(1, "2026-03-08", 5_000, Source::CreditNote(item_id(2)));
    let snapshot = story.at("2026-03-08");
    let note = snapshot.item(item_id(2)).unwrap();
    assert_eq!((note.open, note.excess), (eur(0), eur(2_000)));
    assert_eq!(snapshot.account.totals.credits, eur(-2_000));
}

#[test]
fn an_invoice_closed_by_a_credit_note_is_no_payment_behaviour() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 3_000)
        .invoice(2, "2026-03-02", -3_000)
        .allocated(1, "2026-03-08", 3_000, Source::CreditNote(item_id(2)));
    let snapshot = story.at("2026-03-08");
    let item = snapshot.item(item_id(1)).unwrap();
    assert_eq!((item.closed_on, item.paid_on), (Some(day("2026-03-08")), None));
    assert!(snapshot.behaviour.paid.is_empty());
}

#[test]
fn receipts_less_what_was_allocated_from_them_are_unallocated() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .received(7, "2026-03-05", 12_000)
        .allocated(1, "2026-03-06", 10_000, Source::Receipt(receipt_id(7)));
    assert_eq!(story.at("2026-03-05").account.totals.unallocated, eur(12_000));
    assert_eq!(story.at("2026-03-06").account.totals.unallocated, eur(2_000));
}

#[test]
fn when_a_receipt_is_removed_its_allocations_fall_with_it() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .received(7, "2026-03-05", 10_000)
        .allocated(1, "2026-03-05", 10_000, Source::Receipt(receipt_id(7)))
        .fact("2026-03-12", Body::ReceiptRemoved(Removed { id: receipt_id(7) }));
    assert_eq!(story.at("2026-03-11").account.totals.open, eur(0));
    let after = story.at("2026-03-12");
    assert_eq!(
        (after.account.totals.open, after.account.totals.unallocated),
        (eur(10_000), eur(0))
    );
    assert_eq!(after.item(item_id(1)).unwrap().paid_on, None);
}

#[test]
fn a_removal_changes_neither_earlier_days_nor_what_was_known_before() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .item_removed(1, "2026-03-20");
    assert_eq!(story.at("2026-03-19").items.len(), 1);
    assert_eq!(story.at_known("2026-03-25", "2026-03-19").items.len(), 1);
    assert_eq!(story.at_known("2026-03-19", "2026-03-25").items.len(), 1);
    assert!(story.at("2026-03-20").items.is_empty());
}

#[test]
fn what_is_described_again_after_its_removal_is_back() {
    let again = invoice(1, day("2026-03-01"), day("2026-03-31"), eur(9_000));
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .item_removed(1, "2026-03-20")
        .fact("2026-03-22", Body::ItemDescribed(again));
    assert_eq!(story.at("2026-03-22").account.totals.open, eur(9_000));
}

#[test]
fn allocations_to_what_is_not_there_count_for_nothing_and_are_listed() {
    let story = Story::default()
        .received(7, "2026-03-05", 10_000)
        .allocated(1, "2026-03-05", 10_000, Source::Receipt(receipt_id(7)))
        .invoice(1, "2026-03-10", 10_000);
    let before = story.at("2026-03-09");
    assert_eq!(
        (before.account.totals.unallocated, before.unmatched.len()),
        (eur(10_000), 1)
    );
    let after = story.at("2026-03-10");
    assert_eq!(
        (after.account.totals.unallocated, after.unmatched.len()),
        (eur(0), 0)
    );
}

#[test]
fn a_description_holds_from_its_day_and_the_first_one_before() {
    let mut cheaper = invoice(1, day("2026-03-01"), day("2026-03-31"), eur(9_000));
    cheaper.state = ItemState::Uncollectible;
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-06-01", Body::ItemDescribed(cheaper.clone()));
    assert_eq!(
        story.at_known("2026-05-31", "2026-12-31").account.totals.open,
        eur(10_000)
    );
    let after = story.at("2026-06-01");
    let item = after.item(item_id(1)).unwrap();
    assert_eq!((item.open, item.written_off), (eur(0), eur(9_000)));
    assert_eq!((item.closed_on, item.paid_on), (Some(day("2026-06-01")), None));

    let only = Story::default().fact("2026-06-01", Body::ItemDescribed(cheaper));
    assert_eq!(
        only.at_known("2026-05-31", "2026-12-31").account.totals.open,
        eur(9_000)
    );
}

#[test]
fn a_draft_is_no_item() {
    let mut draft = invoice(1, day("2026-03-01"), day("2026-03-31"), eur(9_000));
    draft.state = ItemState::Draft;
    let story = Story::default()
        .fact("2026-03-01", Body::ItemDescribed(draft))
        .invoice(1, "2026-03-04", 9_000);
    assert!(story.at("2026-03-03").items.is_empty());
    assert_eq!(story.at("2026-03-04").items.len(), 1);
}

#[test]
fn other_currencies_are_listed_and_never_added() {
    let gbp = |minor| Money::new(minor, Currency::GBP);
    let described = invoice(2, day("2026-03-01"), day("2026-03-10"), gbp(500));
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-03-01", Body::ItemDescribed(described));
    let account = story.at("2026-03-20").account;
    assert_eq!(
        (account.totals.open, account.totals.overdue),
        (eur(10_000), eur(0))
    );
    assert_eq!(account.other_currencies.len(), 1);
    assert_eq!(
        (
            account.other_currencies[0].open,
            account.other_currencies[0].overdue
        ),
        (gbp(500), gbp(500))
    );
}

#[test]
fn the_level_is_the_highest_of_the_running_round() {
    let opened = RoundOpened {
        item: item_id(1),
        round: 1,
        reason: "dispute settled".into(),
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .step(1, 1, "2026-04-05", Level::Reminder1, 0)
        .step(2, 1, "2026-04-20", Level::Reminder2, 0)
        .fact("2026-05-01", Body::RoundOpened(opened))
        .step(3, 1, "2026-05-02", Level::Reminder1, 1);
    let on = |at: &str| {
        let snapshot = story.at(at);
        let item = snapshot.item(item_id(1)).unwrap();
        (item.round, item.last_level, item.last_level_on)
    };
    assert_eq!(on("2026-04-04"), (0, Level::None, None));
    assert_eq!(on("2026-04-20"), (0, Level::Reminder2, Some(day("2026-04-20"))));
    assert_eq!(on("2026-05-01"), (1, Level::None, None));
    assert_eq!(on("2026-05-02"), (1, Level::Reminder1, Some(day("2026-05-02"))));
    assert_eq!(story.at("2026-05-02").last_outbound, Some(day("2026-05-02")));
}

#[test]
fn orders_count_until_they_are_invoiced_or_lapse() {
    let order = |kind, state, minor| Order {
        reference: format!("{kind:?}"),
        number: String::new(),
        kind,
        state,
        amount: eur(minor),
        on: day("2026-03-01"),
    };
    let story = Story::default()
        .fact(
            "2026-03-01",
            Body::OrderDescribed(order(OrderKind::Quotation, OrderState::Open, 100)),
        )
        .fact(
            "2026-03-01",
            Body::OrderDescribed(order(OrderKind::Order, OrderState::Open, 20)),
        )
        .fact(
            "2026-03-01",
            Body::OrderDescribed(order(OrderKind::Delivered, OrderState::Open, 3)),
        )
        .fact(
            "2026-03-05",
            Body::OrderDescribed(order(OrderKind::Quotation, OrderState::Accepted, 100)),
        )
        .fact(
            "2026-03-09",
            Body::OrderDescribed(order(OrderKind::Quotation, OrderState::Invoiced, 100)),
        )
        .fact(
            "2026-03-09",
            Body::OrderDescribed(order(OrderKind::Order, OrderState::Lapsed, 20)),
        );
    let on = |at: &str| {
        let account = story.at(at).account;
        (account.orders, account.quotations, account.unbilled)
    };
    assert_eq!(on("2026-03-01"), (eur(20), eur(100), eur(3)));
    assert_eq!(on("2026-03-05"), (eur(120), eur(0), eur(3)));
    assert_eq!(on("2026-03-09"), (eur(0), eur(0), eur(3)));
}

#[test]
fn behaviour_lists_what_was_paid_in_two_years_by_day_of_payment() {
    let story = Story::default()
        .invoice(1, "2023-01-01", 1_000)
        .paid(1, "2023-02-05", 1_000)
        .invoice(2, "2026-01-01", 2_000)
        .invoice(3, "2026-02-01", 3_000)
        .paid(3, "2026-03-01", 3_000)
        .paid(2, "2026-03-15", 2_000);
    let behaviour = story.at("2026-03-20").behaviour;
    assert_eq!(behaviour.amount, [3_000, 2_000]);
    assert_eq!(behaviour.paid, [day("2026-03-01"), day("2026-03-15")]);
    assert_eq!(behaviour.due, [day("2026-03-03"), day("2026-01-31")]);
}

#[test]
fn amounts_at_the_edge_of_64_bits_do_not_break_the_snapshot() {
    let story = Story::default()
        .invoice(1, "2026-03-01", i64::MAX)
        .invoice(2, "2026-03-01", i64::MAX)
        .invoice(3, "2026-03-01", i64::MIN)
        .paid(1, "2026-03-02", i64::MIN);
    let totals = story.at("2026-03-20").account.totals;
    assert_eq!((totals.open, totals.credits), (eur(i64::MAX), eur(i64::MAX)));
}
