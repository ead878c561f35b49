//! Checks of single fields.

use std::fmt::Display;

use serde::Serialize;

use crate::contract::{
    Argument, Context, Country, Currency, Day, Decimal, ItemIndex, Minor, PerMille, Reason,
};
use crate::size::size;

/// What is nonsense, and where.
#[derive(Debug)]
pub struct Nonsense {
    pub(crate) field: String,
    pub(crate) what: String,
}

pub(crate) type Checked = Result<(), Nonsense>;

/// Bytes of a code, a key or a name.
const CODE: usize = 200;
/// Bytes of a wording.
const WORDING: usize = 4_000;
/// Bytes of a diagnostic or a failure's message.
const DIAGNOSTIC: usize = 500;
/// Entries of a list that grows with nothing in the case, and those of one that grows with its items before these
/// are counted.
pub(super) const ENTRIES: usize = 40;
/// Bytes of an answer, those for each item not counted in. Answers are kept for good.
const BYTES: u64 = 16 * 1024;
/// Bytes that each item adds.
const BYTES_PER_ITEM: u64 = 512;
/// 1900-01-01 and 2200-01-01.
const CALENDAR: std::ops::Range<Day> = -25_567..84_006;
/// Ten years: further ahead nobody looks.
const HORIZON: Day = 3_653;
/// A year: within it something is done, or lapses.
const YEAR: Day = 366;

/// Puts `field` in front of the path of what went wrong inside it.
pub(super) fn within(field: &str, checked: Checked) -> Checked {
    checked.map_err(|inner| Nonsense {
        field: join(field, &inner.field),
        what: inner.what,
    })
}

fn join(outer: &str, inner: &str) -> String {
    if inner.is_empty() {
        outer.to_owned()
    } else {
        format!("{outer}/{inner}")
    }
}

pub(super) fn nonsense<T>(field: impl Into<String>, what: impl Into<String>) -> Result<T, Nonsense> {
    Err(Nonsense {
        field: field.into(),
        what: what.into(),
    })
}

/// The limits of the case at hand.
pub(super) struct Bounds {
    today: Day,
    items: usize,
}

impl Bounds {
    pub(super) fn new(context: &Context, items: usize) -> Self {
        Self {
            today: context.today,
            items,
        }
    }

    pub(super) fn day(&self, field: &str, day: Day) -> Checked {
        if CALENDAR.contains(&day) {
            Ok(())
        } else {
            nonsense(field, format!("day {day} is in no calendar"))
        }
    }

    /// Not before today, and within the horizon.
    pub(super) fn ahead(&self, field: &str, day: Day) -> Checked {
        if day < self.today {
            nonsense(field, format!("day {day} is before today, {}", self.today))
        } else if day > self.today.saturating_add(HORIZON) {
            nonsense(field, format!("day {day} is more than ten years ahead"))
        } else {
            Ok(())
        }
    }

    /// At most a year ago or ahead.
    pub(super) fn near(&self, field: &str, day: Day) -> Checked {
        let near = self.today.saturating_sub(YEAR)..=self.today.saturating_add(YEAR);
        if near.contains(&day) {
            Ok(())
        } else {
            nonsense(
                field,
                format!("day {day} is more than a year from today, {}", self.today),
            )
        }
    }

    /// Entries of a list that says something about each item, and of a general one.
    pub(super) fn entries(&self) -> usize {
        self.items.saturating_add(ENTRIES)
    }

    /// What is kept of an answer stays small. `parts` is how often it may say something about each item.
    pub(super) fn volume<T: Serialize>(&self, answer: &T, parts: usize) -> Checked {
        let per_item = BYTES_PER_ITEM.saturating_mul(self.items as u64);
        let most = BYTES.saturating_add(per_item).saturating_mul(parts as u64);
        at_most("size", size(answer), most, "bytes")
    }

    pub(super) fn item(&self, field: &str, item: ItemIndex) -> Checked {
        if (item as usize) < self.items {
            Ok(())
        } else {
            nonsense(
                field,
                format!("item {item} does not exist, the case has {}", self.items),
            )
        }
    }

    pub(super) fn reasons(&self, field: &str, reasons: &[Reason]) -> Checked {
        each(field, reasons, self.entries(), |reason| self.reason(reason))
    }

    pub(super) fn reason(&self, reason: &Reason) -> Checked {
        code("code", &reason.code)?;
        each("arguments", &reason.arguments, ENTRIES, |argument| {
            self.argument(argument)
        })
    }

    fn argument(&self, argument: &Argument) -> Checked {
        let field = "";
        match argument {
            Argument::Amount(amount) => currency(field, amount.currency),
            Argument::Day(day) => self.day(field, *day),
            Argument::Share(share) => per_mille(field, *share),
            Argument::Number(number) => decimal(field, number),
            Argument::Item(item) => self.item(field, *item),
            Argument::Text(text) => wording(field, text),
            Argument::Count(_) => Ok(()),
        }
    }
}

/// Checks each entry and their number.
pub(super) fn each<T>(field: &str, entries: &[T], most: usize, check: impl Fn(&T) -> Checked) -> Checked {
    at_most(field, entries.len(), most, "entries")?;
    let numbered = |(i, entry)| check(entry).map_err(|inner: Nonsense| (i, inner));
    let first = entries.iter().enumerate().try_for_each(numbered);
    first.or_else(|(i, inner)| within(&format!("{field}/{i}"), Err(inner)))
}

/// Checks what is there.
pub(super) fn some<T>(value: Option<&T>, check: impl FnOnce(&T) -> Checked) -> Checked {
    value.map_or(Ok(()), check)
}

pub(super) fn at_most<T: PartialOrd + Display>(field: &str, value: T, most: T, unit: &str) -> Checked {
    if value <= most {
        Ok(())
    } else {
        nonsense(field, format!("{value} {unit}, at most {most} are allowed"))
    }
}

pub(super) fn code(field: &str, text: &str) -> Checked {
    at_most(field, text.len(), CODE, "bytes")
}

pub(super) fn wording(field: &str, text: &str) -> Checked {
    at_most(field, text.len(), WORDING, "bytes")
}

/// A code that must be there.
pub(super) fn key(field: &str, text: &str) -> Checked {
    if text.is_empty() {
        nonsense(field, "is empty")
    } else {
        code(field, text)
    }
}

/// A name that the host itself shows and counts by: small letters, digits, dashes and dots.
pub(super) fn name(field: &str, text: &str) -> Checked {
    key(field, text)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    if text.chars().all(plain) {
        Ok(())
    } else {
        nonsense(field, "is not written in small letters, digits, dashes and dots")
    }
}

pub(super) fn per_mille(field: &str, share: PerMille) -> Checked {
    at_most(field, share, 1000, "per mille")
}

pub(super) fn not_negative(field: &str, amount: Minor) -> Checked {
    if amount >= 0 {
        Ok(())
    } else {
        nonsense(field, format!("{amount} is negative"))
    }
}

pub(super) fn decimal(field: &str, number: &Decimal) -> Checked {
    at_most(field, number.scale, 18, "decimals")
}

pub(super) fn currency(field: &str, code: Currency) -> Checked {
    at_most(field, code, 999, "as a currency's number")
}

/// Two capital letters, or unknown.
pub(super) fn country(field: &str, country: Country) -> Checked {
    let letters = country.to_be_bytes();
    if country == 0 || letters.iter().all(u8::is_ascii_uppercase) {
        Ok(())
    } else {
        nonsense(field, format!("{country} is no country"))
    }
}

/// Cuts a diagnostic text to its limit, between characters.
pub(crate) fn cut(text: &mut String) {
    text.truncate(text.floor_char_boundary(DIAGNOSTIC));
}
