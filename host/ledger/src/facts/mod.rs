//! Facts: what happened, and when it became known. They are only ever added to.
//!
//! The encoding is CBOR with numbered fields (`minicbor`): a field or variant may be added, none may change its
//! number or meaning, so that pages written by any version stay readable.

mod agreements;
mod debtor;
mod inquiry;
mod items;
mod page;
mod talk;

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};

pub use agreements::*;
pub use debtor::*;
pub use inquiry::*;
pub use items::*;
pub use page::*;
pub use talk::*;

use crate::{Day, Moment};

/// A fact with its two times.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Fact {
    /// The day on which it happened.
    #[n(0)]
    pub happened: Day,
    /// When it became known here. Given by the host and only ever rising, except as [`Known::Assumed`].
    #[n(1)]
    pub known: Known,
    /// What happened.
    #[n(2)]
    pub body: Body,
}

/// When a fact became known.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, CborLen, Serialize, Deserialize,
)]
pub enum Known {
    /// Recorded by the host at this moment.
    #[n(0)]
    At(#[n(0)] Moment),
    /// Read from history at installation: the platform's own stamp, else the day plus the usual lag.
    #[n(1)]
    Assumed(#[n(0)] Moment),
}

impl Known {
    /// The moment, recorded or assumed.
    pub fn moment(self) -> Moment {
        match self {
            Self::At(moment) | Self::Assumed(moment) => moment,
        }
    }
}

/// What can be known about a debtor. A *described* fact replaces the earlier description of the same thing;
/// all others stand beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Body {
    /// Master data as the platform has them now.
    #[n(0)]
    DebtorDescribed(#[n(0)] DebtorDescription),
    /// The debtor was removed on the platform.
    #[n(1)]
    DebtorRemoved,
    /// What was agreed about paying.
    #[n(2)]
    AgreementDescribed(#[n(0)] Agreement),
    /// An item as the platform has it now.
    #[n(3)]
    ItemDescribed(#[n(0)] ItemDescription),
    /// An item was removed on the platform.
    #[n(4)]
    ItemRemoved(#[n(0)] Removed<crate::ItemId>),
    /// Money came in.
    #[n(5)]
    Received(#[n(0)] Receipt),
    /// Money that was booked turned out not to have come in, or was booked away.
    #[n(6)]
    ReceiptRemoved(#[n(0)] Removed<crate::ReceiptId>),
    /// Money or credit was used for an item.
    #[n(7)]
    Allocated(#[n(0)] Allocation),
    /// An allocation was undone.
    #[n(8)]
    AllocationRemoved(#[n(0)] Removed<crate::AllocationId>),
    /// An order or quotation as the platform has it now.
    #[n(9)]
    OrderDescribed(#[n(0)] Order),
    /// How a document reached the debtor.
    #[n(10)]
    Delivered(#[n(0)] Delivery),
    /// A step of the follow-up was done.
    #[n(11)]
    StepDone(#[n(0)] StepDone),
    /// A round of follow-up was opened for an item.
    #[n(12)]
    RoundOpened(#[n(0)] RoundOpened),
    /// A contact took place.
    #[n(13)]
    Contacted(#[n(0)] Contact),
    /// Evidence on willingness to pay.
    #[n(14)]
    EvidenceRecorded(#[n(0)] Evidence),
    /// A coded situation.
    #[n(15)]
    SituationRecorded(#[n(0)] Situation),
    /// A legal situation, or its end.
    #[n(16)]
    LegalStatusRecorded(#[n(0)] LegalStatus),
    /// A promise to pay.
    #[n(17)]
    Promised(#[n(0)] Promise),
    /// A payment plan was agreed.
    #[n(18)]
    PlanAgreed(#[n(0)] Plan),
    /// A dispute was opened.
    #[n(19)]
    Disputed(#[n(0)] Dispute),
    /// A rest was ordered.
    #[n(20)]
    Paused(#[n(0)] Pause),
    /// A longer term was granted.
    #[n(21)]
    Extended(#[n(0)] Extension),
    /// A promise, plan, dispute, pause or extension ended before its time.
    #[n(22)]
    AgreementEnded(#[n(0)] AgreementEnd),
    /// Part of an item is not ours to chase now.
    #[n(23)]
    Withheld(#[n(0)] Withholding),
    /// A direct debit was announced for an item or came back.
    #[n(24)]
    MandateUsed(#[n(0)] Mandate),
    /// A credit report came in, or did not.
    #[n(25)]
    CreditReported(#[n(0)] CreditReport),
    /// A credit limit was set.
    #[n(26)]
    LimitSet(#[n(0)] Limit),
    /// Deliveries were held or released.
    #[n(27)]
    HoldSet(#[n(0)] Hold),
    /// What we owe the same party, as at a day.
    #[n(28)]
    PayablesStated(#[n(0)] Payables),
    /// A step of the follow-up cost something.
    #[n(29)]
    CostMade(#[n(0)] Cost),
    /// A complaint was made or settled.
    #[n(30)]
    Complained(#[n(0)] Complaint),
    /// A person entered the chance in court.
    #[n(31)]
    CourtChanceEntered(#[n(0)] CourtChance),
    /// What a decision established about the debtor: segment, willingness, verdict.
    #[n(32)]
    Judged(#[n(0)] Judgement),
    /// A public register was asked about legal situations.
    #[n(40)]
    RegisterAsked(#[n(0)] RegisterAnswer),
    /// What the debtor's group owes.
    #[n(41)]
    GroupExposureStated(#[n(0)] GroupExposure),
    /// A bureau or register was asked.
    #[n(42)]
    Inquired(#[n(0)] Inquiry),
}

/// Something that the platform no longer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Removed<Id> {
    /// Which.
    #[n(0)]
    pub id: Id,
}
