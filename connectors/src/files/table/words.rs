//! Words of people in cells: kinds of events, channels, yes and no.

use maan_ledger::{Channel, DebtorKind, DisputeCause, Level};

use super::columns::plain;

/// What an event cell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A level reached.
    Level(Level),
    /// A promise.
    Promise,
    /// An instalment.
    Instalment,
    /// A dispute.
    Dispute,
    /// A pause.
    Pause,
    /// Nothing was done.
    Nothing,
}

/// Words with what they name; the first that a text holds counts.
const EVENTS: &[(&str, Named)] = &[
    ("notice 1", Named::Level(Level::Notice1)),
    ("notice 2", Named::Level(Level::Notice2)),
    ("notice 3", Named::Level(Level::Notice3)),
    ("formal notice", Named::Level(Level::FormalNotice)),
    ("ingebrekestelling", Named::Level(Level::FormalNotice)),
    ("14 dagenbrief", Named::Level(Level::FormalNotice)),
    ("veertiendagenbrief", Named::Level(Level::FormalNotice)),
    ("wik brief", Named::Level(Level::FormalNotice)),
    ("mise en demeure", Named::Level(Level::FormalNotice)),
    ("hand over", Named::Level(Level::HandOver)),
    ("overgedragen", Named::Level(Level::HandOver)),
    ("incassobureau", Named::Level(Level::HandOver)),
    ("deurwaarder", Named::Level(Level::HandOver)),
    ("inkasso", Named::Level(Level::HandOver)),
    ("collection agency", Named::Level(Level::HandOver)),
    ("huissier", Named::Level(Level::HandOver)),
    ("write off", Named::Level(Level::WriteOff)),
    ("afgeboekt", Named::Level(Level::WriteOff)),
    ("laatste herinnering", Named::Level(Level::LastReminder)),
    ("laatste aanmaning", Named::Level(Level::LastReminder)),
    ("last reminder", Named::Level(Level::LastReminder)),
    ("final reminder", Named::Level(Level::LastReminder)),
    ("letzte mahnung", Named::Level(Level::LastReminder)),
    ("dernier rappel", Named::Level(Level::LastReminder)),
    ("derde herinnering", Named::Level(Level::Reminder3)),
    ("third reminder", Named::Level(Level::Reminder3)),
    ("reminder 3", Named::Level(Level::Reminder3)),
    ("herinnering 3", Named::Level(Level::Reminder3)),
    ("3e herinnering", Named::Level(Level::Reminder3)),
    ("3 mahnung", Named::Level(Level::Reminder3)),
    ("rappel 3", Named::Level(Level::Reminder3)),
    ("tweede herinnering", Named::Level(Level::Reminder2)),
    ("second reminder", Named::Level(Level::Reminder2)),
    ("reminder 2", Named::Level(Level::Reminder2)),
    ("herinnering 2", Named::Level(Level::Reminder2)),
    ("2e herinnering", Named::Level(Level::Reminder2)),
    ("2 mahnung", Named::Level(Level::Reminder2)),
    ("rappel 2", Named::Level(Level::Reminder2)),
    ("aanmaning", Named::Level(Level::LastReminder)),
    ("sommatie", Named::Level(Level::LastReminder)),
    ("call 2", Named::Level(Level::Call2)),
    ("tweede telefoon", Named::Level(Level::Call2)),
    ("promise", Named::Promise),
    ("toezegging", Named::Promise),
    ("belofte", Named::Promise),
    ("zahlungszusage", Named::Promise),
    ("promesse", Named::Promise),
    ("instalment", Named::Instalment),
    ("installment", Named::Instalment),
    ("termijn", Named::Instalment),
    ("rate", Named::Instalment),
    ("mensualité", Named::Instalment),
    ("dispute", Named::Dispute),
    ("geschil", Named::Dispute),
    ("betwist", Named::Dispute),
    ("klacht", Named::Dispute),
    ("reklamation", Named::Dispute),
    ("litige", Named::Dispute),
    ("pause", Named::Pause),
    ("pauze", Named::Pause),
    ("on hold", Named::Pause),
    ("hold", Named::Pause),
    ("geblokkeerd", Named::Pause),
    ("mahnsperre", Named::Pause),
    ("suspendu", Named::Pause),
    ("call", Named::Level(Level::Call1)),
    ("telefo", Named::Level(Level::Call1)),
    ("gebeld", Named::Level(Level::Call1)),
    ("anruf", Named::Level(Level::Call1)),
    ("appel", Named::Level(Level::Call1)),
    ("reminder", Named::Level(Level::Reminder1)),
    ("herinnering", Named::Level(Level::Reminder1)),
    ("zahlungserinnerung", Named::Level(Level::Reminder1)),
    ("mahnung", Named::Level(Level::Reminder1)),
    ("rappel", Named::Level(Level::Reminder1)),
    ("relance", Named::Level(Level::Reminder1)),
];

/// What a text names; none when it is not known.
pub(super) fn event(text: &str) -> Option<Named> {
    let text = plain(text);
    match text.as_str() {
        "0" | "none" | "geen" | "keine" | "aucune" | "no" | "nee" => return Some(Named::Nothing),
        "1" => return Some(Named::Level(Level::Reminder1)),
        "2" => return Some(Named::Level(Level::Reminder2)),
        "3" => return Some(Named::Level(Level::Reminder3)),
        _ => {}
    }
    // the words of an export: a level as the ledger writes it
    let level: Option<Level> = serde_json::from_value(text.replace(' ', "-").into()).ok();
    level.map(Named::Level).or_else(|| {
        EVENTS
            .iter()
            .find(|(word, _)| text.contains(word))
            .map(|(_, named)| *named)
    })
}

/// The channel that a text names; none when it is not known.
pub(super) fn channel(text: &str) -> Option<Channel> {
    let text = plain(text);
    let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if holds(&["aangetekend", "registered", "einschreiben", "recommand"]) {
        Some(Channel::RegisteredLetter)
    } else if holds(&["mail"]) {
        Some(Channel::Email)
    } else if holds(&["whatsapp"]) {
        Some(Channel::Whatsapp)
    } else if holds(&["sms"]) {
        Some(Channel::Sms)
    } else if holds(&["telef", "phone", "bel", "anruf", "téléphone"]) {
        Some(Channel::Phone)
    } else if holds(&["deurwaarder", "bailiff", "huissier", "gerichtsvollzieher"]) {
        Some(Channel::Bailiff)
    } else if holds(&["portal"]) {
        Some(Channel::Portal)
    } else if holds(&["brief", "post", "letter", "lettre", "courrier"]) {
        Some(Channel::Letter)
    } else {
        None
    }
}

/// Whether a cell says yes.
pub(super) fn yes(text: &str) -> bool {
    matches!(
        plain(text).as_str(),
        "yes" | "y" | "ja" | "j" | "oui" | "o" | "true" | "waar" | "wahr" | "vrai" | "1" | "x"
    )
}

/// The kind of debtor that a text names; unknown where it does not.
pub(super) fn debtor_kind(text: &str) -> DebtorKind {
    let text = plain(text);
    let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if holds(&[
        "sole trader",
        "zzp",
        "eenmanszaak",
        "einzelunternehmen",
        "indépendant",
    ]) {
        DebtorKind::SoleTrader
    } else if holds(&["consument", "particulier", "consumer", "privat", "person"]) {
        DebtorKind::Consumer
    } else if holds(&["public", "overheid", "gemeente", "behörde"]) {
        DebtorKind::PublicBody
    } else if holds(&[
        "business",
        "bedrijf",
        "zakelijk",
        "company",
        "firma",
        "entreprise",
        "société",
    ]) {
        DebtorKind::Business
    } else {
        DebtorKind::Unknown
    }
}

/// The cause of a dispute that a text names.
pub(super) fn cause(text: &str) -> DisputeCause {
    let text = plain(text);
    let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if holds(&["niet ontvangen", "not received", "nicht erhalten", "non reçu"]) {
        DisputeCause::NotReceived
    } else if holds(&["niet besteld", "not ordered", "nicht bestellt", "non commandé"]) {
        DisputeCause::NotOrdered
    } else if holds(&["prijs", "price", "preis", "prix"]) {
        DisputeCause::Price
    } else if holds(&["aantal", "quantity", "menge", "quantité"]) {
        DisputeCause::Quantity
    } else if holds(&[
        "levering",
        "goederen",
        "goods",
        "defect",
        "ware",
        "marchandise",
        "kapot",
    ]) {
        DisputeCause::Goods
    } else if holds(&["dienst", "service", "leistung"]) {
        DisputeCause::Service
    } else {
        DisputeCause::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_call_things_is_known() {
        for (text, named) in [
            ("1e herinnering", Named::Level(Level::Reminder1)),
            ("Tweede herinnering", Named::Level(Level::Reminder2)),
            ("Aanmaning", Named::Level(Level::LastReminder)),
            ("14-dagenbrief", Named::Level(Level::FormalNotice)),
            ("formal-notice", Named::Level(Level::FormalNotice)),
            ("reminder2", Named::Level(Level::Reminder2)),
            ("last-reminder", Named::Level(Level::LastReminder)),
            ("Betalingsbelofte", Named::Promise),
            ("Telefonisch contact", Named::Level(Level::Call1)),
            ("2. Mahnung", Named::Level(Level::Reminder2)),
            ("On hold", Named::Pause),
            ("geen", Named::Nothing),
        ] {
            assert_eq!(event(text), Some(named), "{text}");
        }
        assert_eq!(event("iets anders"), None);
        assert_eq!(channel("Aangetekende brief"), Some(Channel::RegisteredLetter));
        assert_eq!(channel("e-mail"), Some(Channel::Email));
        assert_eq!(channel("duif"), None);
        assert_eq!(debtor_kind("Particulier"), DebtorKind::Consumer);
        assert_eq!(debtor_kind("sole-trader"), DebtorKind::SoleTrader);
    }
}
