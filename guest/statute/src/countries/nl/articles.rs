//! The articles that Dutch verdicts name.

use crate::verdict::Source;

const BW3: &str = "Burgerlijk Wetboek Boek 3, wetten.overheid.nl BWBR0005291";
const BW6: &str = "Burgerlijk Wetboek Boek 6, wetten.overheid.nl BWBR0005289";
const BW7: &str = "Burgerlijk Wetboek Boek 7, wetten.overheid.nl BWBR0005290";
const COURT: &str = "Hoge Raad 25 november 2016, ECLI:NL:HR:2016:2704";

/// The letter that must precede costs.
pub const LETTER: Source = Source {
    name: "art. 6:96 lid 6 BW",
    source: BW6,
};
/// What the letter must say and when it counts as received.
pub const LETTER_CASE_LAW: Source = Source {
    name: "HR 2016:2704",
    source: COURT,
};
/// Several claims are added up.
pub const ADDED_UP: Source = Source {
    name: "art. 6:96 lid 7 BW",
    source: BW6,
};
/// Minimum of EUR 40 between businesses.
pub const LUMP_SUM: Source = Source {
    name: "art. 6:96 lid 4 BW",
    source: BW6,
};
/// The table of collection costs.
pub const TABLE: Source = Source {
    name: "art. 2 Besluit vergoeding voor buitengerechtelijke incassokosten",
    source: "Stb. 2012, 141; BWBR0031432",
};
/// The cap on recurring small instalments.
pub const INSTALMENTS: Source = Source {
    name: "Besluit vergoeding voor buitengerechtelijke incassokosten (cumulatie)",
    source: "Stb. 2024, 44, in force since 1 October 2024",
};
/// Statutory interest.
pub const STATUTORY_INTEREST: Source = Source {
    name: "art. 6:119 BW",
    source: BW6,
};
/// Interest on an agreed rate.
pub const AGREED_INTEREST: Source = Source {
    name: "art. 6:119 lid 3 BW",
    source: BW6,
};
/// Commercial interest.
pub const COMMERCIAL_INTEREST: Source = Source {
    name: "art. 6:119a BW",
    source: BW6,
};
/// Commercial interest owed by public bodies.
pub const PUBLIC_INTEREST: Source = Source {
    name: "art. 6:119b BW",
    source: BW6,
};
/// How rates are set.
pub const RATES: Source = Source {
    name: "art. 6:120 BW",
    source: BW6,
};
/// Order in which payments count.
pub const IMPUTATION: Source = Source {
    name: "art. 6:44 lid 1 BW",
    source: BW6,
};
/// Default.
pub const DEFAULT: Source = Source {
    name: "art. 6:81 en 6:83 BW",
    source: BW6,
};
/// Threatening with what cannot lawfully be done.
pub const THREATS: Source = Source {
    name: "art. 6:193h lid 2 BW",
    source: BW6,
};
/// Times of contact.
pub const CONTACT_TIMES: Source = Source {
    name: "art. 4.2 Besluit kwaliteit incassodienstverlening",
    source: "Stb. 2024, 44; BWBR0049422",
};
/// Limitation of claims.
pub const LIMITATION: Source = Source {
    name: "art. 3:307 BW",
    source: BW3,
};
/// Limitation of the price of a consumer sale.
pub const SALE_LIMITATION: Source = Source {
    name: "art. 7:28 BW",
    source: BW7,
};
/// Consumer credit.
pub const CONSUMER_CREDIT: Source = Source {
    name: "Richtlijn (EU) 2023/2225",
    source: "Consumer Credit Directive, applies from 20 November 2026; Dutch act not verified",
};
