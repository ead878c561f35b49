use std::collections::BTreeMap;

use serde::Deserialize;

use super::endpoints::{api, with};
use super::odata;
use crate::http::{Call, CallError, Connection};
use crate::mapping::Text;
use crate::{Administration, Site, language, zone};

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Me {
    current_division: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Division {
    code: Text,
    description: Text,
    country: Text,
    currency: Text,
    status: Text,
}

/// The divisions that a consent opens: those of the division that its user is in.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let url = with(api(site, "current", "Me"), &[("$select", "CurrentDivision")]);
    let answer = connection.call(&Call::get(url)).await?;
    let me = odata::rows(&answer, site)?.rows;
    let me: Me = me
        .first()
        .and_then(|row| serde_json::from_str(row.get()).ok())
        .ok_or_else(|| answer.odd("it names no user"))?;
    let select = "Code,Country,Currency,Description,Status";
    let url = with(
        api(site, &me.current_division, "hrm/Divisions"),
        &[("$select", select)],
    );
    let mut all = Vec::new();
    let mut next = Some(url.clone());
    while let Some(page) = next.take() {
        let answer = connection.call(&Call::get(page)).await?;
        let rows = odata::rows(&answer, site)?;
        for row in &rows.rows {
            let division: Division =
                serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
            all.push(division.into());
        }
        next = rows
            .next
            .map(|token| with(url.clone(), &[("$skiptoken", &token)]));
    }
    Ok(all)
}

impl From<Division> for Administration {
    fn from(division: Division) -> Self {
        let country = maan_ledger::Country::from_code(&division.country);
        let written = language::of_country(country, "").unwrap_or(match &*division.country.to_uppercase() {
            "BE" => "nl",
            _ => "en",
        });
        Self {
            id: division.code.into(),
            name: division.description.into(),
            language: written.to_owned(),
            currency: division.currency.into(),
            time_zone: zone::of_country(&division.country),
            country: division.country.into(),
            // 0 is in use, 1 archived
            suspended: &*division.status != "0",
            place: BTreeMap::new(),
        }
    }
}
