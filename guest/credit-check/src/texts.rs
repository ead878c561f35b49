//! Words for reasons.

use maan_policy::manifest::{Text, texts as table};

pub(crate) fn texts() -> Vec<Text> {
    table(["nl", "en", "de", "fr"], TEXTS)
}

const TEXTS: &[(&str, [&str; 4])] = &[
    (
        "reliability.unknown",
        [
            "Nog te weinig betalingen om op te bouwen ({1}).",
            "Too few payments to build on yet ({1}).",
            "Noch zu wenige Zahlungen ({1}).",
            "Encore trop peu de paiements ({1}).",
        ],
    ),
    (
        "reliability.bad",
        [
            "Slechts {0} op tijd betaald ({1} facturen).",
            "Only {0} paid on time ({1} invoices).",
            "Nur {0} pünktlich bezahlt ({1} Rechnungen).",
            "Seulement {0} payé à temps ({1} factures).",
        ],
    ),
    (
        "reliability.poor",
        [
            "Matig: {0} op tijd betaald ({1} facturen).",
            "Poor: {0} paid on time ({1} invoices).",
            "Mäßig: {0} pünktlich bezahlt ({1} Rechnungen).",
            "Médiocre : {0} payé à temps ({1} factures).",
        ],
    ),
    (
        "reliability.fair",
        [
            "Redelijk: {0} op tijd betaald ({1} facturen).",
            "Fair: {0} paid on time ({1} invoices).",
            "Ordentlich: {0} pünktlich bezahlt ({1} Rechnungen).",
            "Correct : {0} payé à temps ({1} factures).",
        ],
    ),
    (
        "reliability.good",
        [
            "Goed: {0} op tijd betaald ({1} facturen).",
            "Good: {0} paid on time ({1} invoices).",
            "Gut: {0} pünktlich bezahlt ({1} Rechnungen).",
            "Bon : {0} payé à temps ({1} factures).",
        ],
    ),
    (
        "limit.country",
        [
            "Voor dit land geldt {0} van de limiet.",
            "For this country {0} of the limit holds.",
            "Für dieses Land gilt {0} des Limits.",
            "Pour ce pays, {0} de la limite.",
        ],
    ),
    (
        "limit.insured",
        [
            "Verzekerd tot {0}.",
            "Insured up to {0}.",
            "Versichert bis {0}.",
            "Assuré jusqu'à {0}.",
        ],
    ),
    (
        "limit.most",
        [
            "Nooit meer dan {0}.",
            "Never more than {0}.",
            "Nie mehr als {0}.",
            "Jamais plus de {0}.",
        ],
    ),
    (
        "limit.step",
        [
            "Van {0} naar {1} gaat in stappen.",
            "From {0} to {1} goes in steps.",
            "Von {0} auf {1} geht in Schritten.",
            "De {0} à {1}, par étapes.",
        ],
    ),
    (
        "report.advised",
        [
            "Het kredietrapport adviseert {0}.",
            "The credit report advises {0}.",
            "Die Auskunft rät zu {0}.",
            "Le rapport conseille {0}.",
        ],
    ),
    (
        "report.weak",
        [
            "Het kredietrapport is zwak: de helft.",
            "The credit report is weak: half of it.",
            "Die Auskunft ist schwach: die Hälfte.",
            "Le rapport est faible : la moitié.",
        ],
    ),
    (
        "report.failing",
        [
            "Het kredietrapport verwacht dat het misgaat.",
            "The credit report expects failure.",
            "Die Auskunft erwartet einen Ausfall.",
            "Le rapport prévoit une défaillance.",
        ],
    ),
    (
        "report.mark",
        [
            "Het kredietrapport meldt: {0}.",
            "The credit report states: {0}.",
            "Die Auskunft meldet: {0}.",
            "Le rapport signale : {0}.",
        ],
    ),
    (
        "report.worsened",
        [
            "Het kredietrapport is flink verslechterd.",
            "The credit report has worsened much.",
            "Die Auskunft hat sich deutlich verschlechtert.",
            "Le rapport s'est nettement dégradé.",
        ],
    ),
    (
        "report.unanswered",
        [
            "Het bureau gaf geen antwoord; dat is geen goed rapport.",
            "The agency gave no answer, which is no clean report.",
            "Die Auskunftei antwortete nicht; das ist keine gute Auskunft.",
            "L'agence n'a pas répondu ; ce n'est pas un bon rapport.",
        ],
    ),
    (
        "report.needed",
        [
            "Eerst een kredietrapport.",
            "A credit report first.",
            "Erst eine Auskunft.",
            "D'abord un rapport de crédit.",
        ],
    ),
    (
        "legal-status",
        [
            "Juridische status sinds {0}: geen krediet.",
            "Legal status since {0}: no credit.",
            "Rechtslage seit {0}: kein Kredit.",
            "Statut juridique depuis le {0} : pas de crédit.",
        ],
    ),
    (
        "cannot-pay",
        [
            "Kan nu niet betalen.",
            "Cannot pay just now.",
            "Kann gerade nicht zahlen.",
            "Ne peut pas payer à présent.",
        ],
    ),
    (
        "will-not-pay",
        [
            "Wil niet betalen.",
            "Will not pay.",
            "Will nicht zahlen.",
            "Ne veut pas payer.",
        ],
    ),
    (
        "over-limit",
        [
            "{0} boven de limiet van {1}.",
            "{0} above the limit of {1}.",
            "{0} über dem Limit von {1}.",
            "{0} au-dessus de la limite de {1}.",
        ],
    ),
    (
        "within-limit",
        [
            "{0} past binnen de limiet van {1}.",
            "{0} fits the limit of {1}.",
            "{0} liegt im Limit von {1}.",
            "{0} dans la limite de {1}.",
        ],
    ),
    (
        "late",
        [
            "{0} dagen te laat; in totaal {1} vervallen.",
            "{0} days late; {1} overdue in all.",
            "{0} Tage verspätet; insgesamt {1} überfällig.",
            "{0} jours de retard ; {1} échus au total.",
        ],
    ),
    (
        "person-decides",
        [
            "Een mens beslist; dit is advies.",
            "A person decides; this is advice.",
            "Ein Mensch entscheidet; dies ist ein Rat.",
            "Une personne décide ; ceci est un avis.",
        ],
    ),
    (
        "hold.late",
        [
            "Leveringen aanhouden: te lang te laat.",
            "Hold deliveries: late for too long.",
            "Lieferungen anhalten: zu lange verspätet.",
            "Suspendre les livraisons : retard trop long.",
        ],
    ),
    (
        "hold.exposure",
        [
            "Leveringen aanhouden: te veel open.",
            "Hold deliveries: too much exposed.",
            "Lieferungen anhalten: zu viel offen.",
            "Suspendre les livraisons : encours trop élevé.",
        ],
    ),
    (
        "hold.release",
        [
            "Leveringen weer vrij.",
            "Deliveries free again.",
            "Lieferungen wieder frei.",
            "Livraisons à nouveau libres.",
        ],
    ),
];
