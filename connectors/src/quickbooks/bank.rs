use maan_ledger::Day;

use super::{QuickBooks, answers, dto};
use crate::http::{Call, CallError};
use crate::mapping::day;

impl QuickBooks {
    /// The day of the newest payment: the bank itself is not told.
    pub(super) async fn booked_through(&self) -> Result<Option<Day>, CallError> {
        let today = Day::at(self.clock.now(), self.administration.time_zone);
        let query =
            format!("select * from Payment where TxnDate <= '{today}' orderby TxnDate desc maxresults 1");
        let answer = self.connection.call(&Call::get(self.query(&query))).await?;
        let found = answers::queried(&answer, "Payment")?.rows;
        let newest = found
            .first()
            .and_then(|row| serde_json::from_str::<dto::Payment>(row.get()).ok());
        Ok(newest.and_then(|payment| day("TxnDate", &payment.txn_date).ok()))
    }
}
