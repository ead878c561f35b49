//! Bureaux and registers: sealed credentials, and a budget that no number of processes goes beyond.

use maan_ledger::{Body, Cost, Level, Moment};
use maan_store::{
    ActionState, CreditService, CreditSettings, LookUp, NewAction, ReportOrder, ReportSettled, Reserved,
    Store, TenantStore,
};
use secrecy::{ExposeSecret, SecretString};

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    credentials_are_sealed_and_of_one_administration,
    settings_of_credit_information_are_kept,
    processes_that_order_at_once_stay_within_the_budget,
    questions_and_orders_share_a_budget,
    one_debtor_is_not_ordered_twice_while_an_order_is_open,
    orders_and_messages_do_not_take_each_others_place,
    what_came_of_an_order_is_kept_at_once,
    an_approved_order_stays_approved_until_it_is_carried_out,
);

const SECRET: &str = "s3cr3t-0f-the-bureau";
const MONTH: i32 = 2026 * 12 + 10;

fn order_report(id: u128, state: ActionState) -> NewAction {
    NewAction {
        kind: "order-report".into(),
        level: Level::None,
        channel: maan_ledger::Channel::Portal,
        state,
        automation: "person".into(),
        ..reminder(id, id)
    }
}

/// Debtor `n` with a queued order `n`, for each.
async fn orders(store: &TenantStore, count: u128) {
    known_debtors(store, count).await;
    for n in 1..=count {
        decide(store, n, n, vec![order_report(n, ActionState::Queued)]).await;
    }
}

fn wish(n: u128, price: i64) -> ReportOrder {
    ReportOrder {
        action: action_id(n),
        debtor: debtor(n),
        service: "creditsafe".into(),
        month: MONTH,
        price,
    }
}

async fn credentials_are_sealed_and_of_one_administration(f: Fixture) {
    let store = f.own();
    let service = CreditService {
        service: "creditsafe".into(),
        config: "{}".into(),
    };
    for secret in ["another", SECRET] {
        let secret = SecretString::from(secret);
        store.put_credit_service(&service, &secret, NOW).await.unwrap();
    }
    assert_eq!(store.credit_services().await.unwrap(), [service]);
    let kept = store.credit_credentials("creditsafe").await.unwrap().unwrap();
    assert_eq!(kept.expose_secret(), SECRET);
    let other = f.other().await;
    assert!(other.credit_credentials("creditsafe").await.unwrap().is_none());
    assert_eq!(other.credit_services().await.unwrap(), []);
    if let Some(file) = f.url.strip_prefix("sqlite:") {
        for file in [file.to_owned(), format!("{file}-wal")] {
            let bytes = std::fs::read(&file).unwrap();
            let shown = bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
            assert!(!shown, "{file} shows the secret");
        }
    }
    assert!(store.remove_credit_service("creditsafe").await.unwrap());
    assert!(!store.remove_credit_service("creditsafe").await.unwrap());
    assert!(store.credit_credentials("creditsafe").await.unwrap().is_none());
}

async fn settings_of_credit_information_are_kept(f: Fixture) {
    let store = f.own();
    let begin = store.credit_settings().await.unwrap();
    assert_eq!(
        (begin.monthly_budget, begin.automatic),
        (euros(0), false),
        "nothing is spent unasked"
    );
    let settings = CreditSettings {
        bureau: Some("altares".into()),
        monthly_budget: euros(10_000),
        ..begin.clone()
    };
    store.set_credit_settings(&settings).await.unwrap();
    assert_eq!(store.credit_settings().await.unwrap(), settings);
    assert_eq!(f.other().await.credit_settings().await.unwrap(), begin);
}

async fn processes_that_order_at_once_stay_within_the_budget(f: Fixture) {
    orders(&f.own(), 12).await;
    // each with connections of its own, as another process has
    let mut tasks = tokio::task::JoinSet::new();
    for n in 1..=12_u128 {
        let store = Store::open(&f.url, &f.key).await.unwrap().tenant(f.tenant);
        tasks.spawn(async move { store.reserve_report(&wish(n, 450), 2_000, NOW).await.unwrap() });
    }
    let all = tasks.join_all().await;
    let yes = all.iter().filter(|reserved| **reserved == Reserved::Yes).count();
    let spent = all
        .iter()
        .filter(|reserved| **reserved == Reserved::BudgetSpent { spent: 1_800 })
        .count();
    assert_eq!((yes, spent), (4, 8), "{all:?}");
    assert_eq!(f.own().credit_costs(MONTH).await.unwrap(), 1_800);
    assert_eq!(f.own().credit_costs(MONTH + 1).await.unwrap(), 0);
    let next_month = ReportOrder {
        month: MONTH + 1,
        ..wish(13, 450)
    };
    assert!(
        f.own()
            .reserve_report(&next_month, 449, NOW)
            .await
            .is_ok_and(|reserved| reserved == Reserved::BudgetSpent { spent: 0 })
    );
}

async fn questions_and_orders_share_a_budget(f: Fixture) {
    let store = f.own();
    orders(&store, 1).await;
    let look_up = |n: u128| LookUp {
        id: uuid::Uuid::from_u128(n),
        debtor: debtor(1),
        service: "kvk".into(),
        month: MONTH,
        price: 30,
    };
    for n in 1..=3 {
        let reserved = store.reserve_look_up(&look_up(n), 100, NOW).await.unwrap();
        assert_eq!(reserved, Reserved::Yes);
    }
    let spent = Reserved::BudgetSpent { spent: 90 };
    assert_eq!(store.reserve_look_up(&look_up(4), 100, NOW).await.unwrap(), spent);
    assert_eq!(store.reserve_report(&wish(1, 30), 100, NOW).await.unwrap(), spent);
    store.settle_look_up(look_up(1).id, true, NOW).await.unwrap();
    store.settle_look_up(look_up(2).id, false, NOW).await.unwrap();
    assert_eq!(
        store.credit_costs(MONTH).await.unwrap(),
        60,
        "one was not charged"
    );
    store.settle_look_up(look_up(1).id, false, NOW).await.unwrap();
    assert_eq!(store.credit_costs(MONTH).await.unwrap(), 60, "settled once");
    assert_eq!(f.other().await.credit_costs(MONTH).await.unwrap(), 0);
}

async fn one_debtor_is_not_ordered_twice_while_an_order_is_open(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let both = vec![
        order_report(1, ActionState::Queued),
        order_report(2, ActionState::Queued),
    ];
    decide(&store, 1, 1, both).await;
    let second = ReportOrder {
        debtor: debtor(1),
        ..wish(2, 450)
    };
    assert_eq!(
        store.reserve_report(&wish(1, 450), 9_999, NOW).await.unwrap(),
        Reserved::Yes
    );
    assert_eq!(
        store.reserve_report(&wish(1, 450), 9_999, NOW).await.unwrap(),
        Reserved::Yes,
        "the same again"
    );
    let refused = Reserved::Ordered { by: action_id(1) };
    assert_eq!(store.reserve_report(&second, 9_999, NOW).await.unwrap(), refused);
    assert_eq!(store.credit_costs(MONTH).await.unwrap(), 450, "counted once");
}

async fn orders_and_messages_do_not_take_each_others_place(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    decide(
        &store,
        1,
        1,
        vec![reminder(1, 1), order_report(2, ActionState::Queued)],
    )
    .await;
    let messages = store.claim_outbox("a", NOW, 60, 9).await.unwrap();
    let orders = store.claim_reports("a", NOW, 60, 9).await.unwrap();
    let ids = |claimed: &[maan_store::Claimed]| claimed.iter().map(|one| one.action.id).collect::<Vec<_>>();
    assert_eq!(
        (ids(&messages), ids(&orders)),
        (vec![action_id(1)], vec![action_id(2)])
    );
}

async fn what_came_of_an_order_is_kept_at_once(f: Fixture) {
    let store = f.own();
    orders(&store, 3).await;
    let claimed = store.claim_reports("a", NOW, 60, 9).await.unwrap();
    for one in &claimed {
        let n = one.action.rank.try_into().unwrap();
        assert_eq!(
            store.reserve_report(&wish(n, 450), 9_999, NOW).await.unwrap(),
            Reserved::Yes
        );
    }
    let paid = Body::CostMade(Cost {
        level: Level::None,
        amount: euros(450),
        what: "credit report, creditsafe".into(),
    });
    let fact = maan_ledger::Fact {
        body: paid,
        ..fact(1)
    };
    let settled = |to, charged, not_before| ReportSettled {
        to,
        note: "why".into(),
        facts: if charged { vec![fact.clone()] } else { vec![] },
        charged,
        not_before,
    };
    let [third, second, first] = claimed.as_slice() else {
        panic!()
    };
    let at = NOW.plus_seconds(5);
    assert!(store.start_sending(&first.claim, "report 1", at).await.unwrap());
    let done = settled(ActionState::Done, true, None);
    assert!(
        store
            .settle_report(first, ActionState::Sending, done.clone(), at)
            .await
            .unwrap()
    );
    assert!(
        !store
            .settle_report(first, ActionState::Sending, done, at)
            .await
            .unwrap(),
        "once"
    );
    let later = settled(ActionState::Queued, false, Some(NOW.plus_seconds(3_600)));
    assert!(
        store
            .settle_report(second, ActionState::Queued, later, at)
            .await
            .unwrap()
    );
    let to_do = settled(ActionState::ToDo, false, None);
    assert!(
        store
            .settle_report(third, ActionState::Queued, to_do, at)
            .await
            .unwrap()
    );
    assert_eq!(
        store.credit_costs(MONTH).await.unwrap(),
        450,
        "only what was charged"
    );
    assert_eq!(store.facts(debtor(1)).await.unwrap().last(), Some(&fact));
    assert!(
        store
            .claim_reports("b", Moment(at.0 + 1), 60, 9)
            .await
            .unwrap()
            .is_empty()
    );
    let again = store
        .claim_reports("b", NOW.plus_seconds(3_601), 60, 9)
        .await
        .unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!(
        store.reserve_report(&wish(1, 450), 9_999, at).await.unwrap(),
        Reserved::Ordered { by: action_id(1) }
    );
}

async fn an_approved_order_stays_approved_until_it_is_carried_out(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    decide(&store, 1, 1, vec![order_report(1, ActionState::ToDo)]).await;
    let from = [ActionState::ToDo];
    let moved = store
        .move_action(action_id(1), &from, ActionState::Queued, "approved", "anna", NOW)
        .await;
    assert!(moved.unwrap());
    decide(&store, 2, 1, vec![order_report(1, ActionState::ToDo)]).await;
    assert_eq!(
        store.action(action_id(1)).await.unwrap().unwrap().state,
        ActionState::Queued
    );
}
