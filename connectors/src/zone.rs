use chrono_tz::Tz;

/// The time zone of a country's capital, for platforms that do not tell the zone of an administration.
pub(crate) fn of_country(country: &str) -> Tz {
    match country.trim().to_uppercase().as_str() {
        "AT" => Tz::Europe__Vienna,
        "AU" => Tz::Australia__Sydney,
        "BE" => Tz::Europe__Brussels,
        "CA" => Tz::America__Toronto,
        "CH" => Tz::Europe__Zurich,
        "DE" => Tz::Europe__Berlin,
        "DK" => Tz::Europe__Copenhagen,
        "ES" => Tz::Europe__Madrid,
        "FI" => Tz::Europe__Helsinki,
        "FR" => Tz::Europe__Paris,
        "GB" | "UK" => Tz::Europe__London,
        "IE" => Tz::Europe__Dublin,
        "IT" => Tz::Europe__Rome,
        "LU" => Tz::Europe__Luxembourg,
        "NO" => Tz::Europe__Oslo,
        "NZ" => Tz::Pacific__Auckland,
        "PL" => Tz::Europe__Warsaw,
        "PT" => Tz::Europe__Lisbon,
        "SE" => Tz::Europe__Stockholm,
        "US" => Tz::America__New_York,
        _ => Tz::Europe__Amsterdam,
    }
}
