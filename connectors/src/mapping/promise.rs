use maan_ledger::{Body, Day, Fact, ItemId, Moment, Money, Promise};

use super::Context;
use crate::ids;

/// An item is promised to be paid by a day that the platform notes. What is open of it is promised; nothing is promised
/// of one that is paid, and a day that was noted earlier stands.
pub(crate) fn promised(
    context: &Context<'_>,
    (item, open): (ItemId, Money),
    by: Day,
    changed: Option<Moment>,
) -> Fact {
    let on = context.day_of(changed).unwrap_or(context.today());
    Fact {
        happened: on,
        known: context.known(changed, on),
        body: Body::Promised(Promise {
            agreement: ids::promise(item, on, by),
            items: vec![item],
            amount: open,
            by,
        }),
    }
}
