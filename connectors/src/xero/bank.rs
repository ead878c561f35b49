use maan_ledger::Day;

use super::{Xero, rows};
use crate::http::{Call, CallError};
use crate::mapping::{Text, json_day};

#[derive(Default, serde::Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Line {
    date: Text,
}

impl Xero {
    /// The day of the newest payment that was matched with a line of a bank statement.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let mut url = self.resource(&["Payments"]);
        url.query_pairs_mut()
            .append_pair("where", "IsReconciled==true AND Status==\"AUTHORISED\"")
            .append_pair("order", "Date DESC")
            .append_pair("page", "1")
            .append_pair("pageSize", "1");
        let answer = self.connection.call(&self.own(Call::get(url))).await?;
        let found = rows::rows(&answer, "Payments")?.rows;
        let line = found
            .first()
            .and_then(|row| serde_json::from_str::<Line>(row.get()).ok());
        Ok(line.and_then(|line| json_day("Date", &line.date).ok()))
    }
}
