//! The words that a fourteen-day letter must hold, in the language of the debtor.
//!
//! The Dutch words on the term are those that courts accept. They name no date, so they cannot be too early.

/// Languages of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Dutch, also where nothing is known.
    Dutch,
    /// English, also for other languages.
    English,
    /// German.
    German,
    /// French.
    French,
}

impl Language {
    /// The language of a BCP 47 tag.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default() {
            "" | "nl" => Self::Dutch,
            "de" => Self::German,
            "fr" => Self::French,
            _ => Self::English,
        }
    }
}

/// Code of the phrase on the term.
pub const TERM: &str = "nl-fourteen-days";
/// Code of the phrase on the costs.
pub const COSTS: &str = "nl-collection-costs";

/// The phrases with their wording, each a sentence of its own.
pub fn phrases(language: Language, costs: i64) -> Vec<(String, String)> {
    vec![
        (TERM.into(), term_phrase(language)),
        (COSTS.into(), costs_phrase(language, costs)),
    ]
}

fn term_phrase(language: Language) -> String {
    let term = term(language);
    match language {
        Language::Dutch => format!("Betaal het openstaande bedrag {term}."),
        Language::English => format!("Please pay the amount due {term}."),
        Language::German => format!("Bitte zahlen Sie den offenen Betrag {term}."),
        Language::French => format!("Veuillez payer le montant dû {term}."),
    }
}

/// The words on the term that must stand in the text.
fn term(language: Language) -> &'static str {
    match language {
        Language::Dutch => "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd",
        Language::English => "within fourteen days from the day after this letter was delivered to you",
        Language::German => {
            "innerhalb von vierzehn Tagen ab dem Tag, nachdem Ihnen dieser Brief zugestellt wurde"
        }
        Language::French => {
            "dans les quatorze jours à compter du lendemain du jour où cette lettre vous a été remise"
        }
    }
}

fn costs_phrase(language: Language, costs: i64) -> String {
    let amount = amount(language, costs);
    match language {
        Language::Dutch => format!(
            "Betaalt u niet binnen die termijn, dan bent u ook {amount} aan incassokosten verschuldigd."
        ),
        Language::English => {
            format!("If you do not pay within that term, you will also owe {amount} in collection costs.")
        }
        Language::German => {
            format!("Zahlen Sie nicht innerhalb dieser Frist, schulden Sie außerdem {amount} Inkassokosten.")
        }
        Language::French => format!(
            "À défaut de paiement dans ce délai, vous devrez également {amount} de frais de recouvrement."
        ),
    }
}

/// An amount in euro as people write it.
fn amount(language: Language, cents: i64) -> String {
    let (group, point) = match language {
        Language::English => (",", "."),
        Language::Dutch | Language::German => (".", ","),
        Language::French => (" ", ","),
    };
    let (euros, cents) = (cents / 100, cents % 100);
    let euros = if euros >= 1_000 {
        format!("{}{group}{:03}", euros / 1_000, euros % 1_000)
    } else {
        euros.to_string()
    };
    match language {
        Language::English => format!("€{euros}{point}{cents:02}"),
        Language::Dutch => format!("€ {euros}{point}{cents:02}"),
        Language::German | Language::French => format!("{euros}{point}{cents:02} €"),
    }
}

/// Words after which the term is void: they count from the wrong day.
const VOID: [&str; 4] = [
    "na heden",
    "na dagtekening",
    "na verzending",
    "na de datum van deze",
];

/// What is wrong with a final text: it lacks a phrase (its code) or holds words that void the term (the words).
/// A text that is not written yet has no defect.
pub fn defect(text: &str, language: Language, costs: i64) -> Option<&'static str> {
    if text.is_empty() {
        return None;
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(void) = VOID.into_iter().find(|void| text.contains(void)) {
        return Some(void);
    }
    let lacks = |phrase: &str| !text.contains(phrase);
    if lacks(term(language)) {
        return Some(TERM);
    }
    let amount = amount(language, costs)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    lacks(&amount).then_some(COSTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_does() {
        assert_eq!(amount(Language::Dutch, 40_00), "€ 40,00");
        assert_eq!(amount(Language::Dutch, 6_775_05), "€ 6.775,05");
        assert_eq!(amount(Language::English, 2_000_50), "€2,000.50");
        assert_eq!(amount(Language::German, 40_05), "40,05 €");
    }

    #[test]
    fn languages_without_a_wording_read_english() {
        assert_eq!(Language::of("nl-BE"), Language::Dutch);
        assert_eq!(Language::of(""), Language::Dutch);
        assert_eq!(Language::of("pl"), Language::English);
    }

    #[test]
    fn a_text_needs_both_phrases_and_no_void_words() {
        let good =
            "Betaal binnen veertien dagen vanaf de dag\nnadat deze  brief bij u is bezorgd. Anders € 40,00.";
        assert_eq!(defect(good, Language::Dutch, 40_00), None);
        assert_eq!(defect(good, Language::Dutch, 40_05), Some(COSTS));
        assert_eq!(defect("Betaal nu. € 40,00", Language::Dutch, 40_00), Some(TERM));
        assert_eq!(
            defect("Binnen 14 dagen na heden € 40,00", Language::Dutch, 40_00),
            Some("na heden")
        );
        assert_eq!(defect("", Language::Dutch, 40_00), None);
    }
}
