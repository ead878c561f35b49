//! Rows of cells, from text with separators and from workbooks.

use std::io::{BufReader, Read};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::rc::Rc;
use std::{cell::Cell as Shared, io};

use calamine::{DataRef, Reader, Xlsx};
use maan_ledger::Day;
use rust_decimal::Decimal;

use super::{amount, date};
use crate::files::encoding::{self, BytesRead};
use crate::files::{FileError, Stop};

/// Longest row of a table.
const MOST_OF_ROW: u64 = 1 << 20;
/// Most columns of a table.
pub(super) const MOST_COLUMNS: usize = 512;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number of a workbook.
    Number(Decimal),
    /// A date of a workbook.
    Date(Day),
}

impl Cell {
    fn text(text: &str) -> Self {
        match unmarked(text.trim()) {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// The cell as text.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Date(day) => day.to_string(),
        }
    }
}

/// A cell without the mark by which an export of this program keeps a spreadsheet from taking text for a formula.
fn unmarked(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Whether a spreadsheet takes this text for a formula. A telephone number or an amount is none.
pub fn is_formula(text: &str) -> bool {
    let calm = |sign: char| sign.is_ascii_digit() || " ()+-.,/".contains(sign);
    text.starts_with(['=', '@', '+', '-', '\t', '\r']) && !text.chars().all(calm)
}

/// Takes a row with its number, from 1.
pub(super) type TakeRow<'a> = &'a mut dyn FnMut(u64, &[Cell]) -> Result<(), Stop>;

/// How a table is laid out in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Text in an encoding, with a separator.
    Separated {
        encoding: &'static encoding_rs::Encoding,
        separator: u8,
    },
    /// A sheet of a workbook.
    Sheet(String),
}

impl Layout {
    /// In words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Separated { encoding, separator } => {
                let separator = match separator {
                    b'\t' => "tabs".to_owned(),
                    other => format!("`{}`", char::from(*other)),
                };
                format!("CSV, {}, separated by {separator}", encoding.name())
            }
            Self::Sheet(name) => format!("Excel, sheet `{name}`"),
        }
    }
}

/// The layouts that a file can have: one for each sign that may divide text, one for each sheet of a workbook.
pub(super) fn layouts(path: &Path, workbook: bool) -> Result<Vec<Layout>, FileError> {
    if workbook {
        let names = guarded(|| Ok::<_, FileError>(open_book(path)?.sheet_names()))?;
        return Ok(names.into_iter().map(Layout::Sheet).collect());
    }
    let encoding = encoding::of_table(path)?;
    // which of them it is, the headers tell
    let separators = separators(encoding::decoded(path, encoding, &BytesRead::default())?)?;
    let layout = |separator| Layout::Separated { encoding, separator };
    Ok(separators.into_iter().map(layout).collect())
}

/// Gives all rows of a table.
pub(super) fn read(
    path: &Path,
    layout: &Layout,
    read: &BytesRead,
    take: TakeRow<'_>,
) -> Result<(), FileError> {
    match layout {
        Layout::Separated { encoding, separator } => {
            separated(encoding::decoded(path, encoding, read)?, *separator, take)
        }
        Layout::Sheet(name) => guarded(|| sheet(path, name, take)),
    }
}

/// What is read of a workbook, also where its reader gives up on a crafted one by a panic.
fn guarded<T>(read: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    std::panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(FileError::Hostile(
            "the workbook is damaged where no program writes it so; save it again".into(),
        ))
    })
}

/// Signs that may divide the columns, the one that divides the first lines most evenly first.
fn separators(text: impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    text.take(1 << 16).read_to_end(&mut head)?;
    let lines: Vec<&[u8]> = head.split(|byte| *byte == b'\n').take(30).collect();
    // lines that have the commonest number of this sign, and that number
    let evenly = |separator: u8| {
        let counts = lines.iter().map(|line| outside_quotes(line, separator));
        let counts: Vec<usize> = counts.filter(|count| *count > 0).collect();
        let same = |count: &usize| counts.iter().filter(|other| *other == count).count();
        counts
            .iter()
            .map(|count| (same(count), *count))
            .max()
            .unwrap_or_default()
    };
    let mut separators = vec![b';', b'\t', b'|', b','];
    separators.sort_by_key(|separator| std::cmp::Reverse(evenly(*separator)));
    Ok(separators)
}

fn outside_quotes(line: &[u8], separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line {
        match byte {
            b'"' => quoted = !quoted,
            other if *other == separator && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Text whose rows are bounded: a quote that is never closed would make the whole file one row.
struct Bounded<R> {
    inner: R,
    since_row: Rc<Shared<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > MOST_OF_ROW {
            return Err(io::Error::other(encoding::TooLong));
        }
        let count = self.inner.read(buffer)?;
        self.since_row
            .set(self.since_row.get().saturating_add(count as u64));
        Ok(count)
    }
}

fn separated(text: impl Read, separator: u8, take: TakeRow<'_>) -> Result<(), FileError> {
    let since_row = Rc::new(Shared::new(0));
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(BufReader::new(Bounded {
            inner: text,
            since_row: since_row.clone(),
        }));
    let mut row = csv::StringRecord::new();
    let mut cells = Vec::new();
    loop {
        let more = rows
            .read_record(&mut row)
            .map_err(|error| match since_row.get() > MOST_OF_ROW {
                true => FileError::Hostile(
                    "a row of the table is longer than 1 MiB; a quote may not be closed".into(),
                ),
                false => FileError::Table(format!("it cannot be read as a table: {error}; export it again")),
            })?;
        since_row.set(0);
        if !more {
            return Ok(());
        }
        let line = row.position().map_or(0, csv::Position::line);
        cells.clear();
        cells.extend(row.iter().take(MOST_COLUMNS).map(Cell::text));
        take(line, &cells)?;
    }
}

fn open_book(path: &Path) -> Result<Xlsx<BufReader<std::fs::File>>, FileError> {
    calamine::open_workbook(path).map_err(|error: calamine::XlsxError| {
        FileError::Table(format!("the workbook cannot be read: {error}; save it again"))
    })
}

fn sheet(path: &Path, name: &str, take: TakeRow<'_>) -> Result<(), FileError> {
    let broken = |error: calamine::XlsxError| {
        FileError::Table(format!("sheet `{name}` cannot be read: {error}; save it again"))
    };
    let mut book = open_book(path)?;
    let from_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    let mut row = Vec::new();
    let mut number = 0;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (line, column) = cell.get_position();
        if line != number {
            if !row.is_empty() {
                take(u64::from(number) + 1, &row)?;
            }
            row.clear();
            number = line;
        }
        let column = column as usize;
        if column < MOST_COLUMNS {
            row.resize(row.len().max(column + 1), Cell::Empty);
            if let Some(place) = row.get_mut(column) {
                *place = of_book(cell.get_value(), from_1904);
            }
        }
    }
    if !row.is_empty() {
        take(u64::from(number) + 1, &row)?;
    }
    Ok(())
}

fn of_book(value: &DataRef<'_>, from_1904: bool) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(Decimal::from(*number)),
        DataRef::Float(number) => amount::of_number(*number).map_or(Cell::Empty, Cell::Number),
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Bool(yes) => Cell::Text(if *yes { "yes" } else { "no" }.to_owned()),
        DataRef::DateTime(moment) => {
            date::of_serial(moment.as_f64(), from_1904).map_or(Cell::Empty, Cell::Date)
        }
        DataRef::DateTimeIso(text) => Cell::text(text),
        DataRef::DurationIso(_) | DataRef::Error(_) | DataRef::Empty => Cell::Empty,
    }
}
