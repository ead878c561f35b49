//! Facts of an administration as a whole.

use maan_ledger::{Day, Known};
use serde::{Deserialize, Serialize};

use crate::codes::from_json;
use crate::db::fetch_all;
use crate::{StoreError, TenantStore};

/// A fact of an administration with its two times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministrationFact {
    /// The day on which it happened.
    pub happened: Day,
    /// When it became known here.
    pub known: Known,
    /// What happened.
    pub body: AdministrationBody,
}

/// What can be known of an administration. The latest of a kind (and day, for days) is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum AdministrationBody {
    /// The bank is booked through this day.
    BankBooked {
        /// Last day that is complete.
        through: Day,
    },
    /// A day was set to be worked or not, whatever the calendar says.
    WorkingDay {
        /// Which day.
        day: Day,
        /// It is worked.
        worked: bool,
    },
    /// Everything was stopped or released.
    StopAll {
        /// It is stopped.
        stopped: bool,
        /// Why.
        reason: String,
    },
}

impl TenantStore {
    /// All facts of the administration, in the order in which they became known.
    pub async fn administration_facts(&self) -> Result<Vec<AdministrationFact>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (String,),
            "SELECT body FROM administration_fact WHERE tenant = $1 ORDER BY number",
            self.tenant.0
        )?;
        tx.commit().await?;
        rows.into_iter()
            .map(|(body,)| from_json("a fact of the administration", &body))
            .collect()
    }
}
