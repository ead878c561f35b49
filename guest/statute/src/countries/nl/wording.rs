//! The words that a fourteen-day letter must hold, in the language of the debtor.
//!
//! The Dutch words on the term are those that courts accept. They name no date, so they cannot be too early.

use crate::language::{Language, amount, flat};

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
    let text = flat(text);
    if let Some(void) = VOID.into_iter().find(|void| text.contains(void)) {
        return Some(void);
    }
    let lacks = |phrase: &str| !text.contains(phrase);
    if lacks(term(language)) {
        return Some(TERM);
    }
    lacks(&flat(&amount(language, costs))).then_some(COSTS)
}

#[cfg(test)]
mod tests {
    use super::*;

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
