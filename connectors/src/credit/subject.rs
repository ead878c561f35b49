use maan_ledger::{Country, DebtorKind};

use super::{NoAnswer, Service, Why};

/// Whom a service is asked about, as the books know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Kind in the sense of the law.
    pub kind: DebtorKind,
    /// Name; untrusted text.
    pub name: String,
    /// Country of the seat.
    pub country: Country,
    /// Number in the trade register; empty when unknown.
    pub registration: String,
    /// VAT number; empty when unknown.
    pub vat_number: String,
}

impl Subject {
    /// Whether a service may be asked. Nobody is asked about a consumer, or about one who may be one.
    pub(super) fn permit(&self, service: Service) -> Result<(), NoAnswer> {
        match self.kind {
            DebtorKind::Consumer | DebtorKind::Unknown => Err(NoAnswer {
                service,
                why: Why::NaturalPerson,
            }),
            DebtorKind::SoleTrader | DebtorKind::Business | DebtorKind::PublicBody => Ok(()),
        }
    }

    /// The register number as its country writes it: eight digits in the Netherlands, ten in Belgium, where a VAT
    /// number holds it too; elsewhere letters and digits.
    pub(super) fn number(&self) -> Option<String> {
        let country = self.country.to_string();
        match country.as_str() {
            "NL" => digits(&self.registration).filter(|number| number.len() == 8),
            "BE" => digits(&self.registration)
                .or_else(|| digits(&self.vat_number))
                .and_then(|number| enterprise(&number)),
            _ => Some(compact(&self.registration)).filter(|number| (3..=20).contains(&number.len())),
        }
    }

    /// Country and digits of the VAT number. Greece is EL there.
    pub(super) fn vat(&self) -> Option<(String, String)> {
        let all = compact(&self.vat_number);
        let (letters, rest): (String, String) =
            (all.chars().take(2).collect(), all.chars().skip(2).collect());
        let (country, number) = if letters.chars().all(|letter| letter.is_ascii_alphabetic()) {
            (letters, rest)
        } else {
            (self.country.to_string().replace("GR", "EL"), all)
        };
        let fits = (4..=14).contains(&number.len()) && country.len() == 2 && !country.contains('?');
        fits.then_some((country, number))
    }

    /// The name, where it can be asked by.
    pub(super) fn name(&self) -> Option<&str> {
        let name = self.name.trim();
        ((2..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control)).then_some(name)
    }
}

/// The digits of a number with dots and spaces; none where letters other than the country stand in it.
fn digits(text: &str) -> Option<String> {
    let all = compact(text);
    let all = all.strip_prefix("BE").unwrap_or(&all);
    let only = !all.is_empty() && all.len() <= 12 && all.bytes().all(|byte| byte.is_ascii_digit());
    only.then(|| all.to_owned())
}

/// A Belgian enterprise number: ten digits, and ninety-seven less the first eight modulo ninety-seven is the last
/// two. Nine digits are the form of before 2005, without the zero.
pub(super) fn enterprise(number: &str) -> Option<String> {
    let full = match number.len() {
        9 => format!("0{number}"),
        10 => number.to_owned(),
        _ => return None,
    };
    let whole: u64 = full.parse().ok()?;
    let (base, check) = (whole / 100, whole % 100);
    (97 - base % 97 == check).then_some(full)
}

/// Letters and digits alone, in capitals.
fn compact(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn subject(country: &str, registration: &str, vat_number: &str) -> Subject {
        Subject {
            kind: DebtorKind::Business,
            name: "Jansen".into(),
            country: Country::from_code(country),
            registration: registration.into(),
            vat_number: vat_number.into(),
        }
    }

    #[test]
    fn numbers_are_read_as_their_country_writes_them() {
        let number = |country, registration, vat| subject(country, registration, vat).number();
        assert_eq!(number("NL", "6875 0110", ""), Some("68750110".into()));
        assert_eq!(number("NL", "687501", ""), None);
        assert_eq!(number("BE", "0403.170.701", ""), Some("0403170701".into()));
        assert_eq!(number("BE", "", "BE 0403.170.701"), Some("0403170701".into()));
        assert_eq!(number("BE", "403170701", ""), Some("0403170701".into()));
        assert_eq!(number("BE", "0403170702", ""), None, "the check digits are wrong");
        let vat = |country, number| subject(country, "", number).vat();
        assert_eq!(
            vat("NL", "NL 8231.00.000.B01"),
            Some(("NL".into(), "823100000B01".into()))
        );
        assert_eq!(vat("BE", "0403170701"), Some(("BE".into(), "0403170701".into())));
        assert_eq!((vat("NL", ""), vat("", "123456")), (None, None));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(a in ".{0,60}", b in ".{0,60}", country in "[A-Z]{2}") {
            let subject = subject(&country, &a, &b);
            let number = subject.number();
            prop_assert!(number.is_none_or(|number| number.bytes().all(|byte| byte.is_ascii_alphanumeric())));
            let _ = (subject.vat(), subject.name());
        }
    }
}
