//! `maan promise`: what a debtor promised who called or wrote without being asked.

use std::process::ExitCode;

use maan_followup::Promised;
use maan_ledger::Promise;
use serde::Serialize;

use super::legal::debtor;
use crate::arguments;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::Problem;

/// What was kept.
#[derive(Serialize)]
struct Kept {
    debtor: String,
    promise: Promise,
}

pub(crate) async fn run(
    place: &Place,
    options: &arguments::Promise,
    output: Output,
) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let debtor = debtor(&followup, &options.debtor).await?;
    let promised = Promised {
        amount: options.amount.clone(),
        by: options.on,
        invoices: options.items.clone(),
    };
    let promise = followup.promised(&debtor, &promised).await?;
    let kept = Kept {
        debtor: debtor.name,
        promise,
    };
    output.answer(&kept, |kept| {
        format!("{}: {}", plain(&kept.debtor), promise_words(&kept.promise))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A promise in words, and what it does.
pub(crate) fn promise_words(promise: &Promise) -> String {
    let invoices = match promise.items.len() {
        1 => "one invoice".to_owned(),
        many => format!("{many} invoices"),
    };
    format!(
        "promised to pay {} of {invoices} until {}; nothing is asked of it until then",
        promise.amount, promise.by
    )
}
