//! Tables: CSV and Excel, of any program, with columns that are found by their headers.

mod amount;
mod columns;
mod date;
mod entries;
mod forms;
mod rows;
mod words;

use std::path::Path;

pub use columns::{Answers, Field, Mapping};
pub use forms::{DateOrder, DecimalSign};
pub use rows::is_formula;

use self::forms::{Candidates, Outcome};
use self::rows::{Cell, Layout};
use super::encoding::BytesRead;
use super::{FileError, Stop, Take};

/// Rows among which the headers are looked for: exports begin with a title or an address.
const HEAD: u64 = 25;

/// A table as it will be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    layout: Layout,
    header_line: u64,
    /// Headers in the order of the columns.
    pub headers: Vec<String>,
    /// Names these headers, for remembering.
    pub fingerprint: String,
    /// How it is read.
    pub mapping: Mapping,
    /// What must be answered before it can be read.
    pub questions: Vec<Question>,
}

/// What cannot be told from a table itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Amounts mean something else with a decimal comma and a decimal point; one of them.
    Amounts {
        /// One of the amounts.
        example: Option<String>,
    },
    /// Dates mean something else by their order; one of them.
    Dates {
        /// One of the dates.
        example: Option<String>,
    },
    /// No column says who or what a row is about.
    Columns,
}

impl Table {
    /// The layout in words.
    pub fn words(&self) -> String {
        self.layout.words()
    }
}

/// Looks at all of a table: its headers, what they mean, and in which form amounts and dates stand. `remembered`
/// gives what was settled for a table with the same headers before.
///
/// # Errors
/// The file cannot be read as a table.
pub(super) fn survey(
    path: &Path,
    workbook: bool,
    remembered: &dyn Fn(&str) -> Option<Mapping>,
    answers: &Answers,
) -> Result<Table, FileError> {
    let mut best: Option<(usize, Layout, u64, Vec<String>)> = None;
    for layout in rows::layouts(path, workbook)? {
        let Some((known, line, headers)) = header(path, &layout)? else {
            continue;
        };
        if best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, layout, line, headers));
        }
    }
    let (_, layout, header_line, headers) =
        best.ok_or_else(|| FileError::Table("there is nothing in it; choose another file".into()))?;
    let fingerprint = columns::fingerprint(&headers);
    let mut mapping = remembered(&fingerprint).unwrap_or_else(|| Mapping {
        columns: columns::guessed(&headers),
        ..Mapping::default()
    });
    answer(&mut mapping, &headers, answers)?;
    let mut table = Table {
        layout,
        header_line,
        headers,
        fingerprint,
        mapping,
        questions: Vec::new(),
    };
    table.settle_forms(path)?;
    if !table.says_something() {
        table.questions.push(Question::Columns);
    }
    Ok(table)
}

/// Reads a table about which no question is left.
pub(super) fn read(
    path: &Path,
    table: &Table,
    home: maan_ledger::Currency,
    bytes: &BytesRead,
    take: Take<'_>,
) -> Result<(), FileError> {
    let columns = entries::Columns::new(table, home);
    rows::read(path, &table.layout, bytes, &mut |line, cells| {
        if line <= table.header_line {
            return Ok(());
        }
        columns.entries(line, cells, take)
    })
}

/// The row with the headers: of the first rows the one with the most that are known, else the first with two cells.
fn header(path: &Path, layout: &Layout) -> Result<Option<(usize, u64, Vec<String>)>, FileError> {
    let mut best: Option<(usize, u64, Vec<String>)> = None;
    let mut seen = 0;
    let result = rows::read(path, layout, &BytesRead::default(), &mut |line, cells| {
        seen += 1;
        if seen > HEAD {
            return Err(Stop);
        }
        let texts: Vec<String> = cells.iter().map(Cell::shown).collect();
        if texts.iter().filter(|text| !text.is_empty()).count() >= 2 {
            let known = columns::guessed(&texts).len();
            if best.as_ref().is_none_or(|(most, ..)| known > *most) {
                best = Some((known, line, texts));
            }
        }
        Ok(())
    });
    match result {
        Ok(()) | Err(FileError::Stopped) => Ok(best),
        Err(error) => Err(error),
    }
}

/// What a person answered counts before what was guessed or remembered.
fn answer(mapping: &mut Mapping, headers: &[String], answers: &Answers) -> Result<(), FileError> {
    for (name, field) in &answers.columns {
        let header = headers
            .iter()
            .find(|header| columns::plain(header) == columns::plain(name));
        let Some(header) = header else {
            let shown: Vec<String> = headers
                .iter()
                .filter(|header| !header.is_empty())
                .map(|header| format!("`{header}`"))
                .collect();
            return Err(FileError::Table(format!(
                "it has no column `{name}`; it has {}",
                shown.join(", ")
            )));
        };
        if let Some(field) = field {
            mapping.columns.retain(|_, other| other != field);
            mapping.columns.insert(header.clone(), *field);
        } else {
            mapping.columns.remove(header);
        }
    }
    mapping.decimal_sign = answers.decimal_sign.or(mapping.decimal_sign);
    mapping.date_order = answers.date_order.or(mapping.date_order);
    Ok(())
}

impl Table {
    /// Fields by column.
    fn fields(&self) -> Vec<Option<Field>> {
        self.headers
            .iter()
            .map(|header| self.mapping.columns.get(header).copied())
            .collect()
    }

    fn has(&self, field: Field) -> bool {
        self.headers
            .iter()
            .any(|header| self.mapping.columns.get(header) == Some(&field))
    }

    fn says_something(&self) -> bool {
        let whom = self.has(Field::DebtorName) || self.has(Field::DebtorNumber);
        whom || (self.has(Field::InvoiceNumber) && self.has(Field::Event))
    }

    /// Finds the form of amounts and dates, or asks for it.
    fn settle_forms(&mut self, path: &Path) -> Result<(), FileError> {
        let fields = self.fields();
        let mut amounts = Candidates::new(&DecimalSign::ALL);
        let mut dates = Candidates::new(&DateOrder::ALL);
        let header_line = self.header_line;
        rows::read(path, &self.layout, &BytesRead::default(), &mut |line, cells| {
            for (cell, field) in cells.iter().zip(&fields) {
                if let (Cell::Text(text), Some(field), true) = (cell, field, line > header_line) {
                    if field.is_amount() {
                        amounts.see(&DecimalSign::ALL, text, amount::read);
                    } else if field.is_date() {
                        dates.see(&DateOrder::ALL, text, date::read);
                    }
                }
            }
            Ok(())
        })?;
        if self.mapping.decimal_sign.is_none() {
            match amounts.outcome() {
                Outcome::Form(sign) => self.mapping.decimal_sign = Some(sign),
                // nothing to remember: the next table may leave a doubt
                Outcome::Any => {}
                Outcome::Ambiguous(text) => self.questions.push(Question::Amounts { example: Some(text) }),
                Outcome::Mixed => self.questions.push(Question::Amounts { example: None }),
            }
        }
        if self.mapping.date_order.is_none() {
            match dates.outcome() {
                Outcome::Form(order) => self.mapping.date_order = Some(order),
                Outcome::Any => {}
                Outcome::Ambiguous(text) => self.questions.push(Question::Dates { example: Some(text) }),
                Outcome::Mixed => self.questions.push(Question::Dates { example: None }),
            }
        }
        Ok(())
    }
}
