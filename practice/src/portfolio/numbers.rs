//! Numbers that pass their check digits: VAT, enterprise numbers and IBANs, all of fictional holders.

use rand::{Rng, RngExt};

fn digits(rng: &mut impl Rng, count: u32) -> Vec<u32> {
    (0..count)
        .map(|place| rng.random_range(u32::from(place == 0)..10))
        .collect()
}

fn text(digits: &[u32]) -> String {
    digits.iter().filter_map(|d| char::from_digit(*d, 10)).collect()
}

/// A Dutch chamber of commerce number: eight digits, no check digit.
pub(super) fn kvk(rng: &mut impl Rng) -> String {
    text(&digits(rng, 8))
}

/// A Dutch VAT number: nine digits that pass the eleven test, then `B01`.
pub(super) fn vat_nl(rng: &mut impl Rng) -> String {
    loop {
        let body = digits(rng, 8);
        let check = (2..=9)
            .rev()
            .zip(&body)
            .map(|(weight, digit)| weight * digit)
            .sum::<u32>()
            % 11;
        if check < 10 {
            return format!("NL{}{check}B01", text(&body));
        }
    }
}

/// A Belgian enterprise number: `0`, seven digits and 97 minus the rest of the first eight by 97.
pub(super) fn enterprise_be(rng: &mut impl Rng) -> String {
    let body = rng.random_range(2_000_000..9_999_999_u32);
    format!("0{body}{:02}", 97 - body % 97)
}

/// An IBAN of the bank code `TEST`, which no bank holds.
pub(super) fn iban_nl(rng: &mut impl Rng) -> String {
    let account: u64 = rng.random_range(100_000_000..999_999_999);
    // TEST is 29 14 28 29 and NL is 23 21 in the ISO 13616 conversion
    let converted = format!("29142829{account:010}232100");
    format!("NL{:02}TEST{account:010}", 98 - modulo_97(&converted))
}

/// A Belgian IBAN of bank `000` with its national check digits.
pub(super) fn iban_be(rng: &mut impl Rng) -> String {
    let account: u64 = rng.random_range(1_000_000..9_999_999);
    let national = match account % 97 {
        0 => 97,
        rest => rest,
    };
    let bban = format!("000{account:07}{national:02}");
    format!("BE{:02}{bban}", 98 - modulo_97(&format!("{bban}111400")))
}

fn modulo_97(digits: &str) -> u32 {
    digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .fold(0, |rest, digit| (rest * 10 + digit) % 97)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the numbers are ASCII")]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn iban_rest(iban: &str) -> u32 {
        let moved = format!("{}{}", &iban[4..], &iban[..4]);
        let converted: String = moved
            .chars()
            .filter_map(|c| c.to_digit(36))
            .map(|value| value.to_string())
            .collect();
        modulo_97(&converted)
    }

    #[test]
    fn numbers_pass_their_checks() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for _ in 0..500 {
            assert_eq!(iban_rest(&iban_nl(&mut rng)), 1);
            let iban = iban_be(&mut rng);
            assert_eq!(iban_rest(&iban), 1);
            let (body, check) = (
                iban[4..14].parse::<u64>().unwrap(),
                iban[14..].parse::<u64>().unwrap(),
            );
            assert_eq!((body + 96) % 97 + 1, check);
            let enterprise = enterprise_be(&mut rng);
            let (body, check) = (
                enterprise[..8].parse::<u32>().unwrap(),
                enterprise[8..].parse::<u32>().unwrap(),
            );
            assert_eq!((body + check) % 97, 0);
            let vat = vat_nl(&mut rng);
            let sum: i32 = vat[2..11]
                .chars()
                .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
                .map(|(c, w)| c.to_digit(10).unwrap() as i32 * w)
                .sum();
            assert_eq!(sum % 11, 0, "{vat}");
            assert_eq!(kvk(&mut rng).len(), 8);
        }
    }
}
