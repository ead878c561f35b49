//! Loading the files: read as a stream, written in one transaction.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use csv::{Reader, StringRecord};
use sqlx::Acquire;
use sqlx::sqlite::SqliteConnection;

use super::{KboError, Loaded};
use crate::credit::number::day;
use crate::credit::subject::enterprise;

/// Type of a denomination that is the name of the company.
const NAME: &str = "001";

/// Category of the code table that describes situations.
const SITUATIONS: &str = "JuridicalSituation";

pub(super) async fn tables(database: &mut SqliteConnection) -> Result<(), KboError> {
    let statements = "CREATE TABLE IF NOT EXISTS extract (number INTEGER NOT NULL, as_at TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS enterprise (number TEXT NOT NULL PRIMARY KEY, situation TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS denomination (number TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS situation (code TEXT NOT NULL, language TEXT NOT NULL, description TEXT NOT NULL,
            PRIMARY KEY (code, language)) STRICT, WITHOUT ROWID;";
    sqlx::raw_sql(statements).execute(database).await?;
    Ok(())
}

pub(super) async fn load(database: &mut SqliteConnection, folder: &Path) -> Result<Loaded, KboError> {
    let mut meta = HashMap::new();
    let mut rows = Rows::open(folder, "meta.csv", &["Variable", "Value"])?;
    while let Some([name, value]) = rows.next()? {
        meta.insert(name, value);
    }
    let missing = |what: &str| rows_error("meta.csv", format!("{what} is missing"));
    let extract: i64 = meta
        .get("ExtractNumber")
        .and_then(|text| text.trim().parse().ok())
        .ok_or_else(|| missing("ExtractNumber"))?;
    let as_at = meta
        .get("SnapshotDate")
        .and_then(|text| day(text))
        .ok_or_else(|| missing("SnapshotDate"))?;
    let full = match meta.get("ExtractType").map(|text| text.to_lowercase()).as_deref() {
        Some("full") => true,
        Some("update") => false,
        _ => return Err(missing("ExtractType")),
    };
    let mut tx = database.begin().await?;
    let before: Option<(i64,)> = sqlx::query_as("SELECT number FROM extract")
        .fetch_optional(&mut *tx)
        .await?;
    match (full, before) {
        (true, _) => {
            sqlx::raw_sql("DELETE FROM enterprise; DELETE FROM denomination;")
                .execute(&mut *tx)
                .await?;
            enterprises(&mut tx, folder, "enterprise.csv").await?;
            denominations(&mut tx, folder, "denomination.csv").await?;
        }
        (false, None) => return Err(KboError::NothingBefore),
        (false, Some((before,))) if extract != before + 1 => {
            return Err(KboError::OutOfOrder {
                found: extract,
                wanted: before + 1,
            });
        }
        (false, Some(_)) => {
            remove(
                &mut tx,
                folder,
                "enterprise_delete.csv",
                "EnterpriseNumber",
                "enterprise",
            )
            .await?;
            enterprises(&mut tx, folder, "enterprise_insert.csv").await?;
            remove(
                &mut tx,
                folder,
                "denomination_delete.csv",
                "EntityNumber",
                "denomination",
            )
            .await?;
            denominations(&mut tx, folder, "denomination_insert.csv").await?;
        }
    }
    situations(&mut tx, folder).await?;
    sqlx::query("DELETE FROM extract").execute(&mut *tx).await?;
    sqlx::query("INSERT INTO extract (number, as_at) VALUES ($1, $2)")
        .bind(extract)
        .bind(as_at.to_string())
        .execute(&mut *tx)
        .await?;
    let (enterprises,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM enterprise")
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Loaded {
        extract,
        as_at,
        enterprises,
    })
}

async fn enterprises(database: &mut SqliteConnection, folder: &Path, file: &str) -> Result<(), KboError> {
    let mut rows = Rows::open(folder, file, &["EnterpriseNumber", "JuridicalSituation"])?;
    while let Some([number, situation]) = rows.next()? {
        let Some(number) = number_of(&number) else {
            continue;
        };
        let statement = sqlx::query("INSERT OR REPLACE INTO enterprise (number, situation) VALUES ($1, $2)");
        statement
            .bind(number)
            .bind(situation)
            .execute(&mut *database)
            .await?;
    }
    Ok(())
}

/// Names of companies; branches have numbers of another form and fall away.
async fn denominations(database: &mut SqliteConnection, folder: &Path, file: &str) -> Result<(), KboError> {
    let mut rows = Rows::open(
        folder,
        file,
        &["EntityNumber", "TypeOfDenomination", "Denomination"],
    )?;
    while let Some([number, kind, name]) = rows.next()? {
        let Some(number) = number_of(&number).filter(|_| kind == NAME) else {
            continue;
        };
        let name: String = name.chars().take(200).collect();
        let statement = sqlx::query("INSERT OR IGNORE INTO denomination (number, name) VALUES ($1, $2)");
        statement.bind(number).bind(name).execute(&mut *database).await?;
    }
    Ok(())
}

async fn remove(
    database: &mut SqliteConnection,
    folder: &Path,
    file: &str,
    column: &str,
    table: &'static str,
) -> Result<(), KboError> {
    let statement = match table {
        "enterprise" => "DELETE FROM enterprise WHERE number = $1",
        _ => "DELETE FROM denomination WHERE number = $1",
    };
    let mut rows = Rows::open(folder, file, &[column])?;
    while let Some([number]) = rows.next()? {
        if let Some(number) = number_of(&number) {
            sqlx::query(statement)
                .bind(number)
                .execute(&mut *database)
                .await?;
        }
    }
    Ok(())
}

async fn situations(database: &mut SqliteConnection, folder: &Path) -> Result<(), KboError> {
    let mut rows = Rows::open(
        folder,
        "code.csv",
        &["Category", "Code", "Language", "Description"],
    )?;
    while let Some([category, code, language, description]) = rows.next()? {
        if category != SITUATIONS || !matches!(language.as_str(), "NL" | "FR") {
            continue;
        }
        let statement =
            sqlx::query("INSERT OR REPLACE INTO situation (code, language, description) VALUES ($1, $2, $3)");
        let description: String = description.chars().take(200).collect();
        statement
            .bind(code)
            .bind(language)
            .bind(description)
            .execute(&mut *database)
            .await?;
    }
    Ok(())
}

/// An enterprise number without its dots.
fn number_of(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(12).collect();
    enterprise(&digits)
}

fn rows_error(file: &str, why: String) -> KboError {
    KboError::NotUnderstood {
        file: file.to_owned(),
        why,
    }
}

/// The wanted columns of a file, row by row.
struct Rows<const N: usize> {
    file: String,
    reader: Reader<File>,
    columns: [usize; N],
    record: StringRecord,
}

impl<const N: usize> Rows<N> {
    fn open(folder: &Path, file: &str, wanted: &[&str; N]) -> Result<Self, KboError> {
        let path = folder.join(file);
        let unreadable = |cause: String| KboError::File {
            file: path.display().to_string(),
            cause,
        };
        let mut reader = Reader::from_path(&path).map_err(|error| unreadable(error.to_string()))?;
        let head = reader
            .headers()
            .map_err(|error| unreadable(error.to_string()))?
            .clone();
        let mut columns = [0; N];
        for (place, name) in columns.iter_mut().zip(wanted) {
            let found = head
                .iter()
                .position(|column| column.trim_start_matches('\u{feff}') == *name);
            *place = found.ok_or_else(|| rows_error(file, format!("the column {name} is missing")))?;
        }
        Ok(Self {
            file: file.to_owned(),
            reader,
            columns,
            record: StringRecord::new(),
        })
    }

    fn next(&mut self) -> Result<Option<[String; N]>, KboError> {
        let read = self.reader.read_record(&mut self.record);
        let more = read.map_err(|error| rows_error(&self.file, error.to_string()))?;
        let cell = |column: usize| self.record.get(column).unwrap_or_default().to_owned();
        Ok(more.then(|| self.columns.map(cell)))
    }
}
