//! Agreements with a debtor, and their end.

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::{AgreementId, Day, ItemId, Money};

/// A promise to pay.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Promise {
    /// Which.
    #[n(0)]
    pub agreement: AgreementId,
    /// Items that it covers; empty for the whole account.
    #[n(1)]
    pub items: Vec<ItemId>,
    /// How much.
    #[n(2)]
    pub amount: Money,
    /// Until when.
    #[n(3)]
    pub by: Day,
}

/// An instalment of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Instalment {
    /// Last day to pay.
    #[n(0)]
    pub due: Day,
    /// How much.
    #[n(1)]
    pub amount: Money,
}

/// A payment plan.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Plan {
    /// Which.
    #[n(0)]
    pub agreement: AgreementId,
    /// Items that it covers.
    #[n(1)]
    pub items: Vec<ItemId>,
    /// Instalments by due day.
    #[n(2)]
    pub instalments: Vec<Instalment>,
}

/// Causes of a dispute.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum DisputeCause {
    /// Goods missing or defect.
    #[n(0)]
    Goods,
    /// Price.
    #[n(1)]
    Price,
    /// Quantity.
    #[n(2)]
    Quantity,
    /// Service.
    #[n(3)]
    Service,
    /// Not ordered.
    #[n(4)]
    NotOrdered,
    /// Invoice or goods not received.
    #[n(5)]
    NotReceived,
    /// Another cause.
    #[n(6)]
    Other,
}

/// A dispute about an item or part of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Dispute {
    /// Which dispute.
    #[n(0)]
    pub agreement: AgreementId,
    /// Which item.
    #[n(1)]
    pub item: ItemId,
    /// The disputed part.
    #[n(2)]
    pub amount: Money,
    /// The cause.
    #[n(3)]
    pub cause: DisputeCause,
    /// In the words of the debtor; untrusted text.
    #[n(4)]
    pub text: String,
}

/// A rest ordered by a person.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Pause {
    /// Which.
    #[n(0)]
    pub agreement: AgreementId,
    /// The item, or the whole debtor.
    #[n(1)]
    pub item: Option<ItemId>,
    /// Through this day; none until lifted.
    #[n(2)]
    pub until: Option<Day>,
    /// Why.
    #[n(3)]
    pub reason: String,
}

/// A longer term.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Extension {
    /// Which.
    #[n(0)]
    pub agreement: AgreementId,
    /// For which items.
    #[n(1)]
    pub items: Vec<ItemId>,
    /// The new last day to pay.
    #[n(2)]
    pub until: Day,
}

/// How an agreement ended before its time.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum EndReason {
    /// Withdrawn.
    #[n(0)]
    Withdrawn,
    /// A dispute settled in the debtor's favour.
    #[n(1)]
    SettledForDebtor,
    /// A dispute settled in the creditor's favour.
    #[n(2)]
    SettledForCreditor,
    /// Replaced by another.
    #[n(3)]
    Replaced,
}

/// The end of a promise, plan, dispute, pause, extension or withholding.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct AgreementEnd {
    /// Which.
    #[n(0)]
    pub agreement: AgreementId,
    /// How.
    #[n(1)]
    pub reason: EndReason,
}
