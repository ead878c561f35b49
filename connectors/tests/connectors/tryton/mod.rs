//! Against a real Tryton: books that it made itself, read and changed there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use maan_connectors::http::{Connection, Timer, transport};
use maan_connectors::{Connector, Entity, Opening, Platform, Remedy, Site, WriteBack, Written};
use maan_ledger::{Clock, Currency, Money};
use tempfile::TempDir;

use crate::conformance::picture::picture;
use crate::support::{Books, fast, key, note_on};

const FIRST: &str = include_str!("first.txt");
const LATER: &str = include_str!("later.txt");

/// The server that `cargo xtask test` started.
struct Real {
    folder: PathBuf,
    vaults: TempDir,
}

impl Real {
    fn there() -> Option<Self> {
        let Some(folder) = std::env::var_os("MAAN_TEST_TRYTON") else {
            eprintln!(
                "SKIPPED on a real Tryton: MAAN_TEST_TRYTON is not set (`cargo xtask test` sets it where it can be installed)"
            );
            return None;
        };
        Some(Self {
            folder: folder.into(),
            vaults: tempfile::tempdir().unwrap(),
        })
    }

    fn told(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    async fn open(&self, secret: &str) -> Result<Arc<dyn Platform>, maan_connectors::http::CallError> {
        let connector = Connector::of("tryton").unwrap();
        let parameters = BTreeMap::from([("database".to_owned(), "maan".to_owned())]);
        let site = Site::at(&self.told("url"), parameters).unwrap();
        let connection = Arc::new(Connection::new(
            transport().unwrap(),
            key(&self.vaults, secret, Timer::real()),
            fast(),
            Timer::real(),
        ));
        let administration = (connector.administrations)(&connection, &site).await?.remove(0);
        Ok((connector.open)(Opening {
            connection,
            site,
            administration,
            clock: Clock::System,
        }))
    }

    /// Changes the books by Tryton's own means.
    fn change(&self) {
        let books = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/connectors/tryton/books.py");
        let done = Command::new(self.told("python"))
            .arg(books)
            .arg(self.folder.join("books.conf"))
            .args(["maan", "later"])
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// The lines, after a change whose lines are marked with - and +.
fn lines(changed: &str) -> Vec<String> {
    let mut lines: Vec<&str> = FIRST.lines().collect();
    for line in changed.lines() {
        match line.split_once(' ').unwrap() {
            ("+", line) => lines.push(line),
            (_, line) => {
                let at = lines.iter().position(|other| *other == line);
                lines.remove(at.unwrap_or_else(|| panic!("`{line}` is not there")));
            }
        }
    }
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn a_real_tryton_is_read_and_written() {
    let Some(real) = Real::there() else { return };
    let platform = real.open(&real.told("key")).await.unwrap();
    assert_eq!(platform.administration().name, "Noorderlicht Handel BV");
    assert_eq!(platform.administration().time_zone, chrono_tz::Europe::Amsterdam);
    let mut books = Books::default();
    books.read(&*platform).await.unwrap();
    assert_eq!(books.problems, Vec::<String>::new());
    assert_eq!(picture(&books), lines(""));
    let newest = platform.bank_booked_through().await.unwrap();
    assert_eq!(newest, Some("2026-10-15".parse().unwrap()));

    let (added, calls) = (books.added, platform.connection().calls());
    books.read(&*platform).await.unwrap();
    assert_eq!(books.added, added);
    assert_eq!(platform.connection().calls(), calls + 4);

    real.change();
    books.read(&*platform).await.unwrap();
    assert_eq!(books.problems, Vec::<String>::new());
    assert_eq!(picture(&books), lines(LATER));

    written_back(&*platform, &mut books).await;

    let error = real.open("another key").await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
}

/// A note on a party and on an invoice, and a limit that is read again as it was set.
async fn written_back(platform: &dyn Platform, books: &mut Books) {
    let limited = |books: &Books| {
        let all = picture(books);
        all.into_iter()
            .filter(|line| line.contains(" limit "))
            .collect::<Vec<_>>()
    };
    let contact = {
        let mut all: Vec<u64> = books
            .known
            .of(Entity::Contact)
            .map(|(id, _)| id.parse().unwrap())
            .collect();
        all.sort_unstable();
        all[0].to_string()
    };
    let (on_invoice, on_contact) = (
        WriteBack::Note {
            contact: contact.clone(),
            invoice: Some("1".to_owned()),
            text: "Belafspraak: <\"é\">".to_owned(),
            todo: false,
        },
        note_on(&contact, "Gemaild"),
    );
    for note in [on_invoice, on_contact] {
        let written = platform.write(&note).await.unwrap();
        assert!(
            matches!(&written, Written::Done(Some(id)) if id.parse::<u64>().is_ok()),
            "{written:?}"
        );
    }
    for (limit, told) in [
        (
            Some(Money::new(750_050, Currency::EUR)),
            vec!["1001 limit 7500.50 EUR"],
        ),
        (None, vec![]),
    ] {
        let change = WriteBack::CreditLimit {
            contact: contact.clone(),
            limit,
        };
        assert_eq!(platform.write(&change).await.unwrap(), Written::Done(None));
        books.read(platform).await.unwrap();
        assert_eq!(limited(books), told);
    }
    let nobody = WriteBack::CreditLimit {
        contact: "4711".to_owned(),
        limit: None,
    };
    let error = platform.write(&nobody).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::AskPerson, "{error}");
}
