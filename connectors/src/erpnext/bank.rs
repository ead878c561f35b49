use maan_ledger::Day;
use serde::Deserialize;
use serde_json::json;

use super::ErpNext;
use super::endpoints::{listed, resource};
use crate::http::CallError;
use crate::mapping::{Text, optional_day};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Transaction {
    date: Text,
}

impl ErpNext {
    /// The day of the newest submitted bank transaction.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let today = Day::at(self.clock.now(), self.administration.time_zone);
        let filters = json!([
            ["company", "=", self.company()],
            ["docstatus", "=", 1],
            ["date", "<=", today.to_string()],
        ]);
        let mut url = resource(&self.site, "Bank Transaction", None);
        url.query_pairs_mut()
            .append_pair("fields", &json!(["date"]).to_string())
            .append_pair("filters", &filters.to_string())
            .append_pair("order_by", "date desc")
            .append_pair("limit_page_length", "1");
        let newest: Vec<Transaction> = listed(&self.connection, url).await?;
        let newest = newest
            .first()
            .map(|transaction| optional_day("date", &transaction.date));
        Ok(newest.and_then(Result::ok).flatten())
    }
}
