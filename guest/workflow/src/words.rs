//! Words for steps, reasons, tasks and the call guide.

use maan_policy::manifest::{Text, texts as table};

pub(crate) fn texts() -> Vec<Text> {
    table(["nl", "en", "de", "fr"], TEXTS)
}

const TEXTS: &[(&str, [&str; 4])] = &[
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
        "plan-missed",
        [
            "Gemiste termijn van {0}",
            "Missed instalment of {0}",
            "Versäumte Rate von {0}",
            "Échéance manquée de {0}",
        ],
    ),
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
            "{0} is aan de beurt voor {1} facturen.",
            "{0} is due for {1} invoices.",
            "{0} ist fällig für {1} Rechnungen.",
            "{0} est dû pour {1} factures.",
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
            "De oudste is {0} dagen te laat: {1}.",
            "The oldest is {0} days late: {1}.",
            "Die älteste ist {0} Tage überfällig: {1}.",
            "La plus ancienne a {0} jours de retard : {1}.",
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
        "too-early",
        [
            "Kan vanaf {0}.",
            "Will be due on {0}.",
            "Fällig ab {0}.",
            "Possible à partir du {0}.",
        ],
    ),
    (
        "too-soon",
        [
            "Het laatste bericht ging op {0}; er zitten minstens {1} dagen tussen.",
            "The last message left on {0}; at least {1} days lie between.",
            "Die letzte Nachricht ging am {0}; mindestens {1} Tage liegen dazwischen.",
            "Le dernier message est parti le {0} ; au moins {1} jours les séparent.",
        ],
    ),
    (
        "one-conversation",
        [
            "Eén gesprek tegelijk: wacht op het bericht van nu.",
            "One conversation at a time: waits for this message.",
            "Ein Gespräch zugleich: wartet auf diese Nachricht.",
            "Une conversation à la fois : attend ce message.",
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
        "disputed",
        [
            "Betwist: {0}.",
            "Disputed: {0}.",
            "Strittig: {0}.",
            "Contesté : {0}.",
        ],
    ),
    (
        "withheld",
        [
            "Nu niet te vorderen: {0}.",
            "Not to be claimed now: {0}.",
            "Derzeit nicht zu fordern: {0}.",
            "Non exigible à présent : {0}.",
        ],
    ),
    (
        "covered",
        [
            "Gedekt door tegoed of nog niet toegewezen geld: {0}.",
            "Covered by credits or unallocated money: {0}.",
            "Durch Guthaben oder nicht zugeordnetes Geld gedeckt: {0}.",
            "Couvert par des avoirs ou un paiement non affecté : {0}.",
        ],
    ),
    (
        "paused",
        [
            "Op pauze: {0}.",
            "Paused: {0}.",
            "Pausiert: {0}.",
            "En pause : {0}.",
        ],
    ),
    (
        "promised",
        [
            "Betaling toegezegd: {0}.",
            "Payment promised: {0}.",
            "Zahlung zugesagt: {0}.",
            "Paiement promis : {0}.",
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
        "in-plan",
        [
            "In een regeling: {0}.",
            "In a plan: {0}.",
            "In Raten: {0}.",
            "Dans un plan : {0}.",
        ],
    ),
    (
        "direct-debit",
        [
            "Wordt automatisch geïncasseerd: {0}.",
            "Direct debit under way: {0}.",
            "Lastschrift läuft: {0}.",
            "Domiciliation en cours : {0}.",
        ],
    ),
    (
        "not-delivered",
        [
            "Factuur is niet goed aangekomen: {0}.",
            "Invoice did not arrive well: {0}.",
            "Rechnung kam nicht richtig an: {0}.",
            "Facture mal parvenue : {0}.",
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
        "cannot-pay-now",
        [
            "Kan nu niet betalen: een regeling gaat voor.",
            "Cannot pay just now: a plan comes first.",
            "Kann gerade nicht zahlen: Raten gehen vor.",
            "Ne peut pas payer à présent : un plan d'abord.",
        ],
    ),
    (
        "own-company",
        [
            "Eigen onderneming.",
            "Own company.",
            "Eigenes Unternehmen.",
            "Société du groupe.",
        ],
    ),
    (
        "staff",
        ["Medewerker.", "Staff.", "Mitarbeiter.", "Membre du personnel."],
    ),
    (
        "bankruptcy",
        [
            "Faillissement sinds {0}.",
            "Bankruptcy since {0}.",
            "Insolvenz seit {0}.",
            "Faillite depuis le {0}.",
        ],
    ),
    (
        "moratorium",
        [
            "Surseance sinds {0}.",
            "Moratorium since {0}.",
            "Moratorium seit {0}.",
            "Sursis depuis le {0}.",
        ],
    ),
    (
        "debt-scheme",
        [
            "Schuldsanering sinds {0}.",
            "Debt scheme since {0}.",
            "Schuldenbereinigung seit {0}.",
            "Règlement de dettes depuis le {0}.",
        ],
    ),
    (
        "guardianship",
        [
            "Bewind sinds {0}.",
            "Guardianship since {0}.",
            "Betreuung seit {0}.",
            "Tutelle depuis le {0}.",
        ],
    ),
    (
        "deceased",
        [
            "Overleden op {0}.",
            "Deceased on {0}.",
            "Verstorben am {0}.",
            "Décès le {0}.",
        ],
    ),
    (
        "dissolved",
        [
            "Opgeheven op {0}.",
            "Dissolved on {0}.",
            "Aufgelöst am {0}.",
            "Dissoute le {0}.",
        ],
    ),
    (
        "situation",
        [
            "Situatie {0} sinds {1}.",
            "Situation {0} since {1}.",
            "Lage {0} seit {1}.",
            "Situation {0} depuis le {1}.",
        ],
    ),
    (
        "debt-help",
        [
            "Noemde schuldhulp op {0}.",
            "Spoke of debt help on {0}.",
            "Sprach am {0} von Schuldnerhilfe.",
            "A parlé d'aide aux dettes le {0}.",
        ],
    ),
    (
        "debtor-paused",
        [
            "Op pauze gezet tot en met {0}.",
            "Paused through {0}.",
            "Pausiert bis {0}.",
            "En pause jusqu'au {0}.",
        ],
    ),
    (
        "reply-unhandled",
        [
            "Antwoord van {0} is nog niet behandeld ({1}).",
            "A reply of {0} is not handled yet ({1}).",
            "Antwort vom {0} noch nicht bearbeitet ({1}).",
            "Réponse du {0} pas encore traitée ({1}).",
        ],
    ),
    (
        "task.allocate",
        [
            "Wijs tegoed en geld toe",
            "Allocate credits and money",
            "Guthaben und Geld zuordnen",
            "Affecter avoirs et paiements",
        ],
    ),
    (
        "task.repair-delivery",
        [
            "Stuur de factuur opnieuw",
            "Send the invoice again",
            "Rechnung erneut senden",
            "Renvoyer la facture",
        ],
    ),
    (
        "task.research-address",
        [
            "Zoek een adres",
            "Find an address",
            "Adresse suchen",
            "Rechercher une adresse",
        ],
    ),
    (
        "task.legal-status",
        [
            "Beoordeel de juridische status",
            "Look at the legal status",
            "Rechtslage prüfen",
            "Examiner le statut juridique",
        ],
    ),
    (
        "task.file-claim",
        [
            "Dien de vordering in",
            "File the claim",
            "Forderung anmelden",
            "Déclarer la créance",
        ],
    ),
    (
        "task.debt-help",
        [
            "Overleg met de schuldhulp",
            "Talk with the debt counsellor",
            "Mit der Schuldnerberatung sprechen",
            "Contacter l'aide aux dettes",
        ],
    ),
    (
        "task.answer-reply",
        [
            "Beantwoord het bericht",
            "Answer the reply",
            "Antwort bearbeiten",
            "Répondre au message",
        ],
    ),
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
];
