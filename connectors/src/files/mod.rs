//! Files instead of a platform: invoices (UBL), the audit file (XAF), bank statements (CAMT.053), tables (CSV, Excel)
//! and exports of this program.
//!
//! A file is told by its content. [`survey`] looks at it and says what must still be answered; [`read`] gives what it
//! says, entry by entry, in memory that does not grow with the file (an audit file is held by invoice, since only its
//! end says what is open; a workbook holds its texts). Nothing here knows a database or what was known before.
//!
//! Files come from outside: XML expands no entity and is bounded in depth and in the length of names and texts, rows
//! are bounded, archives are unpacked within bounds whatever they say of themselves.

mod camt;
mod encoding;
mod entry;
mod error;
mod export;
mod reference;
mod source;
mod table;
mod ubl;
mod xaf;
mod xml;

use maan_ledger::Currency;

pub use encoding::BytesRead;
pub use entry::{BankEntry, Entry, Event, Found, Happening, Invoice, Issuer, Party, Settled};
pub use error::{FileError, Stop, Take};
pub use export::{Export, FACTS as EXPORTED_FACTS, HEAD as EXPORT_HEAD, read as read_export};
pub use reference::{Structured, account, compact};
pub use source::{Format, Source, recognised, sources};
pub use table::{Answers, DateOrder, DecimalSign, Field, Mapping, Question, Table, is_formula};

use self::xml::Xml;

/// What a file is, and how it will be read.
#[derive(Clone, Debug)]
pub struct Survey {
    /// What it is.
    pub format: Format,
    /// A table with its columns.
    pub table: Option<Table>,
}

/// Looks at a file. `remembered` gives the mapping that was settled for a table with a fingerprint before.
///
/// # Errors
/// It is nothing that can be read.
pub fn survey(
    source: &Source,
    remembered: &dyn Fn(&str) -> Option<Mapping>,
    answers: &Answers,
) -> Result<Survey, FileError> {
    let format = recognised(source)?;
    let table = match format {
        Format::Csv | Format::Excel => Some(table::survey(
            &source.path,
            format == Format::Excel,
            remembered,
            answers,
        )?),
        _ => None,
    };
    Ok(Survey { format, table })
}

/// The language that people in a country are written to, when nothing else is known; in Belgium by postal code.
pub fn language_of(country: maan_ledger::Country, postal_code: &str) -> Option<&'static str> {
    crate::language::of_country(country, postal_code)
}

/// Gives everything that a surveyed file says, in its order. `home` is the currency of amounts that name none.
///
/// # Errors
/// The file is broken or hostile from some place on, or `take` wants no more; what was given before is to be
/// forgotten.
pub fn read(
    source: &Source,
    survey: &Survey,
    home: Currency,
    bytes: &BytesRead,
    take: Take<'_>,
) -> Result<(), FileError> {
    if let Some(table) = &survey.table {
        return table::read(&source.path, table, home, bytes, take);
    }
    let mut xml = Xml::open(&source.path, bytes)?;
    xml.enter()?;
    match survey.format {
        Format::Ubl => ubl::read(&mut xml, take),
        Format::Xaf => xaf::read(&mut xml, take),
        Format::Camt053 => camt::read(&mut xml, take),
        Format::Csv | Format::Excel | Format::Export => Ok(()),
    }
}
