use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// An administration on a platform: one company's books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administration {
    /// The platform's id.
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
    /// The platform has stopped it.
    pub suspended: bool,
    /// What else the platform needs to find it, such as the host that it is on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub place: BTreeMap<String, String>,
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
