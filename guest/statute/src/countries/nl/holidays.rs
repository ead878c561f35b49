//! Public holidays: art. 3 Algemene termijnenwet. Good Friday is no public holiday there, but put on a par with
//! one. King's Day is kept on 26 April where the 27th is a Sunday. Every few years a decree puts some working days
//! on a par with holidays for terms.

use crate::calendar::{Day, date, day, easter, is_sunday, is_weekend};
use chrono::Datelike;

/// Days put on a par with a public holiday by decree (Besluiten gelijkstelling, latest for 2026 to 2028).
const EQUATED: [Day; 10] = [
    day(2023, 4, 28),
    day(2023, 5, 19),
    day(2024, 5, 10),
    day(2024, 12, 27),
    day(2025, 5, 30),
    day(2026, 1, 2),
    day(2026, 5, 15),
    day(2027, 5, 7),
    day(2028, 4, 28),
    day(2028, 5, 26),
];

/// Whether the day is a public holiday or on a par with one.
pub fn is_holiday(on: Day) -> bool {
    let date = date(on);
    let year = date.year();
    match (date.month(), date.day()) {
        (1, 1) | (5, 5) | (12, 25 | 26) => true,
        (4, 27) => !is_sunday(on),
        (4, 26) if is_sunday(day(year, 4, 27)) => true,
        // Good Friday to Whit Monday lie between 20 March and 14 June.
        (3..=6, _) => matches!(on - easter(year), -2 | 0 | 1 | 39 | 49 | 50),
        _ => false,
    }
}

/// Whether the day counts as a holiday for terms and contact: public holidays and days equated with them.
pub fn is_rest_day(on: Day) -> bool {
    is_holiday(on) || EQUATED.contains(&on)
}

/// The first day from `from` on that is neither Saturday, Sunday nor holiday (art. 1 Algemene termijnenwet).
pub fn working_day_from(from: Day) -> Day {
    let mut day = from;
    while is_weekend(day) || is_rest_day(day) {
        day += 1;
    }
    day
}

/// The first day from `from` on that is neither Sunday nor holiday.
pub fn contact_day_from(from: Day) -> Day {
    let mut day = from;
    while is_sunday(day) || is_rest_day(day) {
        day += 1;
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekday_holidays(year: i32) -> Vec<(u32, u32)> {
        (day(year, 1, 1)..day(year + 1, 1, 1))
            .filter(|on| is_holiday(*on) && *on != easter(year) && *on != easter(year) + 49)
            .map(|on| (date(on).month(), date(on).day()))
            .collect()
    }

    #[test]
    fn holidays_of_2026() {
        let expected = [
            (1, 1),
            (4, 3),
            (4, 6),
            (4, 27),
            (5, 5),
            (5, 14),
            (5, 25),
            (12, 25),
            (12, 26),
        ];
        assert_eq!(weekday_holidays(2026), expected);
    }

    #[test]
    fn kings_day_moves_to_saturday_when_the_27th_is_a_sunday() {
        assert!(is_holiday(day(2025, 4, 26)) && !is_holiday(day(2025, 4, 27)));
        assert!(is_holiday(day(2026, 4, 27)) && !is_holiday(day(2026, 4, 26)));
        assert!(is_holiday(day(2031, 4, 26)) && !is_holiday(day(2031, 4, 27)));
    }

    #[test]
    fn a_term_over_christmas_ends_on_the_first_working_day() {
        assert_eq!(working_day_from(day(2026, 12, 25)), day(2026, 12, 28));
        assert_eq!(working_day_from(day(2026, 4, 3)), day(2026, 4, 7));
        assert_eq!(working_day_from(day(2026, 5, 14)), day(2026, 5, 18));
        assert_eq!(contact_day_from(day(2026, 4, 26)), day(2026, 4, 28));
        assert_eq!(contact_day_from(day(2026, 11, 21)), day(2026, 11, 21));
    }
}
