//! References by which a debtor pays, and account numbers.

/// Letters and digits in capitals, nothing else.
pub fn compact(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// A structured reference whose check digits are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Structured {
    /// ISO 11649: what stands behind `RF` and the check digits.
    Rf(String),
    /// Belgian gestructureerde mededeling (OGM, VCS): ten digits before the check digits.
    Ogm(String),
    /// Dutch betalingskenmerk: the number behind check and length digit.
    Betalingskenmerk(String),
}

impl Structured {
    /// The reference in a text that holds nothing else; none when the check digits are wrong.
    pub fn read(text: &str) -> Option<Self> {
        let text = compact(text);
        rf(&text)
            .map(Self::Rf)
            .or_else(|| ogm(&text).map(Self::Ogm))
            .or_else(|| betalingskenmerk(&text).map(Self::Betalingskenmerk))
    }

    /// What the creditor put into it, without zeros before it: often the number of the invoice.
    pub fn content(&self) -> &str {
        match self {
            Self::Rf(content) | Self::Ogm(content) | Self::Betalingskenmerk(content) => {
                content.trim_start_matches('0')
            }
        }
    }
}

/// ISO 11649: `RF`, two check digits, up to 21 letters and digits; with the first four behind, mod 97 is 1.
fn rf(text: &str) -> Option<String> {
    let rest = text.strip_prefix("RF")?;
    let (check, content) = rest.split_at_checked(2)?;
    let digits = check.bytes().all(|b| b.is_ascii_digit());
    let fits = digits && (1..=21).contains(&content.len());
    (fits && mod97(&format!("{content}RF{check}")) == 1).then(|| content.to_owned())
}

/// Ten digits and two check digits: the rest by 97, 97 where there is none.
fn ogm(text: &str) -> Option<String> {
    let (number, check) = text.split_at_checked(10)?;
    let number_value: u64 = all_digits(number)?.parse().ok()?;
    let check: u64 = all_digits(check).filter(|check| check.len() == 2)?.parse().ok()?;
    let expected = match number_value % 97 {
        0 => 97,
        rest => rest,
    };
    (number_value > 0 && check == expected).then(|| number.to_owned())
}

/// Weights of the Dutch betalingskenmerk from the right (Betaalvereniging, specificaties betalingskenmerk).
const WEIGHTS: [u32; 10] = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1];

/// A check digit, a length digit unless there are sixteen, and the number. The form of seven digits has no check.
fn betalingskenmerk(text: &str) -> Option<String> {
    let text = all_digits(text).filter(|text| (9..=14).contains(&text.len()) || text.len() == 16)?;
    let (check, rest) = text.split_at_checked(1)?;
    let sum: u32 = rest
        .bytes()
        .rev()
        .zip(WEIGHTS.iter().cycle())
        .map(|(digit, weight)| u32::from(digit.saturating_sub(b'0')) * weight)
        .sum();
    let expected = match 11 - sum % 11 {
        10 => 1,
        11 => 0,
        other => other,
    };
    // nothing but zeros fits too, and names nothing
    if check.parse() != Ok(expected) || rest.bytes().all(|digit| digit == b'0') {
        return None;
    }
    if text.len() == 16 {
        return Some(rest.to_owned());
    }
    let (length, number) = rest.split_at_checked(1)?;
    let told: usize = length.parse().ok()?;
    (told == number.len() % 10).then(|| number.to_owned())
}

/// An account number of ISO 13616 whose check digits are right, in capitals without spaces.
pub fn account(text: &str) -> Option<String> {
    let text = compact(text);
    let (head, rest) = text.split_at_checked(4)?;
    let bytes = head.as_bytes();
    let shaped = (15..=34).contains(&text.len())
        && bytes.iter().take(2).all(u8::is_ascii_uppercase)
        && bytes.iter().skip(2).all(u8::is_ascii_digit);
    (shaped && mod97(&format!("{rest}{head}")) == 1).then_some(text)
}

fn all_digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

/// The number that letters and digits spell, A for 10, by 97.
fn mod97(text: &str) -> u32 {
    text.chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| {
            (rest * if value > 9 { 100 } else { 10 } + value) % 97
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_references_are_read_and_wrong_ones_are_not() {
        for (text, content) in [
            ("RF18 5390 0754 7034", "539007547034"),
            ("RF185390075470Y", "5390075470Y"),
            ("RF462026000123", "2026000123"),
            ("+++010/8068/17183+++", "108068171"),
            ("+++090/9337/55493+++", "909337554"),
            ("+++000/0000/00101+++", "1"),
            ("5000056789012345", "56789012345"),
            ("12234534622567", "234534622567"),
            ("4812345678", "12345678"),
            ("09123456789", "123456789"),
            ("502026000123", "2026000123"),
        ] {
            let read = Structured::read(text);
            assert_eq!(read.as_ref().map(Structured::content), Some(content), "{text}");
        }
        for text in [
            "RF17539007547034",
            "010/8068/17180",
            "000000000000",
            "1234567",
            "",
            "RF18",
            "invoice 12",
        ] {
            assert_eq!(Structured::read(text), None, "{text}");
        }
    }

    #[test]
    fn accounts_are_read_and_wrong_ones_are_not() {
        for text in [
            "NL91 ABNA 0417 1643 00",
            "BE68539007547034",
            "DE89370400440532013000",
            "FR1420041010050500013M02606",
            "GB29NWBK60161331926819",
        ] {
            assert_eq!(account(text), Some(compact(text)));
        }
        for text in ["NL46ABNA0499998748", "417164300", "", "NL91"] {
            assert_eq!(account(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_wrong_digit_is_always_found_in_rf_and_accounts(at in 4_usize..18, by in 1_u32..10) {
            let good = "NL91ABNA0417164300";
            let changed: String = good
                .chars()
                .enumerate()
                .map(|(place, c)| match c.to_digit(10) {
                    Some(digit) if place == at => char::from_digit((digit + by) % 10, 10).unwrap(),
                    _ => c,
                })
                .collect();
            proptest::prop_assert_eq!(account(&changed).is_some(), changed == good);
        }
    }
}
