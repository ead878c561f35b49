use maan_ledger::Country;

/// The language that people in a country are written to, when nothing else is known.
///
/// In Belgium the language areas of the law of 1963 decide, by postal code; the two-language area of Brussels and an
/// unknown code give none.
pub(crate) fn of_country(country: Country, postal_code: &str) -> Option<&'static str> {
    match country.to_string().as_str() {
        "NL" | "SR" => Some("nl"),
        "BE" => belgian(postal_code),
        "DE" | "AT" | "LI" => Some("de"),
        "FR" | "LU" | "MC" => Some("fr"),
        "GB" | "IE" | "US" | "AU" | "NZ" => Some("en"),
        "ES" => Some("es"),
        "IT" => Some("it"),
        "PT" => Some("pt"),
        "PL" => Some("pl"),
        _ => None,
    }
}

fn belgian(postal_code: &str) -> Option<&'static str> {
    let digits: String = postal_code.chars().filter(char::is_ascii_digit).take(4).collect();
    match digits.parse::<u16>().ok()? {
        1300..=1499 | 4000..=4699 | 4800..=4949 | 5000..=7999 => Some("fr"),
        1500..=3999 | 8000..=9999 => Some("nl"),
        4700..=4799 => Some("de"),
        4950..=4999 => Some("fr"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn belgium_is_asked_by_postal_code() {
        let belgium = Country::from_code("BE");
        for (code, language) in [
            ("9000", Some("nl")),
            ("B-4000", Some("fr")),
            ("4700", Some("de")),
            ("1000", None),
            ("", None),
        ] {
            assert_eq!(of_country(belgium, code), language, "{code}");
        }
        assert_eq!(of_country(Country::from_code("NL"), ""), Some("nl"));
        assert_eq!(of_country(Country::from_code("??"), ""), None);
    }
}
