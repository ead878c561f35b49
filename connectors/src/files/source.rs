//! Which files there are, and what each of them is: told by content, never by name.

use std::fs::File;
use std::io::{BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use zip::ZipArchive;

use super::FileError;
use super::encoding::BytesRead;
use super::xml::Xml;

/// Most files of one import.
const MOST_FILES: usize = 100_000;
/// Deepest folder.
const DEPTH: usize = 16;
/// Most that an archive may unpack to.
const MOST_UNPACKED: u64 = 4 << 30;
/// Most that a workbook may unpack to: its texts are held in memory.
const MOST_OF_WORKBOOK: u64 = 512 << 20;
/// From here on an archive is looked at for how much it grows.
const GROWS_FROM: u64 = 64 << 20;
/// Most times that an archive may grow.
const MOST_GROWTH: u64 = 300;

/// A file to be read.
#[derive(Clone, Debug)]
pub struct Source {
    /// What a person calls it: the path, and the name within an archive.
    pub name: String,
    pub(crate) path: PathBuf,
    /// Keeps unpacked files until nobody needs them.
    _unpacked: Option<Arc<TempDir>>,
}

impl Source {
    /// Bytes to read.
    pub fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// An export of this program.
    Export,
    /// UBL 2.1 invoice or credit note.
    Ubl,
    /// Audit file.
    Xaf,
    /// Text with separators.
    Csv,
    /// Workbook.
    Excel,
    /// Bank statement. Last: it pays what the others bring.
    Camt053,
}

/// All files at the given places: files, folders with all in them, archives with all in them.
///
/// # Errors
/// A place cannot be read, or an archive grows beyond all measure; which one is told.
pub fn sources(places: &[PathBuf]) -> Result<Vec<Source>, (String, FileError)> {
    let mut found = Vec::new();
    for place in places {
        let shown = place.display().to_string();
        add(place, shown.clone(), 0, &mut found).map_err(|error| (shown, error))?;
    }
    Ok(found)
}

fn add(path: &Path, name: String, depth: usize, found: &mut Vec<Source>) -> Result<(), FileError> {
    if found.len() >= MOST_FILES || depth > DEPTH {
        return Err(FileError::Hostile(
            "there are more files or folders in it than can be taken in at once".into(),
        ));
    }
    if path.is_dir() {
        // an export of this program is read as a whole, from its own files
        let export = path.join(super::export::FACTS);
        if export.is_file() {
            return add(&export, export.display().to_string(), depth, found);
        }
        let mut entries: Vec<PathBuf> = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        entries.sort();
        for entry in entries {
            let hidden = entry
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            // a link can lead in a circle, and a pipe or a device never ends
            if !hidden && !entry.is_symlink() && (entry.is_file() || entry.is_dir()) {
                add(&entry, entry.display().to_string(), depth + 1, found)?;
            }
        }
        return Ok(());
    }
    match archive(path)? {
        Some(mut archive) if !is_workbook(&archive) => unpack(&mut archive, &name, found),
        Some(mut archive) => {
            grown(&mut archive, MOST_OF_WORKBOOK)?;
            found.push(source(path, name, None));
            Ok(())
        }
        None => {
            found.push(source(path, name, None));
            Ok(())
        }
    }
}

fn source(path: &Path, name: String, unpacked: Option<Arc<TempDir>>) -> Source {
    Source {
        name,
        path: path.to_owned(),
        _unpacked: unpacked,
    }
}

type Archive = ZipArchive<BufReader<File>>;

fn archive(path: &Path) -> Result<Option<Archive>, FileError> {
    let mut file = File::open(path)?;
    let mut head = [0; 4];
    let read = file.read(&mut head)?;
    if read < 4 || head != *b"PK\x03\x04" {
        return Ok(None);
    }
    file.rewind()?;
    ZipArchive::new(BufReader::new(file))
        .map(Some)
        .map_err(|error| FileError::Unknown(format!("the archive cannot be read: {error}; ask for it again")))
}

fn is_workbook(archive: &Archive) -> bool {
    archive.index_for_name("xl/workbook.xml").is_some()
}

/// Unpacks an archive and finds bounds: what it says of its own sizes is not believed.
fn unpack(archive: &mut Archive, name: &str, found: &mut Vec<Source>) -> Result<(), FileError> {
    let folder = Arc::new(tempfile::tempdir()?);
    let mut budget = Budget::new(archive, MOST_UNPACKED)?;
    for index in 0..archive.len() {
        let mut entry = opened(archive, index)?;
        let inner = entry
            .name()
            .map_or_else(|_| index.to_string(), |name| name.into_owned());
        if entry.is_dir() || inner.starts_with("__MACOSX/") {
            continue;
        }
        if found.len() >= MOST_FILES {
            return Err(FileError::Hostile(
                "the archive holds more files than can be taken in at once".into(),
            ));
        }
        let path = folder.path().join(index.to_string());
        let mut file = File::create(&path)?;
        budget.copy(&mut entry, &mut file)?;
        drop(file);
        let name = format!("{name}/{inner}");
        if let Some(mut nested) = self::archive(&path)? {
            if !is_workbook(&nested) {
                return Err(FileError::Hostile(format!(
                    "`{inner}` is an archive within an archive"
                )));
            }
            grown(&mut nested, MOST_OF_WORKBOOK)?;
        }
        found.push(source(&path, name, Some(folder.clone())));
    }
    Ok(())
}

/// Refuses an archive that grows beyond measure.
fn grown(archive: &mut Archive, most: u64) -> Result<(), FileError> {
    let mut budget = Budget::new(archive, most)?;
    for index in 0..archive.len() {
        budget.copy(&mut opened(archive, index)?, &mut std::io::sink())?;
    }
    Ok(())
}

fn opened(archive: &mut Archive, index: usize) -> Result<zip::read::ZipFile<'_, BufReader<File>>, FileError> {
    archive.by_index(index).map_err(|error| {
        FileError::Unknown(format!(
            "the archive cannot be read: {error}; send it without a password"
        ))
    })
}

/// How much an archive may still unpack to.
struct Budget {
    left: u64,
    most: u64,
    packed: u64,
}

impl Budget {
    fn new(archive: &mut Archive, most: u64) -> Result<Self, FileError> {
        if archive.len() > MOST_FILES {
            return Err(FileError::Hostile(
                "the archive holds more files than can be taken in at once".into(),
            ));
        }
        let mut packed = 0_u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index);
            packed = packed.saturating_add(entry.map_or(0, |entry| entry.compressed_size()));
        }
        Ok(Self {
            left: most,
            most,
            packed,
        })
    }

    fn copy(&mut self, from: &mut impl Read, to: &mut impl Write) -> Result<(), FileError> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = from.read(&mut buffer)?;
            if count == 0 {
                return Ok(());
            }
            self.left = self.left.saturating_sub(count as u64);
            let unpacked = self.most - self.left;
            let grows = unpacked > GROWS_FROM && unpacked / MOST_GROWTH > self.packed;
            if self.left == 0 || grows {
                return Err(FileError::Hostile(format!(
                    "the archive unpacks to more than {} MiB",
                    unpacked >> 20
                )));
            }
            to.write_all(buffer.get(..count).unwrap_or_default())?;
        }
    }
}

/// What a file is, by its content.
///
/// # Errors
/// It is nothing that can be read; the message says what it is instead, where that is known.
pub fn recognised(source: &Source) -> Result<Format, FileError> {
    let mut head = Vec::new();
    File::open(&source.path)?.take(4096).read_to_end(&mut head)?;
    let unknown = |why: &str| Err(FileError::Unknown(why.to_owned()));
    if head.is_empty() {
        return unknown("there is nothing in it; choose another file");
    }
    if head.starts_with(b"PK\x03\x04") {
        return Ok(Format::Excel);
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return unknown(
            "it is a workbook of an old Excel (.xls) or sealed with a password; save it as .xlsx without one",
        );
    }
    if head.starts_with(b"%PDF") {
        return unknown(
            "it is a PDF, which holds no data to take in; export CSV, Excel, UBL or an audit file",
        );
    }
    let text = text(&head);
    let start = text.trim_start();
    if start.starts_with('<') {
        return xml(source);
    }
    if start.starts_with(super::export::HEAD) {
        return Ok(Format::Export);
    }
    if start.starts_with(":20:") || start.starts_with("{1:F01") || start.contains("\n:20:") {
        return unknown(
            "it is a bank statement in MT940; ask the bank for CAMT.053, which says who paid and with which reference",
        );
    }
    if start.starts_with('{') || start.starts_with('[') || !is_text(&text) {
        return unknown(
            "it is none of the files that can be taken in: UBL, XAF 3.2, CAMT.053, CSV, Excel (.xlsx), or an export of this program",
        );
    }
    Ok(Format::Csv)
}

/// Whether nothing steers a machine instead of saying something.
fn is_text(text: &str) -> bool {
    let steers = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}');
    // bytes of Windows-1252 between 0x80 and 0x9f are letters there
    !text.chars().any(|c| c < ' ' && steers(c))
}

fn text(head: &[u8]) -> String {
    let (text, ..) = super::encoding::of_xml(head).decode(head);
    text.into_owned()
}

/// What the root element of an XML file says.
fn xml(source: &Source) -> Result<Format, FileError> {
    let mut xml = Xml::open(&source.path, &BytesRead::default())?;
    xml.enter()?;
    let prefixed = |name: &str| {
        let namespaces = xml
            .attributes()
            .filter(|(key, _)| *key == "xmlns" || key.starts_with("xmlns:"));
        namespaces
            .map(|(_, value)| value)
            .any(|value| value.contains(name))
    };
    let refused = |why: String| Err(FileError::Unknown(why));
    match xml.path() {
        "/Invoice" | "/CreditNote" if prefixed("urn:oasis:names:specification:ubl:schema:xsd:") => Ok(Format::Ubl),
        "/auditfile" => Ok(Format::Xaf),
        "/Document" if prefixed(":camt.053.") => Ok(Format::Camt053),
        "/Document" if prefixed(":camt.052.") => {
            refused("it is a report of the day (CAMT.052), which may change; take the statement (CAMT.053)".into())
        }
        "/Document" if prefixed(":camt.054.") => refused(
            "it is a notification (CAMT.054), and what it tells stands on the statement too; take the statement (CAMT.053)"
                .into(),
        ),
        other => refused(format!(
            "it is XML of a kind that cannot be taken in (`{}`); UBL invoices, XAF 3.2 and CAMT.053 can",
            other.trim_start_matches('/').chars().take(60).collect::<String>()
        )),
    }
}
