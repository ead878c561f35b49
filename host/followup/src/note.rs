//! Facts that a person enters about a debtor.

use maan_ledger::{Body, Day, Fact, Known};
use maan_store::{Debtor, DebtorRow, Ingest};

use crate::RunError;
use crate::followup::Followup;

impl Followup {
    /// Keeps facts that a person entered: they happened today and are known from now on, so that the next run decides
    /// about the debtor again.
    ///
    /// # Errors
    /// The database.
    pub async fn note(&self, debtor: &Debtor, bodies: Vec<Body>) -> Result<(), RunError> {
        let at = self.moment();
        let today = Day::at(at, self.tenant.settings().await?.tz()?);
        let facts = bodies.into_iter().map(|body| Fact {
            happened: today,
            known: Known::At(at),
            body,
        });
        let row = DebtorRow {
            reference: debtor.reference.clone(),
            number: debtor.number.clone(),
            name: debtor.name.clone(),
        };
        let ingest = Ingest {
            debtors: vec![(debtor.id, row, facts.collect())],
            ..Ingest::default()
        };
        self.tenant.ingest(ingest, at).await?;
        Ok(())
    }

    /// The registers that are asked before a formal step towards a debtor.
    ///
    /// # Errors
    /// The database.
    pub async fn registers(&self, debtor: &Debtor) -> Result<&'static [crate::Register], RunError> {
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(debtor.id).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let described = snapshot.debtor;
        Ok(crate::registers_of(
            described.map(|debtor| debtor.country).unwrap_or_default(),
            described.map(|debtor| debtor.kind).unwrap_or_default(),
        ))
    }
}
