//! Countries that are not covered: no fee, no interest, and a word why.

use crate::regime::Regime;
use crate::verdict::Source;

/// Why the law of that country applies.
pub const APPLICABLE: Source = Source::new(
    "art. 3, 4 and 6 Rome I",
    "Regulation (EC) 593/2008, eur-lex.europa.eu",
);

/// Nothing is charged to anyone.
pub const ANYONE: Regime = Regime::nothing(&[APPLICABLE], None);
