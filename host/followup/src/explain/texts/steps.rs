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
    (
        "host.waits.approval",
        [
            "{0}: wacht sinds {2} op uw goedkeuring van {1}",
            "{0}: waits for your approval of {1} since {2}",
            "{0}: wartet seit {2} auf Ihre Freigabe von {1}",
            "{0} : attend votre approbation de {1} depuis le {2}",
        ],
    ),
    (
        "host.waits.person",
        [
            "{0}: wacht sinds {2} tot u klaar bent met {1}",
            "{0}: waits until you are done with {1}, since {2}",
            "{0}: wartet seit {2}, bis Sie fertig sind mit {1}",
            "{0} : attend que vous ayez terminé avec {1}, depuis le {2}",
        ],
    ),
    (
        "host.waits.stopped",
        [
            "{0}: wacht sinds {2}, want eerst komt wat is tegengehouden: {1}",
            "{0}: has waited since {2}, for first comes what is stopped: {1}",
            "{0}: wartet seit {2}, denn zuerst kommt, was aufgehalten ist: {1}",
            "{0} : attend depuis le {2}, car d'abord vient ce qui est retenu : {1}",
        ],
    ),
    (
        "host.waits.rejected",
        [
            "{0}: wacht tot {2}; dan komt terug wat u afwees: {1}",
            "{0}: waits until {2}, when what you rejected comes back: {1}",
            "{0}: wartet bis {2}; dann kommt wieder, was Sie ablehnten: {1}",
            "{0} : attend jusqu'au {2}, quand revient ce que vous avez refusé : {1}",
        ],
    ),
    (
        "host.with-copy",
        [
            "met een kopie per {0}",
            "with a copy by {0}",
            "mit Kopie per {0}",
            "avec copie par {0}",
        ],
    ),
    (
        "host.copy.by-email",
        [
            "zodra de brief op de post is, gaat een kopie per e-mail",
            "once the letter is posted, a copy leaves by e-mail",
            "sobald der Brief abgesandt ist, geht eine Kopie per E-Mail",
            "dès que la lettre est postée, une copie part par courriel",
        ],
    ),
    (
        "host.copy.by-person",
        [
            "stuur zelf een kopie per {0}: daaraan geeft de debiteur de voorkeur",
            "send a copy by {0} yourself: the debtor prefers it",
            "senden Sie selbst eine Kopie per {0}: das bevorzugt der Schuldner",
            "envoyez vous-même une copie par {0} : le débiteur le préfère",
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
