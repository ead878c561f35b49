use chrono::NaiveDate;
use maan_ledger::{Day, Money};

use crate::mapping::{Context, RecordError, Text, amount, currency, plausible};
use crate::twinfield::dto::Line;

/// A line whose values can be read.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) line: &'a Line,
    /// Below zero for credit notes and money that came in.
    pub(super) amount: Money,
    /// The part that was matched, with the sign of the amount.
    pub(super) matched: i64,
    pub(super) on: Day,
    pub(super) due: Option<Day>,
    /// The day of the newest match.
    pub(super) matched_on: Option<Day>,
}

impl<'a> Entry<'a> {
    pub(super) fn of(context: &Context<'_>, line: &'a Line) -> Result<Self, RecordError> {
        if line.customer.is_empty() {
            return Err(RecordError::NoContact);
        }
        let code: Text = match &*line.currency {
            "" => context.currency.into(),
            code => code.into(),
        };
        let currency = currency(&code)?;
        let total = amount("its amount", &line.amount, currency)?;
        let open = match &*line.open {
            "" => Money::zero(currency),
            _ => amount("its open amount", &line.open, currency)?,
        };
        Ok(Self {
            line,
            amount: total,
            matched: total.minor.saturating_sub(open.minor),
            on: day("its date", &line.date)?,
            due: optional_day("its due date", &line.due)?,
            matched_on: optional_day("its match date", &line.matched_on)?,
        })
    }

    /// An invoice or credit note: it has a due date, or it raises what is owed.
    pub(super) fn is_item(&self) -> bool {
        self.due.is_some() || self.amount.minor > 0
    }
}

/// A day, which is written `20260921`.
fn day(field: &'static str, text: &Text) -> Result<Day, RecordError> {
    let date = NaiveDate::parse_from_str(text, "%Y%m%d").ok();
    plausible(field, text, date.map(Day::from_date))
}

fn optional_day(field: &'static str, text: &Text) -> Result<Option<Day>, RecordError> {
    if text.is_empty() {
        Ok(None)
    } else {
        day(field, text).map(Some)
    }
}
