//! A dialect server, a connector that reads it, and what the embedder keeps.

use std::sync::Arc;
use std::time::Duration;

use maan_connectors::http::{Allowance, Connection, Timer, transport};
use maan_connectors::oauth::{ClientCredentials, Session, TokenEndpoint, Tokens};
use maan_connectors::{Consent, Opening, Platform, ReadError, ReadOptions, Reading, Remedy, Site};
use maan_dialects::case::Case;
use maan_dialects::expected;
use maan_dialects::model::Change;
use maan_dialects::server::{CLIENT, Server};
use maan_ledger::{Clock, Moment};
use secrecy::SecretString;
use tempfile::TempDir;

use super::picture::picture;
use super::suite::Subject;
use crate::support::{Books, FileVault};

pub(super) struct Desk {
    pub(super) server: Server,
    pub(super) platform: Arc<dyn Platform>,
    pub(super) timer: Timer,
    /// Ours.
    pub(super) clock: Clock,
    /// The platform's.
    theirs: Clock,
    /// Seconds that ours is ahead of the platform's.
    ahead: i64,
    pub(super) books: Books,
    made: Vec<Change>,
    cannot: Vec<Case>,
    _folder: TempDir,
}

/// A minute after the administration's last change before the first reading.
const START: Moment = Moment(1_795_251_660_000_000);

impl Desk {
    pub(super) async fn open(subject: &Subject, page: usize) -> Self {
        Self::open_ahead(subject, page, 0).await
    }

    /// A desk whose clock is so many seconds ahead of the platform's.
    pub(super) async fn open_ahead(subject: &Subject, page: usize, ahead: i64) -> Self {
        let (clock, theirs) = (
            Clock::standing_at(START.plus_seconds(ahead)),
            Clock::standing_at(START),
        );
        let server = Server::start((subject.dialect)(), theirs.clone(), page).await;
        let parameters = subject.parameters.iter();
        let parameters = parameters.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let site = Site::at(&server.base(), parameters.collect()).unwrap();
        let given = server.tokens();
        let tokens = Tokens {
            access: SecretString::from(given.access),
            refresh: Some(SecretString::from(given.refresh)),
            // told by how long they last
            issued_at: Some(given.issued.plus_seconds(ahead)),
            expires_at: Some(given.ends.plus_seconds(ahead)),
            consent_ends: None,
            scope: String::new(),
        };
        let folder = tempfile::tempdir().unwrap();
        let vault = Arc::new(FileVault::new(&folder, &tokens));
        let timer = Timer::skipping();
        let session = match (subject.connector.consent)(&site).unwrap() {
            Consent::Key => Session::of_key(vault, timer.clone()),
            Consent::Code(provider) | Consent::Client(provider) => {
                let client = ClientCredentials {
                    id: CLIENT.0.to_owned(),
                    secret: SecretString::from(CLIENT.1),
                };
                let endpoint =
                    TokenEndpoint::new(transport().unwrap(), provider, client, clock.clone()).unwrap();
                Session::new(endpoint, vault, timer.clone())
            }
        };
        // its own manners but for the pace, which is tried elsewhere
        let allowance = Allowance {
            errors: (subject.connector.allowance)().errors,
            pause: (subject.connector.allowance)().pause,
            ..Allowance::of(100_000, Duration::from_secs(1), 100_000)
        };
        let connection = Arc::new(Connection::new(
            transport().unwrap(),
            session,
            allowance,
            timer.clone(),
        ));
        let opened = (subject.connector.administrations)(&connection, &site)
            .await
            .unwrap();
        assert_eq!(opened.len(), 1, "{opened:?}");
        let administration = opened.into_iter().next().unwrap();
        assert_eq!(administration.name, "Noorderlicht Handel BV");
        assert_eq!(
            (administration.currency.as_str(), administration.country.as_str()),
            ("EUR", "NL")
        );
        assert_eq!(administration.time_zone, chrono_tz::Europe::Amsterdam);
        assert!(!administration.suspended);
        let cannot = (subject.dialect)()
            .cannot()
            .iter()
            .map(|(case, _)| *case)
            .collect();
        Self {
            platform: (subject.connector.open)(Opening {
                connection,
                site,
                administration,
                clock: clock.clone(),
            }),
            server,
            timer,
            clock,
            theirs,
            ahead,
            books: Books::default(),
            made: Vec::new(),
            cannot,
            _folder: folder,
        }
    }

    /// Reads what changed and keeps it. What is only to be waited for is waited for.
    pub(super) async fn read(&mut self) -> Result<(), ReadError> {
        let mut reading = Reading::of(&*self.platform, self.books.known.clone(), ReadOptions::default());
        let mut waits = 0;
        loop {
            match reading.next().await {
                Ok(Some(batch)) => self.books.keep(&batch),
                Ok(None) => return Ok(()),
                Err(error) => match error.remedy() {
                    Remedy::Retry { after: Some(after) } if waits < 5 => {
                        waits += 1;
                        self.pass(after);
                    }
                    _ => return Err(error),
                },
            }
        }
    }

    /// Time passes.
    pub(super) fn pass(&self, time: Duration) {
        let seconds = i64::try_from(time.as_secs()).unwrap();
        self.set(self.theirs.now().plus_seconds(seconds + 1));
    }

    /// Sets both clocks by the platform's.
    pub(super) fn set(&self, theirs: Moment) {
        self.theirs.set(theirs);
        self.clock.set(theirs.plus_seconds(self.ahead));
    }

    /// Makes a change and lets a minute pass after it.
    pub(super) fn change(&mut self, change: Change) {
        self.server.change(change);
        self.happened(change);
    }

    /// Remembers a change that the server made by itself.
    pub(super) fn happened(&mut self, change: Change) {
        self.made.push(change);
        let now = self.server.adjust(|world| world.model.now);
        self.set(now.plus_seconds(60).max(self.theirs.now()));
    }

    /// The ledger shows what is expected after the changes that were made.
    pub(super) fn check(&self) {
        self.check_beside("");
    }

    /// The same, beside what it shows of a document that is not expected; gives that.
    pub(super) fn check_beside(&self, number: &str) -> Vec<String> {
        assert_eq!(self.server.complaints(), Vec::<String>::new());
        assert_eq!(self.books.problems, Vec::<String>::new());
        let (beside, found): (Vec<String>, Vec<String>) = picture(&self.books)
            .into_iter()
            .filter(|line| expected::is_expressed(line, &self.cannot))
            .partition(|line| !number.is_empty() && line.starts_with(number));
        let wanted = expected::lines(&self.made, &self.cannot);
        let missing: Vec<&String> = wanted.iter().filter(|line| !found.contains(line)).collect();
        let beyond: Vec<&String> = found.iter().filter(|line| !wanted.contains(line)).collect();
        assert!(
            missing.is_empty() && beyond.is_empty(),
            "missing {missing:#?}\nbeyond {beyond:#?}"
        );
        assert_eq!(found, wanted, "something is doubled");
        beside
    }
}
