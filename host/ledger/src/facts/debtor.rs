//! Who the debtor is and what was agreed.

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::{Day, Money};

/// Kinds of debtor that the law keeps apart. `Unknown` is treated with the protection of a consumer.
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
pub enum DebtorKind {
    /// Not known.
    #[default]
    #[n(0)]
    Unknown,
    /// A natural person not acting in business.
    #[n(1)]
    Consumer,
    /// A natural person in business, partnerships without legal personality included.
    #[n(2)]
    SoleTrader,
    /// A company.
    #[n(3)]
    Business,
    /// The state and its parts.
    #[n(4)]
    PublicBody,
}

/// Size classes of Directive 2013/34/EU.
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
pub enum CompanySize {
    /// Not known.
    #[default]
    #[n(0)]
    Unknown,
    /// Micro.
    #[n(1)]
    Micro,
    /// Small.
    #[n(2)]
    Small,
    /// Medium.
    #[n(3)]
    Medium,
    /// Large.
    #[n(4)]
    Large,
}

/// Where the language of a debtor comes from.
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
pub enum LanguageSource {
    /// Nowhere.
    #[default]
    #[n(0)]
    Unknown,
    /// The debtor said so.
    #[n(1)]
    Stated,
    /// The platform's contact.
    #[n(2)]
    Platform,
    /// Assumed from the country.
    #[n(3)]
    Country,
    /// The language of the invoices.
    #[n(4)]
    Invoice,
    /// A person of the tenant entered it.
    #[n(5)]
    Person,
}

/// What the debtor is to the tenant apart from a customer.
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
pub enum Relation {
    /// A customer.
    #[default]
    #[n(0)]
    Customer,
    /// A company of the tenant's own.
    #[n(1)]
    OwnCompany,
    /// Staff of the tenant.
    #[n(2)]
    Staff,
}

/// Role of a contact at the debtor.
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
pub enum ContactRole {
    /// Not known.
    #[default]
    #[n(0)]
    Unknown,
    /// Accounts payable.
    #[n(1)]
    AccountsPayable,
    /// Who decides on payment.
    #[n(2)]
    Decider,
    /// The owner.
    #[n(3)]
    Owner,
    /// Curator, guardian, debt counsellor.
    #[n(4)]
    Representative,
    /// Another.
    #[n(5)]
    Other,
}

/// Consent to be contacted over a channel.
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
pub enum Consent {
    /// Never asked.
    #[default]
    #[n(0)]
    NotAsked,
    /// Given.
    #[n(1)]
    Given,
    /// Withdrawn.
    #[n(2)]
    Withdrawn,
}

/// One way to reach the debtor, with its address.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Reach {
    /// Over which channel.
    #[n(0)]
    pub channel: Channel,
    /// E-mail address, telephone number or postal address on lines; untrusted text.
    #[n(1)]
    pub address: String,
    /// Name of the contact; empty when unknown.
    #[n(2)]
    pub name: String,
    /// The contact's role.
    #[n(3)]
    pub role: ContactRole,
    /// Branch number, 0 for the main one.
    #[n(4)]
    pub branch: u16,
    /// The debtor prefers this channel.
    #[n(5)]
    pub preferred: bool,
    /// Consent for the channel.
    #[n(6)]
    pub consent: Consent,
    /// Known to decide.
    #[n(7)]
    pub right_person: bool,
    /// Known to fail: bounced, disconnected, moved.
    #[n(8)]
    pub failed: bool,
}

/// Master data of a debtor.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct DebtorDescription {
    /// The platform's id of the contact.
    #[n(0)]
    pub reference: String,
    /// Customer number as people know it.
    #[n(1)]
    pub number: String,
    /// Name; untrusted text.
    #[n(2)]
    pub name: String,
    /// Kind.
    #[n(3)]
    pub kind: DebtorKind,
    /// Size.
    #[n(4)]
    pub size: CompanySize,
    /// Country of residence or seat.
    #[n(5)]
    pub country: Country,
    /// Sector code; empty when unknown.
    #[n(6)]
    pub sector: String,
    /// BCP 47 tag; empty when unknown.
    #[n(7)]
    pub language: String,
    /// Where the language comes from.
    #[n(8)]
    pub language_source: LanguageSource,
    /// First day as a customer.
    #[n(9)]
    pub since: Option<Day>,
    /// Group whose exposure counts together.
    #[n(10)]
    pub group: Option<String>,
    /// Another debtor who pays for this one.
    #[n(11)]
    pub payer: Option<crate::DebtorId>,
    /// What the debtor is beside a customer.
    #[n(12)]
    pub relation: Relation,
    /// The tenant's own traits.
    #[n(13)]
    pub traits: Vec<(String, String)>,
    /// Ways to reach the debtor.
    #[n(14)]
    pub reach: Vec<Reach>,
    /// VAT number; empty when unknown.
    #[n(15)]
    pub vat_number: String,
    /// Number in the trade register; empty when unknown.
    #[n(16)]
    pub registration: String,
}

/// What was agreed about paying.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Agreement {
    /// When.
    #[n(0)]
    pub agreed_on: Option<Day>,
    /// Law chosen in the contract.
    #[n(1)]
    pub applicable_law: Option<Country>,
    /// Term in days from the invoice's date.
    #[n(2)]
    pub term_days: Option<u16>,
    /// A clause on collection costs was agreed.
    #[n(3)]
    pub costs_clause: bool,
    /// Agreed yearly interest in hundredths of a per cent.
    #[n(4)]
    pub interest_basis_points: Option<u32>,
    /// Agreed flat indemnity as a share of the principal.
    #[n(5)]
    pub indemnity_per_mille: Option<u16>,
    /// Regular supply.
    #[n(6)]
    pub regular_supply: bool,
    /// Sale of goods to a consumer.
    #[n(7)]
    pub consumer_sale: bool,
}

/// Legal situations that stop or change follow-up.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum LegalSituation {
    /// Bankruptcy.
    #[n(0)]
    Bankruptcy,
    /// Moratorium: surseance, WHOA, judicial reorganisation.
    #[n(1)]
    Moratorium,
    /// Debt scheme: WSNP, collectieve schuldenregeling.
    #[n(2)]
    DebtScheme,
    /// Guardianship.
    #[n(3)]
    Guardianship,
    /// Deceased.
    #[n(4)]
    Deceased,
    /// Dissolved.
    #[n(5)]
    Dissolved,
}

/// A legal situation, or its end.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct LegalStatus {
    /// Which.
    #[n(0)]
    pub situation: LegalSituation,
    /// From this day.
    #[n(1)]
    pub since: Day,
    /// Through this day, once it has ended.
    #[n(2)]
    pub until: Option<Day>,
    /// Register or person that said so.
    #[n(3)]
    pub source: String,
    /// Last day for filing the claim.
    #[n(4)]
    pub file_claim_by: Option<Day>,
}

/// Result of asking for a credit report.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct CreditReport {
    /// Whether there was one.
    #[n(0)]
    pub answer: ReportAnswer,
    /// Who was asked.
    #[n(1)]
    pub agency: String,
    /// Chance of failing within a year.
    #[n(2)]
    pub failure_per_mille: Option<u16>,
    /// Advised limit.
    #[n(3)]
    pub advised_limit: Option<Money>,
    /// Rise of the failure chance within a year, per mille.
    #[n(4)]
    pub worsened_by: i16,
    /// Facts such as late-filing.
    #[n(5)]
    pub marks: Vec<String>,
}

/// Whether a credit report came.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum ReportAnswer {
    /// It came.
    #[n(0)]
    Present,
    /// The agency did not answer: not the same as a clean report.
    #[n(1)]
    NoAnswer,
    /// The agency does not know the debtor.
    #[n(2)]
    NotFound,
}

/// What a public register answered when it was asked about legal situations of the debtor. A situation that it
/// names is a [`LegalStatus`] of its own.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct RegisterAnswer {
    /// Code of the register: `cir`, `regsol`.
    #[n(0)]
    pub register: String,
    /// What it said.
    #[n(1)]
    pub answer: RegisterState,
}

/// What a register said.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum RegisterState {
    /// It answered, and names nothing in force.
    #[n(0)]
    Nothing,
    /// It names a situation, which is recorded beside this.
    #[n(1)]
    Entry,
    /// It did not answer, or not about this debtor: not the same as nothing.
    #[n(2)]
    NoAnswer,
}

/// What the debtors of a group owe together, the debtor included.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct GroupExposure {
    /// Sum of their open invoices, in the currency of the books; none once the debtor left the group.
    #[n(0)]
    pub open: Option<Money>,
}

/// A credit limit.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Limit {
    /// The limit; none is no limit set.
    #[n(0)]
    pub limit: Option<Money>,
    /// The insured part.
    #[n(1)]
    pub insured: Option<Money>,
    /// Why.
    #[n(2)]
    pub reason: String,
}

/// Deliveries held or released.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Hold {
    /// Held.
    #[n(0)]
    pub held: bool,
    /// Why.
    #[n(1)]
    pub reason: String,
}

/// What the tenant owes the same party.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
pub struct Payables {
    /// How much.
    #[n(0)]
    pub amount: Money,
}

/// ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Country(u16);

impl Country {
    /// The country of two letters; anything else is unknown.
    pub fn from_code(code: &str) -> Self {
        match code.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Self(u16::from_be_bytes([
                a.to_ascii_uppercase(),
                b.to_ascii_uppercase(),
            ])),
            _ => Self(0),
        }
    }

    /// Two ASCII letters, the first in the high byte; 0 for unknown. The contract's form.
    pub fn packed(self) -> u16 {
        self.0
    }

    /// Whether the country is known.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b] = self.0.to_be_bytes();
        if self.is_known() {
            write!(f, "{}{}", char::from(a), char::from(b))
        } else {
            f.write_str("??")
        }
    }
}

impl std::fmt::Debug for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<T: serde::Deserializer<'de>>(d: T) -> Result<Self, T::Error> {
        Ok(Self::from_code(&String::deserialize(d)?))
    }
}
