//! Reasons in words: a policy's codes are explained by its manifest, the host's own by a list here.

use std::collections::HashMap;

use maan_ledger::{Currency, Day, Money};
use maan_outreach::Language;
use maan_policy_host::contract::{Argument, Description, Reason};

use crate::policies::Policies;

/// Texts by language and code.
#[derive(Default)]
pub struct Phrases(HashMap<(String, String), String>);

/// The host's own reasons; English, because they are read by the people who work with the program.
const HOST: [(&str, &str); 8] = [
    ("host.no-items", "the proposal names no open item"),
    ("host.legal-stop", "a legal situation holds since {0}: no dunning"),
    ("host.debt-help", "the debtor is in debt help: no dunning"),
    (
        "host.own-company-or-staff",
        "an own company or member of staff is not reminded",
    ),
    ("host.level-already-done", "this level was done on {0}"),
    (
        "host.several-currencies",
        "one message cannot ask for items in several currencies",
    ),
    ("host.already-contacted-today", "already contacted today"),
    (
        "host.one-conversation",
        "another message goes to this debtor today",
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
        for (code, text) in HOST {
            phrases.0.insert(("en".into(), code.into()), text.into());
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
        let mut text = self.word(language, &reason.code);
        for (place, argument) in reason.arguments.iter().enumerate() {
            // Untrusted values are put in after the place is found, and never searched again for places.
            text = fill(&text, place, &told(language, argument, &item));
        }
        text
    }
}

fn fill(text: &str, place: usize, value: &str) -> String {
    let mark = format!("{{{place}}}");
    match text.split_once(&mark) {
        Some((before, after)) => format!("{before}{}{after}", value.replace(['{', '}'], "")),
        None => text.to_owned(),
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
    fn a_code_without_words_is_shown_as_it_is() {
        let reason = Reason {
            code: "unheard-of".into(),
            arguments: vec![],
        };
        assert_eq!(phrases().say(Language::Nl, &reason, |_| None), "unheard-of");
    }
}
