//! The days after: what came in, and what the follow-up did.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use maan_followup::Told;
use maan_ledger::{Body, Currency, Level, Money, Outcome};
use maan_practice::{Channel, Contacted, Level as Firmness};
use maan_store::{Action, ActionFilter, ActionState};

use super::heading;
use super::scenes;
use super::stage::Stage;
use crate::output::{Output, table};
use crate::problem::Problem;

/// What happened in a month.
#[derive(Default)]
struct Month {
    received: i64,
    payments: u32,
    messages: u64,
    by_person: u64,
    stopped: u64,
}

/// Plays the days: the night decides, a person approves and calls, debtors react by their character.
pub(super) async fn play(stage: &Stage, days: u32, output: Output) -> Result<(), Problem> {
    match days {
        1 => heading(8, "The next day"),
        _ => heading(8, &format!("The next {days} days")),
    }
    let bar = output.progress("playing days", u64::from(days));
    let first = stage.practice.status().now.date();
    let mut months: BTreeMap<(i32, u32), Month> = BTreeMap::new();
    for ahead in 1..=u64::from(days) {
        let day = first.checked_add_days(Days::new(ahead)).unwrap_or(first);
        let month = months.entry((day.year(), day.month())).or_default();
        let played = stage.play_to(day.and_hms_opt(8, 30, 0).unwrap_or_default())?;
        if let Some(shown) = played.first() {
            month.received = month.received.saturating_add(shown.received);
            month.payments = month.payments.saturating_add(shown.payments);
        }
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            work(stage, month).await?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    tell(stage, &months, first).await
}

/// One working day of the shown administration.
async fn work(stage: &Stage, month: &mut Month) -> Result<(), Problem> {
    let followup = &stage.shown;
    followup.sync(|_, _, _| {}).await?;
    followup.withdraw_settled().await?;
    let policies = stage.policies(followup).await?;
    followup.run(&policies, |_| {}).await?;
    let open = |states| ActionFilter {
        states,
        debtor: None,
        limit: u32::MAX,
    };
    let waiting = followup.tenant.actions(open(vec![ActionState::Waiting])).await?;
    followup.approve(&waiting, "the person at the desk").await?;
    // Tasks, such as finding an address, wait for somebody who can.
    let todo = followup.tenant.actions(open(vec![ActionState::ToDo])).await?;
    for action in todo.iter().filter(|action| action.kind != "task") {
        person(stage, action).await?;
        month.by_person = month.by_person.saturating_add(1);
    }
    let report = followup.send(&policies, &stage.mailer).await?;
    month.messages = month.messages.saturating_add(report.sent);
    month.stopped = month
        .stopped
        .saturating_add((report.withdrawn.len() + report.vetoed.len()) as u64);
    Ok(())
}

/// A person does what is asked: calls, posts a letter, handles a task.
async fn person(stage: &Stage, action: &Action) -> Result<(), Problem> {
    let channel = match (action.kind.as_str(), action.channel) {
        ("call", _) | (_, maan_ledger::Channel::Phone) => Some(Channel::Call),
        ("message" | "plan-offer", _) => Some(Channel::Letter),
        _ => None,
    };
    if let Some(channel) = channel {
        let (contact, invoices) = on_the_platform(stage, action).await?;
        stage.practice.contacted(&Contacted {
            contact_id: contact,
            sales_invoice_ids: invoices,
            level: firmness(action.level),
            channel,
            plan: action.kind == "plan-offer",
        })?;
    }
    let outcome = (channel == Some(Channel::Call)).then_some(Outcome::Reached);
    let told = Told {
        outcome,
        ..Told::default()
    };
    stage.shown.done(action, told, "the person at the desk").await?;
    Ok(())
}

/// The contact and invoices of an action, by the platform's ids.
pub(super) async fn on_the_platform(
    stage: &Stage,
    action: &Action,
) -> Result<(String, Vec<String>), Problem> {
    let debtor = stage.shown.tenant.debtor(action.debtor).await?;
    let mut invoices: BTreeMap<maan_ledger::ItemId, String> = BTreeMap::new();
    for fact in stage.shown.tenant.facts(action.debtor).await? {
        if let Body::ItemDescribed(item) = fact.body {
            invoices.insert(item.item, item.reference);
        }
    }
    let wanted = action
        .items
        .iter()
        .filter_map(|(item, _)| invoices.remove(item))
        .collect();
    Ok((debtor.map(|debtor| debtor.reference).unwrap_or_default(), wanted))
}

fn firmness(level: Level) -> Firmness {
    match level {
        Level::None | Level::Notice1 | Level::Notice2 | Level::Notice3 => Firmness::Notice,
        Level::Reminder1 | Level::Call1 => Firmness::Reminder,
        Level::Reminder2 | Level::Reminder3 | Level::Call2 => Firmness::Firm,
        Level::LastReminder | Level::FormalNotice | Level::HandOver | Level::WriteOff => Firmness::Final,
    }
}

async fn tell(stage: &Stage, months: &BTreeMap<(i32, u32), Month>, first: NaiveDate) -> Result<(), Problem> {
    let euro = |minor| stage.language.amount(Money::new(minor, Currency::EUR));
    let rows = months.iter().map(|((year, number), month)| {
        vec![
            format!("{year}-{number:02}"),
            month.payments.to_string(),
            euro(month.received),
            month.messages.to_string(),
            month.by_person.to_string(),
            month.stopped.to_string(),
        ]
    });
    let head = [
        "month",
        "payments",
        "came in",
        "messages",
        "by a person",
        "stopped at the last look",
    ];
    println!("{}", table(&head, &[1, 2, 3, 4, 5], rows));
    let mut done: BTreeMap<(Level, String), u64> = BTreeMap::new();
    for action in scenes::all(stage).await? {
        if matches!(action.state, ActionState::Sent | ActionState::Done) {
            let name = match action.level {
                Level::None => action.kind.replace('-', " "),
                level => maan_followup::level_name(level).to_owned(),
            };
            let count = done.entry((action.level, name)).or_default();
            *count = count.saturating_add(1);
        }
    }
    let steps: Vec<_> = done
        .iter()
        .map(|((_, name), count)| format!("{count} × {name}"))
        .collect();
    println!("Done since {first}: {}.", steps.join(", "));
    let standing = stage
        .shown
        .standing(&stage.phrases().await?, stage.language, 30)
        .await?;
    println!(
        "Now {} open, {} overdue.",
        stage.language.amount(standing.open),
        stage.language.amount(standing.overdue)
    );
    Ok(())
}
