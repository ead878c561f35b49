//! `maan charges`: the law's answer on one debt, as a person and as a program ask for it.

use std::process::{Command, Output};

use serde_json::Value;

fn charges(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_maan"))
        .arg("charges")
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn answer(arguments: &[&str]) -> Value {
    let output = charges(&[arguments, &["--json"]].concat());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn cents(amount: &Value) -> i64 {
    let text = amount.as_str().unwrap();
    let (whole, part) = text.split_once('.').unwrap();
    assert_eq!(part.len(), 2, "{text}");
    format!("{whole}{part}").parse().unwrap()
}

const CONSUMER: [&str; 10] = [
    "--country",
    "NL",
    "--debtor",
    "consumer",
    "--principal",
    "1000.00",
    "--due",
    "2024-03-14",
    "--on",
    "2026-02-17",
];

#[test]
fn the_answer_has_every_field_and_adds_up() {
    let with_letter = [
        "--letter",
        "2024-04-02",
        "--by",
        "post",
        "--payment",
        "2025-01-10:250.00",
    ];
    let answer = answer(&[CONSUMER.as_slice(), &with_letter].concat());
    let mut fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
    fields.sort_unstable();
    let mut all = [
        "currency",
        "principal",
        "costs",
        "interest",
        "lump_sum",
        "total",
        "last_day",
        "segments",
        "articles",
        "warnings",
    ];
    all.sort_unstable();
    assert_eq!(fields, all);
    assert_eq!(answer["currency"], "EUR");
    assert_eq!(answer["principal"], "1000.00");
    let sums = ["costs", "interest", "lump_sum"].map(|field| cents(&answer[field]));
    assert_eq!(
        cents(&answer["total"]),
        100_000 - 25_000 + sums.iter().sum::<i64>()
    );
    let segments = answer["segments"].as_array().unwrap();
    let interest: i64 = segments.iter().map(|segment| cents(&segment["interest"])).sum();
    assert_eq!(cents(&answer["interest"]), interest);
    for pair in segments.windows(2) {
        assert_eq!(
            pair[0]["to"], pair[1]["from"],
            "no day is counted twice or left out"
        );
    }
    assert!(answer["articles"][0].as_str().unwrap().contains("6:96"));
}

#[test]
fn without_a_letter_the_costs_are_those_that_a_correct_one_announces() {
    let before = answer(&CONSUMER);
    let after = answer(&[CONSUMER.as_slice(), &["--letter", "2024-04-02"]].concat());
    assert_eq!(
        (&before["costs"], &after["costs"]),
        (&Value::from("150.00"), &Value::from("150.00"))
    );
    // Tuesday 2 April, presumed there on Thursday; fourteen days from the day after it.
    assert_eq!(after["last_day"], "2024-04-18");
}

#[test]
fn what_cannot_be_reckoned_with_is_told() {
    let but = |field: &str, value: &str| {
        let mut arguments = CONSUMER.map(str::to_owned);
        let place = arguments.iter().position(|argument| argument == field).unwrap();
        arguments[place + 1] = value.to_owned();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = charges(&arguments);
        assert!(!output.status.success(), "{field} {value}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(but("--debtor", "alien").contains("sole-trader"));
    assert!(but("--principal", "1000.005").contains("more digits"));
    assert!(but("--principal", "0").contains("more than nothing"));
    assert!(but("--due", "2024-02-30").contains("--due"));
    assert!(but("--country", "Holland").contains("two letters"));
}

#[test]
fn the_help_tells_of_every_option() {
    let output = charges(&["--help"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    for word in [
        "--country",
        "--debtor",
        "--principal",
        "--due",
        "--on",
        "--letter",
        "--by",
        "--payment",
        "--rate-kind",
        "--json",
        "last_day",
        "segments",
        "lump_sum",
    ] {
        assert!(told.contains(word), "{word}: {told}");
    }
}
