//! An administration that lives by files: invoices, bank statements, what another tool did, and everything back.

mod bank;
mod given_back;
mod lists;
mod moving_in;

use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Answer, Installation, Kind};

/// An installation without a platform, and a folder for files in it.
struct Files(Installation);

impl Files {
    async fn new() -> Self {
        Self(Installation::new(Kind::Sqlite).await)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Makes the administration from a list.
    async fn begin(&self, content: &str) -> Value {
        let file = self.file("begin.csv", content);
        self.0
            .ask(&["import", "--new", "Zonneveld", file.to_str().unwrap()])
            .await
    }

    /// Takes in a text as a file.
    async fn import(&self, content: &str, rest: &[&str]) -> Value {
        let file = self.file("next", content);
        let mut arguments = vec!["import", file.to_str().unwrap()];
        arguments.extend(rest);
        self.0.ask(&arguments).await
    }

    async fn answer(&self, content: &str, rest: &[&str]) -> Answer {
        let file = self.file("next", content);
        let mut arguments = vec!["import", file.to_str().unwrap()];
        arguments.extend(rest);
        self.0.maan(&arguments).await
    }

    /// What the tables of an export say: the lines of one of its files.
    async fn exported(&self, name: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("all");
        self.0.ask(&["export", to.to_str().unwrap()]).await;
        std::fs::read_to_string(to.join(name)).unwrap()
    }

    /// What is open of an invoice.
    async fn open(&self, number: &str) -> String {
        let table = self.exported("invoices.csv").await;
        let line = table.lines().find(|line| line.split(',').nth(2) == Some(number));
        line.unwrap_or_else(|| panic!("{number} is not in {table}"))
            .split(',')
            .nth(7)
            .unwrap()
            .to_owned()
    }
}

/// Three open invoices of two customers.
const LIST: &str = "klantnummer;klant;factuurnummer;factuurdatum;vervaldatum;bedrag;openstaand;e-mail\n\
    100;Jansen BV;2026-0001;01-09-2026;30-09-2026;121,00;121,00;jansen@example.com\n\
    100;Jansen BV;2026-0002;13-10-2026;31-10-2026;50,00;20,00;jansen@example.com\n\
    200;Pieters;2026-0003;15-10-2026;14-11-2026;1.000,00;1.000,00;pieters@example.com\n";
