//! Offers, and how a case ends.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
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
        "handed-over",
        [
            "Uit handen gegeven: {0}.",
            "Handed over: {0}.",
            "Übergeben: {0}.",
            "{0|Transmise|Transmises} : {0}.",
        ],
    ),
    (
        "written-off",
        [
            "Voorgedragen voor afboeking: {0}.",
            "Proposed for write-off: {0}.",
            "Zur Ausbuchung vorgesehen: {0}.",
            "{0|Proposée|Proposées} pour passage en perte : {0}.",
        ],
    ),
    (
        "flow-ended",
        [
            "Alle stappen zijn gezet voor {0} {0|factuur|facturen}.",
            "All steps were taken for {0} {0|invoice|invoices}.",
            "Alle Schritte sind getan für {0} {0|Rechnung|Rechnungen}.",
            "Toutes les étapes sont faites pour {0} {0|facture|factures}.",
        ],
    ),
    (
        "flow-ended-unpaid",
        [
            "Alle stappen zijn gezet en er is niet betaald: kies hoe het eindigt.",
            "All steps were taken and nothing was paid: choose how it ends.",
            "Alle Schritte sind getan, nichts wurde bezahlt: Ende wählen.",
            "Toutes les étapes sont faites sans paiement : choisir la suite.",
        ],
    ),
    (
        "offer-made",
        [
            "Een voorstel ging op {0}; het antwoord wordt afgewacht.",
            "An offer left on {0}; the answer is awaited.",
            "Ein Angebot ging am {0}; die Antwort wird abgewartet.",
            "Une offre est partie le {0} ; la réponse est attendue.",
        ],
    ),
    (
        "offers-unanswered",
        [
            "Op de voorstellen kwam geen antwoord.",
            "The offers were not answered.",
            "Auf die Angebote kam keine Antwort.",
            "Les offres sont restées sans réponse.",
        ],
    ),
    (
        "long-plan",
        [
            "Kan niet betalen: een zeer lange regeling.",
            "Cannot pay: a very long plan.",
            "Kann nicht zahlen: sehr lange Raten.",
            "Ne peut pas payer : un plan très long.",
        ],
    ),
    (
        "extension-fits",
        [
            "Een goede klant die even krap zit: uitstel past.",
            "A good customer in a tight spot: an extension fits.",
            "Ein guter Kunde in einer Enge: Aufschub passt.",
            "Un bon client à l'étroit : un délai convient.",
        ],
    ),
    (
        "hopeless",
        [
            "Geen financiële ruimte, en het kredietrapport bevestigt het: neem het verlies.",
            "No financial room, and the credit report confirms it: take the loss.",
            "Kein finanzieller Spielraum, die Auskunft bestätigt es: Verlust hinnehmen.",
            "Pas de marge financière, le rapport le confirme : accepter la perte.",
        ],
    ),
    (
        "flow-says",
        [
            "Zo zegt het proces.",
            "The flow says so.",
            "So sagt es der Ablauf.",
            "Ainsi le veut le processus.",
        ],
    ),
    (
        "cheaper-end",
        [
            "Elke andere weg kost meer dan hij opbrengt.",
            "Every other way costs more than it brings in.",
            "Jeder andere Weg kostet mehr, als er bringt.",
            "Toute autre voie coûte plus qu'elle ne rapporte.",
        ],
    ),
    (
        "plan-brings-most",
        [
            "Een regeling brengt naar verwachting het meest op.",
            "A plan is expected to bring in most.",
            "Raten bringen voraussichtlich am meisten.",
            "Un plan rapportera sans doute le plus.",
        ],
    ),
    (
        "chance-unknown",
        [
            "De kans bij de rechter is niet ingevoerd; zonder onderbouwing geen cijfer.",
            "The chance in court was not entered; without a basis there is no figure.",
            "Die Aussicht vor Gericht fehlt; ohne Grundlage keine Zahl.",
            "La chance au tribunal n'est pas saisie ; sans fondement, pas de chiffre.",
        ],
    ),
    (
        "court-chance",
        [
            "Ingevoerde kans bij de rechter: {0}.",
            "Chance in court as entered: {0}.",
            "Eingegebene Aussicht vor Gericht: {0}.",
            "Chance au tribunal saisie : {0}.",
        ],
    ),
    (
        "way-court",
        [
            "Naar de rechter: naar verwachting {0} na kosten.",
            "To court: {0} expected after costs.",
            "Vor Gericht: voraussichtlich {0} nach Kosten.",
            "Au tribunal : {0} attendus après frais.",
        ],
    ),
    (
        "way-agency",
        [
            "Incassobureau: naar verwachting {0} na kosten.",
            "Agency: {0} expected after costs.",
            "Inkasso: voraussichtlich {0} nach Kosten.",
            "Recouvrement : {0} attendus après frais.",
        ],
    ),
    (
        "way-plan",
        [
            "Regeling: naar verwachting {0}.",
            "Plan: {0} expected.",
            "Raten: voraussichtlich {0}.",
            "Plan : {0} attendus.",
        ],
    ),
    (
        "cost-made",
        [
            "Kosten tot nu toe, {0}: {1}.",
            "Cost so far, {0}: {1}.",
            "Kosten bisher, {0}: {1}.",
            "Frais jusqu'ici, {0} : {1}.",
        ],
    ),
    (
        "too-small-to-hand-over",
        [
            "Te klein om uit handen te geven.",
            "Too small to hand over.",
            "Zu klein für eine Übergabe.",
            "Trop petit pour être transmis.",
        ],
    ),
];
