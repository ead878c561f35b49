//! Days sales outstanding and what belongs to it.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::quotient;
use crate::{Currency, Day, Money, MoneyError};

/// Credit sales of a calendar month, or of the part of it that has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthSales {
    /// Days of the month, or those passed.
    pub days: u32,
    /// Invoiced on credit, less credit notes.
    pub sales: Money,
}

/// DSO by count-back: from the receivables subtract the sales of the latest month and count its days; repeat
/// with the month before, and take the last month pro rata:
///
/// ```text
/// receivables 900, sales 500 (30 days), 500 (31 days) → 30 + 31 × 400 ÷ 500 = 54.8
/// ```
///
/// It follows seasons, which the simple DSO does not. Also called *exhaustion* or *working-back* method; described
/// for instance by Gaviti (*Countback method vs. simple DSO*) and, with an example, by Benji Pays (*Mastering DSO
/// calculation*). `months` come latest first. None when the sales of all months do not reach the receivables: then the true figure is larger than the
/// history tells. 0 without receivables.
pub fn dso_count_back(receivables: Money, months: &[MonthSales]) -> Result<Option<Decimal>, MoneyError> {
    let mut rest = receivables;
    let mut days = 0_u32;
    for month in months {
        if rest.minor <= 0 {
            break;
        }
        let after = rest.minus(month.sales)?;
        if after.minor <= 0 {
            let part = i128::from(month.days) * i128::from(rest.minor);
            let part = quotient(part, i128::from(month.sales.minor));
            return Ok(part.and_then(|part| part.checked_add(days.into())));
        }
        rest = after;
        days = days.saturating_add(month.days);
    }
    Ok((rest.minor <= 0).then(|| days.into()))
}

/// Simple DSO: receivables at the end ÷ credit sales of the period × days of the period, the textbook form, which
/// is distorted by seasons. None without sales.
pub fn dso_simple(receivables: Money, sales: Money, days: u32) -> Result<Option<Decimal>, MoneyError> {
    receivables.same_currency(sales)?;
    Ok(quotient(
        i128::from(receivables.minor) * i128::from(days),
        i128::from(sales.minor),
    ))
}

/// Best possible DSO: receivables that are not overdue ÷ credit sales × days, which is what the DSO would be if
/// everyone paid on the last day (Apruve, *Best possible DSO*). The DSO less this is the average days delinquent.
/// None without sales.
pub fn best_possible_dso(current: Money, sales: Money, days: u32) -> Result<Option<Decimal>, MoneyError> {
    dso_simple(current, sales, days)
}

/// Collection effectiveness index over a period of `months` months, in per cent:
///
/// ```text
/// (receivables at begin + sales ÷ months − receivables at end)
/// ÷ (receivables at begin + sales ÷ months − receivables at end that are not overdue) × 100
/// ```
///
/// 100 means that all that could be collected was. The formula and its example are those of Credit Guru
/// (*Collection Effectiveness Index*); Oracle Receivables has the same. None when nothing could be collected, or
/// for no months.
pub fn cei(
    begin: Money,
    sales: Money,
    months: u32,
    end_total: Money,
    end_current: Money,
) -> Result<Option<Decimal>, MoneyError> {
    for amount in [sales, end_total, end_current] {
        begin.same_currency(amount)?;
    }
    if months == 0 {
        return Ok(None);
    }
    let n = i128::from(months);
    let base = i128::from(begin.minor) * n + i128::from(sales.minor);
    let less = |end: Money| base - i128::from(end.minor) * n;
    Ok(quotient(less(end_total) * 100, less(end_current)))
}

/// Sales of the last `count` calendar months, latest first and the running month with the days so far, from the
/// issue days and amounts of invoices and credit notes.
pub fn monthly_sales(
    as_of: Day,
    count: usize,
    currency: Currency,
    items: impl IntoIterator<Item = (Day, Money)>,
) -> Result<Vec<MonthSales>, MoneyError> {
    let mut months = Vec::with_capacity(count);
    let mut first_days = Vec::with_capacity(count);
    let mut last = as_of;
    for _ in 0..count {
        let days = last.date().day();
        first_days.push(last.plus(1 - i32::try_from(days).unwrap_or(31)));
        months.push(MonthSales {
            days,
            sales: Money::zero(currency),
        });
        last = last.plus(-i32::try_from(days).unwrap_or(31));
    }
    for (issued, amount) in items.into_iter().filter(|(issued, _)| *issued <= as_of) {
        let month = first_days.partition_point(|first| *first > issued);
        if let Some(month) = months.get_mut(month) {
            month.sales = month.sales.plus(amount)?;
        }
    }
    Ok(months)
}
