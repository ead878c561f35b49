//! How a debtor reads a mail: who it is for, which invoices it names, how firm it is, whether it offers a plan.

use super::Mail;
use crate::portfolio::{Channel, Level, Number, Portfolio, Touch};

/// Words of the firmest messages, in Dutch, French and English.
const FINAL: &[&str] = &[
    "ingebrekestelling",
    "in gebreke",
    "sommatie",
    "laatste aanmaning",
    "laatste herinnering",
    "incassokosten",
    "incassobureau",
    "deurwaarder",
    "14-dagenbrief",
    "veertiendagenbrief",
    "mise en demeure",
    "dernier rappel",
    "huissier",
    "frais de recouvrement",
    "final notice",
    "final reminder",
    "last reminder",
    "notice of default",
    "debt collection",
    "collection costs",
    "collection agency",
];
/// Words of a further reminder.
const FIRM: &[&str] = &[
    "aanmaning",
    "tweede herinnering",
    "nogmaals",
    "deuxième rappel",
    "second reminder",
    "again",
    "overdue notice",
];
/// Words of a first reminder.
const REMINDER: &[&str] = &[
    "herinnering",
    "vervallen",
    "openstaand",
    "rappel",
    "reminder",
    "overdue",
    "past due",
];
/// Words that offer a payment plan.
const PLAN: &[&str] = &[
    "betalingsregeling",
    "in termijnen",
    "afbetaling",
    "plan de paiement",
    "payment plan",
    "instalment",
    "installment",
];

/// The debtors of a portfolio whom a mail reaches, and how.
pub(crate) fn touches(portfolio: &Portfolio, mail: &Mail) -> Vec<Touch> {
    let text = format!("{}\n{}", mail.subject, mail.text());
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let level = match () {
        () if says(FINAL) => Level::Final,
        () if says(FIRM) => Level::Firm,
        () if says(REMINDER) => Level::Reminder,
        () => Level::Notice,
    };
    let plan = says(PLAN);
    let named: Vec<usize> = numbers(&text)
        .into_iter()
        .filter_map(|number| portfolio.numbered(number))
        .collect();
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
            let due = |ix: &usize| {
                portfolio
                    .invoices
                    .get(*ix)
                    .is_some_and(|invoice| invoice.due < portfolio.today())
            };
            // whatever the words, nobody is reminded of what is not due yet
            let level = if invoices.is_empty() || invoices.iter().any(due) {
                level
            } else {
                Level::Notice
            };
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
    use super::numbers;

    #[test]
    fn invoice_numbers_are_found_in_running_text() {
        let text = "Factuur 2026-00012, (2025-10234) en 2026-00012. Bel 06-12345678 of NL81TEST0536169128, vóór 2026-11-23.";
        let found: Vec<String> = numbers(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["2025-10234", "2026-00012"]);
    }
}
