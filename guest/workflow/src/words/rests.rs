//! What stops a debtor, and what lets items rest.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
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
        "within-tolerance",
        [
            "Een klein restant, niet gevorderd: {0}.",
            "A small rest, not chased: {0}.",
            "Ein kleiner Rest, nicht gefordert: {0}.",
            "Un petit reste, non réclamé : {0}.",
        ],
    ),
    (
        "set-off",
        [
            "Te verrekenen met wat wij schuldig zijn: {0}.",
            "Can be set off against what we owe: {0}.",
            "Verrechenbar mit dem, was wir schulden: {0}.",
            "À compenser avec ce que nous devons : {0}.",
        ],
    ),
    (
        "offer-open",
        [
            "Er ligt een voorstel: {0}.",
            "An offer is open: {0}.",
            "Ein Angebot liegt vor: {0}.",
            "Une offre est en cours : {0}.",
        ],
    ),
    (
        "answered",
        [
            "Het antwoord wordt eerst nagegaan: {0}.",
            "The answer is looked into first: {0}.",
            "Die Antwort wird erst geprüft: {0}.",
            "La réponse est examinée d'abord : {0}.",
        ],
    ),
    (
        "debit-disputed",
        [
            "Incasso betwist, een medewerker kijkt: {0}.",
            "Direct debit disputed, a person looks: {0}.",
            "Lastschrift bestritten, jemand prüft: {0}.",
            "Prélèvement contesté, une personne examine : {0}.",
        ],
    ),
    (
        "account-closed",
        [
            "Incasso kan niet meer, nieuwe machtiging gevraagd: {0}.",
            "Direct debit no longer possible, a new mandate is asked: {0}.",
            "Lastschrift nicht mehr möglich, neues Mandat gefragt: {0}.",
            "Prélèvement impossible, nouveau mandat demandé : {0}.",
        ],
    ),
    (
        "flow-paused",
        [
            "Het proces rust tot en met {0}: {1} {1|factuur|facturen}.",
            "The flow rests through {0}: {1} {1|invoice|invoices}.",
            "Der Ablauf ruht bis {0}: {1} {1|Rechnung|Rechnungen}.",
            "Le processus est en pause jusqu'au {0} : {1} {1|facture|factures}.",
        ],
    ),
];
