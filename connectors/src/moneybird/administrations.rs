use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Deserialize;

use super::Endpoints;
use crate::Administration;
use crate::http::{Call, CallError, Connection};
use crate::mapping::Text;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Dto {
    id: Text,
    name: Text,
    language: Text,
    currency: Text,
    country: Text,
    time_zone: Text,
    suspended: bool,
}

/// The administrations that a consent opens.
pub async fn administrations(
    connection: &Connection,
    endpoints: &Endpoints,
) -> Result<Vec<Administration>, CallError> {
    let answer = connection.call(&Call::get(endpoints.administrations())).await?;
    let found: Vec<Dto> = answer.json()?;
    Ok(found
        .into_iter()
        .map(|dto| Administration {
            id: dto.id.into(),
            name: dto.name.into(),
            language: dto.language.into(),
            currency: dto.currency.into(),
            country: dto.country.into(),
            time_zone: dto.time_zone.parse().unwrap_or(Tz::Europe__Amsterdam),
            suspended: dto.suspended,
            place: BTreeMap::new(),
        })
        .collect())
}
