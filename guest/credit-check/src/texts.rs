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
            "Slechts {0} op tijd betaald ({1} {1|factuur|facturen}).",
            "Only {0} paid on time ({1} {1|invoice|invoices}).",
            "Nur {0} pünktlich bezahlt ({1} {1|Rechnung|Rechnungen}).",
            "Seulement {0} payé à temps ({1} {1|facture|factures}).",
        ],
    ),
    (
        "reliability.poor",
        [
            "Matig: {0} op tijd betaald ({1} {1|factuur|facturen}).",
            "Poor: {0} paid on time ({1} {1|invoice|invoices}).",
            "Mäßig: {0} pünktlich bezahlt ({1} {1|Rechnung|Rechnungen}).",
            "Médiocre : {0} payé à temps ({1} {1|facture|factures}).",
        ],
    ),
    (
        "reliability.fair",
        [
            "Redelijk: {0} op tijd betaald ({1} {1|factuur|facturen}).",
            "Fair: {0} paid on time ({1} {1|invoice|invoices}).",
            "Ordentlich: {0} pünktlich bezahlt ({1} {1|Rechnung|Rechnungen}).",
            "Correct : {0} payé à temps ({1} {1|facture|factures}).",
        ],
    ),
    (
        "reliability.good",
        [
            "Goed: {0} op tijd betaald ({1} {1|factuur|facturen}).",
            "Good: {0} paid on time ({1} {1|invoice|invoices}).",
            "Gut: {0} pünktlich bezahlt ({1} {1|Rechnung|Rechnungen}).",
            "Bon : {0} payé à temps ({1} {1|facture|factures}).",
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
            "Signaal: het kredietrapport is flink verslechterd.",
            "Signal: the credit report has worsened much.",
            "Signal: die Auskunft hat sich deutlich verschlechtert.",
            "Signal : le rapport s'est nettement dégradé.",
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
            "{0} {0|dag|dagen} te laat; in totaal {1} vervallen.",
            "{0} {0|day|days} late; {1} overdue in all.",
            "{0} {0|Tag|Tage} verspätet; insgesamt {1} überfällig.",
            "{0} {0|jour|jours} de retard ; {1} échus au total.",
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
    (
        "limit.at-review",
        [
            "De limiet blijft {0}; het zou {1} zijn, en dat komt bij de herziening op {2}.",
            "The limit stays {0}; it would be {1}, which comes at the review on {2}.",
            "Das Limit bleibt {0}; es wäre {1}, und das kommt bei der Überprüfung am {2}.",
            "La limite reste {0} ; elle serait {1}, à la révision du {2}.",
        ],
    ),
    (
        "limit.to-approve",
        [
            "Geadviseerd is {0}; tot dat is goedgekeurd geldt {1}.",
            "{0} is advised; until it is approved {1} holds.",
            "Geraten sind {0}; bis zur Freigabe gilt {1}.",
            "{0} est conseillé ; jusqu'à l'approbation, {1} vaut.",
        ],
    ),
    (
        "limit.changed",
        [
            "De limiet gaat van {0} naar {1}.",
            "The limit goes from {0} to {1}.",
            "Das Limit geht von {0} auf {1}.",
            "La limite passe de {0} à {1}.",
        ],
    ),
    (
        "limit.no-raise",
        [
            "De limiet blijft {0} en gaat niet naar {1} zolang betalen slechter gaat.",
            "The limit stays {0} and does not go to {1} while payment gets worse.",
            "Das Limit bleibt {0} und steigt nicht auf {1}, solange die Zahlung schlechter wird.",
            "La limite reste {0} et ne passe pas à {1} tant que le paiement se dégrade.",
        ],
    ),
    (
        "report.look",
        [
            "De kans op wanbetaling steeg sterk: een mens kijkt eerst.",
            "The chance of failing rose much: a person looks first.",
            "Das Ausfallrisiko stieg stark: erst sieht ein Mensch hin.",
            "Le risque de défaillance a fortement augmenté : une personne regarde d'abord.",
        ],
    ),
    (
        "signal.later",
        [
            "Signaal: betaalt {0} {0|dag|dagen} later dan voorheen.",
            "Signal: pays {0} {0|day|days} later than before.",
            "Signal: zahlt {0} {0|Tag|Tage} später als zuvor.",
            "Signal : paie {0} {0|jour|jours} plus tard qu'avant.",
        ],
    ),
    (
        "signal.instalment",
        [
            "Signaal: een termijn is {0} {0|dag|dagen} te laat.",
            "Signal: an instalment is {0} {0|day|days} late.",
            "Signal: eine Rate ist {0} {0|Tag|Tage} verspätet.",
            "Signal : une échéance a {0} {0|jour|jours} de retard.",
        ],
    ),
    (
        "signal.promises",
        [
            "Signaal: {0} {0|belofte|beloften} niet nagekomen, {1} wel.",
            "Signal: {0} {0|promise|promises} broken, {1} kept.",
            "Signal: {0} {0|Zusage|Zusagen} nicht eingehalten, {1} eingehalten.",
            "Signal : {0} {0|promesse non tenue|promesses non tenues}, {1} {1|tenue|tenues}.",
        ],
    ),
    (
        "signal.debits",
        [
            "Signaal: {0} {0|incasso kwam|incasso's kwamen} terug.",
            "Signal: {0} direct {0|debit|debits} came back.",
            "Signal: {0} {0|Lastschrift kam|Lastschriften kamen} zurück.",
            "Signal : {0} {0|prélèvement rejeté|prélèvements rejetés}.",
        ],
    ),
    (
        "call.in-full",
        [
            "Voor het gesprek: het rapport laat ruimte zien; vraag om betaling ineens.",
            "For the call: the report shows room; ask for payment in full.",
            "Für das Gespräch: die Auskunft zeigt Spielraum; um volle Zahlung bitten.",
            "Pour l'appel : le rapport montre une marge ; demander le paiement intégral.",
        ],
    ),
    (
        "call.plan",
        [
            "Voor het gesprek: het rapport is zwak; een korte regeling is beter dan wachten.",
            "For the call: the report is weak; a short plan is better than waiting.",
            "Für das Gespräch: die Auskunft ist schwach; ein kurzer Plan ist besser als Warten.",
            "Pour l'appel : le rapport est faible ; un échéancier court vaut mieux qu'attendre.",
        ],
    ),
    (
        "call.secure",
        [
            "Voor het gesprek: eerst zekerheid; lever niet meer op rekening.",
            "For the call: security first; deliver no more on account.",
            "Für das Gespräch: erst Sicherheit; nicht mehr auf Rechnung liefern.",
            "Pour l'appel : d'abord une garantie ; ne plus livrer à crédit.",
        ],
    ),
    (
        "call.report-first",
        [
            "Bel pas als het kredietrapport er is.",
            "Call only when the credit report is there.",
            "Erst anrufen, wenn die Auskunft da ist.",
            "N'appeler que lorsque le rapport est là.",
        ],
    ),
    (
        "call.find-out",
        [
            "Voor het gesprek: er is geen rapport; vraag eerst naar de reden.",
            "For the call: there is no report; first ask for the reason.",
            "Für das Gespräch: es gibt keine Auskunft; zuerst nach dem Grund fragen.",
            "Pour l'appel : pas de rapport ; demander d'abord la raison.",
        ],
    ),
    (
        "would-accept.overdue",
        [
            "Met {0} minder te laat zou dit worden geaccepteerd.",
            "With {0} less overdue this would be accepted.",
            "Mit {0} weniger Überfälligem würde dies angenommen.",
            "Avec {0} d'échu en moins, ce serait accepté.",
        ],
    ),
    (
        "would-accept.asked",
        [
            "Met {0} minder gevraagd zou dit worden geaccepteerd.",
            "With {0} less asked for this would be accepted.",
            "Mit {0} weniger Angefragtem würde dies angenommen.",
            "Avec {0} de moins demandé, ce serait accepté.",
        ],
    ),
    (
        "would-accept.exposure",
        [
            "Met {0} minder open, het vervallene betaald, zou dit worden geaccepteerd.",
            "With {0} less open, and what is overdue paid, this would be accepted.",
            "Mit {0} weniger offen, das Überfällige bezahlt, würde dies angenommen.",
            "Avec {0} de moins ouvert, l'échu payé, ce serait accepté.",
        ],
    ),
    (
        "would-accept.conditions",
        [
            "Met {0} minder te laat, open of gevraagd zou dit op voorwaarden worden geaccepteerd.",
            "With {0} less overdue, open or asked for this would be accepted on conditions.",
            "Mit {0} weniger Überfälligem, Offenem oder Angefragtem würde dies unter Bedingungen angenommen.",
            "Avec {0} de moins d'échu, d'ouvert ou demandé, ce serait accepté sous conditions.",
        ],
    ),
    (
        "hold.late-person",
        [
            "Te lang te laat: een mens beslist of leveringen worden aangehouden.",
            "Late for too long: a person decides whether deliveries are held.",
            "Zu lange verspätet: ein Mensch entscheidet, ob Lieferungen angehalten werden.",
            "Retard trop long : une personne décide de suspendre ou non les livraisons.",
        ],
    ),
    (
        "hold.exposure-person",
        [
            "Te veel open: een mens beslist of leveringen worden aangehouden.",
            "Too much exposed: a person decides whether deliveries are held.",
            "Zu viel offen: ein Mensch entscheidet, ob Lieferungen angehalten werden.",
            "Encours trop élevé : une personne décide de suspendre ou non les livraisons.",
        ],
    ),
];
