//! The languages in which the law's phrases are written.

/// Languages of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Dutch, also where nothing is known.
    Dutch,
    /// English, also for other languages.
    English,
    /// German.
    German,
    /// French.
    French,
}

impl Language {
    /// The language of a BCP 47 tag.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default() {
            "" | "nl" => Self::Dutch,
            "de" => Self::German,
            "fr" => Self::French,
            _ => Self::English,
        }
    }
}

/// An amount in euro as people write it.
pub fn amount(language: Language, cents: i64) -> String {
    let (group, point) = match language {
        Language::English => (",", "."),
        Language::Dutch | Language::German => (".", ","),
        Language::French => (" ", ","),
    };
    let (euros, cents) = (cents / 100, cents % 100);
    let euros = if euros >= 1_000 {
        format!("{}{group}{:03}", euros / 1_000, euros % 1_000)
    } else {
        euros.to_string()
    };
    match language {
        Language::English => format!("€{euros}{point}{cents:02}"),
        Language::Dutch => format!("€ {euros}{point}{cents:02}"),
        Language::German | Language::French => format!("{euros}{point}{cents:02} €"),
    }
}

/// The text with each run of white space as one space, as phrases are looked for.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_does() {
        assert_eq!(amount(Language::Dutch, 40_00), "€ 40,00");
        assert_eq!(amount(Language::Dutch, 6_775_05), "€ 6.775,05");
        assert_eq!(amount(Language::English, 2_000_50), "€2,000.50");
        assert_eq!(amount(Language::German, 40_05), "40,05 €");
    }

    #[test]
    fn languages_without_a_wording_read_english() {
        assert_eq!(Language::of("nl-BE"), Language::Dutch);
        assert_eq!(Language::of(""), Language::Dutch);
        assert_eq!(Language::of("pl"), Language::English);
    }
}
