//! Reasons in words: a policy's codes are explained by its manifest, the host's own by a list here.

use std::collections::HashMap;

use maan_ledger::{Currency, Day, Money};
use maan_outreach::Language;
use maan_policy_host::contract::{Argument, Description, Reason};

use crate::policies::Policies;

/// Texts by language and code.
#[derive(Default)]
pub struct Phrases(HashMap<(String, String), String>);

/// Languages of the host's own reasons, in the order of their words.
const LANGUAGES: [&str; 4] = ["nl", "en", "de", "fr"];

/// The host's own reasons.
const HOST: [(&str, [&str; 4]); 23] = [
    (
        "host.no-items",
        [
            "het voorstel noemt geen openstaande post",
            "the proposal names no open item",
            "der Vorschlag nennt keinen offenen Posten",
            "la proposition ne nomme aucun poste ouvert",
        ],
    ),
    (
        "host.legal-stop",
        [
            "sinds {0} geldt een juridische situatie: geen aanmaningen",
            "a legal situation holds since {0}: no dunning",
            "seit {0} besteht eine rechtliche Situation: keine Mahnungen",
            "une situation juridique existe depuis le {0} : aucune relance",
        ],
    ),
    (
        "host.debt-help",
        [
            "de debiteur krijgt schuldhulp: geen aanmaningen",
            "the debtor is in debt help: no dunning",
            "der Schuldner ist in der Schuldnerberatung: keine Mahnungen",
            "le débiteur bénéficie d'une aide au désendettement : aucune relance",
        ],
    ),
    (
        "host.own-company-or-staff",
        [
            "een eigen bedrijf of medewerker wordt niet herinnerd",
            "an own company or member of staff is not reminded",
            "ein eigenes Unternehmen oder Mitarbeiter wird nicht erinnert",
            "une société du groupe ou un membre du personnel n'est pas relancé",
        ],
    ),
    (
        "host.text-does-not-fit",
        [
            "de tekst {0} hoort niet bij deze stap",
            "the text {0} does not belong to this step",
            "der Text {0} gehört nicht zu diesem Schritt",
            "le texte {0} ne correspond pas à cette étape",
        ],
    ),
    (
        "host.level-already-done",
        [
            "deze stap is gedaan op {0}",
            "this level was done on {0}",
            "diese Stufe wurde am {0} erledigt",
            "cette étape a été faite le {0}",
        ],
    ),
    (
        "host.no-earlier-reminder",
        [
            "de tekst spreekt van een eerdere herinnering of een gesprek, en die was er niet",
            "the text speaks of an earlier reminder or call, and there was none",
            "der Text spricht von einer früheren Erinnerung oder einem Anruf, und es gab keine",
            "le texte parle d'un rappel ou d'un appel antérieur, et il n'y en a pas eu",
        ],
    ),
    (
        "host.announces-what-does-not-follow",
        [
            "de tekst kondigt een stap aan die er niet op volgt",
            "the text announces a step that does not follow it",
            "der Text kündigt einen Schritt an, der nicht darauf folgt",
            "le texte annonce une étape qui ne la suit pas",
        ],
    ),
    (
        "host.hand-over-announced-too-soon",
        [
            "overdracht ter incasso wordt alleen aangekondigd in een laatste herinnering of aanmaning, met minstens {0} dagen om te betalen",
            "a hand-over is announced only by a last reminder or formal notice, with at least {0} days to pay",
            "eine Übergabe zum Inkasso wird nur in einer letzten Mahnung angekündigt, mit mindestens {0} Tagen Zahlungsfrist",
            "une remise au recouvrement n'est annoncée que par un dernier rappel ou une mise en demeure, avec au moins {0} jours pour payer",
        ],
    ),
    (
        "host.several-currencies",
        [
            "één bericht kan niet om posten in meer dan één valuta vragen",
            "one message cannot ask for items in several currencies",
            "eine Nachricht kann nicht Posten in mehreren Währungen einfordern",
            "un message ne peut pas réclamer des postes en plusieurs devises",
        ],
    ),
    (
        "host.register-unasked",
        [
            "voor deze stap moet eerst het register worden geraadpleegd: {0}",
            "the register must be asked before this step: {0}",
            "vor diesem Schritt muss das Register befragt werden: {0}",
            "le registre doit être consulté avant cette étape : {0}",
        ],
    ),
    (
        "host.register-no-answer",
        [
            "het register {0} gaf op {1} geen antwoord: de stap wacht",
            "the register {0} gave no answer on {1}: the step waits",
            "das Register {0} gab am {1} keine Antwort: der Schritt wartet",
            "le registre {0} n'a pas répondu le {1} : l'étape attend",
        ],
    ),
    (
        "host.register-entry",
        [
            "het register {0} noemt op {1} een situatie: leg die eerst vast",
            "the register {0} named a situation on {1}: record it first",
            "das Register {0} nannte am {1} eine Situation: zuerst erfassen",
            "le registre {0} a mentionné une situation le {1} : enregistrez-la d'abord",
        ],
    ),
    (
        "host.already-contacted-today",
        [
            "er was vandaag al contact",
            "already contacted today",
            "heute gab es schon Kontakt",
            "déjà contacté aujourd'hui",
        ],
    ),
    (
        "host.contacted-lately",
        [
            "het laatste bericht ging op {0}: te kort geleden voor een volgend",
            "the last message left on {0}: too short ago for another",
            "die letzte Nachricht ging am {0} hinaus: zu früh für eine weitere",
            "le dernier message est parti le {0} : trop tôt pour un autre",
        ],
    ),
    (
        "host.stands-alone",
        [
            "dit bericht gaat alleen; het wacht op het bericht van vandaag",
            "this message goes alone; it waits for the message of today",
            "diese Nachricht geht allein; sie wartet auf die Nachricht von heute",
            "ce message part seul ; il attend celui d'aujourd'hui",
        ],
    ),
    (
        "host.waits-for-what-stands-alone",
        [
            "het bericht van vandaag gaat alleen: een formele brief, een aanbod of een bericht met kosten",
            "the message of today goes alone: a formal letter, an offer, or one that names charges",
            "die Nachricht von heute geht allein: ein förmliches Schreiben, ein Angebot oder eine mit Kosten",
            "le message d'aujourd'hui part seul : une lettre formelle, une offre ou un message avec des frais",
        ],
    ),
    (
        "host.not-due-yet",
        [
            "wat nog niet vervallen is, staat niet naast een herinnering",
            "what is not due yet is not named beside a reminder",
            "was noch nicht fällig ist, steht nicht neben einer Erinnerung",
            "ce qui n'est pas encore échu ne figure pas à côté d'un rappel",
        ],
    ),
    (
        "host.other-addressee",
        [
            "het moet aan een ander gericht zijn dan het bericht van vandaag",
            "it must be addressed to another than the message of today",
            "es muss an einen anderen gerichtet sein als die Nachricht von heute",
            "il doit être adressé à un autre que le message d'aujourd'hui",
        ],
    ),
    (
        "host.other-channel",
        [
            "het gaat langs een andere weg dan het bericht van vandaag",
            "it goes another way than the message of today",
            "es geht einen anderen Weg als die Nachricht von heute",
            "il part par une autre voie que le message d'aujourd'hui",
        ],
    ),
    (
        "host.other-currency",
        [
            "het bericht van vandaag vraagt om een andere valuta",
            "the message of today asks for another currency",
            "die Nachricht von heute fordert eine andere Währung ein",
            "le message d'aujourd'hui réclame une autre devise",
        ],
    ),
    (
        "host.other-hours",
        [
            "het mag niet op hetzelfde moment uit als het bericht van vandaag",
            "it may not leave when the message of today may",
            "es darf nicht zur selben Zeit hinaus wie die Nachricht von heute",
            "il ne peut pas partir au même moment que le message d'aujourd'hui",
        ],
    ),
    (
        "host.enough-work",
        [
            "er liggen al drie taken voor deze debiteur; deze komt daarna",
            "three tasks lie ready for this debtor; this one comes after them",
            "für diesen Schuldner liegen schon drei Aufgaben bereit; diese kommt danach",
            "trois tâches attendent déjà pour ce débiteur ; celle-ci vient après",
        ],
    ),
];

impl Phrases {
    /// The texts of all policies that are in use.
    pub fn of(policies: &Policies) -> Self {
        let mut phrases = Self::default();
        phrases.add(policies.segmentation.component().description());
        phrases.add(policies.credit_check.component().description());
        phrases.add(policies.workflow.component().description());
        phrases.add(policies.statute.component().description());
        for (code, texts) in HOST.iter().chain(crate::explain::texts::all()) {
            for (language, text) in LANGUAGES.into_iter().zip(texts) {
                phrases
                    .0
                    .insert((language.into(), (*code).into()), (*text).into());
            }
        }
        phrases
    }

    /// Adds the texts of one component.
    pub fn add(&mut self, description: &Description) {
        for text in &description.texts {
            self.0
                .insert((text.language.clone(), text.code.clone()), text.text.clone());
        }
    }

    /// The words of a code, in a language or else in English; the code itself where there are none.
    pub fn word(&self, language: Language, code: &str) -> String {
        let text = |tag: &str| self.0.get(&(tag.to_owned(), code.to_owned()));
        text(language.tag())
            .or_else(|| text("en"))
            .cloned()
            .unwrap_or_else(|| code.to_owned())
    }

    /// A reason in words; `item` names the items of the case.
    pub fn say(&self, language: Language, reason: &Reason, item: impl Fn(u32) -> Option<String>) -> String {
        let told = |argument: &Argument| told(language, argument, &item);
        fill(
            &self.word(language, &reason.code),
            &reason.arguments,
            language,
            told,
        )
    }
}

/// Fills the places of a text, in one walk: untrusted values are never searched for places.
fn fill(
    text: &str,
    arguments: &[Argument],
    language: Language,
    told: impl Fn(&Argument) -> String,
) -> String {
    let (mut filled, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, place, after)) = next_place(rest) {
        filled.push_str(before);
        match at_place(place, arguments) {
            Some((argument, None)) => filled.push_str(&told(argument).replace(['{', '}'], "")),
            Some((argument, Some((one, more)))) => {
                filled.push_str(if is_one(language, argument) { one } else { more });
            }
            None => filled.push_str(&format!("{{{place}}}")),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The text before the first place, what stands between its braces, and the text after it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (place, after) = rest.split_once('}')?;
    Some((before, place, after))
}

/// The argument of a place, with the words for one and for more where the place holds a choice.
fn at_place<'a, 'b>(
    place: &'a str,
    arguments: &'b [Argument],
) -> Option<(&'b Argument, Option<(&'a str, &'a str)>)> {
    let (number, words) = match place.split_once('|') {
        Some((number, words)) => (number, Some(words.split_once('|')?)),
        None => (place, None),
    };
    let argument = arguments.get(number.parse::<usize>().ok()?)?;
    Some((argument, words))
}

/// Whether the words for one thing hold; in French they hold for none as well.
fn is_one(language: Language, argument: &Argument) -> bool {
    match argument {
        Argument::Count(1) => true,
        Argument::Count(0) => language == Language::Fr,
        _ => false,
    }
}

fn told(language: Language, argument: &Argument, item: &impl Fn(u32) -> Option<String>) -> String {
    match argument {
        Argument::Amount(amount) => language.amount(Money::new(amount.minor, Currency(amount.currency))),
        Argument::Day(day) => language.day(Day(*day)),
        Argument::Count(count) => count.to_string(),
        Argument::Share(share) => share_told(*share),
        Argument::Number(number) => decimal_told(number.units, number.scale),
        Argument::Item(index) => item(*index).unwrap_or_else(|| format!("#{index}")),
        Argument::Text(text) => text.chars().take(100).filter(|c| !c.is_control()).collect(),
    }
}

fn share_told(per_mille: u16) -> String {
    match (per_mille / 10, per_mille % 10) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) => format!("{whole}.{part}%"),
    }
}

fn decimal_told(units: i64, scale: u8) -> String {
    let digits = units.unsigned_abs().to_string();
    let scale = usize::from(scale.min(18));
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = padded.split_at(padded.len() - scale);
    let sign = if units < 0 { "-" } else { "" };
    if part.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use maan_policy_host::contract::Decimal;

    use super::*;

    fn phrases() -> Phrases {
        let mut phrases = Phrases::default();
        phrases
            .0
            .insert(("en".into(), "late".into()), "{0} late on {1}, {2} of {3}".into());
        phrases
    }

    #[test]
    fn arguments_are_written_in_place() {
        let arguments = vec![
            Argument::Item(0),
            Argument::Day(20_000),
            Argument::Share(375),
            Argument::Number(Decimal {
                units: -1_050,
                scale: 2,
            }),
        ];
        let reason = Reason {
            code: "late".into(),
            arguments,
        };
        let said = phrases().say(Language::Fr, &reason, |_| Some("2026-1".into()));
        assert_eq!(said, "2026-1 late on 4 octobre 2024, 37.5% of -10.50");
    }

    #[test]
    fn a_value_that_looks_like_a_place_stays_a_value() {
        let text = |text: &str| Argument::Text(text.into());
        let reason = Reason {
            code: "late".into(),
            arguments: vec![text("{1}"), text("x"), text("y"), text("z")],
        };
        assert_eq!(
            phrases().say(Language::En, &reason, |_| None),
            "1 late on x, y of z"
        );
    }

    #[test]
    fn the_words_follow_the_count() {
        let said = |language: Language, text: &str, count: i64| {
            let mut phrases = Phrases::default();
            let key = (language.tag().to_owned(), "open".to_owned());
            phrases.0.insert(key, text.into());
            let reason = Reason {
                code: "open".into(),
                arguments: vec![Argument::Text("{1|a|b}".into()), Argument::Count(count)],
            };
            phrases.say(language, &reason, |_| None)
        };
        let dutch = "{0}: {1} {1|factuur is|facturen zijn} open";
        let say = |count| said(Language::Nl, dutch, count);
        assert_eq!(say(1), "1|a|b: 1 factuur is open");
        assert_eq!(say(0), "1|a|b: 0 facturen zijn open");
        assert_eq!(say(2), "1|a|b: 2 facturen zijn open");
        let french = |count| said(Language::Fr, "{1} {1|facture|factures}", count);
        assert_eq!([0, 1, 2].map(french), ["0 facture", "1 facture", "2 factures"]);
    }

    #[test]
    fn what_is_no_place_stays_as_it_is() {
        let mut phrases = Phrases::default();
        let text = "{0|one} {7} {x} {0|a|b} {";
        phrases.0.insert(("en".into(), "odd".into()), text.into());
        let reason = Reason {
            code: "odd".into(),
            arguments: vec![Argument::Count(1)],
        };
        assert_eq!(
            phrases.say(Language::En, &reason, |_| None),
            "{0|one} {7} {x} a {"
        );
    }

    #[test]
    fn a_code_without_words_is_shown_as_it_is() {
        let reason = Reason {
            code: "unheard-of".into(),
            arguments: vec![],
        };
        assert_eq!(phrases().say(Language::Nl, &reason, |_| None), "unheard-of");
    }
}
