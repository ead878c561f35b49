use maan_ledger::{
    AgreementEnd, Body, Dispute, DisputeCause, EndReason, Extension, Instalment, Pause, Plan, Promise,
    PromiseState, WithheldCause, Withholding,
};

use crate::support::{Story, agreement_id, day, eur, item_id};

fn promise(items: &[u128], minor: i64, by: &str) -> Body {
    let items = items.iter().map(|number| item_id(*number)).collect();
    Body::Promised(Promise {
        agreement: agreement_id(1),
        items,
        amount: eur(minor),
        by: day(by),
    })
}

fn ended(reason: EndReason) -> Body {
    Body::AgreementEnded(AgreementEnd {
        agreement: agreement_id(1),
        reason,
    })
}

fn states(story: &Story, days: &[&str]) -> Vec<PromiseState> {
    days.iter().map(|on| story.at(on).promises[0].state).collect()
}

#[test]
fn a_promise_is_open_through_its_day_and_broken_after() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-05", promise(&[1], 10_000, "2026-04-15"))
        .paid(1, "2026-04-12", 9_999)
        .paid(1, "2026-04-16", 1);
    let found = states(&story, &["2026-04-05", "2026-04-15", "2026-04-16", "2026-12-31"]);
    assert_eq!(
        found,
        [
            PromiseState::Open,
            PromiseState::Open,
            PromiseState::Broken,
            PromiseState::Broken
        ]
    );
    assert_eq!(story.at("2026-12-31").promises[0].paid, eur(9_999));
    assert_eq!(story.at("2026-12-31").behaviour.promises_broken, 1);
}

#[test]
fn a_promise_is_kept_when_the_amount_came_in_by_its_day() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-05", promise(&[1], 4_000, "2026-04-15"))
        .paid(1, "2026-04-15", 4_000);
    assert_eq!(
        states(&story, &["2026-04-14", "2026-04-15", "2026-05-01"]),
        [PromiseState::Open, PromiseState::Kept, PromiseState::Kept]
    );
    assert_eq!(story.at("2026-05-01").behaviour.promises_kept, 1);
}

#[test]
fn a_promise_of_more_than_was_open_is_kept_when_all_that_was_open_is_paid() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .paid(1, "2026-04-01", 5_000)
        .fact("2026-04-05", promise(&[1, 1], 10_000, "2026-04-15"))
        .paid(1, "2026-04-10", 5_000);
    assert_eq!(
        states(&story, &["2026-04-09", "2026-04-10"]),
        [PromiseState::Open, PromiseState::Kept]
    );
}

#[test]
fn money_from_before_the_promise_does_not_keep_it() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .paid(1, "2026-04-01", 5_000)
        .fact("2026-04-05", promise(&[1], 4_000, "2026-04-15"));
    assert_eq!(states(&story, &["2026-04-16"]), [PromiseState::Broken]);
}

#[test]
fn a_promise_for_the_whole_account_is_kept_by_receipts_that_nobody_allocated() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-05", promise(&[], 10_000, "2026-04-15"))
        .received(7, "2026-04-14", 10_000);
    assert_eq!(
        states(&story, &["2026-04-13", "2026-04-16"]),
        [PromiseState::Open, PromiseState::Kept]
    );
}

#[test]
fn a_promise_that_was_withdrawn_in_time_is_not_broken() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-05", promise(&[1], 10_000, "2026-04-15"))
        .fact("2026-04-10", ended(EndReason::Withdrawn));
    assert_eq!(
        states(&story, &["2026-04-09", "2026-04-10", "2026-05-01"]),
        [
            PromiseState::Open,
            PromiseState::Withdrawn,
            PromiseState::Withdrawn
        ]
    );
    let late = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-05", promise(&[1], 10_000, "2026-04-15"))
        .fact("2026-04-20", ended(EndReason::Withdrawn));
    assert_eq!(states(&late, &["2026-04-20"]), [PromiseState::Broken]);
}

#[test]
fn a_promise_about_a_removed_item_does_not_become_one_about_the_account() {
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-05", promise(&[1], 10_000, "2026-04-15"))
        .item_removed(1, "2026-04-06");
    assert_eq!(story.at("2026-04-05").promises.len(), 1);
    assert!(story.at("2026-04-06").promises.is_empty());
}

#[test]
fn a_plan_shows_what_is_paid_and_missed_until_all_is_paid() {
    let instalment = |due: &str| Instalment {
        due: day(due),
        amount: eur(5_000),
    };
    let plan = Plan {
        agreement: agreement_id(1),
        items: vec![item_id(1)],
        instalments: vec![instalment("2026-05-01"), instalment("2026-06-01")],
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-15", Body::PlanAgreed(plan))
        .paid(1, "2026-05-10", 2_000)
        .paid(1, "2026-06-20", 8_000);
    let on = |at: &str| {
        let snapshot = story.at(at);
        snapshot.plans.first().map(|plan| (plan.paid, plan.missed))
    };
    assert_eq!(on("2026-05-01"), Some((eur(0), eur(0))));
    assert_eq!(on("2026-05-02"), Some((eur(0), eur(5_000))));
    assert_eq!(on("2026-05-10"), Some((eur(2_000), eur(3_000))));
    assert_eq!(on("2026-06-02"), Some((eur(2_000), eur(8_000))));
    assert_eq!(on("2026-06-20"), None);
}

#[test]
fn a_dispute_holds_at_most_what_is_open_until_it_is_settled() {
    let dispute = Dispute {
        agreement: agreement_id(1),
        item: item_id(1),
        amount: eur(6_000),
        cause: DisputeCause::Goods,
        text: String::new(),
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-03-15", Body::Disputed(dispute))
        .paid(1, "2026-03-20", 7_000)
        .fact("2026-04-01", ended(EndReason::SettledForDebtor));
    assert_eq!(story.at("2026-03-15").disputes[0].open, eur(6_000));
    assert_eq!(story.at("2026-03-20").disputes[0].open, eur(3_000));
    assert_eq!(story.at("2026-03-20").disputes[0].since, day("2026-03-15"));
    let after = story.at("2026-04-01");
    assert!(after.disputes.is_empty());
    assert_eq!(
        (
            after.behaviour.disputes_justified,
            after.behaviour.disputes_unjustified
        ),
        (1, 0)
    );
}

#[test]
fn pauses_extensions_and_withheld_parts_hold_while_in_force() {
    let pause = Pause {
        agreement: agreement_id(2),
        item: None,
        until: Some(day("2026-04-10")),
        reason: String::new(),
    };
    let extension = Extension {
        agreement: agreement_id(3),
        items: vec![item_id(1)],
        until: day("2026-04-20"),
    };
    let withholding = Withholding {
        agreement: agreement_id(1),
        item: item_id(1),
        amount: eur(500),
        cause: WithheldCause::Retention,
        payee: None,
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-04-01", Body::Paused(pause))
        .fact("2026-04-01", Body::Extended(extension))
        .fact("2026-04-01", Body::Withheld(withholding))
        .fact("2026-04-30", ended(EndReason::Withdrawn));
    let on = |at: &str| {
        let snapshot = story.at(at);
        (
            snapshot.pauses.len(),
            snapshot.extensions.len(),
            snapshot.withheld.len(),
        )
    };
    assert_eq!(on("2026-03-31"), (0, 0, 0));
    assert_eq!(on("2026-04-10"), (1, 1, 1));
    assert_eq!(on("2026-04-11"), (0, 1, 1));
    assert_eq!(on("2026-04-21"), (0, 0, 1));
    assert_eq!(on("2026-04-30"), (0, 0, 0));
}
