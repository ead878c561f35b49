//! What is imagined, what would differ, and why not something else.

use super::Row;

pub(super) const TEXTS: &[Row] = &[
    (
        "host.now.nothing",
        [
            "vandaag gebeurt er niets",
            "nothing happens today",
            "heute geschieht nichts",
            "rien ne se passe aujourd'hui",
        ],
    ),
    (
        "host.next.by-itself",
        [
            "{0}, als er tot dan niets verandert",
            "{0}, if nothing changes before then",
            "{0}, wenn sich bis dahin nichts ändert",
            "{0}, si rien ne change d'ici là",
        ],
    ),
    (
        "host.next.after-this",
        [
            "{0}, als het bovenstaande vandaag gebeurt en er tot dan niets verandert",
            "{0}, if the above is done today and nothing changes before then",
            "{0}, wenn das Obige heute geschieht und sich bis dahin nichts ändert",
            "{0}, si ce qui précède est fait aujourd'hui et que rien ne change d'ici là",
        ],
    ),
    (
        "host.next.nothing",
        [
            "niets binnen {0} dagen, als er niets verandert",
            "nothing within {0} days, if nothing changes",
            "nichts innerhalb von {0} Tagen, wenn sich nichts ändert",
            "rien dans les {0} jours, si rien ne change",
        ],
    ),
    (
        "host.next.nothing-while-behind",
        [
            "niets binnen {0} dagen, als de bank zo ver achter blijft",
            "nothing within {0} days, if the bank stays as far behind",
            "nichts innerhalb von {0} Tagen, wenn die Bank so weit zurückbleibt",
            "rien dans les {0} jours, si la banque garde ce retard",
        ],
    ),
    (
        "host.next.asked-again",
        [
            "een policy kon niet beslissen; morgen wordt het opnieuw gevraagd",
            "a policy could not decide; it is asked again tomorrow",
            "eine Policy konnte nicht entscheiden; morgen wird sie erneut gefragt",
            "une politique n'a pas pu décider ; elle est interrogée à nouveau demain",
        ],
    ),
    (
        "host.why.comes-on",
        [
            "komt vanzelf op {0}, als er tot dan niets verandert",
            "comes by itself on {0}, if nothing changes before then",
            "kommt von selbst am {0}, wenn sich bis dahin nichts ändert",
            "vient tout seul le {0}, si rien ne change d'ici là",
        ],
    ),
    (
        "host.why.comes-after-this",
        [
            "volgt op {0}, als wat vandaag gebeurt niets oplevert",
            "follows on {0}, if what is done today brings nothing",
            "folgt am {0}, wenn das Heutige nichts bewirkt",
            "suit le {0}, si ce qui est fait aujourd'hui ne donne rien",
        ],
    ),
    (
        "host.why.would-take",
        [
            "dat zou gebeuren",
            "that would happen",
            "das geschähe",
            "cela se ferait",
        ],
    ),
    (
        "host.why.no-stronger",
        [
            "binnen {0} dagen volgt er geen zwaardere stap",
            "no stronger step follows within {0} days",
            "innerhalb von {0} Tagen folgt kein stärkerer Schritt",
            "aucune étape plus forte ne suit dans les {0} jours",
        ],
    ),
    (
        "host.why.earliest",
        [
            "op zijn vroegst op {0}",
            "on {0} at the earliest",
            "frühestens am {0}",
            "au plus tôt le {0}",
        ],
    ),
    (
        "host.if.paid",
        [
            "met {0} betaald op {1}",
            "with {0} paid on {1}",
            "mit {0} Zahlung auf {1}",
            "avec {0} payés sur {1}",
        ],
    ),
    (
        "host.if.paid-oldest-first",
        [
            "met {0} betaald, de oudste eerst: {1}",
            "with {0} paid, the oldest first: {1}",
            "mit {0} Zahlung, die älteste zuerst: {1}",
            "avec {0} payés, la plus ancienne d'abord : {1}",
        ],
    ),
    (
        "host.if.later",
        [
            "vanaf {0}, als er tot dan niets verandert",
            "from {0} on, if nothing changes before then",
            "ab {0}, wenn sich bis dahin nichts ändert",
            "à partir du {0}, si rien ne change d'ici là",
        ],
    ),
    (
        "host.if.promised",
        [
            "met de toezegging om {0} te betalen uiterlijk op {1}",
            "with a promise to pay {0} by {1}",
            "mit der Zusage, {0} bis {1} zu zahlen",
            "avec la promesse de payer {0} pour le {1}",
        ],
    ),
    (
        "host.if.disputed",
        [
            "als {0} betwist wordt",
            "if {0} is disputed",
            "wenn {0} bestritten wird",
            "si {0} est contestée",
        ],
    ),
    (
        "host.if.promise-withdrawn",
        [
            "als de toezegging vervalt",
            "if the promise is withdrawn",
            "wenn die Zusage entfällt",
            "si la promesse est retirée",
        ],
    ),
    (
        "host.if.plan-ended",
        [
            "als de betalingsregeling eindigt",
            "if the payment plan ends",
            "wenn die Ratenzahlung endet",
            "si le plan de paiement prend fin",
        ],
    ),
    (
        "host.if.dispute-settled",
        [
            "als het geschil is beslecht in uw voordeel: {0}",
            "if the dispute is settled in your favour: {0}",
            "wenn der Streit zu Ihren Gunsten beigelegt ist: {0}",
            "si le litige est réglé en votre faveur : {0}",
        ],
    ),
    (
        "host.if.pause-lifted",
        [
            "als de pauze eindigt {0}",
            "if the pause is lifted {0}",
            "wenn die Pause endet {0}",
            "si la pause prend fin {0}",
        ],
    ),
    (
        "host.if.withholding-ended",
        [
            "als niets meer apart staat van {0}",
            "if nothing of {0} is set apart any more",
            "wenn von {0} nichts mehr zurückgestellt ist",
            "si plus rien de {0} n'est mis à part",
        ],
    ),
    (
        "host.if.extension-ended",
        [
            "als het uitstel eindigt",
            "if the extension ends",
            "wenn der Zahlungsaufschub endet",
            "si le délai accordé prend fin",
        ],
    ),
    (
        "host.if.report-good",
        [
            "met een goed kredietrapport (kans op wanbetaling 1%)",
            "with a good credit report (chance of failing 1%)",
            "mit einer guten Auskunft (Ausfallrisiko 1%)",
            "avec un bon rapport de crédit (risque de défaillance 1%)",
        ],
    ),
    (
        "host.if.report-bad",
        [
            "met een slecht kredietrapport (kans op wanbetaling 30%)",
            "with a bad credit report (chance of failing 30%)",
            "mit einer schlechten Auskunft (Ausfallrisiko 30%)",
            "avec un mauvais rapport de crédit (risque de défaillance 30%)",
        ],
    ),
    (
        "host.if.report-unanswered",
        [
            "als het kredietbureau niet antwoordt",
            "if the credit agency does not answer",
            "wenn die Auskunftei nicht antwortet",
            "si l'agence de crédit ne répond pas",
        ],
    ),
    (
        "host.if.email-known",
        [
            "met een werkend e-mailadres",
            "with an e-mail address that works",
            "mit einer gültigen E-Mail-Adresse",
            "avec une adresse électronique valable",
        ],
    ),
    (
        "host.if.phone-known",
        [
            "met een werkend telefoonnummer",
            "with a telephone number that works",
            "mit einer gültigen Telefonnummer",
            "avec un numéro de téléphone valable",
        ],
    ),
    (
        "host.if.address-known",
        [
            "met een postadres",
            "with a postal address",
            "mit einer Postanschrift",
            "avec une adresse postale",
        ],
    ),
    (
        "host.if.consented",
        [
            "met toestemming voor {0}",
            "with consent to {0}",
            "mit Einwilligung für {0}",
            "avec l'accord pour {0}",
        ],
    ),
    (
        "host.if.bank-booked",
        [
            "met de bank bijgewerkt tot en met {0}",
            "with the bank booked through {0}",
            "mit der Bank gebucht bis {0}",
            "avec la banque à jour jusqu'au {0}",
        ],
    ),
    (
        "host.if.answered",
        [
            "als de reactie is afgehandeld",
            "once the reply is handled",
            "wenn die Antwort bearbeitet ist",
            "une fois la réponse traitée",
        ],
    ),
    (
        "host.if.delivered",
        [
            "als {0} alsnog is afgeleverd",
            "once {0} is delivered",
            "wenn {0} doch zugestellt ist",
            "une fois {0} remise",
        ],
    ),
    (
        "host.if.is-business",
        [
            "als bekend is dat het een bedrijf is",
            "if it is known to be a company",
            "wenn bekannt ist, dass es ein Unternehmen ist",
            "s'il est établi que c'est une entreprise",
        ],
    ),
    (
        "host.if.legal-over",
        [
            "als de juridische situatie eindigt",
            "if the legal situation ends",
            "wenn die rechtliche Situation endet",
            "si la situation juridique prend fin",
        ],
    ),
    (
        "host.if.situation-over",
        [
            "als de situatie {0} eindigt",
            "if the situation {0} ends",
            "wenn die Situation {0} endet",
            "si la situation {0} prend fin",
        ],
    ),
    (
        "host.then.gone",
        ["geen {0}", "no {0}", "{0} entfällt", "{0} : n'a pas lieu"],
    ),
    (
        "host.then.instead",
        [
            "{0} in plaats daarvan",
            "{0} instead",
            "stattdessen {0}",
            "{0} à la place",
        ],
    ),
    ("host.then.comes", ["{0}", "{0}", "{0}", "{0}"]),
    (
        "host.then.stopped",
        [
            "{0} gaat niet door ({1})",
            "{0} does not go on ({1})",
            "{0} findet nicht statt ({1})",
            "{0} n'a pas lieu ({1})",
        ],
    ),
    (
        "host.then.released",
        ["{0} gaat door", "{0} goes on", "{0} findet statt", "{0} a lieu"],
    ),
    (
        "host.then.items",
        [
            "{0} over {1} in plaats van {2}",
            "{0} about {1} instead of {2}",
            "{0} über {1} statt {2}",
            "{0} pour {1} au lieu de {2}",
        ],
    ),
    (
        "host.then.amount",
        [
            "{0} vraagt {1} in plaats van {2}",
            "{0} asks for {1} instead of {2}",
            "{0} fordert {1} statt {2}",
            "{0} demande {1} au lieu de {2}",
        ],
    ),
    (
        "host.then.channel",
        [
            "{0} per {1} in plaats van {2}",
            "{0} by {1} instead of {2}",
            "{0} per {1} statt {2}",
            "{0} par {1} au lieu de {2}",
        ],
    ),
    (
        "host.then.automation",
        ["{0}: {1}", "{0}: {1}", "{0}: {1}", "{0} : {1}"],
    ),
    (
        "host.then.segment",
        [
            "segment {0} in plaats van {1}",
            "segment {0} instead of {1}",
            "Segment {0} statt {1}",
            "segment {0} au lieu de {1}",
        ],
    ),
    (
        "host.then.verdict",
        [
            "kredietcheck: {0} in plaats van {1}",
            "credit check: {0} instead of {1}",
            "Bonitätsprüfung: {0} statt {1}",
            "contrôle de crédit : {0} au lieu de {1}",
        ],
    ),
    (
        "host.then.held",
        [
            "leveringen worden opgehouden",
            "deliveries are held",
            "Lieferungen werden zurückgehalten",
            "les livraisons sont retenues",
        ],
    ),
    (
        "host.then.not-held",
        [
            "leveringen gaan door",
            "deliveries go on",
            "Lieferungen gehen weiter",
            "les livraisons reprennent",
        ],
    ),
    (
        "host.then.undecided",
        [
            "er kan niet worden beslist: {0}",
            "nothing can be decided: {0}",
            "es kann nicht entschieden werden: {0}",
            "rien ne peut être décidé : {0}",
        ],
    ),
    (
        "host.then.decided",
        [
            "er kan worden beslist",
            "it can be decided",
            "es kann entschieden werden",
            "une décision est possible",
        ],
    ),
];
