use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Endpoints;
use super::dto::Text;
use crate::http::{Call, CallError, Connection};

/// An administration that a consent opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administration {
    /// Moneybird's id.
    pub id: String,
    /// Name; untrusted text.
    pub name: String,
    /// BCP 47 tag.
    pub language: String,
    /// ISO 4217 code.
    pub currency: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// In which its days are counted.
    #[serde(with = "zone_name")]
    pub time_zone: Tz,
    /// Moneybird has stopped it.
    pub suspended: bool,
}

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
        })
        .collect())
}

mod zone_name {
    use chrono_tz::Tz;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(zone: &Tz, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(zone.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Tz, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
