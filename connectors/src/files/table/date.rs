//! Dates as people and programs write them.

use chrono::NaiveDate;
use maan_ledger::Day;

use super::forms::DateOrder;

/// Names of the months by their first letters, in Dutch, English, German and French.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "fév", "fev"],
    &["mrt", "maa", "mar", "mär", "mrz"],
    &["apr", "avr"],
    &["mei", "may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["dec", "dez", "déc"],
];

/// The day in a text; none when it is not one in this order. A time of day behind it is left out.
pub(super) fn read(text: &str, order: DateOrder) -> Option<Day> {
    let text = text.trim();
    let compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if compact {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return plausible(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    }
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' ', 'T', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third, rest @ ..] = parts.as_slice() else {
        return None;
    };
    if rest.iter().any(|part| !is_time(part)) {
        return None;
    }
    if let Some(month) = month_named(second) {
        return plausible(year(third)?, month, number(first, 2)?);
    }
    if let Some(month) = month_named(first) {
        return plausible(year(third)?, month, number(second, 2)?);
    }
    if first.len() == 4 {
        return plausible(number(first, 4)?, number(second, 2)?, number(third, 2)?);
    }
    match order {
        DateOrder::DayFirst => plausible(year(third)?, number(second, 2)?, number(first, 2)?),
        DateOrder::MonthFirst => plausible(year(third)?, number(first, 2)?, number(second, 2)?),
        DateOrder::YearFirst if first.len() == 2 => {
            plausible(year(first)?, number(second, 2)?, number(third, 2)?)
        }
        DateOrder::YearFirst => None,
    }
}

/// A day of a serial number of a workbook, counted from 1899-12-30; those of 1904 are given with their offset.
pub(super) fn of_serial(serial: f64, from_1904: bool) -> Option<Day> {
    let offset = if from_1904 { 24_107.0 } else { 25_569.0 }; // days up to 1970-01-01
    let day = (serial.floor() - offset) as i32;
    Some(Day(day)).filter(|day| serial.is_finite() && day.is_plausible())
}

fn number(text: &str, most: usize) -> Option<u32> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

/// A year of four digits, or of two in this century.
fn year(text: &str) -> Option<u32> {
    match text.len() {
        4 => number(text, 4),
        2 => number(text, 2).map(|year| 2000 + year),
        _ => None,
    }
}

fn month_named(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let named = |names: &&[&str]| names.iter().any(|name| text.starts_with(name));
    let found = MONTHS.iter().position(named)?;
    u32::try_from(found + 1).ok()
}

fn is_time(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ':' | 'Z' | '+' | 'A' | 'P' | 'M'))
}

fn plausible(year: u32, month: u32, day: u32) -> Option<Day> {
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some(Day::from_date(date)).filter(|day| day.is_plausible())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> [Option<String>; 3] {
        DateOrder::ALL.map(|order| read(text, order).map(|day| day.to_string()))
    }

    #[test]
    fn dates_are_read_in_their_own_order_only() {
        let some = |text: &str| Some(text.to_owned());
        let same = |text: &str| [some(text), some(text), some(text)];
        assert_eq!(all("2026-11-28"), same("2026-11-28"));
        assert_eq!(all("20261128"), same("2026-11-28"));
        assert_eq!(all("28 november 2026"), same("2026-11-28"));
        assert_eq!(all("Nov 28, 2026"), same("2026-11-28"));
        assert_eq!(all("3 mrt. 2026"), same("2026-03-03"));
        assert_eq!(all("2026-11-28T10:30:00Z"), same("2026-11-28"));
        assert_eq!(all("28-11-2026"), [some("2026-11-28"), None, None]);
        assert_eq!(all("11/28/2026 00:00:00"), [None, some("2026-11-28"), None]);
        assert_eq!(all("03-04-2026"), [some("2026-04-03"), some("2026-03-04"), None]);
        assert_eq!(all("26-11-28"), [some("2028-11-26"), None, some("2026-11-28")]);
        for text in [
            "",
            "31-02-2026",
            "0001-01-01",
            "9999-12-31",
            "28-11",
            "28-11-2026 maybe",
            "1.5",
        ] {
            assert_eq!(all(text), [None, None, None], "{text}");
        }
    }

    #[test]
    fn serial_numbers_of_a_workbook_are_days() {
        assert_eq!(of_serial(46_354.0, false).unwrap().to_string(), "2026-11-28");
        assert_eq!(of_serial(44_892.75, true).unwrap().to_string(), "2026-11-28");
        assert_eq!(of_serial(f64::NAN, false), None);
    }

    proptest! {
        #[test]
        fn a_day_that_is_written_is_read_again(days in Day::MIN.0..=Day::MAX.0, sign in prop::sample::select(vec!['-', '/', '.', ' '])) {
            let day = Day(days);
            let text = day.to_string();
            let (year, rest) = text.split_once('-').unwrap();
            let (month, date) = rest.split_once('-').unwrap();
            let written = [
                (DateOrder::DayFirst, format!("{date}{sign}{month}{sign}{year}")),
                (DateOrder::MonthFirst, format!("{month}{sign}{date}{sign}{year}")),
                (DateOrder::YearFirst, format!("{year}{sign}{month}{sign}{date}")),
            ];
            for (order, text) in written {
                prop_assert_eq!(read(&text, order), Some(day), "{}", text);
            }
        }

        #[test]
        fn no_text_ends_the_program(text in "\\PC{0,20}") {
            for order in DateOrder::ALL {
                let _ = read(&text, order);
            }
        }
    }
}
