use maan_ledger::Day;
use serde_json::value::RawValue;

use super::Moneybird;
use super::{dto, facts};
use crate::http::{Call, CallError};

/// How far to look back, in days, longer each time nothing is found.
const LOOKS: [i32; 3] = [3, 14, 92];

impl Moneybird {
    /// The newest day of which a bank transaction is booked: books that are behind must not lead to reminders. None
    /// when there is none in a quarter of a year.
    pub async fn bank_booked_through(&self) -> Result<Option<Day>, CallError> {
        let today = Day::at(self.clock.now(), self.administration.time_zone);
        let mut until = today;
        for look in LOOKS {
            let from = today.plus(-look);
            if let Some(newest) = self.newest_transaction(from, until).await? {
                return Ok(Some(newest));
            }
            until = from.plus(-1);
        }
        Ok(None)
    }

    /// Moneybird gives at most a hundred transactions of a period, of which the newest is good enough.
    async fn newest_transaction(&self, from: Day, until: Day) -> Result<Option<Day>, CallError> {
        let compact = |day: Day| day.date().format("%Y%m%d");
        let mut url = self
            .endpoints
            .resource(&self.administration.id, &["financial_mutations"]);
        url.query_pairs_mut()
            .append_pair("filter", &format!("period:{}..{}", compact(from), compact(until)));
        let answer = self.connection.call(&Call::get(url)).await?;
        let found: Vec<Box<RawValue>> = answer.json()?;
        let dates = found.iter().filter_map(|raw| {
            let mutation: dto::Mutation = serde_json::from_str(raw.get()).ok()?;
            facts::day("date", &mutation.date).ok()
        });
        Ok(dates.filter(|day| (from..=until).contains(day)).max())
    }
}
