//! One reading of one administration, measured in a process of its own.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use maan_connectors::oauth::Tokens;
use maan_followup::{Door, Followup, Link};
use maan_ledger::Clock;
use maan_policy_host::{Compiler, HostConfig, Limits, PolicyHost};
use maan_store::{HostKey, Store, TenantStore};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::process::{cpu_seconds, forget_peak, peak};
use crate::serve::Serving;

/// What was measured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) database: String,
    pub(crate) invoices: u64,
    pub(crate) customers: u64,
    pub(crate) facts: u64,
    /// To the platform.
    pub(crate) calls: u64,
    pub(crate) seconds: f64,
    /// Of the reader: neither of the platform nor of a database server.
    pub(crate) cpu_seconds: f64,
    /// Most memory in use while it read.
    pub(crate) peak_bytes: u64,
}

/// Reads an administration with so many invoices into `sqlite` or the database of an address.
pub(crate) async fn measure(database: &str, invoices: u64) -> Figures {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (database, url) = match database {
        "sqlite" => ("SQLite", format!("sqlite:{}/maan.db", folder.path().display())),
        url => ("PostgreSQL", url.to_owned()),
    };
    // both sizes go into one database on a server
    let store = Store::open(&url, &HostKey::from_bytes(&[7; 32]))
        .await
        .expect("a database");
    let settings = serde_json::from_str(SETTINGS).expect("settings");
    let tenant = store
        .create_tenant("bench", &settings)
        .await
        .expect("an administration");
    let tenant = store.tenant(tenant);
    let serving = Serving::start(invoices);
    connect(&tenant, &serving).await;
    let host = host(&folder.path().join("compiled"));
    let followup = Followup::open(&store, tenant, host, Clock::System, Arc::default());
    let followup = followup.await.expect("a follow-up");

    eprintln!("{database}, {invoices} invoices");
    forget_peak();
    let (begin, cpu) = (Instant::now(), cpu_seconds());
    let report = followup.sync(|_, _, _| ()).await.expect("a reading");
    let (seconds, cpu_seconds) = (begin.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!(report.read["invoice"], invoices, "every invoice is read");
    Figures {
        database: database.to_owned(),
        invoices,
        customers: report.new,
        facts: report.facts,
        calls: report.calls,
        seconds,
        cpu_seconds,
        peak_bytes: peak(),
    }
}

/// Keeps the connection as a consent gives it.
async fn connect(tenant: &TenantStore, serving: &Serving) {
    let secret = SecretString::from(serving.client_secret.clone());
    // valid for the hour that the platform gives it
    let tokens = Tokens::of_key(SecretString::from(serving.access.clone()));
    let door = Door {
        platform: "moneybird".to_owned(),
        site: serving.site.clone(),
        parameters: Default::default(),
        client_id: serving.client_id.clone(),
    };
    let opened = door.administrations(&secret, tokens.clone()).await;
    let administration = opened.expect("the platform answers").remove(0);
    let link = Link { door, administration };
    let kept = link.to_keep(&secret, &tokens).expect("a connection");
    tenant
        .put_connection(kept)
        .await
        .expect("a connection that is kept");
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

const SETTINGS: &str = r#"{"zone":"Europe/Amsterdam","country":"NL","currency":"EUR","language":"nl",
    "creditor_name":"Zonneveld BV","sender_name":"Administratie","sender_address":"debiteuren@zonneveld.example"}"#;
