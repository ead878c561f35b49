use maan_ledger::{Currency, Level, Money};

use super::*;
use crate::samples::{contacted, guarded, invoice, known, snapshot_of, story};

fn rule(facts: &[maan_ledger::Fact], guarded: &Guarded) -> Option<String> {
    host_rule(&snapshot_of(facts), guarded).map(|reason| reason.code)
}

#[test]
fn a_lawful_first_reminder_is_not_stopped() {
    assert_eq!(rule(&story(), &guarded(Level::Reminder1, &[1])), None);
}

#[test]
fn one_message_asks_in_one_currency() {
    let mut facts = story();
    facts.push(known(invoice(2, Money::new(5_000, Currency::GBP))));
    let stopped = rule(&facts, &guarded(Level::Reminder1, &[1, 2]));
    assert_eq!(stopped.as_deref(), Some("host.several-currencies"));
}

#[test]
fn who_was_contacted_today_is_not_contacted_again_and_that_passes() {
    let mut facts = story();
    facts.push(contacted());
    let stopped = host_rule(&snapshot_of(&facts), &guarded(Level::Reminder1, &[1])).unwrap();
    assert_eq!(stopped.code, "host.already-contacted-today");
    assert!(passes(&stopped));
    assert_eq!(
        rule(&facts, &guarded(Level::HandOver, &[1])),
        None,
        "a hand-over reaches another"
    );
}
