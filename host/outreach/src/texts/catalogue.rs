//! The catalogues, one file per language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::TextError;
use crate::Language;

/// One text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) subject: String,
    pub(super) opening: String,
    #[serde(default)]
    pub(super) request: String,
    #[serde(default)]
    pub(super) remark: String,
}

/// What all texts of a language share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layout {
    pub(crate) salutation: String,
    pub(crate) columns: [String; 4],
    pub(crate) total: String,
    pub(crate) credits: String,
    pub(crate) costs: String,
    pub(crate) interest: String,
    pub(crate) withheld: String,
    pub(crate) how_to_pay: String,
    pub(crate) questions: String,
    pub(crate) closing: String,
    pub(crate) pay_online: String,
    /// Said of what else is asked in the same letter.
    pub(crate) also: String,
    /// Said in front of a copy of a letter.
    pub(crate) copy: String,
    pub(crate) copy_subject: String,
    pub(crate) announces: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    layout: Layout,
    texts: BTreeMap<String, Entry>,
}

type Read = Result<Catalogue, String>;

static NL: LazyLock<Read> = LazyLock::new(|| read(include_str!("../catalogue/nl.toml")));
static EN: LazyLock<Read> = LazyLock::new(|| read(include_str!("../catalogue/en.toml")));
static DE: LazyLock<Read> = LazyLock::new(|| read(include_str!("../catalogue/de.toml")));
static FR: LazyLock<Read> = LazyLock::new(|| read(include_str!("../catalogue/fr.toml")));

fn read(text: &str) -> Read {
    toml::from_str(text).map_err(|error| error.to_string())
}

fn catalogue(language: Language) -> Result<&'static Catalogue, TextError> {
    let read = match language {
        Language::Nl => &*NL,
        Language::En => &*EN,
        Language::De => &*DE,
        Language::Fr => &*FR,
    };
    read.as_ref().map_err(|error| TextError::Catalogue(error.clone()))
}

pub(super) fn layout(language: Language) -> Result<&'static Layout, TextError> {
    Ok(&catalogue(language)?.layout)
}

/// The text of a key; a tone that a level lacks falls back to `neutral`, and else to one that it has.
pub(super) fn entry(language: Language, key: &str) -> Result<&'static Entry, TextError> {
    let texts = &catalogue(language)?.texts;
    let level = key.split('.').next().unwrap_or(key);
    texts
        .get(key)
        .or_else(|| texts.get(&format!("{level}.neutral")))
        .or_else(|| any_tone(texts, level))
        .ok_or_else(|| TextError::Unknown {
            key: key.to_owned(),
            language: language.tag(),
        })
}

fn any_tone<'a>(texts: &'a BTreeMap<String, Entry>, level: &str) -> Option<&'a Entry> {
    let of_level = |key: &str| key.split_once('.').is_some_and(|(name, _)| name == level);
    texts
        .iter()
        .find_map(|(key, entry)| of_level(key).then_some(entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_texts() {
        let keys = |language| catalogue(language).unwrap().texts.keys().collect::<Vec<_>>();
        for language in [Language::En, Language::De, Language::Fr] {
            assert_eq!(keys(language), keys(Language::Nl), "{language:?}");
            let steps = |language| layout(language).unwrap().announces.keys().collect::<Vec<_>>();
            assert_eq!(steps(language), steps(Language::Nl), "{language:?}");
        }
    }
}
