//! The articles that Belgian verdicts name.

use crate::verdict::Source;

const BOOK_XIX: &str =
    "Wetboek van economisch recht, boek XIX; wet van 4 mei 2023, Belgisch Staatsblad 23 mei 2023";
const LATE_PAYMENT: &str = "Wet van 2 augustus 2002, Belgisch Staatsblad 7 augustus 2002";
const OLD_CIVIL_CODE: &str = "Oud Burgerlijk Wetboek, ejustice.just.fgov.be";

/// The reminder that must precede a penalty, its content and its term; the first one is free.
pub const REMINDER: Source = Source::new("art. XIX.2 WER", BOOK_XIX);
/// Which days count as working days.
pub const WORKING_DAYS: Source = Source::new(
    "art. 1.7 Burgerlijk Wetboek",
    "Wet van 28 april 2022, in force since 1 January 2023",
);
/// Highest indemnity and interest.
pub const MAXIMUM: Source = Source::new("art. XIX.4 WER", BOOK_XIX);
/// No visits at night.
pub const VISITS: Source = Source::new("art. XIX.10 § 3 WER", BOOK_XIX);
/// Announcing what will not or may not be done.
pub const THREATS: Source = Source::new(
    "art. VI.101 en VI.103 WER",
    "Wetboek van economisch recht, boek VI",
);
/// Interest between businesses.
pub const INTEREST: Source = Source::new("art. 5 wet van 2 augustus 2002", LATE_PAYMENT);
/// EUR 40 between businesses.
pub const LUMP_SUM: Source = Source::new("art. 6 wet van 2 augustus 2002", LATE_PAYMENT);
/// The ordinary legal rate.
pub const LEGAL_INTEREST: Source = Source::new(
    "art. 2 wet van 5 mei 1865",
    "Wet betreffende de lening tegen intrest; yearly notice in the Belgisch Staatsblad",
);
/// Payments count towards interest first.
pub const IMPUTATION: Source = Source::new(
    "art. 5.210 Burgerlijk Wetboek",
    "Wet van 28 april 2022, Belgisch Staatsblad 1 juli 2022",
);
/// Limitation of claims in general.
pub const LIMITATION: Source = Source::new("art. 2262bis oud BW", OLD_CIVIL_CODE);
/// Limitation of the price of goods sold to those who do not trade.
pub const SALE_LIMITATION: Source = Source::new("art. 2272 oud BW", OLD_CIVIL_CODE);
