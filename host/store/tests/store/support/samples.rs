//! Small values of every kind.

use maan_ledger::{
    ActionId, Body, Channel, Cost, Currency, Day, DebtorId, Fact, ItemId, Known, Level, Moment, Money,
    RoundOpened,
};
use maan_store::{
    ActionState, DebtorDigest, DebtorRow, DecidedBatch, Decision, Ingest, NewAction, TenantSettings,
    TenantStore,
};
use uuid::Uuid;

pub(crate) const TODAY: Day = Day(20_000);
pub(crate) const NOW: Moment = Moment(1_728_000_000_000_000);
pub(crate) const ENVIRONMENT: [u8; 32] = [7; 32];

pub(crate) fn settings() -> TenantSettings {
    serde_json::from_str(
        r#"{"zone":"Europe/Amsterdam","country":"NL","currency":"EUR","language":"nl","creditor_name":"Zonneveld BV",
            "sender_name":"Administratie","sender_address":"debiteuren@zonneveld.example"}"#,
    )
    .unwrap()
}

pub(crate) fn debtor(n: u128) -> DebtorId {
    DebtorId(Uuid::from_u128(n))
}

pub(crate) fn item(n: u128) -> ItemId {
    ItemId(Uuid::from_u128(n))
}

pub(crate) fn action_id(n: u128) -> ActionId {
    ActionId(Uuid::from_u128(n))
}

pub(crate) fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

pub(crate) fn row(n: u128) -> DebtorRow {
    DebtorRow {
        reference: format!("ref-{n}"),
        number: format!("D{n:04}"),
        name: format!("Bakkerij Jänsen {n}"),
    }
}

/// A fact that carries a number.
pub(crate) fn fact(n: i64) -> Fact {
    Fact {
        happened: TODAY,
        known: Known::At(NOW),
        body: Body::CostMade(Cost {
            level: Level::Call1,
            amount: euros(n),
            what: "call".into(),
        }),
    }
}

pub(crate) fn round_opened(n: u128) -> Fact {
    Fact {
        happened: TODAY,
        known: Known::Assumed(NOW),
        body: Body::RoundOpened(RoundOpened {
            item: item(n),
            round: 2,
            reason: "storno".into(),
        }),
    }
}

/// Makes debtors 1 to `count` known, with one fact each.
pub(crate) async fn known_debtors(store: &TenantStore, count: u128) {
    let debtors = (1..=count).map(|n| (debtor(n), row(n), vec![fact(1)])).collect();
    store
        .ingest(
            Ingest {
                debtors,
                ..Ingest::default()
            },
            NOW,
        )
        .await
        .unwrap();
}

pub(crate) fn decision(n: u128, position: u32) -> Decision {
    Decision {
        debtor: debtor(n),
        position,
        decided_version: 1,
        record: format!("record {n}").into_bytes(),
        payload: format!("payload {n}").into_bytes(),
        views: None,
        next_look: Some(TODAY.plus(7)),
        held: None,
        digest: DebtorDigest {
            currency: Currency::EUR,
            open: 100,
            overdue: 60,
            held: 0,
            segment: "loyal".into(),
        },
        judged: None,
        actions: Vec::new(),
        withdraw: true,
    }
}

/// A reminder for one item.
pub(crate) fn reminder(id: u128, on: u128) -> NewAction {
    NewAction {
        id: action_id(id),
        kind: "message".into(),
        level: Level::Reminder1,
        items: vec![(item(on), 1)],
        also: vec![],
        channel: Channel::Email,
        state: ActionState::Queued,
        automation: "automatic".into(),
        earliest: TODAY,
        latest: TODAY.plus(5),
        rank: i64::try_from(id).unwrap(),
        amount: euros(12_100),
        body: format!("body {id}").into_bytes(),
        title: format!("Herinnering aan Jänsen {id}"),
    }
}

/// A batch on top of the chain as it is now.
pub(crate) async fn batch(store: &TenantStore, n: u128, decisions: Vec<Decision>) -> DecidedBatch {
    let root = [u8::try_from(n).unwrap(); 32];
    DecidedBatch {
        id: Uuid::from_u128(n),
        as_of: TODAY,
        known_at: NOW,
        header: format!("header {n}").into_bytes(),
        root,
        previous_root: store.batch_chain_head().await.unwrap(),
        environment: ENVIRONMENT,
        decisions,
    }
}

/// Decides about debtor `n` with these actions.
pub(crate) async fn decide(
    store: &TenantStore,
    number: u128,
    n: u128,
    actions: Vec<NewAction>,
) -> maan_store::Written {
    let decision = Decision {
        actions,
        ..decision(n, 0)
    };
    store
        .write_batch(batch(store, number, vec![decision]).await)
        .await
        .unwrap()
}

/// One debtor with new facts.
pub(crate) fn facts_about(n: u128, facts: Vec<Fact>) -> Ingest {
    Ingest {
        debtors: vec![(debtor(n), row(n), facts)],
        ..Ingest::default()
    }
}
