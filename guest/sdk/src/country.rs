//! Countries: ISO 3166-1 alpha-2 as two ASCII letters in one number.

use crate::types::Country;

/// The number of a two-letter code: `code(*b"NL")`.
pub const fn code(letters: [u8; 2]) -> Country {
    u16::from_be_bytes(letters)
}

/// No country known.
pub const UNKNOWN: Country = 0;
/// The Netherlands.
pub const NL: Country = code(*b"NL");
/// Belgium.
pub const BE: Country = code(*b"BE");
/// Germany.
pub const DE: Country = code(*b"DE");
/// France.
pub const FR: Country = code(*b"FR");
/// Luxembourg.
pub const LU: Country = code(*b"LU");
/// The United Kingdom.
pub const GB: Country = code(*b"GB");

/// Its two letters; `??` when unknown.
pub fn letters(country: Country) -> String {
    let letters = country.to_be_bytes();
    if letters.iter().all(u8::is_ascii_uppercase) {
        letters.iter().map(|&letter| char::from(letter)).collect()
    } else {
        "??".into()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_its_letters() {
        assert_eq!(super::NL, 0x4E4C);
        assert_eq!(super::letters(super::BE), "BE");
        assert_eq!(super::letters(super::UNKNOWN), "??");
    }
}
