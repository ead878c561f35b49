use chrono::Datelike;
use maan_ledger::Day;
use serde::Deserialize;
use serde_json::json;

use super::Tryton;
use super::coded::Coded;
use super::endpoints::{encoded, model};
use crate::http::{Call, CallError};
use crate::mapping::optional_day;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Line {
    date: Coded,
}

impl Tryton {
    /// The day of the newest posted row in a journal of money.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let date = Day::at(self.clock.now(), self.administration.time_zone).date();
        let (year, month, day) = (date.year(), date.month(), date.day());
        let today = json!({ "__class__": "date", "year": year, "month": month, "day": day });
        let company = self.administration.id.parse::<u64>().unwrap_or(0);
        let domain = json!([
            ["move.company", "=", company],
            ["move.state", "=", "posted"],
            ["move.journal.type", "=", "cash"],
            ["date", "<=", today],
        ]);
        let mut url = model(&self.site, "account.move.line", None);
        url.query_pairs_mut()
            .append_pair("d", &encoded(&domain))
            .append_pair("o", &encoded(&json!([["date", "DESC"]])))
            .append_pair("f", "date");
        let call = Call::get(url).with_header("range", "records=0-1");
        let lines: Vec<Line> = self.connection.call(&self.within(call)).await?.json()?;
        let newest = lines.first().map(|line| optional_day("date", &line.date));
        Ok(newest.and_then(Result::ok).flatten())
    }
}
