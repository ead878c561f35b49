//! What was matched with what. A line tells how much of it was matched, and the number and day of its newest match.

use std::collections::HashMap;

use maan_ledger::Day;

use super::entry::Entry;

/// What settled part of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// The entry that it came from; none when no line says it.
    pub(super) from: Option<usize>,
    /// Minor units, with the sign of the item.
    pub(super) minor: i64,
    pub(super) on: Day,
}

/// For each entry that is an item: what settled it. It adds up to what was matched of it.
///
/// Money goes to the invoice whose number it bears, else to the one with the same match; a credit note to the one with
/// the same match. What no line explains was settled on the day of the newest match.
pub(super) fn settled(entries: &[Entry<'_>]) -> HashMap<usize, Vec<Use>> {
    let invoices = || {
        let numbered = entries.iter().enumerate();
        numbered.filter(|(_, entry)| entry.is_item() && entry.amount.minor > 0)
    };
    let by_number = single(invoices().map(|(at, entry)| (key(entry, &entry.line.invoice), at)));
    let by_match = single(invoices().map(|(at, entry)| (key(entry, &entry.line.match_number), at)));
    let mut uses: HashMap<usize, Vec<Use>> = HashMap::new();
    let mut given: HashMap<usize, i64> = HashMap::new();
    for (from, entry) in entries.iter().enumerate().filter(|(_, one)| one.matched < 0) {
        let in_match = || {
            by_match
                .get(&key(entry, &entry.line.match_number))
                .copied()
                .flatten()
        };
        let named = match entry.is_item() {
            true => None,
            false => by_number.get(&key(entry, &entry.line.invoice)).copied().flatten(),
        };
        let Some(target) = named.or_else(in_match) else {
            continue;
        };
        let on = match entry.is_item() {
            // a credit note is used when it is matched, money when it comes in
            true => entry.matched_on.unwrap_or(entry.on),
            false => entry.on,
        };
        let minor = entry.matched.saturating_neg();
        uses.entry(target).or_default().push(Use {
            from: Some(from),
            minor,
            on,
        });
        given.insert(from, minor);
    }
    let mut all = HashMap::new();
    for (at, entry) in entries.iter().enumerate().filter(|(_, one)| one.is_item()) {
        let mut own = uses.remove(&at).unwrap_or_default();
        let told: i64 = own.iter().map(|one| one.minor).sum();
        // what lines say beyond what was matched cannot be: then nothing is known but how much
        if told > entry.matched.max(0) {
            for from in own.drain(..).filter_map(|one| one.from) {
                given.remove(&from);
            }
        }
        all.insert(at, own);
    }
    for (at, own) in &mut all {
        let Some(entry) = entries.get(*at) else { continue };
        let told: i64 = own.iter().map(|one| one.minor).sum();
        let set_off = given.get(at).copied().unwrap_or_default();
        let rest = entry.matched.saturating_add(set_off).saturating_sub(told);
        if rest != 0 {
            own.push(Use {
                from: None,
                minor: rest,
                on: entry.matched_on.unwrap_or(entry.on),
            });
        }
    }
    all
}

type Key = (String, String, &'static str);

/// Matches and numbers are those of one customer and currency.
fn key(entry: &Entry<'_>, number: &str) -> Key {
    let currency = entry.amount.currency.code();
    (entry.line.customer.to_string(), number.to_owned(), currency)
}

/// The entry of each key; none where there are several.
fn single(all: impl Iterator<Item = (Key, usize)>) -> HashMap<Key, Option<usize>> {
    let mut found: HashMap<Key, Option<usize>> = HashMap::new();
    for (key, at) in all.filter(|(key, _)| !key.1.is_empty() && key.1 != "0") {
        found.entry(key).and_modify(|one| *one = None).or_insert(Some(at));
    }
    found
}

#[cfg(test)]
mod tests {
    use maan_ledger::{Currency, Money};

    use super::*;
    use crate::twinfield::dto::Line;

    /// A line: number of an invoice, amount, matched part, day, due or not, match.
    type Told = (&'static str, i64, i64, i32, bool, &'static str);

    /// From which line, how much, on which day.
    type Use = (Option<usize>, i64, i32);

    fn uses(told: &[Told]) -> Vec<(usize, Vec<Use>)> {
        let lines: Vec<Line> = told
            .iter()
            .map(|(invoice, .., number)| Line {
                customer: "1000".into(),
                invoice: (*invoice).into(),
                match_number: (*number).into(),
                ..Line::default()
            })
            .collect();
        let entries: Vec<Entry<'_>> = told
            .iter()
            .zip(&lines)
            .map(|((_, minor, matched, day, is_due, _), line)| Entry {
                line,
                amount: Money::new(*minor, Currency::EUR),
                matched: *matched,
                on: Day(*day),
                due: is_due.then_some(Day(day + 30)),
                matched_on: Some(Day(99)),
            })
            .collect();
        let mut all: Vec<_> = settled(&entries)
            .into_iter()
            .map(|(at, uses)| {
                let uses = uses.into_iter().map(|one| (one.from, one.minor, one.on.0));
                (at, uses.collect())
            })
            .collect();
        all.sort();
        all
    }

    #[test]
    fn money_pays_the_invoice_that_it_names_and_a_credit_note_the_one_of_its_match() {
        let told = [
            ("1", 1000, 600, 1, true, "m2"),
            ("1", -400, -400, 5, false, "m1"),
            ("2", -200, -200, 7, true, "m2"),
        ];
        let invoice = vec![(Some(1), 400, 5), (Some(2), 200, 99)];
        assert_eq!(uses(&told), [(0, invoice), (2, vec![])]);
    }

    #[test]
    fn what_no_line_explains_is_settled_all_the_same() {
        assert_eq!(
            uses(&[("1", 1000, 300, 1, true, "m1")]),
            [(0, vec![(None, 300, 99)])]
        );
        // a credit note that was paid back
        assert_eq!(
            uses(&[("2", -200, -200, 7, true, "m3")]),
            [(0, vec![(None, -200, 99)])]
        );
    }

    #[test]
    fn lines_that_say_more_than_was_matched_are_not_believed() {
        let told = [("1", 1000, 300, 1, true, "m1"), ("1", -400, -400, 5, false, "m2")];
        assert_eq!(uses(&told), [(0, vec![(None, 300, 99)])]);
        // nor is a number that two invoices bear
        let told = [
            ("1", 100, 100, 1, true, ""),
            ("1", 100, 0, 1, true, ""),
            ("1", -100, -100, 5, false, ""),
        ];
        assert_eq!(uses(&told), [(0, vec![(None, 100, 99)]), (1, vec![])]);
    }
}
