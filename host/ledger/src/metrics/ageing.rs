//! How old the receivables are.

use crate::{Currency, Day, Money, MoneyError};

/// Last day late of each bucket but the last: not due, 1–30, 31–60, 61–90, 91–120, and more.
pub const AGEING_LIMITS: [i32; 5] = [0, 30, 60, 90, 120];

/// Receivables by days past the due date.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Ageing {
    /// Not due, 1–30 days late, 31–60, 61–90, 91–120, more than 120.
    pub buckets: [Bucket; 6],
    /// All of them.
    pub total: Bucket,
}

/// How many items, and what is open of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Bucket {
    /// Items.
    pub count: u32,
    /// What is open of them.
    pub amount: Money,
}

impl Bucket {
    fn add(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.amount = self.amount.plus(amount)?;
        self.count += 1;
        Ok(())
    }
}

/// Ageing on the due date, the usual aged-receivables report of accounting platforms: an item whose due day is
/// `as_of` or later is not due, one day after it is one day late. Credit notes go where their due date puts
/// them and lower the amount. Takes the due day and what is open of each item, all in `currency`.
pub fn ageing(
    as_of: Day,
    currency: Currency,
    items: impl IntoIterator<Item = (Day, Money)>,
) -> Result<Ageing, MoneyError> {
    let empty = Bucket {
        count: 0,
        amount: Money::zero(currency),
    };
    let mut ageing = Ageing {
        buckets: [empty; 6],
        total: empty,
    };
    for (due, open) in items {
        let late = as_of.since(due);
        let bucket = AGEING_LIMITS.partition_point(|limit| late > *limit);
        if let Some(bucket) = ageing.buckets.get_mut(bucket) {
            bucket.add(open)?;
        }
        ageing.total.add(open)?;
    }
    Ok(ageing)
}
