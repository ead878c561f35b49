//! Amounts and days as people write them, by language (CLDR 48: number symbols and month names).

use maan_ledger::{Day, Money};
use serde::{Deserialize, Serialize};

/// Languages in which texts exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
}

impl Language {
    /// The language of a BCP 47 tag; none where no texts exist in it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "nl" => Some(Self::Nl),
            "en" => Some(Self::En),
            "de" => Some(Self::De),
            "fr" => Some(Self::Fr),
            _ => None,
        }
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
        }
    }

    /// An amount: `€ 1.210,00` in Dutch, `€1,210.00` in English.
    pub fn amount(self, money: Money) -> String {
        let symbol = match money.currency.code() {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            other => other,
        };
        let number = self.number(money);
        match self {
            Self::Nl => format!("{symbol}\u{a0}{number}").replace('\u{a0}', " "),
            Self::En => format!(
                "{symbol}{}{number}",
                if symbol.len() == 3 && symbol.is_ascii() {
                    " "
                } else {
                    ""
                }
            ),
            Self::De | Self::Fr => format!("{number} {symbol}"),
        }
    }

    fn number(self, money: Money) -> String {
        let plain = money.decimal().to_string();
        let (sign, plain) = plain
            .strip_prefix('-')
            .map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
        let (thousands, decimal) = match self {
            Self::Nl | Self::De => ('.', ','),
            Self::En => (',', '.'),
            Self::Fr => ('\u{202f}', ','),
        };
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(thousands);
            }
            grouped.push(digit);
        }
        if part.is_empty() {
            format!("{sign}{grouped}")
        } else {
            format!("{sign}{grouped}{decimal}{part}")
        }
    }

    /// A share: `2,5%` in Dutch, `2.5%` in English.
    pub fn share(self, per_mille: u16) -> String {
        let whole = per_mille / 10;
        let point = if self == Self::En { "." } else { "," };
        let number = match per_mille % 10 {
            0 => whole.to_string(),
            part => format!("{whole}{point}{part}"),
        };
        match self {
            Self::En | Self::Nl => format!("{number}%"),
            Self::De | Self::Fr => format!("{number} %"),
        }
    }

    /// A day: `21 november 2026`.
    pub fn day(self, day: Day) -> String {
        use chrono::Datelike;
        let date = day.date();
        let month = self.months().get(date.month0() as usize).copied().unwrap_or("");
        match self {
            Self::De => format!("{}. {month} {}", date.day(), date.year()),
            _ => format!("{} {month} {}", date.day(), date.year()),
        }
    }

    fn months(self) -> [&'static str; 12] {
        match self {
            Self::Nl => [
                "januari",
                "februari",
                "maart",
                "april",
                "mei",
                "juni",
                "juli",
                "augustus",
                "september",
                "oktober",
                "november",
                "december",
            ],
            Self::En => [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
            Self::De => [
                "Januar",
                "Februar",
                "März",
                "April",
                "Mai",
                "Juni",
                "Juli",
                "August",
                "September",
                "Oktober",
                "November",
                "Dezember",
            ],
            Self::Fr => [
                "janvier",
                "février",
                "mars",
                "avril",
                "mai",
                "juin",
                "juillet",
                "août",
                "septembre",
                "octobre",
                "novembre",
                "décembre",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use maan_ledger::Currency;

    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_does() {
        let amount = Money::new(123_456_789, Currency::EUR);
        assert_eq!(Language::Nl.amount(amount), "€ 1.234.567,89");
        assert_eq!(Language::En.amount(amount), "€1,234,567.89");
        assert_eq!(Language::De.amount(amount), "1.234.567,89 €");
        assert_eq!(Language::Fr.amount(amount), "1\u{202f}234\u{202f}567,89 €");
        assert_eq!(Language::Nl.amount(Money::new(-5, Currency::EUR)), "€ -0,05");
        assert_eq!(
            Language::En.amount(Money::new(100, Currency::from_code("CHF").unwrap())),
            "CHF 1.00"
        );
    }

    #[test]
    fn days_are_written_in_words() {
        let day: Day = "2026-03-01".parse().unwrap();
        assert_eq!(Language::Nl.day(day), "1 maart 2026");
        assert_eq!(Language::De.day(day), "1. März 2026");
        assert_eq!(Language::Fr.day(day), "1 mars 2026");
    }
}
