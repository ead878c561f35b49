//! The other member states of the European Union: what Directive 2011/7/EU gives at least between businesses, the
//! reference rate plus 8 points as simple interest and EUR 40, and nothing towards consumers. National law may give
//! more; it is not known here, and the answer says so.

use crate::regime::{Agreed, Interest, LumpSum, OF_OLD_DIRECTIVE, REFERENCE_AND_EIGHT, Regime, forty};
use crate::verdict::Source;
use maan_policy::EUR;
use maan_policy::country::code;
use maan_policy::types::Country;

const DIRECTIVE: &str = "Directive 2011/7/EU, eur-lex.europa.eu, OJ L 48, 23.2.2011";

const INTEREST: Source = Source::new("art. 2, 3 and 4 Directive 2011/7/EU", DIRECTIVE);
const LUMP_SUM: Source = Source::new("art. 6 Directive 2011/7/EU", DIRECTIVE);
const BUSINESS_ONLY: Source = Source::new("art. 1 Directive 2011/7/EU", DIRECTIVE);

/// Members with the euro, apart from those with a folder of their own.
const EURO: [Country; 16] = [
    code(*b"AT"),
    code(*b"BG"),
    code(*b"CY"),
    code(*b"EE"),
    code(*b"ES"),
    code(*b"FI"),
    code(*b"GR"),
    code(*b"HR"),
    code(*b"IE"),
    code(*b"IT"),
    code(*b"LT"),
    code(*b"LV"),
    code(*b"MT"),
    code(*b"PT"),
    code(*b"SI"),
    code(*b"SK"),
];

/// Members without the euro: the reference rate is that of their own central bank, which is not known here.
const OTHERS: [Country; 6] = [
    code(*b"CZ"),
    code(*b"DK"),
    code(*b"HU"),
    code(*b"PL"),
    code(*b"RO"),
    code(*b"SE"),
];

/// Whether the country is a member state without a folder of its own.
pub fn is_member(country: Country) -> bool {
    EURO.contains(&country) || OTHERS.contains(&country)
}

const CONSUMER: Regime = Regime {
    warnings: &["national-law-unknown"],
    ..Regime::nothing(&[BUSINESS_ONLY], None)
};

const BUSINESS: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: forty,
        for_each: false,
        currency: EUR,
        sources: &[LUMP_SUM],
    }),
    interest: Some(Interest {
        older: Some(OF_OLD_DIRECTIVE),
        ..Interest::simple(REFERENCE_AND_EIGHT, &[INTEREST])
    }),
    agreed: Agreed::Replaces,
    longest_term: Some(60),
    warnings: &["national-law-unknown"],
    ..Regime::nothing(&[LUMP_SUM], None)
};

const BUSINESS_OUTSIDE_EURO: Regime = Regime {
    interest: None,
    ..BUSINESS
};

/// What the Union's law gives at least.
pub fn regime(country: Country, consumer: bool) -> &'static Regime {
    match consumer {
        true => &CONSUMER,
        false if EURO.contains(&country) => &BUSINESS,
        false => &BUSINESS_OUTSIDE_EURO,
    }
}
