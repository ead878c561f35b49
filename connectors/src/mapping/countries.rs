use super::Text;

/// Names of countries as people write them on platforms that take any text, with their ISO 3166-1 alpha-2 codes.
const NAMES: &[(&str, &[&str])] = &[
    ("AT", &["austria", "österreich", "oostenrijk", "autriche"]),
    ("AU", &["australia", "australië"]),
    ("BE", &["belgium", "belgië", "belgie", "belgique", "belgien"]),
    ("CA", &["canada"]),
    ("CH", &["switzerland", "schweiz", "suisse", "zwitserland"]),
    ("CZ", &["czech republic", "czechia", "tsjechië"]),
    ("DE", &["germany", "deutschland", "duitsland", "allemagne"]),
    ("DK", &["denmark", "danmark", "denemarken"]),
    ("ES", &["spain", "españa", "spanje", "espagne"]),
    ("FI", &["finland", "suomi"]),
    ("FR", &["france", "frankrijk", "frankreich"]),
    (
        "GB",
        &[
            "united kingdom",
            "uk",
            "great britain",
            "england",
            "scotland",
            "wales",
            "verenigd koninkrijk",
        ],
    ),
    ("IE", &["ireland", "ierland"]),
    ("IT", &["italy", "italia", "italië"]),
    ("LU", &["luxembourg", "luxemburg"]),
    (
        "NL",
        &[
            "netherlands",
            "the netherlands",
            "nederland",
            "holland",
            "niederlande",
            "pays-bas",
        ],
    ),
    ("NO", &["norway", "norge", "noorwegen"]),
    ("NZ", &["new zealand", "nieuw-zeeland"]),
    ("PL", &["poland", "polska", "polen"]),
    ("PT", &["portugal"]),
    ("SE", &["sweden", "sverige", "zweden"]),
    (
        "US",
        &[
            "united states",
            "united states of america",
            "usa",
            "verenigde staten",
        ],
    ),
];

/// The code of a country that stands in free text; else that in front of the VAT number. Empty when neither tells.
pub(crate) fn country_code(written: &Text, vat_number: &Text) -> Text {
    let name = written.to_lowercase();
    if name.len() == 2 && name != "uk" && name.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        return name.to_uppercase().as_str().into();
    }
    let named = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    if let Some((code, _)) = named {
        return (*code).into();
    }
    let prefix = vat_number.get(..2).unwrap_or_default().to_uppercase();
    match prefix.as_str() {
        // Greece and Northern Ireland have prefixes of their own
        "EL" => "GR".into(),
        "XI" => "GB".into(),
        code if code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase()) => code.into(),
        _ => Text::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_code_name_and_vat_number() {
        for (written, vat, code) in [
            ("Nederland", "", "NL"),
            ("  The Netherlands ", "BE0123456749", "NL"),
            ("be", "", "BE"),
            ("UK", "", "GB"),
            ("Atlantis", "EL123456789", "GR"),
            ("", "NL001234567B01", "NL"),
            ("", "123456789", ""),
            ("Ödland", "é1", ""),
        ] {
            assert_eq!(
                &*country_code(&written.into(), &vat.into()),
                code,
                "{written} {vat}"
            );
        }
    }
}
