//! Who claims, who owes, and what they agreed.

use std::collections::BTreeMap;

use maan_ledger::{
    Channel, CompanySize, Consent, ContactRole, Country, DebtorDescription, DebtorKind, LanguageSource,
    Reach, Relation,
};
use serde::{Deserialize, Deserializer};

use super::Date;

/// Who claims.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CreditorIs {
    pub(crate) country: String,
    pub(crate) size: CompanySize,
    pub(crate) currency: String,
    pub(crate) deducts_vat: bool,
    pub(crate) language: String,
    pub(crate) for_others: Option<Vec<RegistrationIs>>,
}

impl Default for CreditorIs {
    fn default() -> Self {
        Self {
            country: "NL".into(),
            size: CompanySize::Unknown,
            currency: "EUR".into(),
            deducts_vat: true,
            language: "nl".into(),
            for_others: None,
        }
    }
}

/// A registration to collect for others.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegistrationIs {
    pub(crate) country: String,
    pub(crate) register: String,
    pub(crate) until: Option<Date>,
}

/// Who owes.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DebtorIs {
    kind: DebtorKind,
    country: String,
    name: String,
    number: String,
    size: CompanySize,
    sector: String,
    language: String,
    language_source: LanguageSource,
    since: Option<Date>,
    relation: Relation,
    group: Option<String>,
    traits: BTreeMap<String, String>,
    reach: Vec<ReachIs>,
}

impl Default for DebtorIs {
    fn default() -> Self {
        Self {
            kind: DebtorKind::Business,
            country: "NL".into(),
            name: "the debtor".into(),
            number: "1".into(),
            size: CompanySize::Unknown,
            sector: String::new(),
            language: "nl".into(),
            language_source: LanguageSource::Platform,
            since: None,
            relation: Relation::Customer,
            group: None,
            traits: BTreeMap::new(),
            reach: vec![ReachIs::over(Channel::Email)],
        }
    }
}

impl DebtorIs {
    /// The fact's form.
    pub(crate) fn described(self) -> DebtorDescription {
        DebtorDescription {
            reference: self.number.clone(),
            number: self.number,
            name: self.name,
            kind: self.kind,
            size: self.size,
            country: Country::from_code(&self.country),
            sector: self.sector,
            language: self.language,
            language_source: self.language_source,
            since: self.since.map(|since| since.0),
            group: self.group,
            payer: None,
            relation: self.relation,
            traits: self.traits.into_iter().collect(),
            reach: self.reach.into_iter().map(ReachIs::told).collect(),
            vat_number: String::new(),
            registration: String::new(),
        }
    }
}

/// A way to reach the debtor: a channel, or a channel with more.
#[derive(Clone, Debug)]
pub(crate) struct ReachIs(ReachFields);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReachFields {
    channel: Channel,
    address: Option<String>,
    #[serde(default)]
    role: ContactRole,
    #[serde(default)]
    branch: u16,
    #[serde(default)]
    preferred: bool,
    #[serde(default)]
    consent: Consent,
    #[serde(default)]
    right_person: bool,
    #[serde(default)]
    failed: bool,
}

impl<'de> Deserialize<'de> for ReachIs {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(d)?;
        let read = match &value {
            toml::Value::String(_) => value.try_into().map(Self::over),
            _ => value.try_into().map(Self),
        };
        read.map_err(|error: toml::de::Error| serde::de::Error::custom(error.message()))
    }
}

impl ReachIs {
    fn over(channel: Channel) -> Self {
        Self(ReachFields {
            channel,
            address: None,
            role: ContactRole::default(),
            branch: 0,
            preferred: false,
            consent: Consent::default(),
            right_person: false,
            failed: false,
        })
    }

    fn told(self) -> Reach {
        let usual = match self.0.channel {
            Channel::Email => "debtor@example.com",
            Channel::Letter | Channel::RegisteredLetter | Channel::Bailiff => "Dorpsstraat 1\n1234 AB Dorp",
            Channel::Portal => "https://debtor.example.com",
            Channel::Phone | Channel::Sms | Channel::Whatsapp => "+31201234567",
        };
        Reach {
            channel: self.0.channel,
            address: self.0.address.unwrap_or_else(|| usual.to_owned()),
            name: String::new(),
            role: self.0.role,
            branch: self.0.branch,
            preferred: self.0.preferred,
            consent: self.0.consent,
            right_person: self.0.right_person,
            failed: self.0.failed,
        }
    }
}

/// What was agreed about paying.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AgreementIs {
    pub(crate) agreed_on: Option<Date>,
    pub(crate) applicable_law: Option<String>,
    pub(crate) term_days: Option<u16>,
    pub(crate) costs_clause: bool,
    pub(crate) interest: Option<rust_decimal::Decimal>,
    pub(crate) indemnity: Option<u16>,
    pub(crate) regular_supply: bool,
    pub(crate) consumer_sale: bool,
}
