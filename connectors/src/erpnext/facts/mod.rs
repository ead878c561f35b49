//! From ERPNext's documents to facts: pure, one file per kind of document.

mod customer;
mod entry;
mod invoice;
mod order;

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use maan_ledger::{Currency, Moment, Money};

pub(super) use customer::{Beside, customer};
pub(super) use entry::entry;
pub(super) use invoice::invoice;
pub(super) use order::{order, quotation};

use crate::mapping::{Context, RecordError, Text, float_amount};

/// Longest number or reference.
const LONGEST: usize = 500;

/// A stamp such as `2026-11-21 19:01:46.932642` in the time of the site; where the clock was set back, the earlier one.
fn stamp(context: &Context<'_>, text: &str) -> Option<Moment> {
    local(context.zone, text)
}

fn local(zone: Tz, text: &str) -> Option<Moment> {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()?;
    let at = zone.from_local_datetime(&naive).earliest()?;
    Some(Moment::from_utc(at.to_utc()))
}

/// The total that is owed: the rounded one, unless rounding is switched off.
fn total(grand: &Text, rounded: &Text, currency: Currency) -> Result<Money, RecordError> {
    match &**rounded {
        "" => float_amount("grand_total", grand, currency),
        _ => match float_amount("rounded_total", rounded, currency)? {
            rounded if rounded.minor != 0 => Ok(rounded),
            _ => float_amount("grand_total", grand, currency),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_in_the_time_of_the_site() {
        let amsterdam = |text: &str| local(Tz::Europe__Amsterdam, text).map(|at| at.0 / 1_000_000);
        // an hour ahead in winter, two in summer, and the earlier of two at the end of summer
        assert_eq!(amsterdam("2026-11-21 19:01:46.932642"), Some(1_795_284_106));
        assert_eq!(amsterdam("2026-07-21 19:01:46"), Some(1_784_653_306));
        assert_eq!(amsterdam("2026-10-25 02:30:00"), Some(1_792_888_200));
        // an hour that there was not, and no stamp at all
        assert_eq!(amsterdam("2026-03-29 02:30:00"), None);
        assert_eq!(amsterdam("2026-11-21"), None);
    }
}
