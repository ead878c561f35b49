use maan_ledger::Day;
use serde_json::value::RawValue;

use super::{Moneybird, dto};
use crate::http::{Call, CallError};
use crate::mapping::day;

/// First and last day of each look, counted back from today: single days first, because a busy period gives more
/// transactions than the platform lists.
const LOOKS: [(i32, i32); 6] = [(0, 0), (1, 1), (2, 2), (3, 3), (13, 4), (92, 14)];

impl Moneybird {
    /// The newest day of which a bank transaction is booked; none when there is none in a quarter of a year.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let today = Day::at(self.clock.now(), self.administration.time_zone);
        for (first, last) in LOOKS {
            let (from, until) = (today.plus(-first), today.plus(-last));
            match self.newest_transaction(from, until).await {
                Ok(None) => {}
                // More than the platform lists: there are transactions, of the first day at least.
                Err(CallError::Refused { status: 400, .. }) => return Ok(Some(from)),
                found => return found,
            }
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
            day("date", &mutation.date).ok()
        });
        Ok(dates.filter(|day| (from..=until).contains(day)).max())
    }
}
