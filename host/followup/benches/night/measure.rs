//! Two nights of one portfolio, measured in a process of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use maan_followup::{Followup, Prepared, RunReport, Stopped, level_name};
use maan_ledger::{Clock, DebtorId, Known, Moment};
use maan_policy_host::contract::{SLOTS, Slot};
use maan_policy_host::{Compiler, Digest, HostConfig, Limits, PolicyHost, canonical_settings};
use maan_store::{
    ActionFilter, ActionState, AdministrationBody, AdministrationFact, HostKey, Ingest, NewDeployment, Store,
    TenantStore,
};
use serde::{Deserialize, Serialize};

use crate::portfolio::{Debtor, FACTS, OPEN, TODAY};
use crate::process::{cpu_seconds, forget_peak, peak};

/// Debtors taken in at once.
const CHUNK: u64 = 1_000;
/// Of so many debtors, one has changed by the next night.
const CHANGED: u64 = 100;
/// Four in the morning in Amsterdam.
const HOUR: i64 = 3;

/// What was measured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// BLAKE3 of all facts.
    pub(crate) portfolio: String,
    pub(crate) debtors: u64,
    pub(crate) open_invoices: u64,
    pub(crate) overdue_invoices: u64,
    pub(crate) database_bytes: u64,
    /// Everything is decided and written.
    pub(crate) first: Night,
    /// What the first night stopped, and what joined another message, by reason and step.
    pub(crate) stopped: BTreeMap<String, u64>,
    /// The day after: one of a hundred debtors changed, the bank is booked a day further, and the next look of
    /// some has come.
    pub(crate) next: Night,
    /// Most memory in use from the start of the first night to the end of the last.
    pub(crate) peak_bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Night {
    pub(crate) seconds: f64,
    pub(crate) cpu_seconds: f64,
    pub(crate) decided: u64,
    pub(crate) held: usize,
    pub(crate) actions: Vec<(ActionState, u64)>,
}

/// Makes the portfolio in a fresh database and runs the nights.
pub(crate) async fn measure(debtors: u64) -> Figures {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("maan.db");
    let url = format!("sqlite:{}", file.display());
    let store = Store::open(&url, &HostKey::generate()).await.expect("a database");
    let settings = serde_json::from_str(SETTINGS).expect("settings");
    let tenant = store
        .create_tenant("bench", &settings)
        .await
        .expect("an administration");
    let tenant = store.tenant(tenant);
    let host = host(&folder.path().join("compiled"));
    deploy(&store, &tenant, &host).await;
    let (portfolio, overdue_invoices) = take_in(&tenant, debtors).await;

    let clock = Clock::standing_at(night(0));
    let followup = Followup::open(&store, tenant.clone(), host, clock.clone(), Arc::default());
    let followup = followup.await.expect("a follow-up");
    forget_peak();
    eprintln!("{debtors} debtors: the first night");
    let first = run(&followup).await;
    assert_eq!(first.decided, debtors, "the first night decides every debtor");

    let stopped = stopped(&tenant).await;
    clock.set(night(1));
    change(&tenant, debtors).await;
    eprintln!("{debtors} debtors: the next night");
    let next = run(&followup).await;
    assert!(next.decided >= debtors / CHANGED, "who changed is decided");
    Figures {
        portfolio,
        debtors,
        open_invoices: debtors * OPEN,
        overdue_invoices,
        database_bytes: std::fs::metadata(&file).map_or(0, |file| file.len()),
        first,
        stopped,
        next,
        peak_bytes: peak(),
    }
}

async fn run(followup: &Followup) -> Night {
    let policies = Arc::new(followup.policies().await.expect("policies"));
    let (begin, cpu) = (Instant::now(), cpu_seconds());
    let report: RunReport = followup.run(&policies, |_| ()).await.expect("a run");
    Night {
        seconds: begin.elapsed().as_secs_f64(),
        cpu_seconds: cpu_seconds() - cpu,
        decided: report.decided,
        held: report.held.len(),
        actions: report.actions.into_iter().collect(),
    }
}

async fn stopped(tenant: &TenantStore) -> BTreeMap<String, u64> {
    let every = ActionFilter {
        limit: u32::MAX,
        ..ActionFilter::default()
    };
    let mut counts = BTreeMap::new();
    for action in tenant.actions(every).await.expect("actions") {
        let body = action.body.expect("data that nobody erased");
        let guarded = Prepared::read(&body).expect("an action").guarded;
        let why = match &guarded.stopped {
            Some(Stopped::Law(veto)) => veto.reasons.first().map(|reason| reason.code.clone()),
            Some(Stopped::Host(reason)) => Some(reason.code.clone()),
            None => None,
        };
        let joined = guarded.also.iter().map(|part| ("joined".to_owned(), part));
        for (why, part) in why.map(|why| (why, &guarded)).into_iter().chain(joined) {
            let step = level_name(part.level());
            *counts
                .entry(format!("{why}: {}, {step}", action.kind))
                .or_default() += 1;
        }
    }
    counts
}

/// The moment of a night's run.
fn night(number: i32) -> Moment {
    Moment((i64::from(TODAY.plus(number).0) * 24 + HOUR) * 3_600_000_000)
}

/// Takes in all debtors; gives the hash of their facts and the number of overdue invoices.
async fn take_in(tenant: &TenantStore, debtors: u64) -> (String, u64) {
    let mut hasher = blake3::Hasher::new();
    let mut overdue = 0;
    for first in (0..debtors).step_by(CHUNK as usize) {
        let chunk: Vec<Debtor> = (first..debtors.min(first + CHUNK)).map(Debtor::new).collect();
        for debtor in &chunk {
            assert_eq!(debtor.facts.len(), FACTS);
            debtor.hash(&mut hasher);
            overdue += debtor.overdue;
        }
        let debtors = chunk
            .into_iter()
            .map(|debtor| (debtor.id, debtor.row, debtor.facts))
            .collect();
        let ingest = Ingest {
            debtors,
            ..Ingest::default()
        };
        tenant
            .ingest(ingest, night(-1))
            .await
            .expect("facts that are taken in");
    }
    book(tenant, 0).await;
    (hasher.finalize().to_hex().to_string(), overdue)
}

/// The bank is booked through the day before a night.
async fn book(tenant: &TenantStore, number: i32) {
    let fact = AdministrationFact {
        happened: TODAY.plus(number),
        known: Known::At(night(number)),
        body: AdministrationBody::BankBooked {
            through: TODAY.plus(number - 1),
        },
    };
    let ingest = Ingest {
        administration: vec![fact],
        ..Ingest::default()
    };
    tenant
        .ingest(ingest, night(number))
        .await
        .expect("facts that are taken in");
}

async fn change(tenant: &TenantStore, debtors: u64) {
    let changed = (0..debtors).step_by(CHANGED as usize).map(Debtor::new);
    let debtors: Vec<(DebtorId, _, _)> = changed
        .map(|debtor| (debtor.id, debtor.row.clone(), debtor.day_after()))
        .collect();
    let ingest = Ingest {
        debtors,
        ..Ingest::default()
    };
    tenant
        .ingest(ingest, night(1))
        .await
        .expect("facts that are taken in");
    book(tenant, 1).await;
}

fn host(cache: &Path) -> Arc<PolicyHost> {
    let program = std::env::current_exe().expect("the path of this program");
    let host = PolicyHost::new(HostConfig {
        cache: cache.to_owned(),
        key: [0; 32],
        compiler: Compiler::new(program, ["compile"]),
        limits: Limits::default(),
        trusted_statutes: Default::default(),
    });
    Arc::new(host.expect("a policy host"))
}

async fn deploy(store: &Store, tenant: &TenantStore, host: &PolicyHost) {
    let folder =
        std::env::var_os("MAAN_POLICIES").map_or_else(|| PathBuf::from("target/policies"), PathBuf::from);
    for slot in SLOTS {
        let file = folder.join(format!("{}.wasm", slot.name()));
        let bytes = std::fs::read(file).expect("a policy; `cargo xtask policies` builds it");
        let component = tokio::task::block_in_place(|| host.admit(&bytes)).expect("an admitted policy");
        host.trust_statute(component.digest());
        let mut presets = component.description().presets.iter();
        let preset = presets.find(|preset| preset.slot == slot);
        let settings = preset.map_or("{}", |preset| preset.settings.as_str());
        let settings = canonical_settings(settings).expect("a preset");
        let digest = component.digest().0;
        store
            .put_component(digest, &bytes, "{}", night(-1))
            .await
            .expect("a component that is kept");
        let deployment = NewDeployment {
            slot: stored(slot),
            component: digest,
            settings_digest: Digest::of(settings.as_bytes()).0,
            settings,
            who: "bench".into(),
            why: "measuring".into(),
        };
        tenant.deploy(deployment, night(-1)).await.expect("a deployment");
    }
}

fn stored(slot: Slot) -> maan_store::Slot {
    match slot {
        Slot::Segmentation => maan_store::Slot::Segmentation,
        Slot::CreditCheck => maan_store::Slot::CreditCheck,
        Slot::Workflow => maan_store::Slot::Workflow,
        Slot::Statute => maan_store::Slot::Statute,
    }
}

const SETTINGS: &str = r#"{"zone":"Europe/Amsterdam","country":"NL","currency":"EUR","language":"nl",
    "creditor_name":"Zonneveld BV","sender_name":"Administratie","sender_address":"debiteuren@zonneveld.example"}"#;
