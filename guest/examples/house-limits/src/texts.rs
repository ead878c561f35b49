//! Words for reasons.

use maan_policy::manifest::{Text, texts as table};

pub(crate) fn texts() -> Vec<Text> {
    table(["nl", "en", "de", "fr"], TEXTS)
}

const TEXTS: &[(&str, [&str; 4])] = &[
    (
        "within-limit",
        [
            "{0} past binnen de vaste limiet van {1}.",
            "{0} fits the fixed limit of {1}.",
            "{0} liegt im festen Limit von {1}.",
            "{0} dans la limite fixe de {1}.",
        ],
    ),
    (
        "over-limit",
        [
            "{0} boven de vaste limiet van {1}.",
            "{0} above the fixed limit of {1}.",
            "{0} über dem festen Limit von {1}.",
            "{0} au-dessus de la limite fixe de {1}.",
        ],
    ),
    (
        "late",
        [
            "{0} dagen te laat; meer dan {1} is te lang.",
            "{0} days late; more than {1} is too long.",
            "{0} Tage verspätet; mehr als {1} ist zu lange.",
            "{0} jours de retard ; plus de {1}, c'est trop long.",
        ],
    ),
    (
        "legal-status",
        [
            "Juridische status sinds {0}: geen limiet.",
            "Legal status since {0}: no limit.",
            "Rechtslage seit {0}: kein Limit.",
            "Statut juridique depuis le {0} : pas de limite.",
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
        "hold",
        [
            "Nieuwe leveringen aanhouden.",
            "Hold new deliveries.",
            "Neue Lieferungen anhalten.",
            "Suspendre les nouvelles livraisons.",
        ],
    ),
    (
        "release",
        [
            "Leveringen weer vrij.",
            "Deliveries free again.",
            "Lieferungen wieder frei.",
            "Livraisons à nouveau libres.",
        ],
    ),
];
