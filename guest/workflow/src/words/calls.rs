//! How to prepare a call.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
    (
        "goal.reason",
        [
            "Hoor waarom er niet betaald is",
            "Learn why it is not paid",
            "Erfahren, warum nicht gezahlt wurde",
            "Savoir pourquoi ce n'est pas payé",
        ],
    ),
    (
        "goal.plan",
        [
            "Spreek een haalbare regeling af",
            "Agree on a plan that can be kept",
            "Machbare Raten vereinbaren",
            "Convenir d'un plan tenable",
        ],
    ),
    (
        "goal.agreement",
        [
            "Kom tot een afspraak",
            "Come to an agreement",
            "Zu einer Vereinbarung kommen",
            "Arriver à un accord",
        ],
    ),
    (
        "question.received",
        [
            "Is de factuur ontvangen?",
            "Did the invoice arrive?",
            "Kam die Rechnung an?",
            "La facture est-elle arrivée ?",
        ],
    ),
    (
        "question.reason",
        [
            "Wat houdt betaling tegen?",
            "What keeps payment back?",
            "Was hält die Zahlung auf?",
            "Qu'est-ce qui retarde le paiement ?",
        ],
    ),
    (
        "question.when",
        [
            "Wanneer kan er betaald worden?",
            "When can it be paid?",
            "Wann kann gezahlt werden?",
            "Quand le paiement est-il possible ?",
        ],
    ),
    (
        "question.room",
        [
            "Wat is er per maand mogelijk?",
            "What is possible each month?",
            "Was ist monatlich möglich?",
            "Que peut-on payer par mois ?",
        ],
    ),
    (
        "question.proposal",
        [
            "Welk voorstel past?",
            "Which proposal would fit?",
            "Welcher Vorschlag passt?",
            "Quelle proposition conviendrait ?",
        ],
    ),
    (
        "question.objection",
        [
            "Waar bent u het niet mee eens?",
            "What do you not agree with?",
            "Womit sind Sie nicht einverstanden?",
            "Sur quoi n'êtes-vous pas d'accord ?",
        ],
    ),
    (
        "question.concede",
        [
            "Wat zou het oplossen?",
            "What would settle it?",
            "Was würde es lösen?",
            "Qu'est-ce qui réglerait cela ?",
        ],
    ),
    (
        "goal.security",
        [
            "Krijg zekerheid: een deel nu, de rest met datum",
            "Get security: a part now, the rest by date",
            "Sicherheit: ein Teil jetzt, der Rest mit Datum",
            "Obtenir une garantie : une part tout de suite, le reste daté",
        ],
    ),
    (
        "goal.relation",
        [
            "Hoor of alles naar wens is",
            "Hear whether all is well",
            "Hören, ob alles in Ordnung ist",
            "Savoir si tout va bien",
        ],
    ),
    (
        "question.part",
        [
            "Welk deel kan vandaag?",
            "Which part is possible today?",
            "Welcher Teil geht heute?",
            "Quelle part est possible aujourd'hui ?",
        ],
    ),
    (
        "question.satisfied",
        [
            "Is alles naar wens, ook de facturen?",
            "Is all well, invoices included?",
            "Ist alles in Ordnung, auch die Rechnungen?",
            "Tout va bien, factures comprises ?",
        ],
    ),
    (
        "question.expect",
        [
            "Verwacht u iets waarvan wij moeten weten?",
            "Do you expect anything we should know of?",
            "Erwarten Sie etwas, das wir wissen sollten?",
            "Prévoyez-vous quelque chose que nous devrions savoir ?",
        ],
    ),
];
