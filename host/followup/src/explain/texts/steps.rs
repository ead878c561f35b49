//! Steps, channels, and who does it.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
    ("host.step.wait", ["afwachten", "to wait", "abwarten", "attendre"]),
    (
        "host.step.message",
        ["bericht", "message", "Nachricht", "message"],
    ),
    ("host.step.call", ["telefoongesprek", "call", "Anruf", "appel"]),
    (
        "host.step.plan-offer",
        [
            "voorstel voor een betalingsregeling",
            "offer of a payment plan",
            "Angebot einer Ratenzahlung",
            "offre d'un plan de paiement",
        ],
    ),
    (
        "host.step.extension-offer",
        [
            "voorstel voor uitstel",
            "offer of an extension",
            "Angebot eines Zahlungsaufschubs",
            "offre d'un délai",
        ],
    ),
    (
        "host.step.discount-offer",
        [
            "korting bij snelle betaling",
            "discount for paying early",
            "Skonto",
            "escompte",
        ],
    ),
    ("host.step.thanks", ["bedankje", "thanks", "Dank", "remerciement"]),
    (
        "host.step.check-in",
        [
            "contactmoment",
            "check-in",
            "Kontakt ohne Anlass",
            "prise de contact",
        ],
    ),
    (
        "host.step.statement-of-account",
        [
            "rekeningoverzicht",
            "statement of account",
            "Kontoauszug",
            "relevé de compte",
        ],
    ),
    ("host.step.task", ["taak", "task", "Aufgabe", "tâche"]),
    (
        "host.step.task-named",
        ["taak “{0}”", "task “{0}”", "Aufgabe „{0}“", "tâche « {0} »"],
    ),
    (
        "host.step.order-report",
        [
            "aanvraag van een kredietrapport",
            "order of a credit report",
            "Anforderung einer Auskunft",
            "demande d'un rapport de crédit",
        ],
    ),
    (
        "host.step.notice-1",
        [
            "bericht vooraf",
            "notice before the due date",
            "Hinweis vor Fälligkeit",
            "avis avant l'échéance",
        ],
    ),
    (
        "host.step.notice-2",
        [
            "tweede bericht vooraf",
            "second notice before the due date",
            "zweiter Hinweis vor Fälligkeit",
            "deuxième avis avant l'échéance",
        ],
    ),
    (
        "host.step.notice-3",
        [
            "derde bericht vooraf",
            "third notice before the due date",
            "dritter Hinweis vor Fälligkeit",
            "troisième avis avant l'échéance",
        ],
    ),
    (
        "host.step.reminder-1",
        [
            "eerste herinnering",
            "first reminder",
            "erste Zahlungserinnerung",
            "premier rappel",
        ],
    ),
    (
        "host.step.reminder-2",
        [
            "tweede herinnering",
            "second reminder",
            "zweite Zahlungserinnerung",
            "deuxième rappel",
        ],
    ),
    (
        "host.step.reminder-3",
        [
            "derde herinnering",
            "third reminder",
            "dritte Zahlungserinnerung",
            "troisième rappel",
        ],
    ),
    ("host.step.call-1", ["telefoongesprek", "call", "Anruf", "appel"]),
    (
        "host.step.call-2",
        [
            "tweede telefoongesprek",
            "second call",
            "zweiter Anruf",
            "deuxième appel",
        ],
    ),
    (
        "host.step.last-reminder",
        [
            "laatste aanmaning",
            "last reminder",
            "letzte Mahnung",
            "dernier rappel",
        ],
    ),
    (
        "host.step.formal-notice",
        [
            "ingebrekestelling",
            "formal notice",
            "förmliche Mahnung",
            "mise en demeure",
        ],
    ),
    (
        "host.step.hand-over",
        [
            "overdracht ter incasso",
            "hand-over",
            "Übergabe zum Inkasso",
            "remise au recouvrement",
        ],
    ),
    (
        "host.step.write-off",
        ["afboeking", "write-off", "Ausbuchung", "passage en perte"],
    ),
    (
        "host.by.automatic",
        [
            "gaat vanzelf",
            "goes by itself",
            "geht von selbst",
            "part tout seul",
        ],
    ),
    (
        "host.by.approve",
        [
            "na goedkeuring",
            "after approval",
            "nach Freigabe",
            "après approbation",
        ],
    ),
    (
        "host.by.person",
        [
            "door een medewerker",
            "done by a person",
            "durch eine Person",
            "fait par une personne",
        ],
    ),
    ("host.channel.email", ["e-mail", "e-mail", "E-Mail", "courriel"]),
    ("host.channel.letter", ["brief", "letter", "Brief", "lettre"]),
    (
        "host.channel.registered-letter",
        [
            "aangetekende brief",
            "registered letter",
            "Einschreiben",
            "lettre recommandée",
        ],
    ),
    ("host.channel.sms", ["sms", "SMS", "SMS", "SMS"]),
    (
        "host.channel.whatsapp",
        ["WhatsApp", "WhatsApp", "WhatsApp", "WhatsApp"],
    ),
    (
        "host.channel.phone",
        ["telefoon", "telephone", "Telefon", "téléphone"],
    ),
    (
        "host.channel.portal",
        ["klantpagina", "debtor's page", "Kundenseite", "page du client"],
    ),
    (
        "host.channel.bailiff",
        ["deurwaarder", "bailiff", "Gerichtsvollzieher", "huissier"],
    ),
    (
        "host.verdict.accept",
        ["akkoord", "accept", "annehmen", "accepter"],
    ),
    (
        "host.verdict.accept-on-conditions",
        [
            "akkoord op voorwaarden",
            "accept on conditions",
            "unter Bedingungen annehmen",
            "accepter sous conditions",
        ],
    ),
    (
        "host.verdict.review",
        [
            "beoordeling door een medewerker",
            "review by a person",
            "Prüfung durch eine Person",
            "examen par une personne",
        ],
    ),
    (
        "host.verdict.decline",
        ["afwijzen", "decline", "ablehnen", "refuser"],
    ),
];
