use maan_ledger::{Body, Currency, Day, Fact, Known, Moment, Snapshot, decode_page, encode_page, snapshot};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::every_fact::bodies;
use crate::support::{Story, eur, item_id, receipt_id};

const NOON: i64 = 43_200_000_000;

fn fact() -> impl Strategy<Value = Fact> {
    (any::<u8>(), any::<Index>(), 0..40_i32, 0..20_i32, any::<bool>()).prop_map(
        |(seed, kind, on, lag, recorded)| {
            let happened = Day(20_000 + on);
            let moment = Moment(i64::from(happened.0 + lag) * 86_400_000_000 + NOON);
            let known = if recorded {
                Known::At(moment)
            } else {
                Known::Assumed(moment)
            };
            let body = kind.get(&bodies(seed, happened)).clone();
            Fact {
                happened,
                known,
                body,
            }
        },
    )
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    vec(fact(), 0..80)
}

fn as_of() -> impl Strategy<Value = (Day, Moment)> {
    (0..60_i32, 0..60_i32).prop_map(|(day, known)| {
        (
            Day(20_000 + day),
            Moment(i64::from(20_000 + known) * 86_400_000_000 + NOON),
        )
    })
}

fn at(facts: &[Fact], (day, known_at): (Day, Moment)) -> Snapshot<'_> {
    snapshot(facts, Currency::EUR, day, known_at)
}

/// Whether a fact says something of the days before it happened, because nothing else is known of them.
fn is_description(fact: &Fact) -> bool {
    matches!(
        fact.body,
        Body::DebtorDescribed(_)
            | Body::AgreementDescribed(_)
            | Body::ItemDescribed(_)
            | Body::OrderDescribed(_)
            | Body::Received(_)
            | Body::Allocated(_)
    )
}

proptest! {
    #[test]
    fn a_snapshot_never_changes_when_facts_become_known_later(facts in facts(), later in facts(), at_ in as_of()) {
        let later = later.into_iter().filter(|fact| fact.known.moment() > at_.1);
        let with_later: Vec<Fact> = facts.iter().cloned().chain(later).collect();
        prop_assert_eq!(at(&facts, at_), at(&with_later, at_));
    }

    #[test]
    fn what_happens_on_later_days_changes_no_day_before(facts in facts(), later in facts(), at_ in as_of()) {
        let later = later.into_iter().filter(|fact| fact.happened > at_.0 && !is_description(fact));
        let with_later: Vec<Fact> = facts.iter().cloned().chain(later).collect();
        prop_assert_eq!(at(&facts, at_), at(&with_later, at_));
    }

    #[test]
    fn facts_may_arrive_in_any_order(
        (facts, shuffled) in facts().prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())),
        at_ in as_of(),
    ) {
        prop_assert_eq!(at(&facts, at_), at(&shuffled, at_));
    }

    #[test]
    fn facts_that_became_known_at_one_moment_may_arrive_in_any_order(
        (facts, shuffled) in facts().prop_flat_map(|mut facts| {
            facts.iter_mut().for_each(|fact| fact.known = Known::At(Moment(0)));
            (Just(facts.clone()), Just(facts).prop_shuffle())
        }),
        at_ in as_of(),
    ) {
        prop_assert_eq!(at(&facts, at_), at(&shuffled, at_));
    }

    #[test]
    fn a_fact_that_arrives_twice_counts_once(facts in facts(), at_ in as_of()) {
        let twice: Vec<Fact> = facts.iter().chain(&facts).cloned().collect();
        prop_assert_eq!(at(&facts, at_), at(&twice, at_));
    }

    #[test]
    fn nothing_is_claimed_below_zero_and_no_part_exceeds_what_is_open(facts in facts(), at_ in as_of()) {
        let snapshot = at(&facts, at_);
        for item in &snapshot.items {
            let amount = item.described.amount.minor;
            let signum = if amount < 0 { -1 } else { 1 };
            prop_assert!(item.open.minor * signum >= 0);
            prop_assert!(item.excess.minor >= 0);
            prop_assert!(item.open.minor == 0 || item.excess.minor == 0);
        }
        prop_assert!(snapshot.account.totals.overdue.minor <= snapshot.account.totals.open.minor);
        let parts = snapshot.disputes.iter().map(|part| (part.what.item, part.open));
        for (item, open) in parts.chain(snapshot.withheld.iter().map(|part| (part.what.item, part.open))) {
            let item = snapshot.item(item).unwrap();
            prop_assert!(0 <= open.minor && open.minor <= item.open.minor.max(0));
        }
    }

    #[test]
    fn facts_read_from_a_page_are_the_facts_that_were_written(facts in facts()) {
        prop_assert_eq!(decode_page(&encode_page(&facts)).unwrap(), facts);
    }

    #[test]
    fn damaged_pages_are_refused_or_read_but_never_panic(facts in vec(fact(), 1..5), at_ in any::<Index>(), byte: u8) {
        let mut bytes = encode_page(&facts);
        *at_.get_mut(&mut bytes) = byte;
        let _ = decode_page(&bytes);
    }

    /// Nothing is lost and nothing made: whatever is allocated how, what is open less what is credited and
    /// unallocated is what was invoiced less what was paid and written off.
    #[test]
    fn money_is_conserved(
        amounts in vec(-5_000..20_000_i64, 1..6),
        receipts in vec(-2_000..20_000_i64, 0..4),
        allocations in vec((any::<Index>(), 0..4_u8, any::<Index>(), -3_000..20_000_i64), 0..12),
    ) {
        use maan_ledger::Source;
        let mut story = Story::default();
        let mut expected: i64 = amounts.iter().sum::<i64>() - receipts.iter().sum::<i64>();
        for (number, amount) in (0..).zip(&amounts) {
            story = story.invoice(number, "2026-03-01", *amount);
        }
        for (number, amount) in (0..).zip(&receipts) {
            story = story.received(number, "2026-03-01", *amount);
        }
        let notes: Vec<u128> = (0..).zip(&amounts).filter(|(_, amount)| **amount < 0).map(|(n, _)| n).collect();
        for (item, how, from, amount) in allocations {
            let source = match how {
                1 if !receipts.is_empty() => Source::Receipt(receipt_id(from.index(receipts.len()) as u128)),
                2 if !notes.is_empty() => Source::CreditNote(item_id(*from.get(&notes))),
                3 => Source::WriteOff,
                _ => Source::Direct,
            };
            if matches!(source, Source::Direct | Source::WriteOff) {
                expected -= amount;
            }
            story = story.allocated(item.index(amounts.len()) as u128, "2026-03-02", amount, source);
        }
        let totals = story.at("2026-03-02").account.totals;
        prop_assert_eq!(totals.open.minor - totals.credits.minor - totals.unallocated.minor, expected);
        prop_assert_eq!(totals.open.currency, eur(0).currency);
    }
}
