//! Steps and other actions.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
    ("notice-1", ["Bericht vooraf", "Notice", "Hinweis vorab", "Avis"]),
    (
        "notice-2",
        [
            "Tweede bericht vooraf",
            "Second notice",
            "Zweiter Hinweis vorab",
            "Deuxième avis",
        ],
    ),
    (
        "notice-3",
        [
            "Derde bericht vooraf",
            "Third notice",
            "Dritter Hinweis vorab",
            "Troisième avis",
        ],
    ),
    (
        "reminder-1",
        [
            "Eerste herinnering",
            "First reminder",
            "Erste Zahlungserinnerung",
            "Premier rappel",
        ],
    ),
    (
        "reminder-2",
        [
            "Tweede herinnering",
            "Second reminder",
            "Zweite Zahlungserinnerung",
            "Deuxième rappel",
        ],
    ),
    (
        "reminder-3",
        [
            "Derde herinnering",
            "Third reminder",
            "Dritte Zahlungserinnerung",
            "Troisième rappel",
        ],
    ),
    ("call-1", ["Telefoongesprek", "Call", "Anruf", "Appel"]),
    (
        "call-2",
        [
            "Tweede telefoongesprek",
            "Second call",
            "Zweiter Anruf",
            "Deuxième appel",
        ],
    ),
    (
        "last-reminder",
        [
            "Laatste aanmaning",
            "Last reminder",
            "Letzte Mahnung",
            "Dernier rappel",
        ],
    ),
    (
        "formal-notice",
        [
            "Veertiendagenbrief",
            "Formal notice",
            "Förmliche Mahnung",
            "Mise en demeure",
        ],
    ),
    (
        "hand-over",
        ["Overdracht", "Hand-over", "Übergabe", "Transmission"],
    ),
    (
        "write-off",
        ["Afboeking", "Write-off", "Ausbuchung", "Passage en perte"],
    ),
    ("thanks", ["Bedankt", "Thanks", "Dank", "Merci"]),
    (
        "plan-offer",
        [
            "Voorstel voor een regeling",
            "Offer of a plan",
            "Ratenangebot",
            "Offre de plan",
        ],
    ),
    (
        "check-in",
        [
            "Contactmoment",
            "Check-in",
            "Kontakt ohne Anlass",
            "Prise de contact",
        ],
    ),
    (
        "extension-offer",
        [
            "Voorstel voor uitstel",
            "Offer of an extension",
            "Angebot einer Verlängerung",
            "Offre de délai",
        ],
    ),
    (
        "discount-offer",
        [
            "Korting bij snelle betaling",
            "Discount for fast payment",
            "Skonto",
            "Escompte",
        ],
    ),
    (
        "order-report",
        [
            "Kredietrapport aanvragen",
            "Order a credit report",
            "Auskunft anfordern",
            "Demander un rapport de crédit",
        ],
    ),
];
