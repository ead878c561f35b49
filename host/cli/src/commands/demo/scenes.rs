//! The scenes, in order.

use std::collections::BTreeMap;

use maan_followup::{ByHand, Guarded, Prepared, compare, level_name};
use maan_ledger::{Channel, Day, Level, Moment, Money};
use maan_policy_host::Digest;
use maan_policy_host::contract::Slot;
use maan_practice::Role;
use maan_store::{Action, ActionFilter, ActionState};

use super::stage::Stage;
use super::{heading, months};
use crate::commands::{policy, run, sync};
use crate::output::{Output, plain, table};
use crate::problem::Problem;

/// The night whose decisions are compared at the end.
#[derive(Clone, Copy)]
pub(super) struct Night {
    pub(super) day: Day,
    pub(super) known_at: Moment,
}

/// Which administration uses which policies.
pub(super) async fn connected(stage: &Stage) -> Result<(), Problem> {
    heading(1, "Two administrations, each with its own policies");
    let mut rows = Vec::new();
    for followup in stage.followups() {
        for deployment in followup.tenant.deployments().await? {
            let digest = Digest(deployment.component);
            let component = stage.place.host.get(digest);
            let description = component.as_ref().map(|component| component.description());
            rows.push(vec![
                stage.name(followup).to_owned(),
                format!("{:?}", deployment.slot).to_lowercase(),
                description
                    .map(|of| format!("{} {}", of.name, of.version))
                    .unwrap_or_default(),
                digest.short(),
                Digest(deployment.settings_digest).short(),
            ]);
        }
    }
    println!(
        "{}",
        table(
            &["administration", "slot", "policy", "component", "settings"],
            &[],
            rows
        )
    );
    Ok(())
}

/// Reads both administrations and decides for every debtor.
pub(super) async fn first_night(stage: &Stage, output: Output) -> Result<Night, Problem> {
    let mut night = None;
    for followup in stage.followups() {
        let read = sync::read(followup, output).await?;
        let known_at = followup.moment();
        let decided = run::decide(followup, output).await?;
        println!(
            "{}: {} facts of {} debtors read in {} calls; {}",
            stage.name(followup),
            read.facts,
            read.new,
            read.calls,
            run::run_words(&decided)
        );
        night.get_or_insert(Night {
            day: Day::from_date(known_at.to_utc().date_naive()),
            known_at,
        });
    }
    night.ok_or_else(|| Problem::failed("nothing was decided"))
}

/// Euros overdue, expected and held, and why.
pub(super) async fn standing(stage: &Stage) -> Result<(), Problem> {
    heading(2, "Where the money is");
    let language = stage.language;
    let standing = stage
        .shown
        .standing(&stage.phrases().await?, language, 30)
        .await?;
    let overdue_share = share(standing.overdue, standing.open);
    println!(
        "{}: {} open, {} overdue ({overdue_share}), {} expected within 30 days.",
        stage.name(&stage.shown),
        language.amount(standing.open),
        language.amount(standing.overdue),
        language.amount(standing.expected)
    );
    let names = [
        "not due",
        "1–30 days late",
        "31–60",
        "61–90",
        "91–120",
        "more than 120",
    ];
    let ageing = names.iter().zip(&standing.ageing.buckets);
    let rows = ageing.map(|(name, bucket)| {
        vec![
            (*name).to_owned(),
            bucket.count.to_string(),
            language.amount(bucket.amount),
        ]
    });
    println!("{}", table(&["age", "invoices", "open"], &[1, 2], rows));
    if !standing.at_rest.is_empty() {
        println!("Overdue, and left alone today, because:");
        let mut held: Vec<_> = standing.at_rest.iter().collect();
        held.sort_by_key(|(_, held)| std::cmp::Reverse(held.overdue.minor));
        let rows = held.into_iter().take(8).map(|(why, held)| {
            vec![
                plain(why),
                held.debtors.to_string(),
                language.amount(held.overdue),
            ]
        });
        println!("{}", table(&["why", "debtors", "overdue"], &[1, 2], rows));
    }
    Ok(())
}

/// Tonight's messages and tasks, by step.
pub(super) async fn tonight(stage: &Stage) -> Result<(), Problem> {
    heading(3, "What is proposed tonight");
    let mut steps: BTreeMap<(Level, String, &'static str), (u64, i64)> = BTreeMap::new();
    for action in all(stage).await? {
        let step = match action.level {
            Level::None => action.kind.replace('-', " "),
            level => level_name(level).to_owned(),
        };
        let counts = steps
            .entry((action.level, step, run::state_word(action.state)))
            .or_default();
        *counts = (
            counts.0.saturating_add(1),
            counts.1.saturating_add(action.amount.minor),
        );
    }
    let currency = maan_ledger::Currency::EUR;
    let rows = steps.into_iter().map(|((_, step, state), (count, minor))| {
        vec![
            step,
            state.to_owned(),
            count.to_string(),
            stage.language.amount(Money::new(minor, currency)),
        ]
    });
    println!("{}", table(&["step", "", "debtors", "asked"], &[2, 3], rows));
    Ok(())
}

/// A debtor pays while the reminder lies ready: of those that are ready, the one who owes most.
pub(super) async fn pays_now(stage: &Stage) -> Result<Action, Problem> {
    let shown: Vec<_> = [Role::Forgetter, Role::Defaulter]
        .into_iter()
        .map(|role| stage.showcase(role).map(|showcase| showcase.invoice_id))
        .collect::<Result<_, _>>()?;
    let ready = all(stage).await?.into_iter().filter(|action| {
        action.state == ActionState::Queued
            && action.level == Level::Reminder1
            && action.items.len() == 1
            && !shown.iter().any(|number| action.title.contains(number))
    });
    let paying = ready.max_by_key(|action| (action.amount.minor, action.id));
    let paying = paying.ok_or_else(|| Problem::failed("no reminder is ready to leave"))?;
    let later = stage.practice.status().now + chrono::TimeDelta::hours(1);
    stage.play_to(later)?;
    let (_, invoices) = months::on_the_platform(stage, &paying).await?;
    for invoice in invoices {
        stage.practice.pay_invoice(&invoice, 60)?;
    }
    Ok(paying)
}

/// The last look, and sending.
pub(super) async fn send(stage: &Stage, paid: &Action) -> Result<(), Problem> {
    heading(5, "Looked at again, then sent");
    let followup = &stage.shown;
    followup.sync(|_, _, _| {}).await?;
    let settled = followup.withdraw_settled().await?;
    let policies = stage.policies(followup).await?;
    followup.run(&policies, |_| {}).await?;
    let report = followup.send(&policies, &stage.mailer).await?;
    println!("{}", run::sent_words(&report));
    let debtor = followup
        .tenant
        .debtor(paid.debtor)
        .await?
        .map(|debtor| debtor.name)
        .unwrap_or_default();
    for one in settled.iter().filter(|one| one.action == paid.id) {
        println!(
            "Not sent to {}: {}, {} — {}, an hour ago; seen at the last look.",
            plain(&debtor),
            plain(&one.title),
            stage.language.amount(paid.amount),
            one.why
        );
    }
    Ok(())
}

/// One message as it was received.
pub(super) fn opened(stage: &Stage) -> Result<(), Problem> {
    heading(6, "One of them, as it arrived");
    let forgetter = stage.showcase(Role::Forgetter)?;
    let mails = stage.practice.mails();
    let found = mails
        .iter()
        .find(|mail| mail.subject.contains(&forgetter.invoice_id))
        .or(mails.first());
    match found {
        Some(mail) => {
            println!("To: {}\nSubject: {}\n", mail.to.join(", "), plain(&mail.subject));
            println!("{}", indented(&body_of(mail)));
        }
        None => println!("(the mailbox is empty)"),
    }
    Ok(())
}

/// What the statute policy stops or corrects, with the article: a person wants too much of a consumer too soon.
pub(super) async fn law(stage: &Stage) -> Result<(), Problem> {
    heading(4, "Where the law steps in");
    let consumer = stage.showcase(Role::Consumer)?;
    let debtor = stage
        .shown
        .tenant
        .find_debtors(&consumer.name, 1)
        .await?
        .into_iter()
        .next();
    let debtor = debtor.ok_or_else(|| Problem::failed("the consumer to show was not read"))?;
    println!(
        "{} is a consumer with one overdue invoice. Somebody at the desk wants to go further by hand:",
        consumer.name
    );
    let policies = stage.policies(&stage.shown).await?;
    for (level, channel) in [
        (Level::HandOver, Channel::Letter),
        (Level::FormalNotice, Channel::Email),
    ] {
        let wish = ByHand {
            debtor: debtor.id,
            level,
            channel,
            items: vec![],
        };
        if let Some(guarded) = stage.shown.judge_by_hand(&policies, &wish).await? {
            told(stage, level_name(level), &guarded).await?;
        }
    }
    Ok(())
}

/// A proposal and what was made of it.
async fn told(stage: &Stage, wish: &str, guarded: &Guarded) -> Result<(), Problem> {
    let phrases = stage.phrases().await?;
    let verdict = match (guarded.veto(), &guarded.stopped, guarded.articles.is_empty()) {
        (Some(_), _, _) => "stopped by the law",
        (None, Some(_), _) => "stopped",
        (None, None, false) => "corrected by the law",
        (None, None, true) => "allowed",
    };
    println!("  {wish}: {verdict}");
    let articles: Vec<_> = guarded
        .articles
        .iter()
        .map(|article| plain(&article.name))
        .collect();
    if !articles.is_empty() {
        println!("    {}", articles.join(" · "));
    }
    for reason in &guarded.reasons {
        println!("    {}", plain(&phrases.say(stage.language, reason, |_| None)));
    }
    if let Some(earliest) = guarded.veto().and_then(|veto| veto.earliest) {
        println!("    lawful from {}", stage.language.day(Day(earliest)));
    }
    if guarded.stopped.is_none() {
        println!("    goes by {:?}", guarded.channel());
        if let Some(deadline) = guarded.deadline() {
            println!(
                "    last day to pay without costs: {}",
                stage.language.day(deadline)
            );
        }
        for (_, wording) in &guarded.phrases {
            println!("    the text holds: {}", plain(wording));
        }
    }
    Ok(())
}

/// The same arrears of a forgetter and of a defaulter, and the two texts.
pub(super) async fn two_texts(stage: &Stage) -> Result<(), Problem> {
    heading(7, "The same arrears, two debtors, two texts");
    for role in [Role::Forgetter, Role::Defaulter] {
        let shown = stage.showcase(role)?;
        let actions = all(stage).await?;
        let action = actions
            .iter()
            .find(|action| action.title.contains(&shown.invoice_id));
        let Some(action) = action else {
            println!("  {}: nothing is proposed", shown.name);
            continue;
        };
        let segment = match &action.body {
            Some(body) => stage
                .phrases()
                .await?
                .word(stage.language, &Prepared::read(body)?.segment),
            None => String::new(),
        };
        println!(
            "  {} — {} — {}",
            shown.name,
            plain(&segment),
            plain(&action.title)
        );
        if let Some(text) = stage.shown.draft(action).await? {
            let first = text.body.split("\n\n").filter(|part| !part.starts_with("  "));
            let gist: Vec<_> = first.skip(1).take(2).collect();
            println!("{}\n", indented(&gist.join("\n")));
        }
    }
    Ok(())
}

/// The same night under the other preset.
pub(super) async fn other_preset(stage: &Stage, night: Night) -> Result<(), Problem> {
    heading(9, "The same night under preset strict");
    let followup = &stage.shown;
    let process = stage.policies(followup).await?;
    let component = process.workflow.component();
    let settings = policy::settings_of(component, Slot::Workflow, None, Some("strict"))?;
    let strict = process.with_workflow(stage.place.host.configure(component, &settings)?);
    let before = followup.preview(&process, night.day, night.known_at).await?;
    let after = followup.preview(&strict, night.day, night.known_at).await?;
    let comparison = compare(&before, &after);
    println!("{} debtors change.", comparison.changed.len());
    let rows = comparison.steps.iter().map(|(step, (process, strict))| {
        let difference = i128::from(*strict) - i128::from(*process);
        vec![
            step.clone(),
            process.to_string(),
            strict.to_string(),
            format!("{difference:+}"),
        ]
    });
    println!(
        "{}",
        table(&["step", "process", "strict", "difference"], &[1, 2, 3], rows)
    );
    Ok(())
}

/// All actions of the shown administration.
pub(super) async fn all(stage: &Stage) -> Result<Vec<Action>, Problem> {
    let filter = ActionFilter {
        limit: u32::MAX,
        ..ActionFilter::default()
    };
    let actions = stage.shown.tenant.actions(filter).await?;
    Ok(actions
        .into_iter()
        .filter(|action| action.state != ActionState::Withdrawn)
        .collect())
}

fn share(part: Money, whole: Money) -> String {
    if whole.minor <= 0 {
        return "0%".into();
    }
    format!("{}%", i128::from(part.minor) * 100 / i128::from(whole.minor))
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("    {}", plain(line)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The plain text of a mail.
fn body_of(mail: &maan_practice::Mail) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail.raw.as_bytes());
    parsed
        .and_then(|mail| mail.body_text(0).map(|text| text.trim_end().to_owned()))
        .unwrap_or_default()
}
