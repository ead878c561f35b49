//! The Belgian enterprise register's open data: files that its users download, kept here in a database of their own.
//!
//! A full extract comes each month and replaces all; updates come in between, each with the number after the one
//! before. Names and situations are those of the files' own code table.

mod load;

use std::path::{Path, PathBuf};

use maan_ledger::{Clock, Country, Day, LegalSituation};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use thiserror::Error;

use super::number::day;
use super::{Candidate, CreditInformation, Insolvency, NoAnswer, Service, Subject, Why};

/// A full extract comes monthly: older files tell no more who failed.
const FRESH_DAYS: i32 = 45;

/// The register as it was loaded.
#[derive(Debug)]
pub struct Kbo {
    file: PathBuf,
    clock: Clock,
}

/// What was loaded.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Loaded {
    /// Number of the extract.
    pub extract: i64,
    /// Day of the data.
    pub as_at: Day,
    /// Enterprises that are known now.
    pub enterprises: i64,
}

/// Why files were not loaded; what was there before stays.
#[derive(Debug, Error)]
pub enum KboError {
    /// A file is missing or cannot be read.
    #[error(
        "`{file}` cannot be read ({cause}); unpack the whole download of the KBO open data into one folder"
    )]
    File {
        /// Which.
        file: String,
        /// In the operating system's or the reader's words.
        cause: String,
    },
    /// A file does not say what it should.
    #[error("`{file}` is not a file of the KBO open data ({why}); download it again")]
    NotUnderstood {
        /// Which.
        file: String,
        /// What is missing.
        why: String,
    },
    /// An update that does not follow what is loaded.
    #[error("this is update {found}, and {wanted} comes next; load the updates in order, or a full extract")]
    OutOfOrder {
        /// Number of the update.
        found: i64,
        /// Number that comes next.
        wanted: i64,
    },
    /// An update without a full extract before it.
    #[error("this is an update, and nothing is loaded yet; load a full extract first")]
    NothingBefore,
    /// The database.
    #[error("the database `kbo.db` cannot be used ({0}); check the folder's owner and free space")]
    Database(#[from] sqlx::Error),
}

impl Kbo {
    /// The register in a folder, which may be empty.
    pub fn at(folder: &Path, clock: Clock) -> Self {
        Self {
            file: folder.join("kbo.db"),
            clock,
        }
    }

    /// Loads an extract or update that was unpacked into a folder. All of it or nothing.
    ///
    /// # Errors
    /// The files, their order, or the database.
    pub async fn load(&self, folder: &Path) -> Result<Loaded, KboError> {
        let mut database = self.open(true).await?;
        load::tables(&mut database).await?;
        load::load(&mut database, folder).await
    }

    async fn open(&self, make: bool) -> Result<SqliteConnection, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(&self.file)
            .create_if_missing(make)
            .read_only(!make);
        SqliteConnection::connect_with(&options).await
    }

    pub(super) async fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        subject.permit(Service::Kbo)?;
        let number = subject.number().filter(|_| subject.country.to_string() == "BE");
        let number = number.ok_or_else(|| none(Why::NothingToAskBy("a Belgian enterprise number")))?;
        let row = self.row(&number).await?;
        let row = row.ok_or_else(|| none(Why::NotFound(number.clone())))?;
        let name = row.name.as_deref().unwrap_or(&subject.name);
        Ok(Candidate::new(&number, name, &number, Country::from_code("BE")))
    }

    pub(super) async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        let row = self.row(&company.id).await?;
        let row = row.ok_or_else(|| none(Why::NotFound(company.id.clone())))?;
        let described = row.descriptions.join(" / ");
        let original = format!("situation {} ({described}), as at {}", row.situation, row.as_at);
        let mut information = CreditInformation::about(Service::Kbo, company, &original);
        let normal = row.situation == "000";
        let situation = row.descriptions.iter().find_map(|text| situation(text));
        information.insolvency = match situation {
            _ if normal => Insolvency::None,
            Some(LegalSituation::Dissolved) => Insolvency::None,
            Some(situation) => Insolvency::Situations(vec![(situation, row.as_at, None)]),
            // nobody here judges what the follow-up has no word for
            None => {
                let what = format!("situation {} ({described}) is for a person", row.situation);
                return Err(none(Why::NotUnderstood(what)));
            }
        };
        let dissolved = !normal && situation == Some(LegalSituation::Dissolved);
        information.dissolved_since = dissolved.then_some(row.as_at);
        Ok(information)
    }

    async fn row(&self, number: &str) -> Result<Option<Row>, NoAnswer> {
        if !self.file.exists() {
            return Err(none(Why::NotLoaded));
        }
        let broken = |error: sqlx::Error| none(Why::BrokenOff(error.to_string()));
        let mut database = self.open(false).await.map_err(broken)?;
        let as_at: Option<(String,)> = sqlx::query_as("SELECT as_at FROM extract")
            .fetch_optional(&mut database)
            .await
            .map_err(broken)?;
        let as_at = as_at
            .and_then(|(text,)| day(&text))
            .ok_or_else(|| none(Why::NotLoaded))?;
        let today = Day::at(self.clock.now(), chrono_tz::Europe::Brussels);
        if today.since(as_at) > FRESH_DAYS {
            return Err(none(Why::Unavailable(format!(
                "its files are of {as_at}; load newer ones"
            ))));
        }
        let found: Option<(String, Option<String>)> = sqlx::query_as(
            "SELECT e.situation, d.name FROM enterprise e LEFT JOIN denomination d ON d.number = e.number
             WHERE e.number = $1",
        )
        .bind(number)
        .fetch_optional(&mut database)
        .await
        .map_err(broken)?;
        let Some((situation, name)) = found else {
            return Ok(None);
        };
        let descriptions: Vec<(String,)> =
            sqlx::query_as("SELECT description FROM situation WHERE code = $1 ORDER BY language DESC")
                .bind(&situation)
                .fetch_all(&mut database)
                .await
                .map_err(broken)?;
        Ok(Some(Row {
            situation,
            name,
            descriptions: descriptions.into_iter().map(|(text,)| text).collect(),
            as_at,
        }))
    }
}

/// What is loaded of an enterprise.
struct Row {
    situation: String,
    name: Option<String>,
    descriptions: Vec<String>,
    as_at: Day,
}

fn none(why: Why) -> NoAnswer {
    NoAnswer {
        service: Service::Kbo,
        why,
    }
}

/// What a description of the register's code table, Dutch or French, means for the follow-up. A bankruptcy that was
/// closed leaves no company.
fn situation(description: &str) -> Option<LegalSituation> {
    let text = description.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let ended = says(&["sluiting", "clôture", "cloture"]);
    if says(&["faillissement", "faillite"]) && !ended {
        return Some(LegalSituation::Bankruptcy);
    }
    if says(&["reorganisatie", "réorganisation", "akkoord", "concordat"]) && !ended {
        return Some(LegalSituation::Moratorium);
    }
    let over = [
        "faillissement",
        "faillite",
        "ontbinding",
        "dissolution",
        "vereffening",
        "liquidation",
        "stopzetting",
        "cessation",
    ];
    says(&over).then_some(LegalSituation::Dissolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registers_own_words_tell_what_a_situation_means() {
        for (text, wanted) in [
            ("Normale toestand", None),
            ("Opening faillissement", Some(LegalSituation::Bankruptcy)),
            ("Ouverture de faillite", Some(LegalSituation::Bankruptcy)),
            ("Sluiting faillissement", Some(LegalSituation::Dissolved)),
            ("Gerechtelijke reorganisatie", Some(LegalSituation::Moratorium)),
            (
                "Vervroegde ontbinding - vereffening",
                Some(LegalSituation::Dissolved),
            ),
            ("Fusie door overneming", None),
        ] {
            assert_eq!(situation(text), wanted, "{text}");
        }
    }
}
