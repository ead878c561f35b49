use super::*;
use std::collections::BTreeSet;

#[test]
fn every_code_in_the_source_has_a_text_in_four_languages() {
    let texts = maan_policy_statute::describe().texts;
    let mut sources = String::new();
    read(
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut sources,
    );
    let mut codes = BTreeSet::new();
    for mark in ["reason!(\"", "code: \"", "            \"stop-"] {
        for part in sources.split(mark).skip(1) {
            let code = part.split('"').next().unwrap();
            codes.insert(if mark.contains("stop-") {
                format!("stop-{code}")
            } else {
                code.to_owned()
            });
        }
    }
    codes.extend(
        [
            "hand-over-before-term-ends",
            "hand-over-without-letter",
            "nothing-overdue",
            "plan-without-charges",
            "limitation-passed",
            "limitation-near",
            "limitation-near-court",
            "payments-imputed",
            "payments-to-interest",
            "payments-to-principal",
            "interest-agreed",
            "old-contract-lower-rate",
            "lump-sum-by-directive",
            "national-law-unknown",
            "be-reminder-content",
            "be-number-missing",
            "be-term",
            "be-indemnity",
            "be-enterprise-number",
        ]
        .map(String::from),
    );
    assert!(codes.len() > 60, "{codes:?}");
    for code in codes {
        for language in ["nl", "en", "de", "fr"] {
            let found = texts
                .iter()
                .filter(|text| text.code == code && text.language == language)
                .count();
            assert_eq!(found, 1, "{code} in {language}");
        }
    }
}

fn read(folder: &std::path::Path, sources: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else {
            sources.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_languages_agree_on_the_arguments() {
    let texts = maan_policy_statute::describe().texts;
    for text in &texts {
        let others = texts.iter().filter(|other| other.code == text.code);
        for other in others {
            for argument in ["{0}", "{1}", "{2}"] {
                assert_eq!(
                    text.text.contains(argument),
                    other.text.contains(argument),
                    "{}",
                    text.code
                );
            }
        }
    }
}

#[test]
fn the_preset_and_nothing_at_all_are_accepted() {
    let description = maan_policy_statute::describe();
    assert_eq!(description.presets[0].name, "default");
    assert!(DefaultStatute::configure(&description.presets[0].settings).is_ok());
    assert!(DefaultStatute::configure("").is_ok());
    let schema: serde_json::Value = serde_json::from_str(&description.slots[0].schema).unwrap();
    assert_eq!(schema["properties"]["delivery-margin-days"]["maximum"], 14);
}

#[test]
fn settings_that_do_not_fit_are_named() {
    let path = |json| DefaultStatute::configure(json).unwrap_err()[0].path.clone();
    assert_eq!(path(r#"{"delivery-margin-days": 15}"#), "/delivery-margin-days");
    assert_eq!(path(r#"{"interests": true}"#), "/interests");
    assert_eq!(path(r#"{"interest": "yes"}"#), "/interest");
}
