//! What is known from talking and writing, and what was judged of it.

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::{Day, ItemId, Money};

/// What came of a contact.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No answer.
    #[n(0)]
    NoAnswer,
    /// Voicemail.
    #[n(1)]
    Voicemail,
    /// A third party: counts as no contact, learns nothing.
    #[n(2)]
    ThirdParty,
    /// Reached.
    #[n(3)]
    Reached,
    /// Promised to pay.
    #[n(4)]
    Promised,
    /// Disputes.
    #[n(5)]
    Disputes,
    /// Says that he cannot pay.
    #[n(6)]
    CannotPay,
    /// Says that he will not pay.
    #[n(7)]
    WillNotPay,
    /// Never received the invoice.
    #[n(8)]
    NotReceived,
    /// Says that it was paid.
    #[n(9)]
    PaidAlready,
    /// Asks for a plan.
    #[n(10)]
    AsksPlan,
    /// Asks for a copy.
    #[n(11)]
    AsksCopy,
    /// Wrong person or address.
    #[n(12)]
    WrongPerson,
    /// Is in debt help.
    #[n(13)]
    DebtHelp,
    /// Another.
    #[n(14)]
    Other,
}

/// A contact with the debtor.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Contact {
    /// Identifies the contact; a later fact with the same id replaces it.
    #[n(0)]
    pub id: String,
    /// Over which channel.
    #[n(1)]
    pub channel: Channel,
    /// What came of it.
    #[n(2)]
    pub outcome: Outcome,
    /// Who decides was reached.
    #[n(3)]
    pub right_person: bool,
    /// From the debtor to us.
    #[n(4)]
    pub inbound: bool,
    /// A reply that nobody has handled yet.
    #[n(5)]
    pub unhandled: bool,
    /// Items that it was about.
    #[n(6)]
    pub items: Vec<ItemId>,
}

/// The four criteria on which willingness to pay is judged.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// Beliefs about paying.
    #[n(0)]
    BeliefsAboutPaying,
    /// Self-direction.
    #[n(1)]
    SelfDirection,
    /// Willingness to concede.
    #[n(2)]
    WillingnessToConcede,
    /// Financial room.
    #[n(3)]
    FinancialRoom,
}

/// Evidence on willingness to pay.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Evidence {
    /// Criterion.
    #[n(0)]
    pub criterion: Criterion,
    /// From -1000, against paying, to 1000, for paying.
    #[n(1)]
    pub leaning: i16,
}

/// A coded situation, without medical detail.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Situation {
    /// Code from the closed list: income-loss, illness-in-business, debt-counselling, move, calamity, other.
    #[n(0)]
    pub code: String,
    /// Through this day.
    #[n(1)]
    pub until: Option<Day>,
}

/// A complaint.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Complaint {
    /// Identifies the complaint.
    #[n(0)]
    pub id: String,
    /// It was settled.
    #[n(1)]
    pub settled: bool,
}

/// Chance in court, entered by a person.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct CourtChance {
    /// The chance.
    #[n(0)]
    pub per_mille: u16,
    /// On what it rests.
    #[n(1)]
    pub basis: String,
}

/// Whether a debtor pays.
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
pub enum Willingness {
    /// Not known: a full answer.
    #[default]
    #[n(0)]
    Unknown,
    /// Pays.
    #[n(1)]
    Pays,
    /// Cannot pay.
    #[n(2)]
    Cannot,
    /// Will not pay.
    #[n(3)]
    WillNot,
}

/// Answers of the credit check.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Accept.
    #[n(0)]
    Accept,
    /// Accept on conditions.
    #[n(1)]
    AcceptOnConditions,
    /// A person looks at it.
    #[n(2)]
    Review,
    /// Decline.
    #[n(3)]
    Decline,
}

/// What a decision established about the debtor. Recorded only when it differs from what was in force.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Judgement {
    /// Segment key.
    #[n(0)]
    pub segment: String,
    /// Willingness.
    #[n(1)]
    pub willingness: Willingness,
    /// Credit verdict, where it was asked.
    #[n(2)]
    pub verdict: Option<Verdict>,
    /// Advised limit.
    #[n(3)]
    pub limit: Option<Money>,
    /// Deliveries should be held.
    #[n(4)]
    pub hold: bool,
    /// Day of the next credit review.
    #[n(5)]
    pub review_on: Option<Day>,
}
