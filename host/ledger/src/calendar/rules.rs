//! Public holidays by country. Rules say "Easter plus 39" as the laws do, so that no table runs out.

use chrono::NaiveDate;

use crate::{Country, Day};

/// The public holidays of a year, in order.
type Rules = fn(year: i32) -> Vec<Day>;

/// The rules of a country, where they are known.
pub(super) fn of(country: Country) -> Option<Rules> {
    match &country.packed().to_be_bytes() {
        b"NL" => Some(netherlands),
        b"BE" => Some(belgium),
        b"DE" => Some(germany),
        b"FR" => Some(france),
        b"LU" => Some(luxembourg),
        b"GB" => Some(england_and_wales),
        _ => None,
    }
}

/// Algemene termijnenwet, art. 3: the listed days and, equated with them, Good Friday. The King's birthday is
/// kept on 27 April, on the 26th when that is a Sunday.
fn netherlands(year: i32) -> Vec<Day> {
    let kings_day = on(year, 4, 27);
    let kings_day = if kings_day.is_sunday() {
        kings_day.plus(-1)
    } else {
        kings_day
    };
    let fixed = [(1, 1), (5, 5), (12, 25), (12, 26)];
    in_order(year, &fixed, &[-2, 1, 39, 50], &[kings_day])
}

/// Royal decree of 18 April 1974 on the law of 4 January 1974 about public holidays, art. 1: ten days.
fn belgium(year: i32) -> Vec<Day> {
    let fixed = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)];
    in_order(year, &fixed, &[1, 39, 50], &[])
}

/// The holidays that all Länder have by their own laws, and 3 October by the Einigungsvertrag, art. 2 (2).
fn germany(year: i32) -> Vec<Day> {
    let fixed = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)];
    in_order(year, &fixed, &[-2, 1, 39, 50], &[])
}

/// Code du travail, art. L3133-1.
fn france(year: i32) -> Vec<Day> {
    let fixed = [
        (1, 1),
        (5, 1),
        (5, 8),
        (7, 14),
        (8, 15),
        (11, 1),
        (11, 11),
        (12, 25),
    ];
    in_order(year, &fixed, &[1, 39, 50], &[])
}

/// Code du travail, art. L. 232-2, with Europe Day since 2019.
fn luxembourg(year: i32) -> Vec<Day> {
    let fixed = [
        (1, 1),
        (5, 1),
        (5, 9),
        (6, 23),
        (8, 15),
        (11, 1),
        (12, 25),
        (12, 26),
    ];
    in_order(year, &fixed, &[1, 39, 50], &[])
}

/// Banking and Financial Dealings Act 1971, schedule 1, with the days that proclamations add each year, and
/// Good Friday and Christmas Day by common law. What falls on a weekend has a substitute on the next weekday
/// that is free.
fn england_and_wales(year: i32) -> Vec<Day> {
    let early_may = first_monday(on(year, 5, 1));
    let spring = first_monday(on(year, 5, 25));
    let summer = first_monday(on(year, 8, 25));
    let mut days = in_order(
        year,
        &[(1, 1), (12, 25), (12, 26)],
        &[-2, 1],
        &[early_may, spring, summer],
    );
    for [from, to] in MOVED.map(|dates| dates.map(of_date)) {
        days.iter_mut()
            .filter(|day| **day == from)
            .for_each(|day| *day = to);
    }
    days.extend(ADDED.map(of_date).into_iter().filter(|day| day.year() == year));
    for day in days.clone().into_iter().filter(|day| day.is_weekend()) {
        let mut substitute = day.plus(1);
        while substitute.is_weekend() || days.contains(&substitute) {
            substitute = substitute.plus(1);
        }
        days.push(substitute);
    }
    days.sort_unstable();
    days
}

/// Bank holidays that a proclamation moved: for 75 years after the war, and for the Platinum Jubilee.
const MOVED: [[Date; 2]; 2] = [[(2020, 5, 4), (2020, 5, 8)], [(2022, 5, 30), (2022, 6, 2)]];

/// Bank holidays that a proclamation added: Platinum Jubilee, state funeral, coronation.
const ADDED: [Date; 3] = [(2022, 6, 3), (2022, 9, 19), (2023, 5, 8)];

/// Year, month and day.
type Date = (i32, u32, u32);

fn in_order(year: i32, fixed: &[(u32, u32)], after_easter: &[i32], others: &[Day]) -> Vec<Day> {
    let easter = easter(year);
    let fixed = fixed.iter().map(|(month, day)| on(year, *month, *day));
    let moving = after_easter.iter().map(|days| easter.plus(*days));
    let mut days: Vec<Day> = fixed.chain(moving).chain(others.iter().copied()).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn first_monday(from: Day) -> Day {
    from.plus((4 - from.0).rem_euclid(7))
}

fn of_date((year, month, day): Date) -> Day {
    on(year, month, day)
}

fn on(year: i32, month: u32, day: u32) -> Day {
    Day::from_date(NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default())
}

/// Easter Sunday in the Gregorian calendar, by the method that Meeus gives after Butcher's Ecclesiastical
/// Calendar.
fn easter(year: i32) -> Day {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let exception = (golden + 11 * epact + 19 * weekday) / 433;
    on(year, 3, 22).plus(epact + weekday - 7 * exception)
}
