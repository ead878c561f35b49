//! Whom the business's own segments and traits fit.

use maan_policy::country;
use maan_policy::money::share;
use maan_policy::slots::SegmentationCase;
use maan_policy::types::{Context, Debtor};

use crate::payments::Payments;
use crate::settings::When;
use crate::threshold::Threshold;

/// A debtor as conditions see it.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub context: &'a Context,
    pub case: &'a SegmentationCase,
    pub payments: &'a Payments,
}

impl When {
    /// Whether all conditions hold; `threshold` is lower for whoever is in the segment already.
    pub(crate) fn fits(&self, seen: Seen<'_>, threshold: Threshold) -> bool {
        self.describes(&seen.case.debtor) && self.behaves(seen, threshold)
    }

    fn describes(&self, debtor: &Debtor) -> bool {
        self.sector
            .as_ref()
            .is_none_or(|sector| debtor.sector.starts_with(sector.as_str()))
            && self
                .country
                .as_ref()
                .is_none_or(|letters| is_country(letters, debtor.country))
            && self.kind.is_none_or(|kind| kind == debtor.kind)
            && self.size.is_none_or(|size| debtor.size >= size)
            && self
                .master_trait
                .as_ref()
                .is_none_or(|(key, value)| has_trait(debtor, key, value))
    }

    fn behaves(&self, seen: Seen<'_>, threshold: Threshold) -> bool {
        let Seen {
            context,
            case,
            payments,
        } = seen;
        let reached =
            |least: Option<u16>, value: u32| least.is_none_or(|least| threshold.reached(value, least));
        let paid_enough = |least: Option<maan_policy::MajorAmount>, amount: i64| {
            least
                .is_none_or(|least| amount >= share(least.minor(context.creditor.currency), threshold.kept()))
        };
        let disputes = case
            .behaviour
            .disputes_justified
            .saturating_add(case.behaviour.disputes_unjustified);
        let customer = || {
            case.debtor
                .since
                .map_or(0, |since| context.today.saturating_sub(since).max(0))
        };
        self.customer_days
            .is_none_or(|days| customer() >= i32::from(days))
            && reached(self.late_share, payments.late_share().into())
            && reached(self.days_late, payments.delay)
            && self
                .broken_promises
                .is_none_or(|least| case.behaviour.promises_broken >= least)
            && self.disputes.is_none_or(|least| disputes >= least)
            && paid_enough(self.turnover, payments.turnover)
            && paid_enough(self.overdue, case.account.overdue)
    }
}

fn is_country(letters: &str, place: u16) -> bool {
    <[u8; 2]>::try_from(letters.as_bytes()).is_ok_and(|letters| country::code(letters) == place)
}

/// Whether the master data hold a trait.
fn has_trait(debtor: &Debtor, key: &str, value: &str) -> bool {
    let mut pairs = debtor
        .traits
        .iter()
        .flatten()
        .filter_map(|pair| pair.split_once('='));
    pairs.any(|pair| pair == (key, value))
}
