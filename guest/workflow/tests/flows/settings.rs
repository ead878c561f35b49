//! Settings, presets and the blocks of text that fit them.

use crate::common::preset;
use maan_policy::Workflow;
use maan_policy_workflow::{DefaultWorkflow, describe};

#[test]
fn every_preset_is_accepted_by_its_own_policy() {
    let names: Vec<_> = describe()
        .presets
        .iter()
        .map(|preset| preset.name.clone())
        .collect();
    assert_eq!(
        names,
        [
            "strict",
            "process",
            "process-30",
            "result",
            "proactive",
            "personal"
        ]
    );
    for preset in describe().presets {
        DefaultWorkflow::configure(&preset.settings).unwrap();
    }
    assert!(DefaultWorkflow::configure("{}").is_ok());
}

#[test]
fn a_level_twice_or_downwards_is_refused_with_its_place() {
    let json = r#"{"steps":[
        {"level":"call-1","when":{"after-due":3},"automation":"person"},
        {"level":"reminder-1","when":{"after-due":6},"automation":"automatic"}]}"#;
    assert_eq!(
        DefaultWorkflow::configure(json).unwrap_err()[0].path,
        "/steps/1/level"
    );
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let path = |json: &str| DefaultWorkflow::configure(json).unwrap_err()[0].path.clone();
    let step = |level: &str, when: &str, more: &str| {
        format!(r#"{{"steps":[{{"level":"{level}","when":{when},"automation":"automatic"{more}}}]}}"#)
    };
    assert_eq!(path(&step("notice-1", r#"{"after-due":1}"#, "")), "/steps/0/when");
    assert_eq!(
        path(&step("reminder-1", r#"{"before-due":1}"#, "")),
        "/steps/0/when"
    );
    assert_eq!(
        path(&step("reminder-1", r#"{"after-due":-1}"#, "")),
        "/steps/0/when/after-due"
    );
    assert_eq!(
        path(&step("reminder-9", r#"{"after-due":1}"#, "")),
        "/steps/0/level"
    );
    assert_eq!(
        path(&step(
            "reminder-1",
            r#"{"after-due":1}"#,
            r#","announces_next":true"#
        )),
        "/steps/0/announces_next"
    );
    assert_eq!(path(r#"{"minimum_amount":"5,00"}"#), "/minimum_amount");
    assert_eq!(path(r#"{"minimum_intervall":3}"#), "/minimum_intervall");
    assert_eq!(path(r#"{"hours":{"from":600,"to":500}}"#), "/hours");
}

#[test]
fn a_step_that_speaks_of_earlier_ones_needs_them() {
    let refused = |levels: &[&str]| {
        let step = |level: &&str| {
            let when = if level.starts_with("notice") {
                "before-due"
            } else {
                "after-due"
            };
            format!(r#"{{"level":"{level}","when":{{"{when}":9}},"automation":"person"}}"#)
        };
        let steps: Vec<_> = levels.iter().map(step).collect();
        let settings = format!(r#"{{"steps":[{}]}}"#, steps.join(","));
        let problems = DefaultWorkflow::configure(&settings).err().unwrap_or_default();
        let told = |problem: &maan_policy::types::Problem| (problem.path.clone(), problem.message.clone());
        problems.iter().map(told).collect::<Vec<_>>()
    };
    for (levels, place, missing) in [
        (&["reminder-2"][..], "/steps/0/level", "reminder-1"),
        (&["notice-1", "reminder-2"], "/steps/1/level", "reminder-1"),
        (&["last-reminder", "hand-over"], "/steps/0/level", "call-1"),
        (&["notice-1", "last-reminder"], "/steps/1/level", "reminder-1"),
        (&["reminder-1", "reminder-3"], "/steps/1/level", "reminder-2"),
    ] {
        let problems = refused(levels);
        assert_eq!(problems.len(), 1, "{levels:?}: {problems:?}");
        assert_eq!(problems[0].0, place);
        assert!(problems[0].1.contains(missing), "{levels:?}: {problems:?}");
    }
    for levels in [
        &["reminder-1", "reminder-2", "reminder-3", "last-reminder"][..],
        &["call-1", "last-reminder"],
        &["call-2", "last-reminder", "hand-over"],
        &["reminder-1", "last-reminder"],
        &["formal-notice", "hand-over"],
    ] {
        assert_eq!(refused(levels), [], "{levels:?}");
    }
}

#[test]
fn prev_3_the_clause_says_what_the_flow_does_in_four_languages() {
    let policy = preset("process", |settings| settings.clause.term_days = 21);
    for (language, expected) in [
        ("nl", "21 dagen"),
        ("en", "21 days"),
        ("de", "21 Tagen"),
        ("fr", "21 jours"),
    ] {
        let block = policy.terms_clause(language);
        assert_eq!(block.language, language);
        assert!(
            block.text.contains(expected) && block.text.contains("14"),
            "{}",
            block.text
        );
        assert!(!block.text.contains('{'), "{}", block.text);
    }
    assert_eq!(policy.terms_clause("nl-BE").language, "nl");
    assert_eq!(policy.terms_clause("pl").language, "en");
}

#[test]
fn prev_4_the_newsletter_speaks_to_the_segment() {
    let policy = preset("strict", |_| {});
    assert_ne!(
        policy.newsletter_block("nl", "slow-payer"),
        policy.newsletter_block("nl", "good-payer")
    );
    assert_eq!(policy.newsletter_block("de", "good-payer").language, "de");
}
