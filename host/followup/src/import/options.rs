use std::path::PathBuf;

use maan_connectors::files::Answers;

/// What to take in, and how.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Files, folders and archives.
    pub places: Vec<PathBuf>,
    /// Say what would be taken in, and take in nothing.
    pub dry_run: bool,
    /// What a person answered about tables.
    pub answers: Answers,
    /// The files list everything that is open: what earlier files brought and these do not name is open no more.
    pub complete: bool,
    /// For whom money is of which it was not known.
    pub assigned: Vec<Assigned>,
}

/// What a person said about money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The beginning of the payment's id.
    pub payment: String,
    /// Number of an invoice, or number or name of a customer.
    pub to: String,
}
