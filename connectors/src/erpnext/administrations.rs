use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::json;

use super::countries::countries;
use super::endpoints::{list, listed};
use crate::http::{Call, CallError, Connection};
use crate::mapping::Text;
use crate::{Administration, Site, language};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Company {
    name: Text,
    company_name: Text,
    country: Text,
    default_currency: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Message {
    message: Zone,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Zone {
    time_zone: Text,
}

/// The companies of a site. The site has one time zone for all.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let fields = ["name", "company_name", "country", "default_currency"];
    let url = list(site, "Company", &json!([]), &fields);
    let companies: Vec<Company> = listed(connection, url).await?;
    let codes = countries(connection, site).await?;
    let url = site.path(["api", "method", "frappe.client.get_time_zone"]);
    let zone: Message = connection.call(&Call::get(url)).await?.json()?;
    let time_zone = zone.message.time_zone.parse().unwrap_or(Tz::UTC);
    Ok(companies
        .into_iter()
        .map(|company| {
            let country = codes.get(&*company.country).cloned().unwrap_or_default();
            let code = maan_ledger::Country::from_code(&country);
            Administration {
                id: company.name.into(),
                name: company.company_name.into(),
                language: language::of_country(code, "").unwrap_or("en").to_owned(),
                currency: company.default_currency.into(),
                country,
                time_zone,
                suspended: false,
                place: BTreeMap::new(),
            }
        })
        .collect())
}
