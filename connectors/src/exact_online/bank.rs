use maan_ledger::Day;

use super::endpoints::with;
use super::{ExactOnline, facts, odata};
use crate::http::{Call, CallError};
use crate::mapping::Text;

#[derive(Default, serde::Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Line {
    date: Text,
}

impl ExactOnline {
    /// The day of the newest line of a bank statement.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let today = Day::at(self.clock.now(), self.administration.time_zone);
        let filter = format!("Date le datetime'{}'", today.date().format("%Y-%m-%dT00:00:00"));
        let url = with(
            self.resource("financialtransaction/BankEntryLines"),
            &[
                ("$select", "Date"),
                ("$filter", &filter),
                ("$orderby", "Date desc"),
                ("$top", "1"),
            ],
        );
        let answer = self.connection.call(&Call::get(url)).await?;
        let rows = odata::rows(&answer, &self.site)?.rows;
        let line = rows
            .first()
            .and_then(|row| serde_json::from_str::<Line>(row.get()).ok());
        Ok(line.and_then(|line| facts::day("Date", &line.date).ok()))
    }
}
