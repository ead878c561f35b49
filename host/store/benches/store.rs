//! How fast the store reads facts and writes decisions: `cargo bench -p maan-store`.
//! On SQLite in a temporary folder, and on the PostgreSQL database that `MAAN_BENCH_POSTGRES` names, if any.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement ends where something is not as it should be"
)]

use std::time::{Duration, Instant};

use maan_ledger::{Body, Cost, Currency, Day, DebtorId, Fact, Known, Level, Moment, Money};
use maan_store::{
    DebtorDigest, DebtorRow, DecidedBatch, Decision, HostKey, Ingest, Store, TenantSettings, TenantStore,
};
use uuid::Uuid;

const DEBTORS: usize = 100_000;
const BATCH: usize = 256;
const TODAY: Day = Day(20_000);
const NOW: Moment = Moment(1_728_000_000_000_000);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        println!("SQLite");
        measure(&format!("sqlite:{}/maan.db", folder.path().display())).await;
        if let Ok(url) = std::env::var("MAAN_BENCH_POSTGRES") {
            println!("PostgreSQL");
            measure(&url).await;
        }
    });
}

async fn measure(url: &str) {
    let store = Store::open(url, &HostKey::generate()).await.unwrap();
    let tenant = store.create_tenant("bench", &settings()).await.unwrap();
    let store = store.tenant(tenant);
    let debtors: Vec<DebtorId> = (0..DEBTORS)
        .map(|n| DebtorId::derived(Uuid::nil(), &n.to_string()))
        .collect();
    let mut sorted = debtors.clone();
    sorted.sort_unstable();

    let begin = Begin::now();
    for chunk in debtors.chunks(1000) {
        store.ingest(read(chunk), NOW).await.unwrap();
    }
    show("facts taken in, 100,000 debtors with 60 facts", begin);

    let page = maan_ledger::encode_page(&read(&debtors).debtors.swap_remove(0).2);
    let begin = Begin::now();
    for _ in 0..DEBTORS {
        std::hint::black_box(maan_ledger::decode_page(&page)).unwrap();
    }
    show(
        &format!("of it, {} bytes of facts decoded 100,000 times", page.len()),
        begin,
    );

    let begin = Begin::now();
    for chunk in sorted.chunks(BATCH) {
        let facts = store.facts_of(chunk).await.unwrap();
        assert!(facts.iter().all(|(_, facts)| facts.len() == 60));
    }
    show("facts read, 100,000 debtors with 60 facts", begin);

    for name in ["first", "second"] {
        let begin = Begin::now();
        for chunk in sorted.chunks(BATCH) {
            let batch = decided(&store, chunk).await;
            store.write_batch(batch).await.unwrap();
        }
        show(&format!("decisions written, 100,000 of 1 KB, {name} time"), begin);
    }

    let begin = Begin::now();
    let mut due = 0;
    let mut after = None;
    loop {
        let some = store.due([8; 32], TODAY, after, 1000).await.unwrap();
        due += some.len();
        after = some.last().map(|last| last.debtor);
        if some.is_empty() {
            break;
        }
    }
    assert_eq!(due, DEBTORS);
    show("all 100,000 due, by thousands", begin);

    let begin = Begin::now();
    assert!(store.due([7; 32], TODAY, None, 1000).await.unwrap().is_empty());
    show("nobody of 100,000 due", begin);

    let begin = Begin::now();
    store.totals().await.unwrap();
    show("totals of 100,000", begin);

    let begin = Begin::now();
    store.find_debtors("bakkerij 77777", 20).await.unwrap();
    show("one debtor of 100,000 by name", begin);
}

/// The wall clock and the processor time of this process.
struct Begin(Instant, Duration);

impl Begin {
    fn now() -> Self {
        Self(Instant::now(), processor())
    }
}

fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks = fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum::<u64>();
    Duration::from_millis(ticks * 10)
}

fn show(what: &str, begin: Begin) {
    let (wall, processor) = (begin.0.elapsed().as_millis(), processor() - begin.1);
    println!(
        "{wall:>7} ms wall {:>7} ms processor  {what}",
        processor.as_millis()
    );
}

/// Sixty facts of about 40 bytes each.
fn read(debtors: &[DebtorId]) -> Ingest {
    let fact = |n: i64| Fact {
        happened: TODAY,
        known: Known::At(NOW),
        body: Body::CostMade(Cost {
            level: Level::Call1,
            amount: Money::new(n, Currency::EUR),
            what: "collection costs".into(),
        }),
    };
    let debtors = debtors.iter().map(|id| {
        let row = DebtorRow {
            reference: id.to_string(),
            number: "D1".into(),
            name: format!("Bakkerij {id}"),
        };
        (*id, row, (0..60).map(fact).collect())
    });
    Ingest {
        debtors: debtors.collect(),
        ..Ingest::default()
    }
}

async fn decided(store: &TenantStore, debtors: &[DebtorId]) -> DecidedBatch {
    let decisions = debtors.iter().zip(0..).map(|(debtor, position)| Decision {
        debtor: *debtor,
        position,
        decided_version: 1,
        record: vec![1; 200],
        payload: vec![2; 800],
        views: None,
        next_look: Some(TODAY.plus(7)),
        held: None,
        digest: DebtorDigest {
            currency: Currency::EUR,
            open: 1,
            overdue: 1,
            held: 0,
            segment: "loyal".into(),
        },
        judged: None,
        actions: Vec::new(),
        withdraw: true,
    });
    DecidedBatch {
        id: Uuid::new_v4(),
        as_of: TODAY,
        known_at: NOW,
        header: vec![3; 100],
        root: *blake3::hash(Uuid::new_v4().as_bytes()).as_bytes(),
        previous_root: store.batch_chain_head().await.unwrap(),
        environment: [7; 32],
        decisions: decisions.collect(),
    }
}

fn settings() -> TenantSettings {
    serde_json::from_str(
        r#"{"zone":"Europe/Amsterdam","country":"NL","currency":"EUR","language":"nl","creditor_name":"Zonneveld BV",
            "sender_name":"Administratie","sender_address":"debiteuren@zonneveld.example"}"#,
    )
    .unwrap()
}
