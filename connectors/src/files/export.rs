//! Exports of this program: lines of JSON, each fact of each debtor with its two times.

use std::io::{BufRead, BufReader};

use maan_ledger::{DebtorId, Fact};
use serde::{Deserialize, Serialize};

use super::encoding::{self, BytesRead, Measured};
use super::{FileError, Source, Stop};

/// The file of an export that holds all facts.
pub const FACTS: &str = "facts.jsonl";
/// How that file begins.
pub const HEAD: &str = "{\"maan-export\":";
/// Longest line.
const MOST_OF_LINE: u64 = 1 << 22;

/// A line of an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[expect(
    clippy::large_enum_variant,
    reason = "one line is held at a time, and nearly all of them are facts"
)]
pub enum Export {
    /// The first line.
    Head {
        /// Version of the form, 1.
        #[serde(rename = "maan-export")]
        version: u32,
        /// Name of the administration.
        administration: String,
        /// Its settings, as the store writes them.
        settings: serde_json::Value,
    },
    /// A fact of a debtor, in the order in which they were kept.
    Fact {
        /// Whose.
        debtor: DebtorId,
        /// The fact.
        fact: Fact,
    },
    /// A fact of the administration, as the store writes it.
    Administration {
        /// The fact.
        administration_fact: serde_json::Value,
    },
}

/// Gives all lines of an export with their numbers.
///
/// # Errors
/// A line cannot be read, is longer than any is, or was written by a newer program.
pub fn read(
    source: &Source,
    bytes: &BytesRead,
    take: &mut dyn FnMut(u64, Export) -> Result<(), Stop>,
) -> Result<(), FileError> {
    let text = encoding::decoded(&source.path, encoding_rs::UTF_8, bytes)?;
    let mut lines = Measured::new(BufReader::new(text), MOST_OF_LINE);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        lines.pause();
        let length = lines.read_until(b'\n', &mut line);
        if lines.is_over() {
            return Err(FileError::Hostile(format!("line {number} is longer than 4 MiB")));
        }
        if length? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read: Export = serde_json::from_slice(&line).map_err(|_| FileError::Broken {
            line: number,
            why: "it is no line of an export".into(),
        })?;
        if let Export::Head { version, .. } = &read
            && *version != 1
        {
            return Err(FileError::Unknown(format!(
                "it is an export of form {version}, and this program reads form 1; use the newer one"
            )));
        }
        take(number, read)?;
    }
    Ok(())
}
