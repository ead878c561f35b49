//! Makes one debtor: a plausible, plainly fictional contact with a character and a way of buying.

use super::character::Character;
use super::model::{Buys, Debtor, Hidden, Stamps};
use super::names::{BRANCH, FIRST, GROUP, LAST_BE, LAST_NL, STREET, TOWN_BE, TOWN_NL, TRADE};
use super::numbers;
use chrono::NaiveDateTime;
use rand::{Rng, RngExt};

fn pick<T: Copy>(rng: &mut impl Rng, list: &[T], fallback: T) -> T {
    list.get(rng.random_range(0..list.len().max(1)))
        .copied()
        .unwrap_or(fallback)
}

fn character(rng: &mut impl Rng) -> Character {
    let mut draw = rng.random_range(0..1000);
    for (character, share) in Character::SHARES {
        if draw < share {
            return character;
        }
        draw -= share;
    }
    Character::Loyal
}

/// Where an administration is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    /// `NL` or `BE`.
    pub(crate) country: String,
    /// Ends the name of each domain, so that administrations of one server share no address.
    pub(crate) tag: String,
}

/// One debtor with everything but its id and notes.
pub(super) fn person(
    rng: &mut impl Rng,
    id: u64,
    number: usize,
    home: &Home,
    since: NaiveDateTime,
) -> Debtor {
    let character = character(rng);
    // a sixth of the customers live across the border
    let belgian = (home.country == "BE") != rng.random_ratio(1, 6);
    let firstname = pick(rng, FIRST, "Anna").to_owned();
    let lastname = if belgian {
        pick(rng, LAST_BE, "Maes")
    } else {
        pick(rng, LAST_NL, "Bakker")
    }
    .to_owned();
    let private = character == Character::Consumer
        || matches!(
            character,
            Character::CannotPay | Character::WillNotPay | Character::Forgetter
        ) && rng.random_ratio(1, 6);
    let company_name = (!private).then(|| company(rng, character, &firstname, &lastname, belgian));
    let (city, zipcode) = town(rng, belgian);
    let (tax_number, chamber_of_commerce) = registered(rng, private, belgian);
    Debtor {
        id,
        number,
        email: email(rng, number, home, company_name.as_deref(), &firstname, &lastname),
        company_name,
        address: format!(
            "{} {}",
            pick(rng, STREET, "Dorpsstraat"),
            rng.random_range(1..240)
        ),
        zipcode,
        city,
        country: if belgian { "BE" } else { "NL" },
        phone: rng.random_ratio(9, 10).then(|| phone(rng, belgian)),
        tax_number,
        chamber_of_commerce,
        iban: if belgian {
            numbers::iban_be(rng)
        } else {
            numbers::iban_nl(rng)
        },
        firstname,
        lastname,
        stamps: Stamps::new(since),
        notes: Vec::new(),
        buys: buys(rng, character, private),
        hidden: Hidden {
            character,
            annoyed: 0,
            last_touch: None,
        },
        open: Vec::new(),
        invoiced: 0,
    }
}

fn company(rng: &mut impl Rng, character: Character, first: &str, last: &str, belgian: bool) -> String {
    let trade = pick(rng, TRADE, "Adviesbureau");
    match character {
        Character::Multinational => {
            format!(
                "{} {} {}",
                pick(rng, GROUP, "Norvanta"),
                pick(rng, BRANCH, "Services"),
                if belgian { "NV" } else { "B.V." }
            )
        }
        Character::SoleTrader => format!("{trade} {first} {last}"),
        _ => {
            let form = if belgian {
                pick(rng, &["BV", "NV", "VOF"], "BV")
            } else {
                pick(rng, &["B.V.", "B.V.", "V.O.F."], "B.V.")
            };
            format!("{trade} {last} {form}")
        }
    }
}

fn town(rng: &mut impl Rng, belgian: bool) -> (String, String) {
    if belgian {
        let (city, postcode) = pick(rng, TOWN_BE, ("Gent", 9000));
        return (city.to_owned(), postcode.to_string());
    }
    let (city, digits) = pick(rng, TOWN_NL, ("Utrecht", 3511));
    let letters: String = (0..2)
        .map(|_| pick(rng, &['A', 'B', 'C', 'D', 'E', 'G', 'H', 'K', 'L', 'N'], 'A'))
        .collect();
    (
        city.to_owned(),
        format!("{} {letters}", digits + rng.random_range(0..30)),
    )
}

fn registered(rng: &mut impl Rng, private: bool, belgian: bool) -> (Option<String>, Option<String>) {
    if private {
        return (None, None);
    }
    if belgian {
        let enterprise = numbers::enterprise_be(rng);
        return (Some(format!("BE{enterprise}")), Some(enterprise));
    }
    (Some(numbers::vat_nl(rng)), Some(numbers::kvk(rng)))
}

fn phone(rng: &mut impl Rng, belgian: bool) -> String {
    let line = rng.random_range(0..10_000);
    if belgian {
        format!("+32 2 000 {:02} {:02}", line / 100, line % 100)
    } else {
        format!("+31 85 000 {line:04}")
    }
}

/// An address below `.example`, sometimes none, sometimes one that no mail can reach.
fn email(
    rng: &mut impl Rng,
    number: usize,
    home: &Home,
    company: Option<&str>,
    first: &str,
    last: &str,
) -> Option<String> {
    let kind = rng.random_range(0..1000);
    if kind < 40 {
        return None;
    }
    if kind < 60 {
        return Some(format!("{}(at){}", slug(first), slug(last)));
    }
    let tag = &home.tag;
    Some(match company {
        Some(name) => {
            let desk = pick(rng, &["administratie", "facturen", "info", "crediteuren"], "info");
            format!("{desk}@{}{number}{tag}.example", slug(name))
        }
        None => format!("{}.{}{number}@post{tag}.example", slug(first), slug(last)),
    })
}

/// Letters and digits only, lower case, without accents.
pub(super) fn slug(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'ë' | 'è' | 'é' => 'e',
            other => other,
        })
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

fn buys(rng: &mut impl Rng, character: Character, private: bool) -> Buys {
    let (every, cents, terms): ((u32, u32), (i64, i64), &[u32]) = match character {
        _ if private => ((55, 240), (4_000, 120_000), &[14]),
        Character::Multinational => ((9, 25), (180_000, 3_000_000), &[30, 45, 60]),
        Character::SoleTrader => ((35, 110), (7_500, 240_000), &[14, 30]),
        _ => ((18, 75), (12_000, 620_000), &[14, 14, 30, 30, 30, 45]),
    };
    let low = rng.random_range(cents.0..cents.0 * 4);
    Buys {
        every: rng.random_range(every.0..=every.1),
        cents: (low, rng.random_range(low + 1_000..cents.1.max(low + 2_000))),
        term: pick(rng, terms, 30),
        vat: if rng.random_ratio(1, 12) { 9 } else { 21 },
    }
}
