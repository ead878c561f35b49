use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Tryton;
use super::coded::Coded;
use super::dto::{Code, language};
use super::endpoints::search;
use crate::http::{Call, CallError, Connection};
use crate::mapping::list;
use crate::{Administration, Site};

/// The model that is there when sales are.
pub(super) const SALES: &str = "sale.sale";
/// The model that is there when credit limits are.
pub(super) const LIMITS: &str = "party.party.credit_limit_amount";

/// Where the models that are there, and the company's own party, are kept.
const MODELS: &str = "models";
const PARTY: &str = "party";

const COMPANY: [&str; 5] = [
    "party.name",
    "party.lang.code",
    "party.addresses.country.code",
    "currency.code",
    "timezone",
];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Company {
    id: Coded,
    party: Option<Party>,
    currency: Option<Code>,
    timezone: Coded,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Party {
    id: Coded,
    name: Coded,
    lang: Option<Code>,
    #[serde(deserialize_with = "list")]
    addresses: Vec<Address>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Address {
    country: Option<Code>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Model {
    name: Coded,
}

/// The companies that the key's user may see.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let url = search(
        site,
        "ir.model",
        &json!([["name", "in", [SALES, LIMITS]]]),
        &["name"],
    );
    let models: Vec<Model> = connection.call(&Call::get(url)).await?.json()?;
    let models: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
    let everything = Value::Array(Vec::new());
    let url = search(site, "company.company", &everything, &COMPANY);
    let companies: Vec<Company> = connection.call(&Call::get(url)).await?.json()?;
    Ok(companies
        .into_iter()
        .map(|company| company.administration(&models.join(" ")))
        .collect())
}

impl Company {
    fn administration(self, models: &str) -> Administration {
        let party = self.party.unwrap_or_default();
        let mut countries = party.addresses.into_iter().filter_map(|address| address.country);
        Administration {
            id: self.id.to_string(),
            name: party.name.to_string(),
            language: party.lang.as_ref().map_or("en".to_owned(), language),
            currency: self.currency.unwrap_or_default().code.to_string(),
            country: countries
                .next()
                .map(|country| country.code.to_string())
                .unwrap_or_default(),
            time_zone: self.timezone.parse().unwrap_or(Tz::UTC),
            suspended: false,
            place: BTreeMap::from([
                (MODELS.to_owned(), models.to_owned()),
                (PARTY.to_owned(), party.id.to_string()),
            ]),
        }
    }
}

impl Tryton {
    /// Whether a model of a module is there.
    pub(super) fn has(&self, model: &str) -> bool {
        let models = self.administration.place.get(MODELS);
        models.is_some_and(|models| models.split(' ').any(|one| one == model))
    }

    /// The company itself as a party, which owes itself nothing.
    pub(super) fn own_party(&self) -> u64 {
        let party = self.administration.place.get(PARTY);
        party.and_then(|party| party.parse().ok()).unwrap_or(0)
    }
}
