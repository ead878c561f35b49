//! Words for all codes, in Dutch, English, German and French.

use maan_policy::manifest::{Text, texts as table};

/// The languages, in the order of the columns.
const LANGUAGES: [&str; 4] = ["nl", "en", "de", "fr"];

/// All texts of the manifest.
pub(crate) fn texts() -> Vec<Text> {
    [CHARGES, LETTER, STOPS, OTHER, PHRASES]
        .iter()
        .flat_map(|rows| table(LANGUAGES, rows))
        .collect()
}

type Rows = &'static [(&'static str, [&'static str; 4])];

const CHARGES: Rows = &[
    (
        "nothing-overdue",
        [
            "Niets dat in rekening mag worden gebracht, is te laat.",
            "Nothing that may be charged is overdue.",
            "Nichts, was berechnet werden darf, ist überfällig.",
            "Rien de ce qui peut être facturé n'est en retard.",
        ],
    ),
    (
        "no-costs-before-letter",
        [
            "Geen incassokosten: aan een consument pas nadat een juiste brief met een termijn van veertien dagen is verlopen.",
            "No collection costs: from a consumer only after a correct letter with a term of fourteen days has run out.",
            "Keine Inkassokosten: von Verbrauchern erst nach Ablauf eines korrekten Schreibens mit einer Frist von vierzehn Tagen.",
            "Pas de frais de recouvrement : pour un consommateur, seulement après l'expiration d'une lettre correcte avec un délai de quatorze jours.",
        ],
    ),
    (
        "costs-after-letter",
        [
            "Incassokosten {0}: de termijn van veertien dagen in de brief is verlopen.",
            "Collection costs {0}: the term of fourteen days in the letter has run out.",
            "Inkassokosten {0}: die Frist von vierzehn Tagen im Schreiben ist abgelaufen.",
            "Frais de recouvrement {0} : le délai de quatorze jours de la lettre a expiré.",
        ],
    ),
    (
        "costs-by-table",
        [
            "Incassokosten {0} volgens de wettelijke staffel, waarvan € 40 het vaste minimum is.",
            "Collection costs {0} by the statutory table, of which EUR 40 is the fixed minimum.",
            "Inkassokosten {0} nach der gesetzlichen Staffel, davon 40 € als festes Minimum.",
            "Frais de recouvrement {0} selon le barème légal, dont 40 € de minimum forfaitaire.",
        ],
    ),
    (
        "lump-sum",
        [
            "Vast minimum {0}, verschuldigd vanaf de dag na de vervaldag.",
            "Fixed minimum {0}, due from the day after the due date.",
            "Festes Minimum {0}, geschuldet ab dem Tag nach der Fälligkeit.",
            "Minimum forfaitaire {0}, dû dès le lendemain de l'échéance.",
        ],
    ),
    (
        "lump-sum-named",
        [
            "Het vaste minimum is al in een eerdere aanmaning genoemd en geldt één keer: de laagste uitleg.",
            "The fixed minimum was named in an earlier notice and counts once: the lowest reading.",
            "Das feste Minimum ist schon in einer früheren Mahnung genannt und gilt einmal: die niedrigste Auslegung.",
            "Le minimum forfaitaire est déjà indiqué dans une mise en demeure précédente et compte une fois : l'interprétation la plus basse.",
        ],
    ),
    (
        "costs-beside-earlier",
        [
            "Over alles wat is aangemaand geeft de wettelijke staffel samen {0}; eerdere aanmaningen noemden daarvan {1}.",
            "Over all that was demanded the statutory table gives {0} together; earlier notices named {1} of it.",
            "Über alles Angemahnte ergibt die gesetzliche Staffel zusammen {0}; frühere Mahnungen nannten davon {1}.",
            "Sur l'ensemble des sommes réclamées, le barème légal donne {0} ; des mises en demeure précédentes en indiquaient {1}.",
        ],
    ),
    (
        "lump-sum-once",
        [
            "Het vaste minimum is één keer gerekend, niet per factuur: de laagste uitleg.",
            "The fixed minimum is counted once, not per invoice: the lowest reading.",
            "Das feste Minimum ist einmal gerechnet, nicht je Rechnung: die niedrigste Auslegung.",
            "Le minimum forfaitaire est compté une fois, non par facture : l'interprétation la plus basse.",
        ],
    ),
    (
        "costs-not-claimed",
        [
            "Incassokosten worden volgens de instelling niet gevraagd.",
            "Collection costs are not claimed, by setting.",
            "Inkassokosten werden laut Einstellung nicht verlangt.",
            "Les frais de recouvrement ne sont pas réclamés, selon le réglage.",
        ],
    ),
    (
        "costs-in-other-currency",
        [
            "Geen kosten: de wet noemt ze in een andere munt dan die van de boeken.",
            "No costs: the law names them in another currency than that of the books.",
            "Keine Kosten: das Gesetz nennt sie in einer anderen Währung als der der Bücher.",
            "Pas de frais : la loi les fixe dans une autre monnaie que celle des livres.",
        ],
    ),
    (
        "no-costs-from-consumers",
        [
            "Geen incassokosten: het recht dat geldt geeft ze niet tegenover een consument, of ze zijn hier niet bevestigd.",
            "No collection costs: the law that applies gives none against a consumer, or they are not confirmed here.",
            "Keine Inkassokosten: das anwendbare Recht gibt gegenüber Verbrauchern keine, oder sie sind hier nicht bestätigt.",
            "Pas de frais de recouvrement : le droit applicable n'en accorde pas envers un consommateur, ou ils ne sont pas confirmés ici.",
        ],
    ),
    (
        "no-costs-by-law",
        [
            "Geen kosten: het recht dat geldt noemt er geen.",
            "No costs: the law that applies names none.",
            "Keine Kosten: das anwendbare Recht nennt keine.",
            "Pas de frais : le droit applicable n'en prévoit pas.",
        ],
    ),
    (
        "no-penalty-clause",
        [
            "Geen schadevergoeding: er is geen beding over kosten afgesproken.",
            "No indemnity: no clause on costs was agreed.",
            "Keine Entschädigung: es ist keine Klausel über Kosten vereinbart.",
            "Pas d'indemnité : aucune clause sur les frais n'a été convenue.",
        ],
    ),
    (
        "notice-names-charges",
        [
            "De aanmaning noemt wat verschuldigd is en welke kosten volgen als zij verloopt.",
            "The notice names what is due and which costs follow when it runs out.",
            "Die Mahnung nennt, was geschuldet ist und welche Kosten nach ihrem Ablauf folgen.",
            "La mise en demeure indique ce qui est dû et les frais qui suivent à son expiration.",
        ],
    ),
    (
        "no-interest",
        [
            "Geen rente: het recht dat geldt geeft die hier niet, of zij is niet bevestigd.",
            "No interest: the law that applies gives none here, or it is not confirmed.",
            "Keine Zinsen: das anwendbare Recht gibt hier keine, oder sie sind nicht bestätigt.",
            "Pas d'intérêts : le droit applicable n'en accorde pas ici, ou ils ne sont pas confirmés.",
        ],
    ),
    (
        "interest-not-claimed",
        [
            "Rente wordt volgens de instelling niet gevraagd.",
            "Interest is not claimed, by setting.",
            "Zinsen werden laut Einstellung nicht verlangt.",
            "Les intérêts ne sont pas réclamés, selon le réglage.",
        ],
    ),
    (
        "no-interest-yet",
        [
            "Nog geen rente: zij is nog niet gaan lopen, of haar tarief is niet bevestigd.",
            "No interest yet: it has not begun to run, or its rate is not confirmed.",
            "Noch keine Zinsen: sie laufen noch nicht, oder der Satz ist nicht bestätigt.",
            "Pas encore d'intérêts : ils ne courent pas encore, ou leur taux n'est pas confirmé.",
        ],
    ),
    (
        "agreed-indemnity-left-out",
        [
            "Een afgesproken schadevergoeding is niet meegerekend: de rechter kan haar verlagen.",
            "An agreed indemnity is left out: a judge may lower it.",
            "Eine vereinbarte Entschädigung bleibt außer Betracht: ein Gericht kann sie herabsetzen.",
            "Une indemnité convenue n'est pas comptée : le juge peut la réduire.",
        ],
    ),
    (
        "interest-statutory",
        [
            "Wettelijke rente {0}.",
            "Statutory interest {0}.",
            "Gesetzliche Zinsen {0}.",
            "Intérêts légaux {0}.",
        ],
    ),
    (
        "interest-commercial",
        [
            "Wettelijke handelsrente {0}.",
            "Statutory commercial interest {0}.",
            "Gesetzliche Handelszinsen {0}.",
            "Intérêts légaux commerciaux {0}.",
        ],
    ),
    (
        "interest-agreed",
        [
            "Afgesproken rente {0}.",
            "Agreed interest {0}.",
            "Vereinbarte Zinsen {0}.",
            "Intérêts convenus {0}.",
        ],
    ),
    (
        "agreed-rate-capped",
        [
            "Van een consument wordt niet meer dan de wettelijke rente gerekend, ook als meer is afgesproken.",
            "A consumer is charged no more than the statutory rate, even where more was agreed.",
            "Verbrauchern wird höchstens der gesetzliche Satz berechnet, auch wenn mehr vereinbart ist.",
            "Un consommateur ne paie pas plus que le taux légal, même si davantage a été convenu.",
        ],
    ),
    (
        "agreed-rate-up-to",
        [
            "De afgesproken rente telt zolang de wet haar tegenover een consument toestaat; is zij hoger, dan loopt de gewone wettelijke rente.",
            "The agreed rate counts as long as the law allows it against a consumer; where it is higher the ordinary legal rate runs.",
            "Der vereinbarte Satz gilt, solange das Gesetz ihn gegenüber Verbrauchern erlaubt; ist er höher, läuft der gewöhnliche gesetzliche Satz.",
            "Le taux convenu compte tant que la loi le permet envers un consommateur ; s'il est plus élevé, le taux légal ordinaire court.",
        ],
    ),
    (
        "old-contract-lower-rate",
        [
            "Het contract is ouder dan de hogere rente; omdat de overgang niet bevestigd is, is met de lagere gerekend.",
            "The contract is older than the higher rate; as the transition is not confirmed, the lower one was used.",
            "Der Vertrag ist älter als der höhere Satz; da der Übergang nicht bestätigt ist, wurde mit dem niedrigeren gerechnet.",
            "Le contrat est antérieur au taux supérieur ; la transition n'étant pas confirmée, le taux inférieur a été utilisé.",
        ],
    ),
    (
        "rate-by-formula",
        [
            "Vanaf {0} rust de rente op de formule van de wet; de bekendmaking is niet gezien.",
            "From {0} the rate rests on the law's formula; its publication was not seen.",
            "Ab {0} beruht der Satz auf der Formel des Gesetzes; die Bekanntmachung wurde nicht gesehen.",
            "À partir du {0}, le taux repose sur la formule de la loi ; sa publication n'a pas été vue.",
        ],
    ),
    (
        "lump-sum-by-directive",
        [
            "Het vaste bedrag rust op de richtlijn; de nationale tekst is niet gezien.",
            "The fixed sum rests on the Directive; the national text was not seen.",
            "Der Pauschalbetrag beruht auf der Richtlinie; der nationale Text wurde nicht gesehen.",
            "La somme forfaitaire repose sur la directive ; le texte national n'a pas été vu.",
        ],
    ),
    (
        "national-law-unknown",
        [
            "Alleen wat de richtlijnen van de Unie minstens geven; het nationale recht is hier niet bekend.",
            "Only what the Union's directives give at least; national law is not known here.",
            "Nur was die Richtlinien der Union mindestens geben; das nationale Recht ist hier nicht bekannt.",
            "Seulement ce que les directives de l'Union accordent au minimum ; le droit national n'est pas connu ici.",
        ],
    ),
    (
        "no-agreed-rate",
        [
            "Er is geen rente afgesproken; gerekend is met de wettelijke.",
            "No rate was agreed; the statutory one was used.",
            "Es ist kein Zinssatz vereinbart; gerechnet wurde mit dem gesetzlichen.",
            "Aucun taux n'a été convenu ; le taux légal a été utilisé.",
        ],
    ),
    (
        "no-commercial-rate",
        [
            "Van een consument is geen handelsrente verschuldigd; gerekend is met de wettelijke rente.",
            "A consumer owes no commercial interest; the statutory rate was used.",
            "Verbraucher schulden keine Handelszinsen; gerechnet wurde mit dem gesetzlichen Satz.",
            "Un consommateur ne doit pas l'intérêt commercial ; le taux légal a été utilisé.",
        ],
    ),
    (
        "interest-unverified",
        [
            "Rente tot en met {0}: daarna zijn de tarieven nog niet bevestigd.",
            "Interest through {0}: rates after that are not confirmed yet.",
            "Zinsen bis einschließlich {0}: spätere Sätze sind noch nicht bestätigt.",
            "Intérêts jusqu'au {0} inclus : les taux suivants ne sont pas encore confirmés.",
        ],
    ),
    (
        "payments-imputed",
        [
            "Betalingen zijn eerst op kosten, dan op rente en dan op de hoofdsom afgeboekt.",
            "Payments count towards costs first, then interest, then principal.",
            "Zahlungen werden zuerst auf Kosten, dann auf Zinsen, dann auf die Hauptforderung angerechnet.",
            "Les paiements s'imputent d'abord sur les frais, puis sur les intérêts, puis sur le principal.",
        ],
    ),
    (
        "payments-to-interest",
        [
            "Betalingen zijn eerst op rente en dan op de hoofdsom afgeboekt.",
            "Payments count towards interest first, then principal.",
            "Zahlungen werden zuerst auf Zinsen, dann auf die Hauptforderung angerechnet.",
            "Les paiements s'imputent d'abord sur les intérêts, puis sur le principal.",
        ],
    ),
    (
        "payments-to-principal",
        [
            "Betalingen zijn eerst op de hoofdsom afgeboekt: de laagste uitleg.",
            "Payments count towards the principal first: the lowest reading.",
            "Zahlungen werden zuerst auf die Hauptforderung angerechnet: die niedrigste Auslegung.",
            "Les paiements s'imputent d'abord sur le principal : l'interprétation la plus basse.",
        ],
    ),
    (
        "charges-stopped",
        [
            "Vanaf {0} komt er niets meer bij.",
            "Nothing is added from {0} on.",
            "Ab {0} kommt nichts mehr hinzu.",
            "Rien ne s'ajoute à partir du {0}.",
        ],
    ),
    (
        "country-not-covered",
        [
            "Geen kosten en geen rente: het recht van {0} zit nog niet in deze versie.",
            "No fee and no interest: the law of {0} is not covered by this version.",
            "Keine Kosten und keine Zinsen: das Recht von {0} ist in dieser Version nicht enthalten.",
            "Ni frais ni intérêts : le droit de {0} n'est pas couvert par cette version.",
        ],
    ),
    (
        "country-unknown",
        [
            "Geen kosten en geen rente: het land van de debiteur is onbekend.",
            "No fee and no interest: the debtor's country is unknown.",
            "Keine Kosten und keine Zinsen: das Land des Schuldners ist unbekannt.",
            "Ni frais ni intérêts : le pays du débiteur est inconnu.",
        ],
    ),
    (
        "plan-without-charges",
        [
            "Een betalingsregeling met een consument is zonder kosten en zonder rente.",
            "A payment plan with a consumer is without costs and without interest.",
            "Eine Ratenzahlung mit Verbrauchern ist ohne Kosten und ohne Zinsen.",
            "Un plan de paiement avec un consommateur est sans frais ni intérêts.",
        ],
    ),
];

const LETTER: Rows = &[
    (
        "letter-not-provable",
        [
            "De vorige brief telt niet: de ontvangst is niet te bewijzen.",
            "The earlier letter does not count: its arrival cannot be proved.",
            "Das frühere Schreiben zählt nicht: sein Zugang ist nicht beweisbar.",
            "La lettre précédente ne compte pas : sa réception n'est pas prouvable.",
        ],
    ),
    (
        "letter-without-last-day",
        [
            "De vorige brief telt niet: er stond geen laatste dag in.",
            "The earlier letter does not count: it named no last day.",
            "Das frühere Schreiben zählt nicht: es nannte keinen letzten Tag.",
            "La lettre précédente ne compte pas : elle ne nommait pas de dernier jour.",
        ],
    ),
    (
        "letter-too-early",
        [
            "De vorige brief telt niet: de genoemde dag lag voor {0}.",
            "The earlier letter does not count: the day it named was before {0}.",
            "Das frühere Schreiben zählt nicht: der genannte Tag lag vor dem {0}.",
            "La lettre précédente ne compte pas : le jour nommé précédait le {0}.",
        ],
    ),
    (
        "letter-before-default",
        [
            "De vorige brief telt niet: hij is verstuurd voordat alles te laat was.",
            "The earlier letter does not count: it was sent before all was overdue.",
            "Das frühere Schreiben zählt nicht: es ging, bevor alles überfällig war.",
            "La lettre précédente ne compte pas : elle est partie avant que tout soit en retard.",
        ],
    ),
    (
        "letter-costs-too-high",
        [
            "De vorige brief telt niet: de kosten mochten hoogstens {0} zijn.",
            "The earlier letter does not count: the costs could be {0} at most.",
            "Das frühere Schreiben zählt nicht: die Kosten durften höchstens {0} betragen.",
            "La lettre précédente ne compte pas : les frais pouvaient être de {0} au plus.",
        ],
    ),
    (
        "letters-compete",
        [
            "Er liepen twee brieven met verschillende kosten tegelijk; geen van beide telt.",
            "Two letters with different costs ran at once; neither counts.",
            "Zwei Schreiben mit verschiedenen Kosten liefen zugleich; keines zählt.",
            "Deux lettres aux frais différents couraient en même temps ; aucune ne compte.",
        ],
    ),
    (
        "letter-costs",
        [
            "Dit is de veertiendagenbrief: {0} incassokosten als niet uiterlijk {1} is betaald.",
            "This is the fourteen-day letter: {0} collection costs unless paid by {1}.",
            "Dies ist das Vierzehn-Tage-Schreiben: {0} Inkassokosten, wenn nicht bis {1} bezahlt ist.",
            "C'est la lettre de quatorze jours : {0} de frais de recouvrement sauf paiement au plus tard le {1}.",
        ],
    ),
    (
        "letter-running",
        [
            "De vorige veertiendagenbrief loopt nog tot en met {0}; een tweede zou de kosten doen vervallen.",
            "The previous fourteen-day letter still runs through {0}; a second one would void the costs.",
            "Das vorige Vierzehn-Tage-Schreiben läuft noch bis {0}; ein zweites ließe die Kosten entfallen.",
            "La lettre de quatorze jours précédente court encore jusqu'au {0} ; une seconde annulerait les frais.",
        ],
    ),
    (
        "costs-due-by-letter",
        [
            "De veertiendagenbrief is verlopen; de kosten zijn verschuldigd.",
            "The fourteen-day letter has run out; the costs are due.",
            "Das Vierzehn-Tage-Schreiben ist abgelaufen; die Kosten sind geschuldet.",
            "La lettre de quatorze jours a expiré ; les frais sont dus.",
        ],
    ),
    (
        "letter-of-today",
        [
            "Vandaag ging al een brief die kosten aankondigt; voor al wat open staat is één brief de regel.",
            "A letter that announces costs went today already; one letter about all that is open is the rule.",
            "Heute ging schon ein Schreiben, das Kosten ankündigt; ein Schreiben über alles Offene ist die Regel.",
            "Une lettre annonçant des frais est déjà partie aujourd'hui ; une seule lettre pour tout ce qui est dû est la règle.",
        ],
    ),
    (
        "letters-add-up",
        [
            "Alleen zou de brief {0} noemen; met de bedragen van eerdere brieven opgeteld is het minder.",
            "Alone the letter would name {0}; added up with the amounts of earlier letters it is less.",
            "Allein würde das Schreiben {0} nennen; mit den Beträgen früherer Schreiben zusammengezählt ist es weniger.",
            "Seule, la lettre indiquerait {0} ; additionné aux montants des lettres précédentes, c'est moins.",
        ],
    ),
    (
        "no-further-costs",
        [
            "Er mogen geen verdere incassokosten worden aangekondigd.",
            "No further collection costs may be announced.",
            "Weitere Inkassokosten dürfen nicht angekündigt werden.",
            "Aucun autre frais de recouvrement ne peut être annoncé.",
        ],
    ),
    (
        "no-new-charges-unverified",
        [
            "Geen nieuwe kosten voor een consument: de tarieven zijn bevestigd tot en met {0}.",
            "No new charges for a consumer: rates are confirmed through {0}.",
            "Keine neuen Kosten für Verbraucher: die Sätze sind bis {0} bestätigt.",
            "Pas de nouveaux frais pour un consommateur : les taux sont confirmés jusqu'au {0}.",
        ],
    ),
    (
        "no-provable-channel",
        [
            "Er is geen kanaal waarvan de ontvangst is te bewijzen; stuur een brief.",
            "There is no channel whose delivery can be proved; send a letter.",
            "Es gibt keinen Weg, dessen Zugang sich beweisen lässt; senden Sie einen Brief.",
            "Aucun canal ne permet de prouver la réception ; envoyez une lettre.",
        ],
    ),
    (
        "provable-channel-leads",
        [
            "Een kanaal met bewijs van ontvangst gaat voor; een kopie kan langs de weg die de debiteur liever heeft.",
            "A channel with proof of delivery leads; a copy can go the way the debtor prefers.",
            "Ein Weg mit Zugangsnachweis geht vor; eine Kopie kann auf dem bevorzugten Weg gehen.",
            "Un canal avec preuve de réception prime ; une copie peut suivre la voie préférée du débiteur.",
        ],
    ),
    (
        "arrival-must-be-provable",
        [
            "De ontvangst van deze e-mail moet te bewijzen zijn; anders zijn er geen kosten verschuldigd.",
            "The arrival of this e-mail must be provable; otherwise no costs are due.",
            "Der Zugang dieser E-Mail muss beweisbar sein; sonst sind keine Kosten geschuldet.",
            "La réception de cet e-mail doit être prouvable ; sinon aucun frais n'est dû.",
        ],
    ),
    (
        "small-instalments-capped",
        [
            "Bij kleine termijnbedragen ten hoogste € 140 incassokosten per half jaar; niet bevestigd aan de wettekst, daarom het laagste bedrag.",
            "For small instalments at most EUR 140 collection costs per half-year; not confirmed in the text of the law, hence the lowest amount.",
            "Bei kleinen Raten höchstens 140 € Inkassokosten je Halbjahr; nicht am Gesetzestext bestätigt, daher der niedrigste Betrag.",
            "Pour de petites échéances, au plus 140 € de frais par semestre ; non confirmé dans le texte légal, donc le montant le plus bas.",
        ],
    ),
    (
        "be-reminder-content",
        [
            "De brief is een eerste, gratis herinnering en noemt ook naam en ondernemingsnummer van de schuldeiser, het product en de vervaldag.",
            "The letter is a first, free reminder and also names the creditor and its enterprise number, the product and the due date.",
            "Der Brief ist eine erste, kostenlose Mahnung und nennt auch Namen und Unternehmensnummer des Gläubigers, das Produkt und die Fälligkeit.",
            "La lettre est un premier rappel gratuit et indique aussi le nom et le numéro d'entreprise du créancier, le produit et l'échéance.",
        ],
    ),
    (
        "be-number-missing",
        [
            "Vul het ondernemingsnummer in bij de instellingen van het wettenpakket: zonder dat nummer gaat de brief niet uit.",
            "Enter the enterprise number in the settings of the statute policy: without it the letter does not leave.",
            "Tragen Sie die Unternehmensnummer in den Einstellungen des Gesetzespakets ein: ohne sie geht der Brief nicht hinaus.",
            "Indiquez le numéro d'entreprise dans les réglages du paquet légal : sans lui, la lettre ne part pas.",
        ],
    ),
    (
        "text-not-lawful",
        [
            "De tekst voldoet niet als veertiendagenbrief: {0}.",
            "The text does not do as a fourteen-day letter: {0}.",
            "Der Text genügt nicht als Vierzehn-Tage-Schreiben: {0}.",
            "Le texte ne convient pas comme lettre de quatorze jours : {0}.",
        ],
    ),
    (
        "hand-over-without-letter",
        [
            "Geen overdracht van een consument zonder verlopen veertiendagenbrief; op zijn vroegst {0}.",
            "No hand-over of a consumer without a fourteen-day letter that ran out; {0} at the earliest.",
            "Keine Übergabe eines Verbrauchers ohne abgelaufenes Vierzehn-Tage-Schreiben; frühestens {0}.",
            "Pas de transmission d'un consommateur sans lettre de quatorze jours expirée ; au plus tôt le {0}.",
        ],
    ),
    (
        "hand-over-before-term-ends",
        [
            "De veertiendagenbrief loopt nog; overdracht op zijn vroegst {0}.",
            "The fourteen-day letter still runs; hand-over {0} at the earliest.",
            "Das Vierzehn-Tage-Schreiben läuft noch; Übergabe frühestens {0}.",
            "La lettre de quatorze jours court encore ; transmission au plus tôt le {0}.",
        ],
    ),
    (
        "announces-too-early",
        [
            "Overdracht mag pas worden aangekondigd als alles te laat is en, waar de wet een brief met veertien dagen vraagt, in of na die brief.",
            "Hand-over may be announced only once all is overdue and, where the law asks a letter with fourteen days, in or after that letter.",
            "Eine Übergabe darf erst angekündigt werden, wenn alles überfällig ist, und, wo das Gesetz ein Schreiben mit vierzehn Tagen verlangt, darin oder danach.",
            "La transmission ne peut être annoncée qu'une fois tout en retard et, là où la loi exige une lettre de quatorze jours, dans ou après celle-ci.",
        ],
    ),
];

const STOPS: Rows = &[
    (
        "stop-bankruptcy",
        [
            "Failliet sinds {0}: dien de vordering in bij de curator.",
            "Bankrupt since {0}: file the claim with the trustee (curator).",
            "Insolvent seit {0}: melden Sie die Forderung beim Verwalter (curator) an.",
            "En faillite depuis le {0} : déclarez la créance auprès du curateur.",
        ],
    ),
    (
        "stop-moratorium",
        [
            "Surseance sinds {0}: schrijf de bewindvoerder.",
            "Moratorium since {0}: write to the administrator.",
            "Zahlungsaufschub seit {0}: schreiben Sie dem Verwalter.",
            "Sursis de paiement depuis le {0} : écrivez à l'administrateur.",
        ],
    ),
    (
        "stop-debt-scheme",
        [
            "Schuldsanering sinds {0}: meld de vordering bij de bewindvoerder.",
            "Debt scheme since {0}: report the claim to the administrator.",
            "Schuldenbereinigung seit {0}: melden Sie die Forderung beim Verwalter an.",
            "Règlement de dettes depuis le {0} : déclarez la créance à l'administrateur.",
        ],
    ),
    (
        "stop-guardianship",
        [
            "Curatele of bewind sinds {0}: schrijf de curator of bewindvoerder.",
            "Guardianship since {0}: write to the guardian.",
            "Betreuung seit {0}: schreiben Sie dem Betreuer.",
            "Sous tutelle depuis le {0} : écrivez au tuteur.",
        ],
    ),
    (
        "stop-deceased",
        [
            "Overleden op {0}: schrijf de erfgenamen, met mededogen.",
            "Deceased on {0}: write to the heirs, with compassion.",
            "Verstorben am {0}: schreiben Sie den Erben, mit Mitgefühl.",
            "Décès le {0} : écrivez aux héritiers, avec compassion.",
        ],
    ),
    (
        "stop-dissolved",
        [
            "Ontbonden op {0}: schrijf de vereffenaar.",
            "Dissolved on {0}: write to the liquidator.",
            "Aufgelöst am {0}: schreiben Sie dem Liquidator.",
            "Dissoute le {0} : écrivez au liquidateur.",
        ],
    ),
    (
        "stop-debt-help",
        [
            "In schuldhulp sinds {0}: wacht en overleg met de schuldhulpverlener.",
            "In debt help since {0}: wait and consult the debt counsellor.",
            "In Schuldnerhilfe seit {0}: warten Sie und sprechen Sie mit der Beratung.",
            "En aide aux dettes depuis le {0} : attendez et consultez le conseiller.",
        ],
    ),
    (
        "address-instead",
        [
            "Richt u tot: {0}.",
            "Address: {0}.",
            "Wenden Sie sich an: {0}.",
            "Adressez-vous à : {0}.",
        ],
    ),
    (
        "file-claim-by",
        [
            "Dien de vordering uiterlijk {0} in.",
            "File the claim by {0}.",
            "Melden Sie die Forderung bis {0} an.",
            "Déclarez la créance au plus tard le {0}.",
        ],
    ),
    (
        "file-claim-by-law",
        [
            "Dien de vordering uiterlijk {0} in: de vroegste dag die de wet openlaat. Vraag na welke dag is vastgesteld.",
            "File the claim by {0}: the earliest day that the law leaves open. Ask which day was set.",
            "Melden Sie die Forderung bis {0} an: der früheste Tag, den das Gesetz offenlässt. Fragen Sie nach dem festgesetzten Tag.",
            "Déclarez la créance au plus tard le {0} : le premier jour que la loi laisse ouvert. Demandez quel jour a été fixé.",
        ],
    ),
    (
        "file-claim-unknown",
        [
            "Dien de vordering in; de laatste dag is niet bekend: vraag die na ({0}).",
            "File the claim; the last day is not known: ask for it ({0}).",
            "Melden Sie die Forderung an; der letzte Tag ist nicht bekannt: fragen Sie nach ({0}).",
            "Déclarez la créance ; le dernier jour n'est pas connu : demandez-le ({0}).",
        ],
    ),
    (
        "file-claim-late",
        [
            "Die dag is voorbij: dien meteen in en vraag of te laat nog telt.",
            "That day has passed: file at once and ask whether a late claim still counts.",
            "Dieser Tag ist vorbei: melden Sie sofort an und fragen Sie, ob es noch zählt.",
            "Ce jour est passé : déclarez immédiatement et demandez si cela compte encore.",
        ],
    ),
    (
        "registration-unknown",
        [
            "Of incasseren voor een ander in {0} een inschrijving vraagt, is niet bekend: laat het nagaan.",
            "Whether collecting for another asks a registration in {0} is not known: have it checked.",
            "Ob Inkasso für andere in {0} eine Eintragung verlangt, ist nicht bekannt: lassen Sie es prüfen.",
            "On ne sait pas si recouvrer pour autrui exige une inscription en {0} : faites-le vérifier.",
        ],
    ),
    (
        "registration-missing",
        [
            "Incasseren voor een ander mag hier niet zonder inschrijving in het register {0}.",
            "Collecting for another is not allowed here without registration in the register {0}.",
            "Inkasso für andere ist hier ohne Eintragung im Register {0} nicht erlaubt.",
            "Recouvrer pour autrui n'est pas permis ici sans inscription au registre {0}.",
        ],
    ),
];

const OTHER: Rows = &[
    (
        "not-in-default",
        [
            "Nog niet alles is te laat; kan vanaf {0}.",
            "Not everything is overdue yet; possible from {0}.",
            "Noch ist nicht alles überfällig; möglich ab {0}.",
            "Tout n'est pas encore en retard ; possible à partir du {0}.",
        ],
    ),
    (
        "nothing-chargeable",
        [
            "Er is niets onbetwists te laat.",
            "Nothing undisputed is overdue.",
            "Nichts Unbestrittenes ist überfällig.",
            "Rien d'incontesté n'est en retard.",
        ],
    ),
    (
        "contact-day",
        [
            "Niet op zondag of feestdag; vanaf {0}.",
            "Not on a Sunday or holiday; from {0}.",
            "Nicht an Sonn- oder Feiertagen; ab {0}.",
            "Pas un dimanche ou jour férié ; à partir du {0}.",
        ],
    ),
    (
        "contact-hours",
        [
            "Alleen tussen 8 en 20 uur; voorgesteld was minuut {0} tot {1} van de dag.",
            "Only between 8:00 and 20:00; proposed was minute {0} to {1} of the day.",
            "Nur zwischen 8 und 20 Uhr; vorgeschlagen war Minute {0} bis {1} des Tages.",
            "Seulement entre 8 h et 20 h ; proposé : minute {0} à {1} du jour.",
        ],
    ),
    (
        "rates-unverified",
        [
            "De tarieven zijn bevestigd tot en met {0}; daarna is met de laatste gerekend.",
            "Rates are confirmed through {0}; after that the last ones were used.",
            "Die Sätze sind bis {0} bestätigt; danach wurde mit den letzten gerechnet.",
            "Les taux sont confirmés jusqu'au {0} ; ensuite les derniers ont été utilisés.",
        ],
    ),
    (
        "term-too-long",
        [
            "Een termijn van {0} dagen is langer dan de {1} dagen die de wet toestaat; gerekend is met de vervaldag van de factuur.",
            "A term of {0} days is longer than the {1} days that the law allows; the due date of the invoice was used.",
            "Eine Frist von {0} Tagen ist länger als die {1} Tage, die das Gesetz erlaubt; gerechnet wurde mit der Fälligkeit der Rechnung.",
            "Un délai de {0} jours dépasse les {1} jours que la loi permet ; l'échéance de la facture a été retenue.",
        ],
    ),
    (
        "term-not-recorded",
        [
            "Er is geen afgesproken termijn bekend; gerekend is met de vervaldag van de factuur. Is niets afgesproken, dan is een consument pas na een aanmaning te laat.",
            "No agreed term is known; the due date of the invoice was used. Where none was agreed, a consumer is in default only after a notice.",
            "Es ist keine vereinbarte Frist bekannt; gerechnet wurde mit der Fälligkeit der Rechnung. Ohne Vereinbarung kommen Verbraucher erst nach einer Mahnung in Verzug.",
            "Aucun délai convenu n'est connu ; l'échéance de la facture a été retenue. Sans accord, un consommateur n'est en retard qu'après une mise en demeure.",
        ],
    ),
    (
        "limitation-near",
        [
            "Post {0} verjaart na {1} ({2}); stuit de verjaring met een brief.",
            "Item {0} lapses after {1} ({2}); interrupt the limitation by letter.",
            "Posten {0} verjährt nach {1} ({2}); unterbrechen Sie die Verjährung durch einen Brief.",
            "Le poste {0} se prescrit après le {1} ({2}) ; interrompez la prescription par lettre.",
        ],
    ),
    (
        "limitation-near-court",
        [
            "Post {0} verjaart na {1} ({2}); een brief stuit dat hier niet, wel een erkenning, een deelbetaling of de rechter.",
            "Item {0} lapses after {1} ({2}); a letter does not stop that here, an acknowledgement, a part-payment or a court does.",
            "Posten {0} verjährt nach {1} ({2}); ein Brief hält das hier nicht auf, wohl aber ein Anerkenntnis, eine Teilzahlung oder das Gericht.",
            "Le poste {0} se prescrit après le {1} ({2}) ; une lettre ne l'interrompt pas ici, mais bien une reconnaissance, un paiement partiel ou le juge.",
        ],
    ),
    (
        "limitation-unknown",
        [
            "Post {0} is ouder dan een jaar; wanneer hij verjaart, is hier niet bekend.",
            "Item {0} is more than a year old; when it lapses is not known here.",
            "Posten {0} ist älter als ein Jahr; wann er verjährt, ist hier nicht bekannt.",
            "Le poste {0} a plus d'un an ; sa date de prescription n'est pas connue ici.",
        ],
    ),
    (
        "limitation-passed",
        [
            "Post {0} is sinds {1} verjaard ({2}), tenzij de verjaring op een andere manier is gestuit.",
            "Item {0} has been beyond limitation since {1} ({2}), unless it was interrupted in another way.",
            "Posten {0} ist seit {1} verjährt ({2}), sofern nicht anders unterbrochen.",
            "Le poste {0} est prescrit depuis le {1} ({2}), sauf autre interruption.",
        ],
    ),
];

const PHRASES: Rows = &[
    (
        "be-term",
        [
            "de termijn van veertien kalenderdagen na verzending",
            "the term of fourteen calendar days after sending",
            "die Frist von vierzehn Kalendertagen nach Versand",
            "le délai de quatorze jours calendrier après envoi",
        ],
    ),
    (
        "be-indemnity",
        [
            "het bedrag van de schadevergoeding",
            "the amount of the indemnity",
            "der Betrag der Entschädigung",
            "le montant de l'indemnité",
        ],
    ),
    (
        "be-enterprise-number",
        [
            "het ondernemingsnummer van de schuldeiser",
            "the creditor's enterprise number",
            "die Unternehmensnummer des Gläubigers",
            "le numéro d'entreprise du créancier",
        ],
    ),
    (
        "nl-fourteen-days",
        [
            "de termijn van veertien dagen na bezorging",
            "the term of fourteen days after delivery",
            "die Frist von vierzehn Tagen nach Zustellung",
            "le délai de quatorze jours après remise",
        ],
    ),
    (
        "nl-collection-costs",
        [
            "het bedrag van de incassokosten",
            "the amount of the collection costs",
            "der Betrag der Inkassokosten",
            "le montant des frais de recouvrement",
        ],
    ),
];
