//! Taking in files: what they say is compared with what is known, and only news is kept.
//!
//! One import is one transaction: all of it is taken in, or nothing. Ids are derived from what a file says (customer,
//! invoice number, bank reference), so that the same file again brings nothing and a corrected one corrects. Where an
//! accounting platform is connected it leads: then files bring only what an earlier follow-up did.

mod bank;
mod debtor;
mod event;
mod exported;
mod invoice;
mod known;
mod options;
mod place;
mod read;
mod report;
mod words;
mod work;

pub use options::{Assigned, ImportOptions};
pub use report::{Asked, FileReport, ImportReport, Mapped, Skipped, Unsure};

use maan_connectors::files::{self, Format, Mapping, Source, Survey};
use maan_store::{AdministrationBody, AdministrationFact, Ingest};
use thiserror::Error;

use self::work::Work;
use crate::RunError;
use crate::followup::Followup;

/// Why an import stopped. Nothing was taken in.
#[derive(Debug, Error)]
pub enum ImportError {
    /// A file.
    #[error("`{name}`: {why}; nothing was taken in")]
    File {
        /// Which.
        name: String,
        /// Why.
        why: files::FileError,
    },
    /// Something must be answered first.
    #[error("{}", words::asked(.0))]
    Asked(Vec<Asked>),
    /// What was asked of the import does not fit what is there.
    #[error("{0}; nothing was taken in")]
    Unfit(String),
    /// The database, or a person who stopped it.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl From<maan_store::StoreError> for ImportError {
    fn from(error: maan_store::StoreError) -> Self {
        Self::Run(error.into())
    }
}

impl Followup {
    /// Takes in files, in one transaction. `progress` is told the file, bytes read and bytes to read.
    ///
    /// # Errors
    /// A file cannot be read, something must be answered first, the database, or a person stopped it. Nothing was
    /// taken in.
    pub async fn import(
        &self,
        options: &ImportOptions,
        progress: impl Fn(&str, u64, u64),
    ) -> Result<ImportReport, ImportError> {
        let sources =
            files::sources(&options.places).map_err(|(name, why)| ImportError::File { name, why })?;
        let facts = self.tenant.administration_facts().await?;
        let surveyed = self.surveyed(sources, &facts, options)?;
        let mut work = Work::begin(self, &facts, options).await?;
        let mut remembered = Vec::new();
        for (source, survey) in surveyed {
            work.file(&source, &survey, &progress).await?;
            remembered.extend(survey.table);
        }
        work.assign(&options.assigned).await?;
        work.retry_unplaced().await?;
        let mappings = remembered
            .into_iter()
            .filter_map(|table| remember(&facts, &table));
        let mappings: Vec<AdministrationBody> = mappings.collect();
        work.administration(mappings);
        work.finish(options.dry_run).await
    }

    /// Every file with how it will be read, bank statements last. All that must be answered is asked at once.
    fn surveyed(
        &self,
        sources: Vec<Source>,
        facts: &[AdministrationFact],
        options: &ImportOptions,
    ) -> Result<Vec<(Source, Survey)>, ImportError> {
        let remembered = |fingerprint: &str| mapping_of(facts, fingerprint);
        let mut surveyed = Vec::new();
        let mut asked = Vec::new();
        for source in sources {
            self.check_interrupted()?;
            let survey =
                files::survey(&source, &remembered, &options.answers).map_err(|why| ImportError::File {
                    name: source.name.clone(),
                    why,
                })?;
            if let Some(table) = &survey.table
                && !table.questions.is_empty()
            {
                asked.push(Asked::of(&source.name, table));
            }
            surveyed.push((source, survey));
        }
        if !asked.is_empty() {
            return Err(ImportError::Asked(asked));
        }
        // invoices come before what was done about them, and payments last
        surveyed.sort_by_key(|(_, survey)| (survey.format == Format::Camt053, says_events(survey)));
        Ok(surveyed)
    }
}

fn says_events(survey: &Survey) -> bool {
    let mut columns = survey
        .table
        .iter()
        .flat_map(|table| table.mapping.columns.values());
    columns.any(|field| *field == files::Field::Event)
}

/// How tables with these headers were read last.
fn mapping_of(facts: &[AdministrationFact], wanted: &str) -> Option<Mapping> {
    facts.iter().rev().find_map(|fact| match &fact.body {
        AdministrationBody::ColumnsMapped { fingerprint, mapping } if fingerprint == wanted => {
            serde_json::from_value(mapping.clone()).ok()
        }
        _ => None,
    })
}

/// Keeps how a table was read, unless it is known.
fn remember(facts: &[AdministrationFact], table: &files::Table) -> Option<AdministrationBody> {
    if mapping_of(facts, &table.fingerprint).as_ref() == Some(&table.mapping) {
        return None;
    }
    Some(AdministrationBody::ColumnsMapped {
        fingerprint: table.fingerprint.clone(),
        mapping: serde_json::to_value(&table.mapping).ok()?,
    })
}

/// Nothing but facts of the administration.
fn only_administration(facts: Vec<AdministrationFact>) -> Ingest {
    Ingest {
        administration: facts,
        ..Ingest::default()
    }
}
