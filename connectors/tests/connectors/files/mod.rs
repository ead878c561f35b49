//! Files from outside: what they say, and that none of them does harm.

mod audit_file;
mod bank;
mod harm;
mod invoices;
mod tables;

use std::io::Write;
use std::path::{Path, PathBuf};

use maan_connectors::files::{Answers, BytesRead, Entry, FileError, Survey, read, sources, survey};
use maan_ledger::{Currency, Money};

/// A folder with files.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// What a file is taken for.
fn surveyed(path: &Path, answers: &Answers) -> Result<Survey, FileError> {
    let sources = sources(&[path.to_owned()]).map_err(|(_, error)| error)?;
    survey(&sources[0], &|_| None, answers)
}

/// All that a file says.
fn said(path: &Path, answers: &Answers) -> Result<Vec<Entry>, FileError> {
    let sources = sources(&[path.to_owned()]).map_err(|(_, error)| error)?;
    let mut entries = Vec::new();
    for source in &sources {
        let survey = survey(source, &|_| None, answers)?;
        read(
            source,
            &survey,
            Currency::EUR,
            &BytesRead::default(),
            &mut |found| {
                entries.push(found.entry);
                Ok(())
            },
        )?;
    }
    Ok(entries)
}

/// All that a text says.
fn says(text: impl AsRef<[u8]>) -> Vec<Entry> {
    let folder = Folder::new();
    said(&folder.file("file", text), &Answers::default()).unwrap()
}

/// Why a file is not read.
fn refused(content: impl AsRef<[u8]>) -> String {
    let folder = Folder::new();
    said(&folder.file("file", content), &Answers::default())
        .unwrap_err()
        .to_string()
}

fn eur(text: &str) -> Money {
    Money::parse(text, Currency::EUR).unwrap()
}

/// A zip archive.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A specification's example, from the folder of specifications beside the project; told when it is not there.
fn example(name: &str) -> Option<Vec<u8>> {
    let folder = maan_dialects::spec::folder();
    match std::fs::read(folder.join(name)) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!(
                "SKIPPED: the example {name} is not in {} (MAAN_SPECS)",
                folder.display()
            );
            None
        }
    }
}
