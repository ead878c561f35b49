//! Every platform as a user connects it: with its consent, read, looked after, disconnected and connected again.

mod messages;

use std::process::Stdio;
use std::time::Duration;

use maan_connectors::{CONNECTORS, Connector, Consent, From, Site};
use maan_dialects::business_central::{BusinessCentral, PLACE};
use maan_dialects::erpnext::ErpNext;
use maan_dialects::exact_online::ExactOnline;
use maan_dialects::moneybird::Moneybird;
use maan_dialects::odoo::{self, Odoo};
use maan_dialects::quickbooks::{QuickBooks, REALM};
use maan_dialects::server::{CLIENT, Dialect, Server, World};
use maan_dialects::tryton::{self, Tryton};
use maan_dialects::twinfield::Twinfield;
use maan_dialects::xero::Xero;
use maan_ledger::{Clock, Moment};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use crate::support::{Answer, Installation, Kind};

/// A platform as it is served here, and what a person or its answer tells to find it.
struct Served {
    dialect: fn() -> Box<dyn Dialect>,
    told: &'static [(&'static str, &'static str)],
}

/// One line for each connector.
const SERVED: &[Served] = &[
    Served {
        dialect: || {
            Box::new(BusinessCentral {
                by_credentials: false,
            })
        },
        told: &[
            ("tenant", PLACE.0),
            ("environment", PLACE.1),
            ("sign-in", "person"),
        ],
    },
    Served {
        dialect: || Box::new(ErpNext),
        told: &[],
    },
    Served {
        dialect: || Box::new(ExactOnline),
        told: &[],
    },
    Served {
        dialect: || Box::new(Moneybird),
        told: &[],
    },
    Served {
        dialect: || Box::new(Odoo),
        told: &[("database", odoo::DATABASE)],
    },
    Served {
        dialect: || Box::new(QuickBooks),
        told: &[("realmId", REALM)],
    },
    Served {
        dialect: || Box::new(Tryton),
        told: &[("database", tryton::DATABASE)],
    },
    Served {
        dialect: || Box::new(Twinfield),
        told: &[],
    },
    Served {
        dialect: || Box::new(Xero),
        told: &[],
    },
];

/// A minute after the administration's last change.
const START: Moment = Moment(1_795_251_660_000_000);

/// A platform that is served, and an installation that is to be connected with it.
struct Desk {
    connector: &'static Connector,
    served: &'static Served,
    server: Server,
    consent: Consent,
    installation: Installation,
}

impl Desk {
    async fn of(connector: &'static Connector) -> Self {
        let served = SERVED
            .iter()
            .find(|one| (one.dialect)().word() == connector.word)
            .unwrap_or_else(|| panic!("{} is not served here", connector.word));
        let server = Server::start((served.dialect)(), Clock::standing_at(START), 1_000).await;
        let told = served.told.iter();
        let told = told.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let site = Site::at(&server.base(), told.collect()).unwrap();
        let installation = Installation::new(Kind::Sqlite).await;
        let seconds = START.0 / 1_000_000 - installation.now().timestamp();
        installation.wait(seconds);
        Self {
            connector,
            served,
            server,
            consent: (connector.consent)(&site).unwrap(),
            installation,
        }
    }

    /// Who tells a parameter.
    fn told(&self, from: From) -> Vec<(&'static str, &'static str)> {
        let asked = self.connector.asks.iter().filter(|asked| asked.from == from);
        asked
            .map(|asked| {
                let told = self.served.told.iter().find(|(name, _)| *name == asked.name);
                *told.unwrap_or_else(|| panic!("{} is not told", asked.name))
            })
            .collect()
    }

    /// Connects as a user does: signs in, or brings credentials or a key.
    async fn connect(&self) -> Answer {
        let url = self.server.base();
        let mut arguments = vec!["connect", self.connector.word, "--by-hand", "--url", &url];
        let with: Vec<String> = self
            .told(From::Person)
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        for one in &with {
            arguments.extend(["--with", one]);
        }
        let secret = self.installation.path("client-secret");
        std::fs::write(&secret, CLIENT.1).unwrap();
        if !matches!(self.consent, Consent::Key) {
            arguments.extend(["--client-id", CLIENT.0, "--client-secret-file"]);
            arguments.push(secret.to_str().unwrap());
        }
        let mut child = self
            .installation
            .command(&arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        if matches!(self.consent, Consent::Key) {
            let key = format!("{}\n", self.server.tokens().access);
            input.write_all(key.as_bytes()).await.unwrap();
        }
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut told = String::new();
        while let Some(line) = said.next_line().await.unwrap() {
            told.push_str(&line);
            told.push('\n');
            if line.starts_with("http") {
                let back = self.server.give_access(&line, &self.told(From::Answer));
                input.write_all(format!("{back}\n").as_bytes()).await.unwrap();
            }
        }
        let mut answer = Answer::from(child.wait_with_output().await.unwrap());
        answer.err = told;
        answer
    }

    /// The one connection.
    async fn connection(&self) -> Value {
        let mut all = self.installation.ask(&["connections"]).await;
        assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
        all[0].take()
    }

    async fn facts(&self) -> i64 {
        self.installation.number("SELECT count(*) FROM fact_page").await
    }

    async fn is_read_whole(&self) {
        let connection = self.connection().await;
        assert_eq!(connection["health"], "not-read");
        assert!(
            connection["next_step"].as_str().unwrap().contains("maan -a"),
            "{connection}"
        );
        let read = self.installation.ask(&["sync"]).await;
        assert_eq!(read["problems"], serde_json::json!([]), "{read}");
        let customers = self.server.adjust(|world| world.model.customers.len());
        assert_eq!(read["new"], customers, "{read}");
        let connection = self.connection().await;
        assert_eq!(connection["health"], "working", "{connection}");
        assert_eq!(connection["platform"], self.connector.word);
        assert!(
            connection["last_read"].is_string() && connection["why"].is_null(),
            "{connection}"
        );
        self.shows_the_end_of_its_consent(&connection);
        let words = self.installation.maan(&["connections"]).await.good().out;
        assert!(
            words.contains(self.connector.name) && words.contains("working"),
            "{words}"
        );
    }

    /// A consent that ends when it is not used: when that would be, counted from its newest use, which was just now.
    fn shows_the_end_of_its_consent(&self, connection: &Value) {
        let days = match &self.consent {
            Consent::Code(provider) => provider.unused_days,
            Consent::Client(_) | Consent::Key => None,
        };
        let end = connection["consent_ends"].as_str();
        let end = end.map(|end| end.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        let left = end.map(|end| (end - chrono::Utc::now() + chrono::Duration::hours(1)).num_days());
        assert_eq!(left, days.map(i64::from), "{connection}");
        assert_eq!(connection["ends_if_unused"], end.is_some(), "{connection}");
    }

    /// The consent ends on the platform; a new one goes on where it stopped.
    async fn is_connected_again(&self) {
        self.server.end_access(true);
        let answer = self.installation.maan(&["sync"]).await;
        let connection = self.connection().await;
        let next = connection["next_step"].as_str().unwrap();
        if (self.served.dialect)().renewal().by_credentials {
            answer.good();
        } else if self.youngest() > Duration::ZERO {
            // a fresh token cannot be renewed: whether the consent ended is known later
            answer.problem(5, &["tried again in"]);
            assert!(
                connection["health"] == "failing" && next.contains("sync"),
                "{connection}"
            );
        } else {
            answer.problem(4, &["maan connect"]);
            let again = format!("maan connect {}", self.connector.word);
            assert!(
                connection["health"] == "needs-consent" && next.contains(&again),
                "{connection}"
            );
        }
        self.goes_on().await;
    }

    /// The age from which a token is renewed.
    fn youngest(&self) -> Duration {
        match &self.consent {
            Consent::Code(provider) | Consent::Client(provider) => provider.youngest,
            Consent::Key => Duration::ZERO,
        }
    }

    async fn goes_on(&self) {
        let facts = self.facts().await;
        self.connect().await.good();
        assert_eq!(
            self.installation.number("SELECT count(*) FROM connection").await,
            1
        );
        let read = self.installation.ask(&["sync"]).await;
        assert_eq!((&read["facts"], &read["new"]), (&0.into(), &0.into()), "{read}");
        assert_eq!(self.facts().await, facts);
        assert_eq!(self.connection().await["health"], "working");
    }

    /// The consent ends from here: on the platform, and its tokens are gone. What was read stays.
    async fn is_disconnected(&self) {
        let facts = self.facts().await;
        let name = self.connection().await["name"].as_str().unwrap().to_owned();
        let sealed = "SELECT max(length(sealed_secret)) FROM connection";
        let before = self.installation.number(sealed).await;
        let ended = self.installation.ask(&["disconnect", &name]).await;
        let has_address = match &self.consent {
            Consent::Code(provider) | Consent::Client(provider) => provider.revoke.is_some(),
            Consent::Key => false,
        };
        let deleted = |world: &mut World| world.written.iter().any(|(call, _)| call.starts_with("DELETE"));
        let is_left = self.server.is_revoked() || self.server.adjust(deleted);
        assert_eq!(is_left, has_address, "{ended}");
        let access = if has_address { "ended" } else { "by-person" };
        assert_eq!(ended[0]["access"], access, "{ended}");
        // id, nonce and tag of nothing
        assert!(before > 48);
        assert_eq!(self.installation.number(sealed).await, 48);
        assert_eq!(self.facts().await, facts);
        assert_eq!(self.connection().await["health"], "disconnected");
        let calls = self.server.calls();
        self.installation
            .maan(&["run"])
            .await
            .problem(4, &["disconnected", "--no-sync"]);
        assert_eq!(self.server.calls(), calls);
        self.installation
            .maan(&["disconnect", &name])
            .await
            .problem(3, &["not connected"]);
    }

    /// Nothing secret stands in the clear in the folder but the file that a person wrote.
    fn shows_no_secret(&self) {
        let kept = ["maan.db", "maan.db-wal"].map(|name| std::fs::read(self.installation.path(name)));
        for bytes in kept.into_iter().flatten() {
            for secret in [CLIENT.1, "access-token-", "refresh-token-"] {
                let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                assert!(!found, "{secret}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connecting_every_platform_reads_looks_after_and_lets_go() {
    for connector in CONNECTORS {
        eprintln!("{}", connector.name);
        let desk = Desk::of(connector).await;
        desk.connect().await.good();
        desk.is_read_whole().await;
        desk.is_connected_again().await;
        desk.is_disconnected().await;
        desk.goes_on().await;
        desk.shows_no_secret();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connecting_names_what_is_missing() {
    let installation = Installation::new(Kind::Sqlite).await;
    for (arguments, code, words) in [
        (&["connect", "abacus"][..], 3, "exact-online"),
        (&["connect", "moneybird"], 1, "--client-id"),
        (
            &["connect", "moneybird", "--client-id", "x"],
            1,
            "--client-secret-file",
        ),
        (
            &["connect", "moneybird", "--with", "database=x"],
            1,
            "asks for nothing",
        ),
        (&["disconnect", "Noord"], 3, "none is connected"),
    ] {
        installation.maan(arguments).await.problem(code, &[words]);
    }
    let none = installation.maan(&["connections"]).await.good();
    assert!(none.out.contains("maan connect PLATFORM"), "{}", none.out);
}

/// A platform that cannot be reached keeps nobody from going, and a reading that fails is told until one does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connecting_with_a_platform_that_is_down_is_told() {
    let mut desk = Desk::of(Connector::of("moneybird").unwrap()).await;
    desk.connect().await.good();
    let other = Server::start(Box::new(Moneybird), Clock::standing_at(START), 1_000).await;
    // its address answers nobody any more
    drop(std::mem::replace(&mut desk.server, other));
    desk.installation.maan(&["sync"]).await.problem(5, &["127.0.0.1"]);
    let connection = desk.connection().await;
    assert_eq!(connection["health"], "failing");
    assert!(
        connection["why"].as_str().unwrap().contains("127.0.0.1"),
        "{connection}"
    );
    let name = connection["name"].as_str().unwrap();
    let gone = desk.installation.maan(&["--json", "disconnect", name]).await;
    assert_eq!(gone.code, Some(4), "{gone:?}");
    assert_eq!(gone.json()[0]["access"], "failed");
    assert_eq!(desk.connection().await["health"], "disconnected");
}
