//! How a debtor reads a mail: who it is for, which invoices it names, how firm it is, whether it offers a plan.

use super::Mail;
use crate::portfolio::{Channel, Level, Number, Portfolio, Touch};

/// Words in the subject of the firmest messages, in Dutch, French, German and English.
const FINAL: &[&str] = &[
    "laatste",
    "aanmaning",
    "ingebrekestelling",
    "sommatie",
    "incasso",
    "dernier",
    "dernière",
    "mise en demeure",
    "letzte",
    "mahnung",
    "last",
    "final",
    "formal notice",
    "notice of default",
    "collection",
];
/// Words in the subject of a further reminder.
const FIRM: &[&str] = &[
    "tweede",
    "derde",
    "nogmaals",
    "deuxième",
    "troisième",
    "zweite",
    "dritte",
    "second",
    "third",
];
/// Words in the subject of a first reminder.
const REMINDER: &[&str] = &["herinnering", "rappel", "erinnerung", "reminder", "overdue"];
/// Words anywhere that offer a payment plan.
const PLAN: &[&str] = &[
    "betalingsregeling",
    "in termijnen",
    "afbetaling",
    "plan de paiement",
    "en plusieurs fois",
    "in raten",
    "ratenzahlung",
    "payment plan",
    "instalment",
    "installment",
];

/// The debtors of a portfolio whom a mail reaches, and how.
pub(crate) fn touches(portfolio: &Portfolio, mail: &Mail) -> Vec<Touch> {
    let text = format!("{}\n{}", mail.subject, mail.text());
    let plan = says(&text.to_lowercase(), PLAN);
    let named: Vec<usize> = numbers(&text)
        .into_iter()
        .filter_map(|number| portfolio.numbered(number))
        .collect();
    let overdue = |ix: &usize| {
        portfolio
            .invoices
            .get(*ix)
            .is_some_and(|invoice| invoice.due < portfolio.today())
    };
    let reached = mail
        .to
        .iter()
        .flat_map(|address| portfolio.debtors_at(address))
        .copied();
    let mut touches: Vec<Touch> = reached
        .map(|debtor| {
            let own = |ix: &&usize| {
                portfolio
                    .invoices
                    .get(**ix)
                    .is_some_and(|invoice| invoice.debtor == debtor)
            };
            let invoices: Vec<usize> = named.iter().filter(own).copied().collect();
            let about_overdue = (!invoices.is_empty()).then(|| invoices.iter().any(overdue));
            let level = level(&mail.subject, about_overdue);
            Touch {
                debtor,
                invoices,
                channel: Channel::Email,
                level,
                plan,
            }
        })
        .collect();
    touches.sort_by_key(|touch| touch.debtor);
    touches.dedup_by_key(|touch| touch.debtor);
    touches
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// How firm a mail feels: by its subject, since texts also announce what would come next.
///
/// Naming an overdue invoice is a reminder in any words, and nobody feels reminded of what is not due yet.
fn level(subject: &str, about_overdue: Option<bool>) -> Level {
    let subject = subject.to_lowercase();
    match about_overdue {
        Some(false) => Level::Notice,
        _ if says(&subject, FINAL) => Level::Final,
        _ if says(&subject, FIRM) => Level::Firm,
        Some(true) => Level::Reminder,
        None if says(&subject, REMINDER) => Level::Reminder,
        None => Level::Notice,
    }
}

/// Invoice numbers in a text, each once.
fn numbers(text: &str) -> Vec<Number> {
    let words = text
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .map(|word| word.trim_matches('-'));
    let mut numbers: Vec<Number> = words.filter_map(Number::read).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::{level, numbers};
    use crate::portfolio::Level;

    #[test]
    fn invoice_numbers_are_found_in_running_text() {
        let text = "Factuur 2026-00012, (2025-10234) en 2026-00012. Bel 06-12345678 of NL81TEST0536169128, vóór 2026-11-23.";
        let found: Vec<String> = numbers(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["2025-10234", "2026-00012"]);
    }

    #[test]
    fn firmness_is_felt_from_the_subject_and_the_invoices() {
        for (subject, about_overdue, felt) in [
            (
                "Binnenkort te betalen: factuur 2026-00012",
                Some(false),
                Level::Notice,
            ),
            (
                "Aan uw aandacht ontsnapt? Factuur 2026-00012",
                Some(true),
                Level::Reminder,
            ),
            (
                "Tweede betalingsherinnering: factuur 2026-00012",
                Some(true),
                Level::Firm,
            ),
            ("Dernier rappel : facture 2026-00012", Some(true), Level::Final),
            ("Formal notice: invoice 2026-00012", Some(true), Level::Final),
            ("Herinnering", None, Level::Reminder),
            ("Bedankt voor uw betaling", None, Level::Notice),
        ] {
            assert_eq!(level(subject, about_overdue), felt, "{subject}");
        }
    }
}
