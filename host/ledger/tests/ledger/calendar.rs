use std::process::Command;

use maan_ledger::{Calendar, Country, Day};

use crate::support::day;

fn calendar(country: &str) -> Calendar {
    Calendar::new(Country::from_code(country))
}

/// Compares lines such as `NL 2026 01-01 04-03 …` with the rules and returns how many there were.
fn compare(lines: &str) -> usize {
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    let compared = lines.map(|line| {
        let mut words = line.split(' ');
        let (country, year) = (words.next().unwrap(), words.next().unwrap());
        let expected: Vec<Day> = words.map(|word| day(&format!("{year}-{word}"))).collect();
        assert!(expected.len() >= 8, "{line}");
        assert_eq!(
            calendar(country).public_holidays(year.parse().unwrap()),
            expected,
            "{country} {year}"
        );
    });
    compared.count()
}

#[test]
fn public_holidays_of_2020_to_2030_are_those_of_the_python_package() {
    assert_eq!(compare(include_str!("../data/public-holidays.txt")), 6 * 11);
}

/// Says on standard error when it could not compare.
#[test]
fn public_holidays_through_2060_are_those_of_the_python_package_where_it_is_installed() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/public_holidays.py");
    let present = Command::new("python3").args(["-c", "import holidays"]).output();
    if !present.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "SKIPPED: python3 with the package `holidays` is not installed; the stored days are compared"
        );
        return;
    }
    let output = Command::new("python3")
        .args([script, "2020", "2060"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(compare(&String::from_utf8(output.stdout).unwrap()), 6 * 41);
}

#[test]
fn kings_day_is_a_day_earlier_when_it_would_be_a_sunday() {
    let netherlands = calendar("NL");
    assert!(
        netherlands.is_public_holiday(day("2025-04-26")) && !netherlands.is_public_holiday(day("2025-04-27"))
    );
    assert!(netherlands.is_public_holiday(day("2026-04-27")));
}

#[test]
fn english_holidays_on_a_weekend_have_a_substitute() {
    let england = calendar("GB");
    for substitute in [
        "2021-12-27",
        "2021-12-28",
        "2022-01-03",
        "2022-12-27",
        "2026-12-28",
    ] {
        assert!(!england.is_working_day(day(substitute)), "{substitute}");
    }
    assert!(england.is_working_day(day("2026-12-29")));
}

#[test]
fn english_holidays_that_were_moved_or_added_once_are_known() {
    let england = calendar("GB");
    for off in [
        "2020-05-08",
        "2022-06-02",
        "2022-06-03",
        "2022-09-19",
        "2023-05-08",
    ] {
        assert!(!england.is_working_day(day(off)), "{off}");
    }
    assert!(england.is_working_day(day("2020-05-04")) && england.is_working_day(day("2022-05-30")));
}

#[test]
fn working_days_are_counted_over_weekends_and_holidays() {
    let netherlands = calendar("NL");
    let count = |from, days| netherlands.add_working_days(day(from), days);
    assert_eq!(
        count("2026-04-02", 1),
        day("2026-04-07"),
        "over Good Friday and Easter"
    );
    assert_eq!(count("2026-04-07", -1), day("2026-04-02"));
    assert_eq!(count("2026-04-04", 0), day("2026-04-07"));
    assert_eq!(count("2026-04-08", 0), day("2026-04-08"));
    assert_eq!(count("2026-12-24", 2), day("2026-12-29"));
    let belgium = calendar("BE");
    assert_eq!(belgium.add_working_days(day("2026-11-19"), 3), day("2026-11-24"));
}

#[test]
fn closed_days_are_no_working_days() {
    let shut = calendar("NL").with_closed([day("2026-11-24"), day("2026-11-23"), day("2026-11-23")]);
    assert_eq!(shut.next_working_day(day("2026-11-21")), day("2026-11-25"));
    assert_eq!(
        shut.non_working_days(day("2026-11-20"), day("2026-11-28")),
        [
            "2026-11-21",
            "2026-11-22",
            "2026-11-23",
            "2026-11-24",
            "2026-11-28"
        ]
        .map(day)
    );
}

#[test]
fn where_holidays_are_not_known_only_weekends_are_off_and_that_can_be_asked() {
    let elsewhere = calendar("US");
    assert!(!elsewhere.knows_holidays() && calendar("LU").knows_holidays());
    assert!(elsewhere.is_working_day(day("2026-12-25")));
    assert!(!elsewhere.is_working_day(day("2026-12-26")));
}

#[test]
fn counting_ends_at_the_days_that_facts_may_name() {
    let netherlands = calendar("NL");
    assert!(netherlands.add_working_days(Day::MAX, i32::MAX) >= Day::MAX);
    assert!(netherlands.add_working_days(Day::MIN, i32::MIN) <= Day::MIN);
    assert_eq!(netherlands.next_working_day(Day(i32::MAX)), Day(i32::MAX));
    assert!(
        netherlands
            .non_working_days(day("2026-02-02"), day("2026-02-01"))
            .is_empty()
    );
}
