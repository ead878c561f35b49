//! Words for segments and reasons.

use maan_policy::manifest::{Text, texts as table};

pub(crate) fn texts() -> Vec<Text> {
    table(["nl", "en", "de", "fr"], TEXTS)
}

const TEXTS: &[(&str, [&str; 4])] = &[
    (
        "good-payer",
        ["Goede betaler", "Good payer", "Guter Zahler", "Bon payeur"],
    ),
    (
        "forgetter",
        ["Vergeetachtige", "Forgetter", "Vergesslicher", "Distrait"],
    ),
    (
        "occasional-late",
        [
            "Soms te laat",
            "Now and then late",
            "Gelegentlich verspätet",
            "Parfois en retard",
        ],
    ),
    (
        "slow-payer",
        ["Trage betaler", "Slow payer", "Langsamer Zahler", "Payeur lent"],
    ),
    (
        "frequent-late",
        [
            "Stelselmatig te laat",
            "Frequently late",
            "Regelmäßig verspätet",
            "Souvent en retard",
        ],
    ),
    (
        "new-customer",
        ["Nieuwe klant", "New customer", "Neukunde", "Nouveau client"],
    ),
    (
        "key-account",
        ["Grote klant", "Key account", "Großkunde", "Grand compte"],
    ),
    ("disputes", ["Betwist", "Disputes", "Strittig", "Contestations"]),
    (
        "cannot-pay",
        [
            "Kan niet betalen",
            "Cannot pay",
            "Kann nicht zahlen",
            "Ne peut pas payer",
        ],
    ),
    (
        "will-not-pay",
        [
            "Wil niet betalen",
            "Will not pay",
            "Will nicht zahlen",
            "Ne veut pas payer",
        ],
    ),
    (
        "good-payer.why",
        [
            "{0} {0|factuur|facturen} in de periode, {0|op tijd|alle op tijd} betaald.",
            "{0} {0|invoice|invoices} in the window, {0|paid|all paid} in time.",
            "{0} {0|Rechnung|Rechnungen} im Zeitraum, {0|pünktlich|alle pünktlich} bezahlt.",
            "{0} {0|facture|factures} sur la période, {0|payée|toutes payées} à temps.",
        ],
    ),
    (
        "forgetter.why",
        [
            "Eerste keer te laat ({0}) bij {1} betaalde {1|factuur|facturen}: waarschijnlijk vergeten.",
            "First miss ({0}) with {1} {1|invoice|invoices} paid: probably forgotten.",
            "Erster Verzug ({0}) bei {1} {1|bezahlter Rechnung|bezahlten Rechnungen}: vermutlich vergessen.",
            "Premier retard ({0}) pour {1} {1|facture payée|factures payées} : sans doute un oubli.",
        ],
    ),
    (
        "occasional-late.why",
        [
            "{0} van de facturen te laat, gewogen {1} {1|dag|dagen}, {2} keer.",
            "{0} of the invoices late, {1} {1|day|days} by weight, on {2} {2|occasion|occasions}.",
            "{0} der Rechnungen verspätet, gewichtet {1} {1|Tag|Tage}, {2}-mal.",
            "{0} des factures en retard, {1} {1|jour pondéré|jours pondérés}, {2} fois.",
        ],
    ),
    (
        "slow-payer.why",
        [
            "Betaalt vaak te laat: {0} van de facturen, gewogen {1} {1|dag|dagen}, {2} keer.",
            "Often pays late: {0} of the invoices, {1} {1|day|days} by weight, on {2} {2|occasion|occasions}.",
            "Zahlt oft spät: {0} der Rechnungen, gewichtet {1} {1|Tag|Tage}, {2}-mal.",
            "Paie souvent en retard : {0} des factures, {1} {1|jour pondéré|jours pondérés}, {2} fois.",
        ],
    ),
    (
        "frequent-late.why",
        [
            "Stelselmatig te laat: {0} van de facturen, gewogen {1} {1|dag|dagen}, {2} keer.",
            "Late time and again: {0} of the invoices, {1} {1|day|days} by weight, on {2} {2|occasion|occasions}.",
            "Immer wieder verspätet: {0} der Rechnungen, gewichtet {1} {1|Tag|Tage}, {2}-mal.",
            "En retard de façon répétée : {0} des factures, {1} {1|jour pondéré|jours pondérés}, {2} fois.",
        ],
    ),
    (
        "promises-broken",
        [
            "{0} {0|belofte|beloften} niet nagekomen.",
            "{0} {0|promise|promises} broken.",
            "{0} {0|Zusage|Zusagen} nicht eingehalten.",
            "{0} {0|promesse non tenue|promesses non tenues}.",
        ],
    ),
    (
        "new-customer.why",
        [
            "Nieuwe klant: nog maar {0} {0|factuur|facturen} betaald of kort klant.",
            "New customer: {0} {0|invoice|invoices} paid so far, or a customer for a short time.",
            "Neukunde: bisher {0} {0|Rechnung|Rechnungen} bezahlt oder erst kurz Kunde.",
            "Nouveau client : {0} {0|facture payée|factures payées} jusqu'ici, ou client depuis peu.",
        ],
    ),
    (
        "key-account.size",
        [
            "Grote onderneming.",
            "A large company.",
            "Ein großes Unternehmen.",
            "Une grande entreprise.",
        ],
    ),
    (
        "key-account.turnover",
        [
            "Betaalde {0} in het laatste jaar.",
            "Paid {0} in the last year.",
            "Zahlte {0} im letzten Jahr.",
            "A payé {0} sur la dernière année.",
        ],
    ),
    (
        "disputes.why",
        [
            "{0} van wat te laat is, wordt betwist.",
            "{0} of what is overdue is disputed.",
            "{0} des Überfälligen ist strittig.",
            "{0} de l'échu est contesté.",
        ],
    ),
    (
        "cannot-pay.why",
        [
            "Kan nu niet betalen, volgens vastgelegde aanwijzingen op {0} van de 4 criteria.",
            "Cannot pay now, on evidence recorded for {0} of the 4 criteria.",
            "Kann jetzt nicht zahlen, nach Belegen zu {0} der 4 Kriterien.",
            "Ne peut pas payer à présent, d'après {0} des 4 critères.",
        ],
    ),
    (
        "will-not-pay.why",
        [
            "Wil niet betalen, volgens vastgelegde aanwijzingen op {0} van de 4 criteria.",
            "Will not pay, on evidence recorded for {0} of the 4 criteria.",
            "Will nicht zahlen, nach Belegen zu {0} der 4 Kriterien.",
            "Ne veut pas payer, d'après {0} des 4 critères.",
        ],
    ),
    (
        "own.why",
        [
            "Eigen indeling: {0}.",
            "The business's own segment: {0}.",
            "Eigene Einteilung: {0}.",
            "Classement propre : {0}.",
        ],
    ),
    (
        "moved",
        [
            "Was {0}, is sinds {2} {1}.",
            "Was {0}, is {1} since {2}.",
            "War {0}, ist seit {2} {1}.",
            "Était {0}, est {1} depuis le {2}.",
        ],
    ),
    (
        "stays",
        [
            "Betaalt beter ({0}); dat moet tot {1} aanhouden.",
            "Pays better ({0}); that must last until {1}.",
            "Zahlt besser ({0}); das muss bis {1} anhalten.",
            "Paie mieux ({0}) ; cela doit durer jusqu'au {1}.",
        ],
    ),
    (
        "pays-later-than-before",
        [
            "Betaalt het laatste half jaar {0} {0|dag|dagen} later dan daarvoor.",
            "Pays {0} {0|day|days} later in the last half year than before.",
            "Zahlt im letzten Halbjahr {0} {0|Tag|Tage} später als zuvor.",
            "Paie {0} {0|jour|jours} plus tard ce dernier semestre qu'avant.",
        ],
    ),
    (
        "evidence.beliefs-about-paying",
        [
            "Opvatting over betalen ({0}): {1}.",
            "Beliefs about paying ({0}): {1}.",
            "Haltung zum Zahlen ({0}): {1}.",
            "Convictions sur le paiement ({0}) : {1}.",
        ],
    ),
    (
        "evidence.self-direction",
        [
            "Zelfsturing ({0}): {1}.",
            "Self-direction ({0}): {1}.",
            "Selbststeuerung ({0}): {1}.",
            "Autonomie ({0}) : {1}.",
        ],
    ),
    (
        "evidence.willingness-to-concede",
        [
            "Bereidheid toe te geven ({0}): {1}.",
            "Willingness to concede ({0}): {1}.",
            "Bereitschaft einzulenken ({0}): {1}.",
            "Disposition à céder ({0}) : {1}.",
        ],
    ),
    (
        "evidence.financial-room",
        [
            "Financiële ruimte ({0}): {1}.",
            "Financial room ({0}): {1}.",
            "Finanzieller Spielraum ({0}): {1}.",
            "Marge financière ({0}) : {1}.",
        ],
    ),
    (
        "evidence.says-cannot",
        [
            "Zei niet te kunnen betalen ({0}): {1}.",
            "Said to be unable to pay ({0}): {1}.",
            "Sagte, nicht zahlen zu können ({0}): {1}.",
            "A dit ne pas pouvoir payer ({0}) : {1}.",
        ],
    ),
    (
        "evidence.says-will-not",
        [
            "Zei niet te willen betalen ({0}): {1}.",
            "Said to be unwilling to pay ({0}): {1}.",
            "Sagte, nicht zahlen zu wollen ({0}): {1}.",
            "A dit ne pas vouloir payer ({0}) : {1}.",
        ],
    ),
    (
        "evidence.asks-plan",
        [
            "Vroeg om een betalingsregeling ({0}): {1}.",
            "Asked for a payment plan ({0}): {1}.",
            "Bat um Ratenzahlung ({0}): {1}.",
            "A demandé un échéancier ({0}) : {1}.",
        ],
    ),
    (
        "evidence.debt-help",
        [
            "Krijgt of zoekt schuldhulp ({0}): {1}.",
            "Has or seeks debt help ({0}): {1}.",
            "Hat oder sucht Schuldnerhilfe ({0}): {1}.",
            "Aidé ou cherche de l'aide pour ses dettes ({0}) : {1}.",
        ],
    ),
    (
        "evidence.situation",
        [
            "Vastgelegde situatie sinds {0}: {1}.",
            "Situation recorded since {0}: {1}.",
            "Vermerkte Lage seit {0}: {1}.",
            "Situation notée depuis le {0} : {1}.",
        ],
    ),
    (
        "evidence.report",
        [
            "Kredietrapport van {0}: kans op wanbetaling {1}.",
            "Credit report of {0}: chance of failing {1}.",
            "Auskunft vom {0}: Ausfallrisiko {1}.",
            "Rapport de crédit du {0} : risque de défaillance {1}.",
        ],
    ),
    (
        "evidence.report-mark",
        [
            "Kredietrapport van {0} meldt: {1}.",
            "Credit report of {0} states: {1}.",
            "Auskunft vom {0} meldet: {1}.",
            "Le rapport de crédit du {0} signale : {1}.",
        ],
    ),
    (
        "evidence.promises",
        [
            "Beloften: {0} nagekomen, {1} niet.",
            "Promises: {0} kept, {1} broken.",
            "Zusagen: {0} eingehalten, {1} nicht.",
            "Promesses : {0} {0|tenue|tenues}, {1} non {1|tenue|tenues}.",
        ],
    ),
    (
        "evidence.disputes",
        [
            "{0} {0|betwisting bleek|betwistingen bleken} ongegrond.",
            "{0} {0|dispute|disputes} turned out to be without ground.",
            "{0} {0|Reklamation war|Reklamationen waren} unbegründet.",
            "{0} {0|contestation était|contestations étaient} sans fondement.",
        ],
    ),
    (
        "evidence.returned-debits",
        [
            "{0} {0|incasso kwam|incasso's kwamen} terug.",
            "{0} direct {0|debit|debits} came back.",
            "{0} {0|Lastschrift kam|Lastschriften kamen} zurück.",
            "{0} {0|prélèvement a été rejeté|prélèvements ont été rejetés}.",
        ],
    ),
    (
        "willingness.too-little",
        [
            "Kunnen of willen: onbekend; er is te weinig vastgelegd ({0} van de 4 criteria).",
            "Able or willing: unknown; too little is recorded ({0} of the 4 criteria).",
            "Können oder wollen: unbekannt; zu wenig vermerkt ({0} der 4 Kriterien).",
            "Pouvoir ou vouloir : inconnu ; trop peu d'éléments ({0} des 4 critères).",
        ],
    ),
    (
        "willingness.paid-since",
        [
            "Betaalde op {0}, na het laatste gesprek, en niets is te laat.",
            "Paid on {0}, after the last conversation, and nothing is overdue.",
            "Zahlte am {0}, nach dem letzten Gespräch, und nichts ist überfällig.",
            "A payé le {0}, après le dernier entretien, et rien n'est échu.",
        ],
    ),
    (
        "willingness.room-unknown",
        [
            "Kunnen of willen: onbekend; over de financiële ruimte is niets bekend.",
            "Able or willing: unknown; nothing is known of the financial room.",
            "Können oder wollen: unbekannt; zum finanziellen Spielraum ist nichts bekannt.",
            "Pouvoir ou vouloir : inconnu ; rien n'est connu de la marge financière.",
        ],
    ),
    (
        "willingness.undecided",
        [
            "Kunnen of willen: onbekend; de aanwijzingen wijzen niet één kant op.",
            "Able or willing: unknown; the evidence does not lean to one side.",
            "Können oder wollen: unbekannt; die Belege weisen nicht in eine Richtung.",
            "Pouvoir ou vouloir : inconnu ; les éléments ne penchent pas d'un côté.",
        ],
    ),
];
