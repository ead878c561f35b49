//! What an import understood, and what came of it.

use std::collections::BTreeMap;

use maan_connectors::files::{Question, Table};
use maan_ledger::{Day, Money, ReceiptId};
use serde::Serialize;

/// First lines of a file that are shown.
const FIRST: usize = 5;
/// Left-out lines of a file that are shown one by one.
const SHOWN: usize = 25;

/// What an import understood, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportReport {
    /// Nothing was kept.
    pub dry_run: bool,
    /// By file, in the order in which they were taken in.
    pub files: Vec<FileReport>,
    /// Facts that became known.
    pub facts: u64,
    /// Debtors that became known.
    pub new_debtors: u64,
    /// Known debtors of whom something became known.
    pub changed_debtors: u64,
    /// Money that a person must say for whom it is.
    pub for_a_person: Vec<Unsure>,
    /// Open items of earlier files that these files do not name, and their sums.
    pub not_named: u64,
    /// What is open of those.
    pub not_named_open: Vec<Money>,
    /// What a person should know.
    pub warnings: Vec<String>,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FileReport {
    /// Path, and name within an archive.
    pub name: String,
    /// What it is, in words.
    pub format: String,
    /// How a table was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapped: Option<Mapped>,
    /// How many of what.
    pub counts: BTreeMap<&'static str, u64>,
    /// Sums of what, per currency.
    pub sums: BTreeMap<&'static str, Vec<Money>>,
    /// What was known already.
    pub known: u64,
    /// The first lines in words.
    pub first: Vec<String>,
    /// Lines that were left out.
    pub skipped: u64,
    /// The first of them, with the reason.
    pub skipped_lines: Vec<Skipped>,
    /// What a person should know about the file.
    pub warnings: Vec<String>,
}

/// A line that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Where.
    pub line: u64,
    /// Why.
    pub why: String,
}

/// How a table was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mapped {
    /// Header and field, in the order of the columns; no field where the column is left out.
    pub columns: Vec<(String, Option<&'static str>)>,
    /// `comma` or `point` before the decimals.
    pub decimals: Option<String>,
    /// Order of day, month and year.
    pub dates: Option<String>,
}

/// Money that a person must say for whom it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unsure {
    /// The payment; its first characters are enough to name it.
    pub id: ReceiptId,
    /// When.
    pub on: Day,
    /// How much.
    pub amount: Money,
    /// Who paid, and what the payer wrote; untrusted text.
    pub payer: String,
    /// What the payer wrote; untrusted text.
    pub text: String,
    /// Why it is not certain.
    pub why: String,
    /// What it may be for.
    pub candidates: Vec<String>,
}

/// What must be answered before a table can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The file.
    pub name: String,
    /// The questions in words, each with how to answer.
    pub questions: Vec<String>,
    /// How it would be read.
    pub mapped: Mapped,
}

impl Asked {
    pub(super) fn of(name: &str, table: &Table) -> Self {
        let questions = table.questions.iter().map(|question| match question {
            Question::Amounts { example: Some(text) } => format!(
                "is `{text}` with a decimal comma or a decimal point? Say --decimals comma or --decimals point"
            ),
            Question::Amounts { example: None } => {
                "amounts stand in two forms, some with a decimal comma and some with a point; say which with --decimals \
                 comma or --decimals point, and the others are left out"
                    .into()
            }
            Question::Dates { example: Some(text) } => format!(
                "which of `{text}` is the day, the month, the year? Say --dates day-first, --dates month-first or --dates \
                 year-first"
            ),
            Question::Dates { example: None } => {
                "dates stand in several orders; say which with --dates day-first, --dates month-first or --dates \
                 year-first, and the others are left out"
                    .into()
            }
            Question::Columns => {
                "no column is known as customer or invoice; say what they hold with --column HEADER=FIELD, such as \
                 --column Relatie=debtor-name"
                    .into()
            }
        });
        Self {
            name: name.to_owned(),
            questions: questions.collect(),
            mapped: Mapped::of(table),
        }
    }
}

impl Mapped {
    pub(super) fn of(table: &Table) -> Self {
        let word = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|value| value.as_str().map(str::to_owned))
        };
        let fields = table
            .headers
            .iter()
            .filter(|header| !header.is_empty())
            .map(|header| {
                let field = table.mapping.columns.get(header);
                (header.clone(), field.map(|field| field.word()))
            });
        Self {
            columns: fields.collect(),
            decimals: table
                .mapping
                .decimal_sign
                .and_then(|sign| word(serde_json::to_value(sign))),
            dates: table
                .mapping
                .date_order
                .and_then(|order| word(serde_json::to_value(order))),
        }
    }
}

impl FileReport {
    pub(super) fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    pub(super) fn sum(&mut self, what: &'static str, amount: Money) {
        add(self.sums.entry(what).or_default(), amount);
    }

    pub(super) fn first(&mut self, words: impl FnOnce() -> String) {
        if self.first.len() < FIRST {
            self.first.push(words());
        }
    }

    pub(super) fn skip(&mut self, line: u64, why: String) {
        self.skipped += 1;
        if self.skipped_lines.len() < SHOWN {
            self.skipped_lines.push(Skipped { line, why });
        }
    }
}

/// Adds an amount to the sum in its currency; a sum that does not fit stays at the largest amount.
pub(super) fn add(sums: &mut Vec<Money>, amount: Money) {
    match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
        Some(sum) => sum.minor = sum.minor.saturating_add(amount.minor),
        None => {
            sums.push(amount);
            sums.sort_by_key(|sum| sum.currency);
        }
    }
}
