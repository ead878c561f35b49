//! The table of what each platform can do, as the suite found it. Nothing in it is written by hand: run the tests with
//! `MAAN_WRITE_CONFORMANCE=1` to write what they found.

use std::collections::BTreeMap;
use std::path::PathBuf;

use maan_connectors::CONNECTORS;

const HEAD: &str = "# What the connectors do\n\n\
    Found by the conformance suite (`connectors/tests/connectors/conformance`): one administration is served in the \
    dialect of each platform, and each connector must find the same facts in it. Do not edit; run the suite with \
    `MAAN_WRITE_CONFORMANCE=1`.\n";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("conformance")
}

/// Writes what was found of a platform, or compares it with what is written.
pub(super) fn written(word: &str, found: &[(String, String)]) {
    let lines: Vec<String> = found
        .iter()
        .map(|(case, told)| format!("{case}\t{told}\n"))
        .collect();
    same(folder().join(format!("{word}.tsv")), &lines.concat());
}

fn same(file: PathBuf, text: &str) {
    if std::env::var_os("MAAN_WRITE_CONFORMANCE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        return;
    }
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        before,
        text,
        "{} is not what was found; run the tests with MAAN_WRITE_CONFORMANCE=1",
        file.display()
    );
}

/// Reasons stand below the table, once each.
#[test]
fn the_table_is_what_was_found() {
    let mut cases: Vec<String> = Vec::new();
    let mut found: BTreeMap<(String, &str), String> = BTreeMap::new();
    for connector in CONNECTORS {
        let text =
            std::fs::read_to_string(folder().join(format!("{}.tsv", connector.word))).unwrap_or_default();
        for line in text.lines() {
            let (case, told) = line.split_once('\t').unwrap();
            if !cases.iter().any(|other| other == case) {
                cases.push(case.to_owned());
            }
            found.insert((case.to_owned(), connector.word), told.to_owned());
        }
    }
    let mut table = HEAD.to_owned();
    let names: Vec<&str> = CONNECTORS.iter().map(|one| one.name).collect();
    table.push_str(&format!(
        "\n| | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    ));
    let mut notes: Vec<String> = Vec::new();
    for case in &cases {
        let cells: Vec<String> = CONNECTORS
            .iter()
            .map(|connector| cell(found.get(&(case.clone(), connector.word)), &mut notes))
            .collect();
        table.push_str(&format!("| {case} | {} |\n", cells.join(" | ")));
    }
    table.push('\n');
    for (ix, note) in notes.iter().enumerate() {
        table.push_str(&format!("{}. {note}\n", ix + 1));
    }
    same(
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/conformance.md"),
        &table,
    );
}

fn cell(told: Option<&String>, notes: &mut Vec<String>) -> String {
    let Some(told) = told else {
        return "not tried".to_owned();
    };
    let (word, note) = match told.split_once(": ") {
        Some(("no", reason)) => ("no", reason),
        _ if told.chars().count() > 40 => ("see", told.as_str()),
        _ => return told.clone(),
    };
    let at = notes.iter().position(|other| other == note).unwrap_or_else(|| {
        notes.push(note.to_owned());
        notes.len() - 1
    });
    format!("{word} ({})", at + 1)
}
