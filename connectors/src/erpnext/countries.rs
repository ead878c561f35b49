use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::ErpNext;
use super::endpoints::{list, listed};
use crate::Site;
use crate::http::{CallError, Connection};
use crate::mapping::Text;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Country {
    name: Text,
    code: Text,
}

/// Codes of countries (ISO 3166-1 alpha-2) by their names.
pub(super) async fn countries(
    connection: &Connection,
    site: &Site,
) -> Result<BTreeMap<String, String>, CallError> {
    let url = list(site, "Country", &json!([]), &["name", "code"]);
    let all: Vec<Country> = listed(connection, url).await?;
    Ok(all
        .into_iter()
        .map(|country| (country.name.into(), country.code.to_uppercase()))
        .collect())
}

impl ErpNext {
    /// Read once.
    pub(super) async fn country_codes(&self) -> Result<&BTreeMap<String, String>, CallError> {
        let read = || countries(&self.connection, &self.site);
        self.countries.get_or_try_init(read).await
    }
}
