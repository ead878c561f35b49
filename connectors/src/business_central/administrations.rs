use std::collections::BTreeMap;

use serde::Deserialize;

use super::endpoints::{api, keyed};
use super::odata;
use crate::http::{CallError, Connection};
use crate::mapping::{Text, country_code};
use crate::{Administration, Site, language, zone};

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Company {
    id: Text,
    name: Text,
    display_name: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Information {
    country: Text,
    currency_code: Text,
}

/// The companies of the environment; each is asked for its currency and country.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let companies: Vec<Company> = odata::every(connection, site, &api(site, &["companies"])).await?;
    let mut all = Vec::new();
    for company in companies {
        let url = api(site, &[&keyed("companies", &company.id), "companyInformation"]);
        let found: Vec<Information> = odata::every(connection, site, &url).await?;
        let information = found.into_iter().next().unwrap_or_default();
        all.push(administration(company, information));
    }
    Ok(all)
}

fn administration(company: Company, information: Information) -> Administration {
    let code = country_code(&information.country, &Text::default());
    let country = maan_ledger::Country::from_code(&code);
    let name = if company.display_name.is_empty() {
        company.name
    } else {
        company.display_name
    };
    Administration {
        id: company.id.into(),
        name: name.into(),
        language: language::of_country(country, "").unwrap_or("en").to_owned(),
        currency: information.currency_code.into(),
        time_zone: zone::of_country(&code),
        country: code.into(),
        suspended: false,
        place: BTreeMap::new(),
    }
}
