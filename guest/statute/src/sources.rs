//! Articles that hold whatever is charged, by the law that applies.

use crate::countries::nl::articles as nl;
use crate::law::Law;
use crate::verdict::Source;

const BELGIAN_DEFAULT: Source = Source::new(
    "art. 5.231 Burgerlijk Wetboek",
    "Wet van 28 april 2022, Belgisch Staatsblad 1 juli 2022",
);
const GERMAN_DEFAULT: Source = Source::new("§ 286 BGB", "gesetze-im-internet.de/bgb");
const FRENCH_DEFAULT: Source = Source::new("art. 1344 Code civil", "legifrance.gouv.fr");
const LUXEMBOURG_DEFAULT: Source = Source::new("art. 1139 Code civil", "legilux.public.lu");
const BRITISH_DEFAULT: Source = Source::new(
    "s. 4 Late Payment of Commercial Debts (Interest) Act 1998",
    "legislation.gov.uk/ukpga/1998/20",
);
const UNION_DEFAULT: Source = Source::new(
    "art. 3 Directive 2011/7/EU",
    "eur-lex.europa.eu, OJ L 48, 23.2.2011",
);
const UNION_CREDIT: Source = Source::new(
    "Directive (EU) 2023/2225",
    "Consumer Credit Directive, applies from 20 November 2026; national act not verified",
);
const BRITISH_CREDIT: Source = Source::new(
    "s. 8 and 9 Consumer Credit Act 1974",
    "legislation.gov.uk/ukpga/1974/39",
);
/// Aggressive practices in the Union.
pub const UNION_PRESSURE: Source = Source::new(
    "art. 8 and 9 Directive 2005/29/EC",
    "Unfair Commercial Practices Directive, eur-lex.europa.eu",
);
const BRITISH_PRESSURE: Source = Source::new(
    "Part 4 Chapter 1 Digital Markets, Competition and Consumers Act 2024",
    "legislation.gov.uk/ukpga/2024/13",
);

/// When a debtor is in default.
pub fn default(law: Law) -> &'static [Source] {
    match law {
        Law::Netherlands => &[nl::DEFAULT],
        Law::Belgium => &[BELGIAN_DEFAULT],
        Law::Germany => &[GERMAN_DEFAULT],
        Law::France => &[FRENCH_DEFAULT],
        Law::Luxembourg => &[LUXEMBOURG_DEFAULT],
        Law::UnitedKingdom => &[BRITISH_DEFAULT],
        Law::Union(_) | Law::Uncovered(_) => &[UNION_DEFAULT],
    }
}

/// Interest and fees on payment plans of consumers.
pub fn consumer_credit(law: Law) -> &'static [Source] {
    match law {
        Law::Netherlands => &[nl::CONSUMER_CREDIT],
        Law::UnitedKingdom => &[BRITISH_CREDIT],
        _ => &[UNION_CREDIT],
    }
}

/// Pressing a consumer by timing, place or persistence.
pub fn pressure(law: Law) -> &'static [Source] {
    match law {
        Law::UnitedKingdom => &[BRITISH_PRESSURE],
        _ => &[UNION_PRESSURE],
    }
}
