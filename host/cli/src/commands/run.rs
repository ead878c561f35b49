//! `maan run` and `maan send`: decide, look again, send.

use std::process::ExitCode;
use std::sync::Arc;

use maan_followup::{Followup, NotSent, NotWritten, RunReport, SendReport, WriteBackReport};
use maan_outreach::Mailer;
use serde::Serialize;

use super::credit_information::{self, CreditAsked};
use crate::arguments::Run;
use crate::config::Mail;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// What a night did.
#[derive(Serialize)]
struct Night {
    read: Option<maan_followup::SyncReport>,
    /// Nothing was left to ask: paid, credited or disputed since it was proposed.
    settled: Vec<NotSent>,
    run: RunReport,
    /// Reports that were ordered and registers that were asked; none where no service is in use.
    credit: Option<CreditAsked>,
    sent: Option<SendReport>,
    /// What was written back to the platform.
    written_back: WriteBackReport,
}

pub(crate) async fn run(place: &Place, options: &Run, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let mailer = match (options.no_send, &place.config.mail) {
        (false, Some(mail)) => Some(mailer(&followup, mail).await?),
        _ => None,
    };
    followup.begin_write_backs().await?;
    let read = if options.no_sync {
        None
    } else {
        Some(super::sync::read(&followup, output).await?)
    };
    let settled = followup.withdraw_settled().await?;
    let run = decide(&followup, output).await?;
    let credit = match options.no_send {
        true => None,
        false => credit_information::ask(place, &followup).await?,
    };
    let sent = match mailer {
        Some(mailer) => Some(leave(&followup, &mailer).await?),
        None => {
            if !options.no_send && !output.json {
                eprintln!("maan: no mail server is set in maan.toml; what is ready stays ready");
            }
            None
        }
    };
    let written_back = match options.no_send {
        true => WriteBackReport::default(),
        false => followup.write_back().await?,
    };
    let code = sent.as_ref().map_or(ExitCode::SUCCESS, exit_code);
    output.answer(
        &Night {
            read,
            settled,
            run,
            credit,
            sent,
            written_back,
        },
        |night| {
            let mut text = run_words(&night.run);
            for one in night.settled.iter().take(10) {
                text.push_str(&format!(
                    "\n  not sent: {}: {}",
                    plain(&one.title),
                    plain(&one.why)
                ));
            }
            if let Some(credit) = &night.credit {
                text.push('\n');
                text.push_str(&credit_information::words(credit));
            }
            if let Some(sent) = &night.sent {
                text.push('\n');
                text.push_str(&sent_words(sent));
            }
            text.push_str(&written_words(&night.written_back));
            text
        },
    )?;
    Ok(code)
}

pub(crate) async fn send(place: &Place, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let Some(mail) = &place.config.mail else {
        return Err(Problem::failed(
            "no mail server is set; add to maan.toml:\n[mail]\nhost = \"smtp.example.com\"\nport = 587\nuser = \"…\"\npassword_file = \"…\"",
        ));
    };
    let mailer = mailer(&followup, mail).await?;
    followup.begin_write_backs().await?;
    // Looked at again before it leaves: what changed on the platform is decided first.
    super::sync::read(&followup, output).await?;
    let settled = followup.withdraw_settled().await?;
    decide(&followup, output).await?;
    credit_information::ask(place, &followup).await?;
    let mut report = leave(&followup, &mailer).await?;
    report.withdrawn.splice(0..0, settled);
    let written_back = followup.write_back().await?;
    output.answer(&report, |report| {
        format!("{}{}", sent_words(report), written_words(&written_back))
    })?;
    Ok(exit_code(&report))
}

/// What a script must know: that messages wait for the mail server, or that a person must look at some.
fn exit_code(report: &SendReport) -> ExitCode {
    if report.unreachable {
        ExitCode::from(Code::TryAgain as u8)
    } else if report.failed.is_empty() && report.unknown.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Code::NeedsPerson as u8)
    }
}

/// What was written back to the platform and what was not, in words; nothing where there was nothing to write.
fn written_words(report: &WriteBackReport) -> String {
    if report.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{} written back to the platform", report.written);
    let groups: [(&str, &[NotWritten]); 4] = [
        ("has no place there", &report.not_offered),
        ("written later", &report.put_off),
        ("not written", &report.failed),
        ("may be there, look on the platform", &report.unknown),
    ];
    for (name, group) in groups {
        for one in group.iter().take(10) {
            text.push_str(&format!(
                "\n  {name}: {}: {}",
                plain(&one.debtor),
                plain(&one.why)
            ));
        }
        if group.len() > 10 {
            text.push_str(&format!("\n  {name}: and {} more", group.len() - 10));
        }
    }
    text
}

/// Decides whoever is due, with a progress bar.
pub(crate) async fn decide(followup: &Followup, output: Output) -> Result<RunReport, Problem> {
    let policies = Arc::new(followup.policies().await?);
    let bar = output.progress("deciding", 0);
    let report = followup.run(&policies, |decided| bar.inc(decided)).await;
    bar.finish_and_clear();
    Ok(report?)
}

/// The mail server, when the administration has an address of its own to send from.
async fn mailer(followup: &Followup, mail: &Mail) -> Result<Mailer, Problem> {
    let settings = mail.settings()?;
    let from = followup.tenant.settings().await?.sender_address;
    if from.ends_with(".invalid") && !mail.is_here() {
        return Err(Problem::new(
            Code::NeedsPerson,
            "no address is set that messages are sent from; set one with `maan settings sender_address=you@example.com`",
        ));
    }
    Ok(Mailer::new(settings))
}

async fn leave(followup: &Followup, mailer: &Mailer) -> Result<SendReport, Problem> {
    let policies = followup.policies().await?;
    Ok(followup.send(&policies, mailer).await?)
}

/// What a run did, in words.
pub(crate) fn run_words(report: &RunReport) -> String {
    let mut text = format!("{} debtors decided", report.decided);
    for (state, count) in &report.actions {
        text.push_str(&format!(" · {count} {}", state_word(*state)));
    }
    if report.withdrawn > 0 {
        text.push_str(&format!(" · {} withdrawn", report.withdrawn));
    }
    for (debtor, why) in report.held.iter().take(10) {
        text.push_str(&format!("\n  held: {debtor}: {}", plain(why)));
    }
    text
}

/// A state in words.
pub(crate) fn state_word(state: maan_store::ActionState) -> &'static str {
    use maan_store::ActionState;
    match state {
        ActionState::Waiting => "wait for approval",
        ActionState::ToDo => "to do by a person",
        ActionState::Queued => "ready to leave",
        ActionState::Sending => "being sent",
        ActionState::Sent => "sent",
        ActionState::Failed => "failed",
        ActionState::Unknown => "unknown: look in the mail server's log",
        ActionState::Withdrawn => "withdrawn",
        ActionState::Vetoed => "stopped",
        ActionState::Rejected => "rejected",
        ActionState::Done => "done",
    }
}

/// What was sent and what was not, in words.
pub(crate) fn sent_words(report: &SendReport) -> String {
    if report.stopped {
        return "nothing sent: all sending is stopped in the settings".into();
    }
    if report.books_behind {
        return "nothing sent: the bank is not booked through the last working days; book it first".into();
    }
    if report.outside_hours {
        return "nothing sent: outside the hours or days on which messages leave".into();
    }
    let mut text = format!("{} messages sent", report.sent);
    let groups: [(&str, &[NotSent]); 7] = [
        ("not sent", &report.withdrawn),
        ("stopped", &report.vetoed),
        ("later", &report.later),
        ("for a person", &report.by_person),
        ("put off", &report.put_off),
        ("failed", &report.failed),
        ("unknown", &report.unknown),
    ];
    for (name, group) in groups {
        for one in group.iter().take(10) {
            text.push_str(&format!("\n  {name}: {}: {}", plain(&one.title), plain(&one.why)));
        }
        if group.len() > 10 {
            text.push_str(&format!("\n  {name}: and {} more", group.len() - 10));
        }
    }
    if let Some(why) = &report.gave_up {
        text.push_str(&format!("\n  nothing more was tried: {}", plain(why)));
    }
    if !report.failed.is_empty() {
        text.push_str(
            "\n  what failed goes again after `maan approve`, all of it after `maan approve --all`",
        );
    }
    if report.maximum_reached {
        text.push_str("\n  the daily maximum was reached; the rest leaves on the next working day");
    }
    text
}
