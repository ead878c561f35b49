//! What paid what: rows that are reconciled with each other, and payments that are booked on an invoice.

use maan_ledger::{Currency, Day, Moment};

use crate::mapping::{Context, RecordError, amount, currency, day, moment};
use crate::tryton::dto::Row;

/// A row of receivables in the currency of its invoice: above zero it is owed, below zero it pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) minor: i64,
    pub(super) on: Day,
    /// Last day to pay; that of its booking when it has none.
    pub(super) due: Day,
    pub(super) origin: Origin,
    pub(super) booked: Option<Moment>,
}

/// What a row was booked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The invoice or credit note of an id.
    Invoice(String),
    /// A loss that is taken.
    WriteOff,
    /// Money.
    Money,
}

/// Part of an owing row that a paying one settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match<'a> {
    pub(super) owing: &'a Entry,
    pub(super) paying: &'a Entry,
    pub(super) minor: i64,
}

impl Entry {
    /// A row; none when it is in other currencies than the invoice's.
    pub(super) fn of(
        context: &Context<'_>,
        row: &Row,
        wanted: Currency,
    ) -> Result<Option<Self>, RecordError> {
        let second = row.second_currency.as_ref().map(|code| currency(&code.code));
        let minor = if second.transpose()? == Some(wanted) {
            amount("amount_second_currency", &row.amount_second_currency, wanted)?.minor
        } else if currency(&context.currency.into())? == wanted {
            let (debit, credit) = (
                amount("debit", &row.debit, wanted)?,
                amount("credit", &row.credit, wanted)?,
            );
            debit
                .minus(credit)
                .map_err(|cause| RecordError::Amount {
                    field: "debit",
                    cause,
                })?
                .minor
        } else {
            return Ok(None);
        };
        let booking = row.booking.clone().unwrap_or_default();
        let on = day("date of a booking", &booking.date)?;
        let journal = booking.journal.unwrap_or_default();
        let invoice = booking.origin.strip_prefix("account.invoice,");
        let due = match row.maturity_date.as_str() {
            "" => on,
            _ => day("maturity_date", &row.maturity_date)?,
        };
        Ok(Some(Self {
            id: row.id.to_string(),
            minor,
            on,
            due,
            // a payment too names the invoice that it was booked for, but stands in another journal
            origin: match (journal.kind.as_str(), invoice) {
                ("write-off", _) => Origin::WriteOff,
                ("revenue", Some(invoice)) => Origin::Invoice(invoice.to_owned()),
                _ => Origin::Money,
            },
            booked: moment(&row.create_date),
        }))
    }
}

impl Match<'_> {
    /// The day from which both rows were there.
    pub(super) fn on(&self) -> Day {
        self.owing.on.max(self.paying.on)
    }
}

/// Settles rows with each other, the oldest first, and gives what is left of each.
pub(super) fn settle(entries: &[Entry]) -> (Vec<Match<'_>>, Vec<(&Entry, i64)>) {
    let mut owing: Vec<(&Entry, i64)> = entries
        .iter()
        .filter(|entry| entry.minor > 0)
        .map(|entry| (entry, entry.minor))
        .collect();
    let mut paying: Vec<(&Entry, i64)> = entries
        .iter()
        .filter(|entry| entry.minor < 0)
        .map(|entry| (entry, entry.minor.saturating_neg()))
        .collect();
    // ids rise as rows are booked
    let order = |(entry, _): &(&Entry, i64)| (entry.due, entry.on, entry.id.len(), entry.id.clone());
    owing.sort_by_key(order);
    paying.sort_by_key(|(entry, _)| (entry.on, entry.id.len(), entry.id.clone()));
    let mut matches = Vec::new();
    for (owed, open) in &mut owing {
        for (payment, left) in &mut paying {
            let part = (*open).min(*left);
            if part > 0 {
                *open -= part;
                *left -= part;
                matches.push(Match {
                    owing: owed,
                    paying: payment,
                    minor: part,
                });
            }
        }
    }
    owing.append(&mut paying);
    owing.retain(|(_, left)| *left > 0);
    (matches, owing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, minor: i64, on: &str) -> Entry {
        let on = on.parse().unwrap();
        Entry {
            id: id.to_owned(),
            minor,
            on,
            due: on,
            origin: Origin::Money,
            booked: None,
        }
    }

    #[test]
    fn the_oldest_is_paid_first_and_nothing_is_lost() {
        let entries = [
            entry("2", 5_000, "2026-09-02"),
            entry("1", 10_000, "2026-09-01"),
            entry("10", -4_000, "2026-09-20"),
            entry("9", -12_000, "2026-09-20"),
        ];
        let (matches, left) = settle(&entries);
        let told: Vec<_> = matches
            .iter()
            .map(|one| (one.owing.id.as_str(), one.paying.id.as_str(), one.minor))
            .collect();
        assert_eq!(told, [("1", "9", 10_000), ("2", "9", 2_000), ("2", "10", 3_000)]);
        assert_eq!(left, [(&entries[2], 1_000)]);
        assert_eq!(settle(&[]), (Vec::new(), Vec::new()));
    }
}
