use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::json;

use super::endpoints::method;
use super::values::{Link, Word};
use crate::http::{CallError, Connection, Repeat};
use crate::{Administration, Site};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Company {
    id: Word,
    name: Word,
    currency_id: Link,
    country_code: Word,
    partner_id: Link,
}

/// The company's own partner has its language and time zone.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Partner {
    id: Word,
    lang: Word,
    tz: Word,
}

/// The companies that the key's user may work in.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let fields = ["name", "currency_id", "country_code", "partner_id"];
    let asked = json!({ "domain": [], "fields": fields });
    let call = method(site, "res.company", "search_read", asked, Repeat::Safe);
    let companies: Vec<Company> = connection.call(&call).await?.json()?;
    let ids: Vec<u64> = companies
        .iter()
        .filter_map(|company| company.partner_id.id.parse().ok())
        .collect();
    let asked = json!({ "ids": ids, "fields": ["lang", "tz"] });
    let call = method(site, "res.partner", "read", asked, Repeat::Safe);
    let partners: Vec<Partner> = connection.call(&call).await?.json()?;
    Ok(companies
        .into_iter()
        .map(|company| {
            let own = partners
                .iter()
                .find(|partner| *partner.id == company.partner_id.id);
            company.administration(own)
        })
        .collect())
}

impl Company {
    fn administration(self, own: Option<&Partner>) -> Administration {
        let lang = own.map(|own| language(&own.lang)).filter(|lang| !lang.is_empty());
        Administration {
            id: self.id.to_string(),
            name: self.name.to_string(),
            language: lang.unwrap_or_else(|| "en".to_owned()),
            currency: self.currency_id.name.to_string(),
            country: self.country_code.to_string(),
            time_zone: own.and_then(|own| own.tz.parse().ok()).unwrap_or(Tz::UTC),
            suspended: false,
            place: BTreeMap::new(),
        }
    }
}

/// The language of a code such as `nl_BE`: its country is not told to people who are written to.
pub(super) fn language(code: &str) -> String {
    let language = code.split(['_', '@']).next().unwrap_or_default();
    language.to_lowercase()
}
