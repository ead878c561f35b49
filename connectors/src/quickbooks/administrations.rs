use std::collections::BTreeMap;

use serde::Deserialize;

use super::dto::Reference;
use super::endpoints::{REALM, api};
use crate::http::{Call, CallError, Connection};
use crate::mapping::{Text, country_code};
use crate::{Administration, Site, language, zone};

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Answer {
    company_info: Company,
    preferences: Preferences,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Company {
    company_name: Text,
    country: Text,
    default_time_zone: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Preferences {
    currency_prefs: Currencies,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Currencies {
    home_currency: Reference,
}

/// The company that was chosen at the sign-in.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let realm = site.parameter(REALM);
    let call = Call::get(api(site, realm, &["companyinfo", realm]));
    let company = connection.call(&call).await?.json::<Answer>()?.company_info;
    let answer = connection
        .call(&Call::get(api(site, realm, &["preferences"])))
        .await?;
    let currency = answer.json::<Answer>()?.preferences.currency_prefs.home_currency;
    if currency.value.is_empty() {
        return Err(answer.odd("it names no home currency"));
    }
    let code = country_code(&company.country, &Text::default());
    let country = maan_ledger::Country::from_code(&code);
    let zone = company.default_time_zone.parse();
    Ok(vec![Administration {
        id: realm.to_owned(),
        name: company.company_name.into(),
        language: language::of_country(country, "").unwrap_or("en").to_owned(),
        currency: currency.value.into(),
        time_zone: zone.unwrap_or_else(|_| zone::of_country(&code)),
        country: code.into(),
        suspended: false,
        place: BTreeMap::new(),
    }])
}
