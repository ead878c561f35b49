//! Why something is due, or not yet.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
    (
        "nothing-open",
        [
            "Er staat niets open.",
            "Nothing is open.",
            "Nichts ist offen.",
            "Rien n'est ouvert.",
        ],
    ),
    (
        "nothing-due",
        [
            "Er is vandaag geen stap aan de beurt.",
            "No step is due today.",
            "Heute ist kein Schritt fällig.",
            "Aucune étape n'est due aujourd'hui.",
        ],
    ),
    (
        "step-due",
        [
            "{0} is aan de beurt voor {1} {1|factuur|facturen}.",
            "{0} is due for {1} {1|invoice|invoices}.",
            "{0} ist fällig für {1} {1|Rechnung|Rechnungen}.",
            "{0} est dû pour {1} {1|facture|factures}.",
        ],
    ),
    (
        "due-since",
        [
            "{0} kan sinds {1}.",
            "{0} has been due since {1}.",
            "{0} ist fällig seit {1}.",
            "{0} est dû depuis {1}.",
        ],
    ),
    (
        "days-late",
        [
            "De oudste is {0} {0|dag|dagen} te laat: {1}.",
            "The oldest is {0} {0|day|days} late: {1}.",
            "Die älteste ist {0} {0|Tag|Tage} überfällig: {1}.",
            "La plus ancienne a {0} {0|jour|jours} de retard : {1}.",
        ],
    ),
    (
        "amount-chased",
        [
            "Te vorderen na aftrek van tegoed en betwiste delen: {0}.",
            "To be claimed after credits and disputed parts: {0}.",
            "Zu fordern nach Guthaben und strittigen Teilen: {0}.",
            "À réclamer après avoirs et parts contestées : {0}.",
        ],
    ),
    (
        "too-soon",
        [
            "Het laatste bericht ging op {0}; er {1|zit|zitten} minstens {1} {1|dag|dagen} tussen.",
            "The last message left on {0}; at least {1} {1|day lies|days lie} between.",
            "Die letzte Nachricht ging am {0}; mindestens {1} {1|Tag liegt|Tage liegen} dazwischen.",
            "Le dernier message est parti le {0} ; au moins {1} {1|jour les sépare|jours les séparent}.",
        ],
    ),
    (
        "amount-too-low",
        [
            "{0} is te weinig voor de volgende stap.",
            "{0} is too little for the next step.",
            "{0} ist zu wenig für den nächsten Schritt.",
            "{0} est trop peu pour l'étape suivante.",
        ],
    ),
    (
        "books-behind",
        [
            "De bank is bijgewerkt tot en met {0}: eerst bijwerken, dan herinneren.",
            "The bank is booked through {0}: books first, reminders after.",
            "Die Bank ist bis {0} gebucht: erst buchen, dann mahnen.",
            "La banque est à jour jusqu'au {0} : d'abord les écritures, ensuite les rappels.",
        ],
    ),
    (
        "no-working-day-left",
        [
            "Geen werkdag meer tot en met {0}.",
            "No working day left through {0}.",
            "Kein Arbeitstag mehr bis {0}.",
            "Plus de jour ouvré jusqu'au {0}.",
        ],
    ),
    (
        "promise-broken",
        [
            "Een toezegging is niet nagekomen.",
            "A promise was broken.",
            "Eine Zusage wurde nicht eingehalten.",
            "Une promesse n'a pas été tenue.",
        ],
    ),
    (
        "promise-kept",
        [
            "De toezegging voor {0} is nagekomen.",
            "The promise for {0} was kept.",
            "Die Zusage für {0} wurde eingehalten.",
            "La promesse pour le {0} a été tenue.",
        ],
    ),
    (
        "to-allocate",
        [
            "{0} aan tegoed of ontvangen geld is nog niet toegewezen.",
            "{0} of credits or money received is not allocated.",
            "{0} an Guthaben oder Geldeingang ist nicht zugeordnet.",
            "{0} d'avoirs ou de paiements ne sont pas affectés.",
        ],
    ),
    (
        "no-phone",
        [
            "Geen telefoonnummer bekend.",
            "No phone number known.",
            "Keine Telefonnummer bekannt.",
            "Aucun numéro connu.",
        ],
    ),
    (
        "unreachable",
        [
            "Geen kanaal met werkende gegevens.",
            "No channel with data that work.",
            "Kein Kanal mit gültigen Daten.",
            "Aucun canal avec des données valables.",
        ],
    ),
    (
        "preferred-channel-missing",
        [
            "Het voorkeurskanaal werkt niet; het volgende is genomen.",
            "The preferred channel does not work; the next one is taken.",
            "Der bevorzugte Kanal geht nicht; der nächste gilt.",
            "Le canal préféré ne fonctionne pas ; le suivant est pris.",
        ],
    ),
    (
        "too-early",
        [
            "Kan vanaf {0}.",
            "Will be due on {0}.",
            "Fällig ab {0}.",
            "Possible à partir du {0}.",
        ],
    ),
    (
        "one-conversation",
        [
            "Eén gesprek tegelijk: {0} {0|wacht|wachten} op het bericht van nu.",
            "One conversation at a time: {0} {0|waits|wait} for this message.",
            "Ein Gespräch zugleich: {0} {0|wartet|warten} auf diese Nachricht.",
            "Une conversation à la fois : {0} {0|attend|attendent} ce message.",
        ],
    ),
    (
        "debit-returned",
        [
            "De incasso kwam terug: geen saldo.",
            "The direct debit came back: no funds.",
            "Die Lastschrift kam zurück: keine Deckung.",
            "Le prélèvement est revenu : pas de provision.",
        ],
    ),
    (
        "debit-code",
        [
            "De incasso kwam terug met code {0}: {1}.",
            "The direct debit came back with code {0}: {1}.",
            "Die Lastschrift kam mit Code {0} zurück: {1}.",
            "Le prélèvement est revenu avec le code {0} : {1}.",
        ],
    ),
    (
        "plan-over",
        [
            "De regeling is niet nagekomen.",
            "The plan was not kept.",
            "Die Raten wurden nicht eingehalten.",
            "Le plan n'a pas été tenu.",
        ],
    ),
    (
        "report-needed",
        [
            "Eerst een kredietrapport.",
            "A credit report comes first.",
            "Erst eine Auskunft.",
            "D'abord un rapport de crédit.",
        ],
    ),
    (
        "report-awaited",
        [
            "Wacht tot {0} op het kredietrapport.",
            "Waits for the credit report until {0}.",
            "Wartet bis {0} auf die Auskunft.",
            "Attend le rapport de crédit jusqu'au {0}.",
        ],
    ),
    (
        "report-says",
        [
            "Kans op wanbetaling {0} volgens het rapport van {1}.",
            "Chance of failing {0} by the report of {1}.",
            "Ausfallwahrscheinlichkeit {0} laut Auskunft vom {1}.",
            "Risque de défaillance {0} selon le rapport du {1}.",
        ],
    ),
    (
        "report-of",
        [
            "Kredietrapport van {0}.",
            "Credit report of {0}.",
            "Auskunft vom {0}.",
            "Rapport de crédit du {0}.",
        ],
    ),
    (
        "to-set-off",
        [
            "Wij zijn deze partij {0} schuldig.",
            "We owe this party {0}.",
            "Wir schulden dieser Partei {0}.",
            "Nous devons {0} à cette partie.",
        ],
    ),
    (
        "asks-copy",
        [
            "Zei op {0} de factuur niet te hebben.",
            "Said on {0} not to have the invoice.",
            "Sagte am {0}, die Rechnung fehle.",
            "A dit le {0} ne pas avoir la facture.",
        ],
    ),
    (
        "says-paid",
        [
            "Zei op {0} dat er betaald is.",
            "Said on {0} that it is paid.",
            "Sagte am {0}, es sei bezahlt.",
            "A dit le {0} que c'est payé.",
        ],
    ),
    (
        "says-disputed",
        [
            "Zei op {0} dat er iets niet klopt.",
            "Said on {0} that something is not right.",
            "Sagte am {0}, etwas stimme nicht.",
            "A dit le {0} que quelque chose ne va pas.",
        ],
    ),
    (
        "not-the-decider",
        [
            "Op {0} werd niet bereikt wie beslist.",
            "On {0} the one who decides was not reached.",
            "Am {0} wurde nicht erreicht, wer entscheidet.",
            "Le {0}, le décideur n'a pas été joint.",
        ],
    ),
    (
        "credit-late",
        [
            "Toegezegde creditnota na {1} {1|dag|dagen} niet geboekt: {0}.",
            "Promised credit not booked after {1} {1|day|days}: {0}.",
            "Zugesagte Gutschrift nach {1} {1|Tag|Tagen} nicht gebucht: {0}.",
            "Avoir promis non enregistré après {1} {1|jour|jours} : {0}.",
        ],
    ),
    (
        "paid-after-message",
        [
            "Betaalde op {0}, na ons bericht.",
            "Paid on {0}, after our message.",
            "Zahlte am {0}, nach unserer Nachricht.",
            "A payé le {0}, après notre message.",
        ],
    ),
    (
        "no-contact-since",
        [
            "Geen contact sinds {0}.",
            "No contact since {0}.",
            "Kein Kontakt seit {0}.",
            "Aucun contact depuis le {0}.",
        ],
    ),
    (
        "discount",
        [
            "{0} korting bij betaling tot en met {1}.",
            "{0} off when paid through {1}.",
            "{0} Skonto bei Zahlung bis {1}.",
            "{0} d'escompte si payé jusqu'au {1}.",
        ],
    ),
];
