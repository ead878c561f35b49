//! A practice server, a vault in a file, and a connection that went through the real consent.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_connectors::http::{Allowance, Connection, Timer, transport};
use maan_connectors::moneybird::{Endpoints, Moneybird, administrations};
use maan_connectors::oauth::{
    Authorization, ClientCredentials, Lease, Provider, Session, Stored, TokenEndpoint, TokenVault, Tokens,
    VaultError,
};
use maan_connectors::{
    Administration, Batch, KnownVersions, Platform, ReadError, ReadOptions, Reading, WriteBack, changes,
};
use maan_ledger::{Clock, DebtorId, Fact, Moment};
use maan_practice::{AdministrationConfig, Config, Practice};
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use url::Url;

/// Tokens in a file, with a lease that one holder has at a time.
#[derive(Debug)]
pub(crate) struct FileVault {
    file: PathBuf,
    held: Mutex<Held>,
    /// The next so many replacements fail.
    pub(crate) broken: AtomicUsize,
}

#[derive(Debug, Default)]
struct Held {
    version: u64,
    fence: u64,
    leased: bool,
}

impl FileVault {
    pub(crate) fn new(folder: &TempDir, tokens: &Tokens) -> Self {
        let file = folder.path().join("tokens.json");
        std::fs::write(&file, tokens.to_json().unwrap().expose_secret()).unwrap();
        Self {
            file,
            held: Mutex::default(),
            broken: AtomicUsize::new(0),
        }
    }

    pub(crate) fn tokens(&self) -> Tokens {
        Tokens::from_json(&SecretString::from(std::fs::read_to_string(&self.file).unwrap())).unwrap()
    }

    pub(crate) fn version(&self) -> u64 {
        self.held.lock().unwrap().version
    }
}

impl TokenVault for FileVault {
    fn current(&self) -> BoxFuture<'_, Result<Stored, VaultError>> {
        async {
            Ok(Stored {
                tokens: self.tokens(),
                version: self.version(),
            })
        }
        .boxed()
    }

    fn lease(&self) -> BoxFuture<'_, Result<Option<Lease>, VaultError>> {
        async {
            let mut held = self.held.lock().unwrap();
            if std::mem::replace(&mut held.leased, true) {
                return Ok(None);
            }
            held.fence += 1;
            Ok(Some(Lease {
                stored: Stored {
                    tokens: self.tokens(),
                    version: held.version,
                },
                fence: held.fence,
            }))
        }
        .boxed()
    }

    fn replace<'a>(&'a self, lease: &'a Lease, tokens: &'a Tokens) -> BoxFuture<'a, Result<u64, VaultError>> {
        async {
            if self
                .broken
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
                .is_ok()
            {
                return Err(VaultError::Failed("disk full".to_owned()));
            }
            let mut held = self.held.lock().unwrap();
            if held.fence != lease.fence {
                return Err(VaultError::LeaseLost);
            }
            std::fs::write(&self.file, tokens.to_json().unwrap().expose_secret()).unwrap();
            held.version += 1;
            held.leased = false;
            Ok(held.version)
        }
        .boxed()
    }

    fn release<'a>(&'a self, lease: &'a Lease) -> BoxFuture<'a, Result<(), VaultError>> {
        async {
            let mut held = self.held.lock().unwrap();
            if held.fence == lease.fence {
                held.leased = false;
            }
            Ok(())
        }
        .boxed()
    }
}

pub(crate) fn config(folder: &TempDir, debtors: usize) -> Config {
    let administration = |name: &str, country: &str, seed| AdministrationConfig {
        name: name.to_owned(),
        country: country.to_owned(),
        seed,
        debtors,
    };
    Config {
        administrations: vec![
            administration("Noord", "NL", 11),
            administration("Zuid", "BE", 12),
        ],
        throttle: None,
        mailbox_log: folder.path().join("mailbox.jsonl"),
        ..Config::default()
    }
}

pub(crate) fn endpoint(base: &str, provider: Provider, id: &str, secret: &str) -> TokenEndpoint {
    assert!(provider.token.as_str().starts_with(base));
    let client = ClientCredentials {
        id: id.to_owned(),
        secret: SecretString::from(secret),
    };
    TokenEndpoint::new(transport().unwrap(), provider, client, Clock::System).unwrap()
}

/// A person who allows, or refuses, without a browser: gives the address that the platform sends the answer to.
pub(crate) async fn decide(authorize: &Url, decision: &str) -> Url {
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let page = browser.get(authorize.clone()).send().await.unwrap();
    assert_eq!(page.status().as_u16(), 200, "{}", page.text().await.unwrap());
    let ticket = page.headers()["x-practice-consent"].to_str().unwrap().to_owned();
    let form = [("consent", ticket.as_str()), ("decision", decision)];
    let base = authorize.join("/oauth/authorize").unwrap();
    let back = browser.post(base).form(&form).send().await.unwrap();
    Url::parse(back.headers()["location"].to_str().unwrap()).unwrap()
}

/// Everything between a test and the practice server.
pub(crate) struct World {
    pub(crate) practice: Practice,
    pub(crate) endpoints: Endpoints,
    pub(crate) vault: Arc<FileVault>,
    pub(crate) timer: Timer,
    pub(crate) clock: Clock,
    pub(crate) moneybird: Moneybird,
    _folder: TempDir,
}

/// A note on a contact.
pub(crate) fn note_on(contact: &str, text: &str) -> WriteBack {
    WriteBack::Note {
        contact: contact.to_owned(),
        invoice: None,
        text: text.to_owned(),
        todo: false,
    }
}

/// A session whose access is a key that does not end.
pub(crate) fn key(vaults: &TempDir, key: &str, timer: Timer) -> Session {
    let tokens = Tokens {
        access: SecretString::from(key),
        refresh: None,
        issued_at: None,
        expires_at: None,
        consent_ends: None,
        scope: String::new(),
    };
    Session::of_key(Arc::new(FileVault::new(vaults, &tokens)), timer)
}

pub(crate) fn fast() -> Allowance {
    Allowance::of(100_000, Duration::from_secs(1), 100_000)
}

impl World {
    pub(crate) async fn start(debtors: usize) -> Self {
        Self::start_with(debtors, |_| {}).await
    }

    pub(crate) async fn start_with(debtors: usize, adjust: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(&folder, debtors);
        adjust(&mut config);
        let practice = Practice::start(config).await.unwrap();
        let endpoints = Endpoints::at(practice.base_url()).unwrap();
        let endpoint = Self::endpoint_of(&practice, &endpoints);
        let redirect = Url::parse(&practice.client().redirect_uris[0]).unwrap();
        let authorization = Authorization::begin(redirect);
        let answer = decide(&authorization.authorize_url(&endpoint), "allow").await;
        let tokens = authorization.finish(answer.as_str(), &endpoint).await.unwrap();
        let vault = Arc::new(FileVault::new(&folder, &tokens));
        let timer = Timer::skipping();
        let clock = Clock::standing_at(a_minute_after(&practice));
        let connection = Arc::new(Self::connect(endpoint, vault.clone(), &timer));
        let first = administrations(&connection, &endpoints).await.unwrap().remove(0);
        let moneybird = Moneybird::new(connection, endpoints.clone(), first, clock.clone());
        Self {
            practice,
            endpoints,
            vault,
            timer,
            clock,
            moneybird,
            _folder: folder,
        }
    }

    fn connect(endpoint: TokenEndpoint, vault: Arc<FileVault>, timer: &Timer) -> Connection {
        let session = Session::new(endpoint, vault, timer.clone());
        Connection::new(transport().unwrap(), session, fast(), timer.clone())
    }

    fn endpoint_of(practice: &Practice, endpoints: &Endpoints) -> TokenEndpoint {
        let client = practice.client();
        endpoint(
            practice.base_url(),
            endpoints.provider(),
            &client.id,
            &client.secret,
        )
    }

    pub(crate) fn endpoint(&self) -> TokenEndpoint {
        Self::endpoint_of(&self.practice, &self.endpoints)
    }

    /// A second process with the same vault.
    pub(crate) fn another(&self) -> Moneybird {
        self.process(&self.timer, self.moneybird.administration().clone())
    }

    /// A process that waits for real.
    pub(crate) fn patient(&self) -> Moneybird {
        self.process(&Timer::real(), self.moneybird.administration().clone())
    }

    pub(crate) fn process(&self, timer: &Timer, administration: Administration) -> Moneybird {
        let connection = Self::connect(self.endpoint(), self.vault.clone(), timer);
        Moneybird::new(
            Arc::new(connection),
            self.endpoints.clone(),
            administration,
            self.clock.clone(),
        )
    }

    pub(crate) fn calls(&self) -> u64 {
        self.moneybird.connection().calls()
    }

    /// Plays a day and sets the clock after it.
    pub(crate) fn play(&self, days: u64) {
        let day = self.practice.status().now.date() + chrono::Days::new(days);
        self.practice.advance(day).unwrap();
        self.clock.set(a_minute_after(&self.practice));
    }
}

/// Versions are seconds: what changed this very second would have to be read again.
fn a_minute_after(practice: &Practice) -> Moment {
    Moment::from_utc(practice.status().now.and_utc()).plus_seconds(60)
}

/// What an embedder keeps: facts by debtor, and versions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Books {
    pub(crate) facts: HashMap<DebtorId, Vec<Fact>>,
    pub(crate) known: KnownVersions,
    pub(crate) problems: Vec<String>,
    /// Facts added in total.
    pub(crate) added: usize,
}

impl Books {
    pub(crate) fn keep(&mut self, batch: &Batch) {
        for record in &batch.records {
            self.problems.extend(
                record
                    .problem
                    .iter()
                    .map(|problem| format!("{}: {problem}", record.reference)),
            );
            let Some(debtor) = record.debtor else { continue };
            let known = self.facts.entry(debtor).or_default();
            let new = changes(batch, record, known);
            self.added += new.len();
            known.extend(new);
        }
        self.known.apply(batch);
    }

    /// Reads everything and keeps it; gives the number of batches.
    pub(crate) async fn read(&mut self, platform: &dyn Platform) -> Result<usize, ReadError> {
        let mut reading = Reading::of(platform, self.known.clone(), ReadOptions::default());
        let mut batches = 0;
        while let Some(batch) = reading.next().await? {
            self.keep(&batch);
            batches += 1;
        }
        assert_eq!(reading.known(), &self.known);
        Ok(batches)
    }
}
