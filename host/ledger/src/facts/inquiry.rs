//! Questions to bureaux and registers, and what came of them.

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};

/// A bureau or register was asked about the debtor.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Inquiry {
    /// Who was asked.
    #[n(0)]
    pub service: String,
    /// About what.
    #[n(1)]
    pub about: InquiredAbout,
    /// What came of it. Only [`InquiryOutcome::Answered`] is an answer.
    #[n(2)]
    pub outcome: InquiryOutcome,
    /// The service's own words, such as its score; or why there is no answer and what to do. Untrusted text.
    #[n(3)]
    pub detail: String,
    /// The company's id there; empty where none was found.
    #[n(4)]
    pub reference: String,
}

/// What a bureau or register is asked about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum InquiredAbout {
    /// Whether it can pay.
    #[n(0)]
    CreditReport,
    /// Bankruptcy, moratorium, debt scheme.
    #[n(1)]
    Insolvency,
    /// Whether it exists.
    #[n(2)]
    Registration,
    /// Whether its VAT number is valid.
    #[n(3)]
    VatNumber,
}

/// What came of a question.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum InquiryOutcome {
    /// An answer.
    #[n(0)]
    Answered,
    /// The service does not know the debtor.
    #[n(1)]
    NotFound,
    /// It knows several that may be meant.
    #[n(2)]
    SeveralMatches,
    /// The books hold nothing by which it can be asked.
    #[n(3)]
    NothingToAskBy,
    /// It is not asked about natural persons.
    #[n(4)]
    NaturalPerson,
    /// It did not answer, or has no verdict now.
    #[n(5)]
    Unavailable,
    /// It takes no more questions now.
    #[n(6)]
    Throttled,
    /// It does not accept user or key.
    #[n(7)]
    CredentialsRefused,
    /// The contract does not cover the question, or it was refused.
    #[n(8)]
    NotPermitted,
    /// What it answered is not understood.
    #[n(9)]
    NotUnderstood,
    /// The budget of the month does not allow the price.
    #[n(10)]
    BudgetSpent,
}
