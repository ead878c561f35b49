use maan_ledger::Day;

use super::endpoints::with;
use super::{BusinessCentral, dto, odata};
use crate::http::{Call, CallError};
use crate::mapping::day;

impl BusinessCentral {
    /// The day of the newest payment in the customer ledger.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let url = with(
            self.customer_ledger(),
            &[
                ("$filter", "dcleDocumentType eq 'Payment'"),
                ("$orderby", "dclePostingDate desc"),
                ("$top", "1"),
            ],
        );
        let answer = self.connection.call(&Call::get(url)).await?;
        let found = odata::rows(&answer, &self.site)?.rows;
        let newest = found
            .first()
            .and_then(|row| serde_json::from_str::<dto::Entry>(row.get()).ok());
        Ok(newest.and_then(|entry| day("dclePostingDate", &entry.posting_date).ok()))
    }
}
