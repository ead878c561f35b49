//! Work for people.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
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
        "task.set-off",
        [
            "Verreken met wat wij schuldig zijn",
            "Set off against what we owe",
            "Mit unserer Schuld verrechnen",
            "Compenser avec notre dette",
        ],
    ),
    (
        "task.send-copy",
        [
            "Stuur een kopie van de factuur",
            "Send a copy of the invoice",
            "Rechnungskopie senden",
            "Envoyer une copie de la facture",
        ],
    ),
    (
        "task.find-payment",
        [
            "Zoek de betaling",
            "Look for the payment",
            "Zahlung suchen",
            "Chercher le paiement",
        ],
    ),
    (
        "task.record-dispute",
        [
            "Leg het bezwaar vast",
            "Record the dispute",
            "Einwand erfassen",
            "Enregistrer la contestation",
        ],
    ),
    (
        "task.find-decider",
        [
            "Zoek wie beslist, en diens nummer",
            "Find who decides, and their number",
            "Entscheider und Nummer finden",
            "Trouver le décideur et son numéro",
        ],
    ),
    (
        "task.debit-disputed",
        [
            "Bekijk de betwiste incasso",
            "Look at the disputed direct debit",
            "Bestrittene Lastschrift prüfen",
            "Examiner le prélèvement contesté",
        ],
    ),
    (
        "task.new-mandate",
        [
            "Vraag een nieuwe machtiging",
            "Ask for a new mandate",
            "Neues Mandat anfragen",
            "Demander un nouveau mandat",
        ],
    ),
    (
        "task.debit-returned",
        [
            "Bekijk waarom de incasso terugkwam",
            "See why the direct debit came back",
            "Grund der Rücklastschrift prüfen",
            "Voir pourquoi le prélèvement est revenu",
        ],
    ),
    (
        "task.book-credit",
        [
            "Boek de toegezegde creditnota",
            "Book the promised credit note",
            "Zugesagte Gutschrift buchen",
            "Enregistrer l'avoir promis",
        ],
    ),
    (
        "task.court-chance",
        [
            "Schat de kans bij de rechter, met onderbouwing",
            "Estimate the chance in court, with its basis",
            "Aussicht vor Gericht mit Begründung schätzen",
            "Estimer la chance au tribunal, avec fondement",
        ],
    ),
    (
        "task.end-plan",
        [
            "Beëindig of wijzig de regeling",
            "End or adapt the plan",
            "Raten beenden oder anpassen",
            "Mettre fin au plan ou l'adapter",
        ],
    ),
    (
        "task.decide-end",
        [
            "Kies hoe dit eindigt",
            "Choose how this ends",
            "Ende wählen",
            "Choisir la suite",
        ],
    ),
    (
        "task.due-soon",
        [
            "Houd deze betaling in het oog",
            "Keep an eye on this payment",
            "Diese Zahlung im Auge behalten",
            "Surveiller ce paiement",
        ],
    ),
];
