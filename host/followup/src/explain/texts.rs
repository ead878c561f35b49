//! The words of an explanation, by language in the order of the host's other phrases.

mod changes;
mod steps;

/// A code with its words in Dutch, English, German and French.
type Row = (&'static str, [&'static str; 4]);

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Row> {
    steps::TEXTS.iter().chain(changes::TEXTS)
}
