//! How the debtor paid and kept his word.

use super::agreements::Ends;
use super::order::Row;
use super::{Behaviour, Item, PromiseStanding, PromiseState};
use crate::{Currency, Day, Dispute, EndReason, Mandate};

/// Two years.
const SPAN: i32 = 730;

impl Behaviour {
    pub(super) fn new(
        items: &[Item<'_>],
        promises: &[PromiseStanding<'_>],
        disputes: &[Row<'_, Dispute>],
        ends: &Ends<'_>,
        mandates: &[&Mandate],
        home: Currency,
        as_of: Day,
    ) -> Self {
        let first = as_of.plus(-SPAN);
        let mut paid: Vec<(Day, Day, i64)> = items
            .iter()
            .filter(|item| item.open.currency == home)
            .filter_map(|item| Some((item.paid_on?, item.described.due, item.described.amount.minor)))
            .filter(|(paid, _, _)| *paid >= first)
            .collect();
        paid.sort_unstable();
        let promised = |state| {
            count(
                promises
                    .iter()
                    .filter(|p| p.promise.by >= first && p.state == state),
            )
        };
        let settled = |reason| {
            let ends = disputes.iter().filter_map(|row| ends.of(row.body.agreement));
            count(ends.filter(|(day, how)| *day >= first && *how == reason))
        };
        let returned = mandates.iter().filter(|mandate| !mandate.return_code.is_empty());
        Self {
            due: paid.iter().map(|(_, due, _)| *due).collect(),
            paid: paid.iter().map(|(paid, _, _)| *paid).collect(),
            amount: paid.iter().map(|(_, _, amount)| *amount).collect(),
            promises_kept: promised(PromiseState::Kept),
            promises_broken: promised(PromiseState::Broken),
            disputes_justified: settled(EndReason::SettledForDebtor),
            disputes_unjustified: settled(EndReason::SettledForCreditor),
            returned_debits: count(
                returned.filter(|mandate| mandate.returned_on.unwrap_or(mandate.collection_day) >= first),
            ),
        }
    }
}

pub(super) fn count(things: impl Iterator) -> u16 {
    u16::try_from(things.count()).unwrap_or(u16::MAX)
}
