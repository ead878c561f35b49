//! Facts of an administration as a whole.

use maan_ledger::{Day, Known, Money, ReceiptId};
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
    /// It was settled how tables with certain headers are read.
    ColumnsMapped {
        /// Names the headers.
        fingerprint: String,
        /// What the columns mean, as whoever reads tables wrote it.
        mapping: serde_json::Value,
    },
    /// Money came in, or went back, and nobody knows yet for whom.
    PaymentUnplaced {
        /// The money.
        payment: UnplacedPayment,
    },
    /// It became known for whom money was, and it is among that debtor's facts from now on.
    PaymentPlaced {
        /// Which.
        id: ReceiptId,
    },
}

/// Money of which it is not known whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnplacedPayment {
    /// The receipt that it becomes.
    pub id: ReceiptId,
    /// Booking day.
    pub on: Day,
    /// How much; negative when it went back.
    pub amount: Money,
    /// Who paid; untrusted text.
    pub name: String,
    /// From which account.
    pub account: String,
    /// Structured reference.
    pub reference: String,
    /// What the payer wrote; untrusted text.
    pub text: String,
    /// End-to-end id.
    pub end_to_end: String,
    /// Reason of a return (ISO 20022); empty when it is none.
    pub return_code: String,
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
