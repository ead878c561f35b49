//! Every story of the default policies holds, and fails where it must; the table of requirements is up to date.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Runs `maan policy test` in a folder without an installation.
fn policy_test(stories: &Path, more: &[&str]) -> (Output, Value) {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_maan"))
        .args(["policy", "test", "--json"])
        .arg(stories)
        .args(more)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let answer = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (output, answer)
}

/// What is wrong with each story that does not pass, for a person.
fn failures(answer: &Value) -> Vec<String> {
    let stories = answer["stories"].as_array().unwrap();
    let failed = stories.iter().filter(|story| story["passed"] != true);
    let told = |story: &Value| {
        let parts = ["problem", "misses", "too_weak"].map(|part| story[part].to_string());
        format!("{}: {}", story["file"], parts.join(" "))
    };
    failed.map(told).collect()
}

#[test]
fn every_story_holds_and_every_requirement_has_one_or_is_said_to_have_none_yet() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.md");
    let (output, answer) = policy_test(&root().join("scenarios"), &["--table", table.to_str().unwrap()]);
    assert!(
        answer.is_object(),
        "no answer: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let coverage = &answer["coverage"];
    let none = serde_json::json!([]);
    assert_eq!(coverage["missing"], none, "requirements without a story");
    assert_eq!(coverage["unknown"], none, "ids of no requirement");
    assert_eq!(
        coverage["shown_already"], none,
        "take these off `not_yet` in scenarios/requirements.toml"
    );
    let kept = std::fs::read_to_string(root().join("docs/scenarios.md")).unwrap();
    let fresh = std::fs::read_to_string(table).unwrap();
    assert_eq!(
        kept, fresh,
        "run `maan policy test scenarios --table docs/scenarios.md`"
    );
    let failures = failures(&answer);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(output.status.success());
}

/// A story that expects one reminder, with what the test changes.
fn story(folder: &Path, expect: &str, without: &str) -> PathBuf {
    let text = format!(
        r#"id = "FLOW-2"
title = "A reminder"
policy = "workflow"
preset = "strict"
begin = 2026-05-03
end = 2026-06-12

[[fact]]
on = 2026-05-03
what = "invoice"
number = "2026-001"
amount = "1210.00"
due = 2026-06-02
{expect}
{without}
"#
    );
    let file = folder.join("FLOW-2-here.toml");
    std::fs::write(&file, text).unwrap();
    file
}

const REMINDER: &str = "[[expect]]\non = 2026-06-05\nwhat = 'message'\nlevel = 'reminder-1'\n";
const NO_REMINDER: &str =
    "[[without]]\nname = 'no reminder'\npolicy = 'workflow'\nremove = ['/steps/level=reminder-1']\n";

#[test]
fn a_story_that_is_not_so_is_told_with_its_difference() {
    let folder = tempfile::tempdir().unwrap();
    let firm = format!("{REMINDER}tone = 'firm'\n");
    let (output, answer) = policy_test(&story(folder.path(), &firm, NO_REMINDER), &[]);
    assert_eq!(output.status.code(), Some(6));
    let found = answer["stories"][0]["misses"][0]["found"].to_string();
    assert!(found.contains("tone is") && found.contains("not firm"), "{found}");
}

#[test]
fn a_story_that_a_lazy_policy_passes_is_too_weak() {
    let folder = tempfile::tempdir().unwrap();
    let silence = "[[expect]]\non = 2026-05-10\nwhat = 'rest'\n";
    let (output, answer) = policy_test(&story(folder.path(), silence, NO_REMINDER), &[]);
    assert_eq!(output.status.code(), Some(6));
    let weak = answer["stories"][0]["too_weak"].to_string();
    assert!(weak.contains("workflow policy that does nothing"), "{weak}");
}

#[test]
fn a_story_that_holds_without_its_rule_is_too_weak() {
    let folder = tempfile::tempdir().unwrap();
    let other = NO_REMINDER.replace("reminder-1", "reminder-2");
    let (output, answer) = policy_test(&story(folder.path(), REMINDER, &other), &[]);
    assert_eq!(output.status.code(), Some(6));
    let weak = answer["stories"][0]["too_weak"].to_string();
    assert!(weak.contains("rule switched off"), "{weak}");
}

#[test]
fn a_file_that_is_no_story_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = format!("{REMINDER}tune = 'firm'\n");
    let (output, _) = policy_test(&story(folder.path(), &wrong, NO_REMINDER), &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        told.contains("FLOW-2-here.toml") && told.contains("tune"),
        "{told}"
    );
}
