//! Amounts as people and programs write them.

use rust_decimal::Decimal;

use super::forms::DecimalSign;

/// The amount in a text; none when it is not one in this form. Groups of thousands must be whole.
pub(super) fn read(text: &str, sign: DecimalSign) -> Option<Decimal> {
    let (negative, bare) = bare(text)?;
    let (group, decimal) = match sign {
        DecimalSign::Comma => ('.', ','),
        DecimalSign::Point => (',', '.'),
    };
    let (whole, decimals) = match bare.split_once(decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (bare.as_str(), None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.iter().all(|group| group.len() == 3 && digits(group));
    let first_fits = if rest.is_empty() {
        digits(first) || (first.is_empty() && decimals.is_some())
    } else {
        digits(first) && first.len() <= 3 && first != "0"
    };
    if !grouped || !first_fits || decimals.is_some_and(|decimals| !digits(decimals)) {
        return None;
    }
    let plain = format!("{first}{}.{}", rest.concat(), decimals.unwrap_or("0"));
    let plain = if plain.starts_with('.') {
        format!("0{plain}")
    } else {
        plain
    };
    let amount = Decimal::from_str_exact(&plain).ok()?;
    Some(if negative { -amount } else { amount })
}

/// Digits and separators without currency, spaces and sign, and whether the amount is negative: `-1`, `1-`, `(1)`.
fn bare(text: &str) -> Option<(bool, String)> {
    let mut text: String = text
        .chars()
        // spaces and apostrophes group thousands in some countries
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{202f}' | '€' | '$' | '£'))
        .collect();
    for code in ["EUR", "USD", "GBP", "CHF"] {
        if let Some(rest) = text.strip_prefix(code).or_else(|| text.strip_suffix(code)) {
            text = rest.to_owned();
        }
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return Some((true, inner.to_owned()));
    }
    let minus = ['-', '\u{2212}'];
    if let Some(rest) = text.strip_prefix(minus).or_else(|| text.strip_suffix(minus)) {
        return Some((true, rest.to_owned()));
    }
    let rest = text.strip_prefix('+').unwrap_or(&text);
    (!rest.is_empty()).then(|| (false, rest.to_owned()))
}

/// The exact amount of a number in a workbook, which keeps fifteen digits in binary.
pub(super) fn of_number(number: f64) -> Option<Decimal> {
    if !number.is_finite() || number.abs() >= 1e15 {
        return None;
    }
    Decimal::from_scientific(&format!("{number:.14e}"))
        .ok()
        .map(|exact| exact.normalize())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_in_their_own_form_only() {
        let both = |text| (read(text, DecimalSign::Comma), read(text, DecimalSign::Point));
        let of = |text: &str| Some(Decimal::from_str_exact(text).unwrap());
        assert_eq!(both("1.234,56"), (of("1234.56"), None));
        assert_eq!(both("1,234.56"), (None, of("1234.56")));
        assert_eq!(both("1.234"), (of("1234"), of("1.234")));
        assert_eq!(both("12.34"), (None, of("12.34")));
        assert_eq!(both("€ 1 234,50-"), (of("-1234.50"), None));
        assert_eq!(both("(45,00)"), (of("-45.00"), None));
        assert_eq!(both("EUR 1'000.00"), (None, of("1000.00")));
        assert_eq!(both("0.500"), (None, of("0.500")));
        assert_eq!(both("1.234.567"), (of("1234567"), None));
        for text in ["", "-", "abc", "1,2,3.4", "12,34,56", "1e5", "--5", "1.23.456,00"] {
            assert_eq!(both(text), (None, None), "{text}");
        }
    }

    #[test]
    fn numbers_of_a_workbook_are_exact() {
        assert_eq!(of_number(0.1 + 0.2).unwrap().to_string(), "0.3");
        assert_eq!(of_number(-1210.05).unwrap().to_string(), "-1210.05");
        assert_eq!(of_number(f64::NAN), None);
    }

    proptest! {
        #[test]
        fn an_amount_that_is_written_is_read_again(minor in -99_999_999_999_i64..99_999_999_999, comma: bool) {
            let (sign, group, decimal) =
                if comma { (DecimalSign::Comma, '.', ',') } else { (DecimalSign::Point, ',', '.') };
            let whole = (minor.unsigned_abs() / 100).to_string();
            let grouped: String = whole
                .chars()
                .enumerate()
                .flat_map(|(place, c)| {
                    let ends = place > 0 && (whole.len() - place) % 3 == 0;
                    ends.then_some(group).into_iter().chain([c])
                })
                .collect();
            let minus = if minor < 0 { "-" } else { "" };
            let text = format!("{minus}{grouped}{decimal}{:02}", minor.unsigned_abs() % 100);
            prop_assert_eq!(read(&text, sign), Some(Decimal::new(minor, 2)));
        }

        #[test]
        fn no_text_is_misread_or_ends_the_program(text in "[-0-9.,' ()€]{0,14}") {
            for sign in DecimalSign::ALL {
                if let Some(amount) = read(&text, sign) {
                    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                    let (told, got) = (digits(&text), digits(&amount.to_string()));
                    prop_assert_eq!(told.trim_start_matches('0').trim_end_matches('0'),
                        got.trim_start_matches('0').trim_end_matches('0'));
                }
            }
        }
    }
}
