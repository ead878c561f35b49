use maan_ledger::Day;
use serde_json::json;

use super::{Odoo, dto};
use crate::http::CallError;
use crate::mapping::optional_day;

impl Odoo {
    /// The day of the newest posted row in a journal of a bank.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let today = Day::at(self.clock.now(), self.administration.time_zone);
        let domain = json!([
            ["company_id", "=", self.company()],
            ["parent_state", "=", "posted"],
            ["journal_id.type", "=", "bank"],
            ["date", "<=", today.to_string()],
        ]);
        let newest = [("order", json!("date desc, id desc")), ("limit", json!(1))];
        let answer = self
            .search_read("account.move.line", domain, &["date"], &newest)
            .await?;
        let rows: Vec<dto::Row> = answer.json()?;
        let newest = rows.first().map(|row| optional_day("date", &row.date));
        Ok(newest.and_then(Result::ok).flatten())
    }
}
