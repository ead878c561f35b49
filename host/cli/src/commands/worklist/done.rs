//! `maan done`: a person did what an action asked.

use std::process::ExitCode;

use maan_followup::{Copied, Did, Promised, Told};
use maan_ledger::{ActionId, Channel, Outcome};
use maan_store::Action;
use serde::Serialize;

use super::{channel_word, only};
use crate::arguments::Done;
use crate::commands::promise::promise_words;
use crate::commands::run::state_word;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// What became of an action that a person did.
#[derive(Serialize)]
struct DoneAnswer {
    action: ActionId,
    title: String,
    #[serde(flatten)]
    did: Did,
}

pub(crate) async fn done(place: &Place, options: &Done, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let action = only(&followup, &options.action).await?;
    check_told(&action, options)?;
    let told = Told {
        outcome: options.outcome,
        promise: promised(options)?,
        proof: options.proof,
    };
    let Some(did) = followup.done(&action, told, &options.who).await? else {
        let message = format!(
            "{} is {} and was left alone",
            plain(&action.title),
            state_word(action.state)
        );
        return Err(Problem::new(Code::NotFound, message));
    };
    let answer = DoneAnswer {
        action: action.id,
        title: action.title,
        did,
    };
    output.answer(&answer, done_words)?;
    Ok(ExitCode::SUCCESS)
}

fn done_words(answer: &DoneAnswer) -> String {
    let copy = match answer.did.copy {
        Some(Copied { action: Some(_), .. }) => {
            "\na copy is ready and leaves by e-mail with `maan run` or `maan send`".into()
        }
        Some(Copied { channel, .. }) => format!(
            "\nthe debtor prefers another way: send a copy of the letter by {} yourself",
            channel_word(channel)
        ),
        None => String::new(),
    };
    let promise = answer.did.promise.as_ref();
    let promise = promise.map(|promise| format!("\n{}", promise_words(promise)));
    format!(
        "done: {}{}{copy}",
        plain(&answer.title),
        promise.unwrap_or_default()
    )
}

/// What the debtor promised: a day at least, and only where the outcome says so.
fn promised(options: &Done) -> Result<Option<Promised>, Problem> {
    let said = options.on.is_some() || options.amount.is_some() || !options.items.is_empty();
    match (options.outcome, options.on) {
        (Some(Outcome::Promised), Some(by)) => Ok(Some(Promised {
            amount: options.amount.clone(),
            by,
            invoices: options.items.clone(),
        })),
        (Some(Outcome::Promised), None) => Err(Problem::failed(
            "say until when the debtor promised to pay: `--on 2026-12-15`, and `--amount 250.00` where it is not everything due",
        )),
        _ if said => Err(Problem::failed(
            "a day, an amount and invoices belong to a promise: give `--outcome promised`, or leave them out",
        )),
        _ => Ok(None),
    }
}

/// What a person says must fit what was done: a call has an outcome, a letter can have proof.
fn check_told(action: &Action, options: &Done) -> Result<(), Problem> {
    let is_call = action.kind == "call";
    let is_sent = matches!(
        action.channel,
        Channel::Letter | Channel::RegisteredLetter | Channel::Email
    );
    match (is_call, options.outcome) {
        (true, None) => Err(Problem::failed(
            "say what came of the call: `--outcome reached`, `no-answer`, `promised` …; see `maan done --help`",
        )),
        (false, Some(_)) => Err(Problem::failed(
            "only a call has an outcome; leave `--outcome` out",
        )),
        _ if options.proof && (is_call || !is_sent) => Err(Problem::failed(
            "only of a letter or message there is proof; leave `--proof` out",
        )),
        _ => Ok(()),
    }
}
