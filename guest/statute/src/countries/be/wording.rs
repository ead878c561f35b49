//! The words that a first reminder to a Belgian consumer must hold, in the language of the debtor: the term, what is
//! owed after it, and the creditor's enterprise number. The balance, the creditor's name, the product and the due date
//! stand in every letter.

use crate::inquiry::Inquiry;
use crate::language::{Language, amount, flat};
use crate::letters::{Carrier, Notice};
use maan_policy::country::BE;

/// Code of the phrase on the term.
const TERM: &str = "be-term";
/// Code of the phrase on the indemnity.
const INDEMNITY: &str = "be-indemnity";
/// Code of the phrase with the creditor's enterprise number.
const NUMBER: &str = "be-enterprise-number";

/// The phrases with their wording, each a sentence of its own.
pub fn phrases(inquiry: &Inquiry, notice: &Notice) -> Vec<(String, String)> {
    let mut phrases = vec![
        (TERM.into(), term_phrase(notice)),
        (INDEMNITY.into(), indemnity_phrase(notice)),
    ];
    if let Some(number) = number(inquiry) {
        phrases.push((NUMBER.into(), number_phrase(notice.language, number)));
    }
    phrases
}

fn number<'a>(inquiry: &Inquiry<'a>) -> Option<&'a str> {
    Some(inquiry.settings.enterprise_number.as_str()).filter(|number| !number.is_empty())
}

fn term_phrase(notice: &Notice) -> String {
    let term = term(notice);
    match notice.language {
        Language::Dutch => format!("Betaal het openstaande bedrag {term}."),
        Language::English => format!("Please pay the amount due {term}."),
        Language::German => format!("Bitte zahlen Sie den offenen Betrag {term}."),
        Language::French => format!("Veuillez payer le montant dû {term}."),
    }
}

/// The words on the term that must stand in the text. They name no date, so they cannot be too early.
fn term(notice: &Notice) -> &'static str {
    match (notice.language, notice.carrier) {
        (Language::Dutch, Carrier::Post) => {
            "binnen veertien kalenderdagen vanaf de derde werkdag na de verzending van deze herinnering"
        }
        (Language::Dutch, Carrier::Email) => {
            "binnen veertien kalenderdagen vanaf de dag na de verzending van deze herinnering"
        }
        (Language::English, Carrier::Post) => {
            "within fourteen calendar days from the third working day after this reminder was sent"
        }
        (Language::English, Carrier::Email) => {
            "within fourteen calendar days from the day after this reminder was sent"
        }
        (Language::German, Carrier::Post) => {
            "innerhalb von vierzehn Kalendertagen ab dem dritten Werktag nach Versand dieser Mahnung"
        }
        (Language::German, Carrier::Email) => {
            "innerhalb von vierzehn Kalendertagen ab dem Tag nach Versand dieser Mahnung"
        }
        (Language::French, Carrier::Post) => {
            "dans les quatorze jours calendrier à compter du troisième jour ouvrable suivant l'envoi de ce rappel"
        }
        (Language::French, Carrier::Email) => {
            "dans les quatorze jours calendrier à compter du lendemain de l'envoi de ce rappel"
        }
    }
}

fn indemnity_phrase(notice: &Notice) -> String {
    let amount = amount(notice.language, notice.costs);
    match notice.language {
        Language::Dutch => {
            format!(
                "Betaalt u niet binnen die termijn, dan bent u ook een schadevergoeding van {amount} verschuldigd."
            )
        }
        Language::English => {
            format!("If you do not pay within that term, you will also owe an indemnity of {amount}.")
        }
        Language::German => {
            format!(
                "Zahlen Sie nicht innerhalb dieser Frist, schulden Sie außerdem eine Entschädigung von {amount}."
            )
        }
        Language::French => {
            format!("À défaut de paiement dans ce délai, vous devrez également une indemnité de {amount}.")
        }
    }
}

fn number_phrase(language: Language, number: &str) -> String {
    match language {
        Language::Dutch => format!("Ondernemingsnummer: {number}."),
        Language::English => format!("Enterprise number: {number}."),
        Language::German => format!("Unternehmensnummer: {number}."),
        Language::French => format!("Numéro d'entreprise : {number}."),
    }
}

/// What a final text lacks: the code of a phrase. A creditor outside Belgium has no enterprise number.
pub fn defect(inquiry: &Inquiry, notice: &Notice, text: &str) -> Option<&'static str> {
    let text = flat(text);
    if !text.contains(term(notice)) {
        return Some(TERM);
    }
    if !text.contains(&flat(&amount(notice.language, notice.costs))) {
        return Some(INDEMNITY);
    }
    let numbered = match number(inquiry) {
        Some(number) => text.contains(&flat(number)),
        None => inquiry.context.creditor.country != BE,
    };
    (!numbered).then_some(NUMBER)
}

/// What must be said to the person who sends it: without its enterprise number the letter of a Belgian creditor makes
/// no costs due.
pub fn remarks(inquiry: &Inquiry) -> Vec<&'static str> {
    let missing = number(inquiry).is_none() && inquiry.context.creditor.country == BE;
    if missing {
        vec!["be-reminder-content", "be-number-missing"]
    } else {
        vec!["be-reminder-content"]
    }
}
