//! Items, money, and what was sent about them.

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::{AllocationId, Day, DebtorId, ItemId, Money, ReceiptId};

/// What an item is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Invoice.
    #[n(0)]
    Invoice,
    /// Credit note; its amount is negative.
    #[n(1)]
    CreditNote,
    /// Instalment of an invoice.
    #[n(2)]
    Instalment,
}

/// Where a document stands on the platform.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// Not issued: not an open item.
    #[n(0)]
    Draft,
    /// Issued; open or paid follows from its allocations.
    #[n(1)]
    Issued,
    /// Written off on the platform.
    #[n(2)]
    Uncollectible,
}

/// An item as the platform has it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct ItemDescription {
    /// Which.
    #[n(0)]
    pub item: ItemId,
    /// The platform's id.
    #[n(1)]
    pub reference: String,
    /// Number as the debtor knows it; untrusted text.
    #[n(2)]
    pub number: String,
    /// Kind.
    #[n(3)]
    pub kind: ItemKind,
    /// State.
    #[n(4)]
    pub state: ItemState,
    /// Date of the document.
    #[n(5)]
    pub issued: Day,
    /// Last day of the agreed term.
    #[n(6)]
    pub due: Day,
    /// Amount, VAT included; negative for a credit note.
    #[n(7)]
    pub amount: Money,
    /// The debtor's order reference; empty when there is none.
    #[n(8)]
    pub order_reference: String,
    /// The invoice that a credit note corrects.
    #[n(9)]
    pub corrects: Option<ItemId>,
    /// Where the debtor can pay; empty when there is none.
    #[n(10)]
    pub payment_link: String,
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Receipt {
    /// Which.
    #[n(0)]
    pub receipt: ReceiptId,
    /// How much; negative when it was returned.
    #[n(1)]
    pub amount: Money,
    /// Booking day.
    #[n(2)]
    pub on: Day,
    /// What the payer wrote; untrusted text.
    #[n(3)]
    pub text: String,
}

/// Where an allocation takes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Money that the platform books on the item directly, without a receipt of its own.
    #[n(0)]
    Direct,
    /// A receipt.
    #[n(1)]
    Receipt(#[n(0)] ReceiptId),
    /// A credit note.
    #[n(2)]
    CreditNote(#[n(0)] ItemId),
    /// A write-off of the rest.
    #[n(3)]
    WriteOff,
}

/// Use of money or credit for an item.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Allocation {
    /// Which.
    #[n(0)]
    pub allocation: AllocationId,
    /// Where it comes from.
    #[n(1)]
    pub source: Source,
    /// For which item.
    #[n(2)]
    pub item: ItemId,
    /// How much, in the item's currency.
    #[n(3)]
    pub amount: Money,
    /// Payment day.
    #[n(4)]
    pub on: Day,
}

/// What comes before an invoice.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// A quotation.
    #[n(0)]
    Quotation,
    /// An order.
    #[n(1)]
    Order,
    /// Delivered and not yet invoiced.
    #[n(2)]
    Delivered,
}

/// Where an order or quotation stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum OrderState {
    /// Sent, not answered.
    #[n(0)]
    Open,
    /// Accepted.
    #[n(1)]
    Accepted,
    /// Invoiced.
    #[n(2)]
    Invoiced,
    /// Rejected, cancelled or lapsed.
    #[n(3)]
    Lapsed,
}

/// An order or quotation as the platform has it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Order {
    /// The platform's id.
    #[n(0)]
    pub reference: String,
    /// Number as people know it.
    #[n(1)]
    pub number: String,
    /// Kind.
    #[n(2)]
    pub kind: OrderKind,
    /// State.
    #[n(3)]
    pub state: OrderState,
    /// Amount, VAT included.
    #[n(4)]
    pub amount: Money,
    /// Its date.
    #[n(5)]
    pub on: Day,
}

/// Channels over which a message or a call goes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// E-mail.
    #[n(0)]
    Email,
    /// Letter.
    #[n(1)]
    Letter,
    /// Registered letter.
    #[n(2)]
    RegisteredLetter,
    /// SMS.
    #[n(3)]
    Sms,
    /// WhatsApp.
    #[n(4)]
    Whatsapp,
    /// Telephone.
    #[n(5)]
    Phone,
    /// The debtor's page.
    #[n(6)]
    Portal,
    /// Bailiff.
    #[n(7)]
    Bailiff,
}

/// The closed list of dunning levels, in rising order. A level is done at most once per item and round.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Encode,
    Decode,
    CborLen,
    Serialize,
    Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// No level yet.
    #[default]
    #[n(0)]
    None,
    /// First notice before the due date.
    #[n(1)]
    Notice1,
    /// Second notice before the due date.
    #[n(2)]
    Notice2,
    /// Third notice before the due date.
    #[n(3)]
    Notice3,
    /// First reminder.
    #[n(4)]
    Reminder1,
    /// Second reminder.
    #[n(5)]
    Reminder2,
    /// Third reminder.
    #[n(6)]
    Reminder3,
    /// First call.
    #[n(7)]
    Call1,
    /// Second call.
    #[n(8)]
    Call2,
    /// Last reminder.
    #[n(9)]
    LastReminder,
    /// The letter that must precede costs or suit.
    #[n(10)]
    FormalNotice,
    /// Hand-over.
    #[n(11)]
    HandOver,
    /// Write-off.
    #[n(12)]
    WriteOff,
}

/// How a document was delivered.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    /// Sent.
    #[n(0)]
    Sent,
    /// Delivered.
    #[n(1)]
    Delivered,
    /// Bounced.
    #[n(2)]
    Bounced,
    /// Rejected by the receiver.
    #[n(3)]
    Rejected,
    /// Not known.
    #[n(4)]
    Unknown,
}

/// Delivery of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Delivery {
    /// Which.
    #[n(0)]
    pub item: ItemId,
    /// Over which channel.
    #[n(1)]
    pub channel: Channel,
    /// When.
    #[n(2)]
    pub on: Day,
    /// How it went.
    #[n(3)]
    pub state: DeliveryState,
    /// There is proof.
    #[n(4)]
    pub proof: bool,
    /// The debtor requires an order reference and the invoice has none.
    #[n(5)]
    pub order_reference_missing: bool,
}

/// A step of the follow-up that was done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct StepDone {
    /// The action that did it.
    #[n(0)]
    pub action: crate::ActionId,
    /// For which items.
    #[n(1)]
    pub items: Vec<ItemId>,
    /// Level reached; `None` for actions that are no dunning.
    #[n(2)]
    pub level: Level,
    /// Kind of action, as the contract names it.
    #[n(3)]
    pub kind: String,
    /// Round of the items.
    #[n(4)]
    pub round: u16,
    /// When.
    #[n(5)]
    pub on: Day,
    /// Over which channel.
    #[n(6)]
    pub channel: Channel,
    /// There is proof of delivery.
    #[n(7)]
    pub proof: bool,
    /// Last day to pay that was named.
    #[n(8)]
    pub deadline: Option<Day>,
    /// Costs that were announced.
    #[n(9)]
    pub announced_costs: Option<Money>,
}

/// A new round of follow-up for an item, so that levels may be done again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct RoundOpened {
    /// Which.
    #[n(0)]
    pub item: ItemId,
    /// The new round.
    #[n(1)]
    pub round: u16,
    /// Why.
    #[n(2)]
    pub reason: String,
}

/// A direct debit for an item.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Mandate {
    /// Which.
    #[n(0)]
    pub item: ItemId,
    /// When it is collected.
    #[n(1)]
    pub collection_day: Day,
    /// ISO 20022 return reason; empty while pending or collected.
    #[n(2)]
    pub return_code: String,
    /// When it came back.
    #[n(3)]
    pub returned_on: Option<Day>,
}

/// Why part of an item is not to be chased now.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum WithheldCause {
    /// A credit note was promised.
    #[n(0)]
    CreditExpected,
    /// Retention.
    #[n(1)]
    Retention,
    /// To be paid on a blocked account.
    #[n(2)]
    BlockedAccount,
    /// Sold or pledged to another.
    #[n(3)]
    Factored,
    /// Prepaid.
    #[n(4)]
    Prepaid,
    /// Set off against what we owe.
    #[n(5)]
    SetOff,
}

/// Part of an item that is not ours to chase now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Withholding {
    /// Which withholding.
    #[n(0)]
    pub agreement: crate::AgreementId,
    /// Which item.
    #[n(1)]
    pub item: ItemId,
    /// How much.
    #[n(2)]
    pub amount: Money,
    /// Why.
    #[n(3)]
    pub cause: WithheldCause,
    /// Who is to be paid instead, where known.
    #[n(4)]
    pub payee: Option<DebtorId>,
}

/// What a step of the follow-up cost.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Cost {
    /// At which level.
    #[n(0)]
    pub level: Level,
    /// How much.
    #[n(1)]
    pub amount: Money,
    /// For what.
    #[n(2)]
    pub what: String,
}
