//! `maan legal` and `maan register`: legal situations of a debtor, and what the public registers answered.

use std::process::ExitCode;

use maan_followup::Followup;
use maan_ledger::{Body, Day, LegalSituation, LegalStatus, RegisterAnswer, RegisterState};
use maan_store::Debtor;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::arguments::{Legal, Register};
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// What was kept.
#[derive(Serialize)]
struct Kept {
    debtor: String,
    fact: Body,
}

pub(crate) async fn legal(place: &Place, options: &Legal, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let debtor = debtor(&followup, &options.debtor).await?;
    let situation: LegalSituation = word(&options.situation, SITUATIONS)?;
    let today = Day::at(place.clock.now(), followup.tenant.settings().await?.tz()?);
    check_days(today, options)?;
    let fact = Body::LegalStatusRecorded(LegalStatus {
        situation,
        since: options.since,
        until: options.until,
        source: options.source.clone(),
        file_claim_by: options.file_claim_by,
    });
    keep(&followup, debtor, fact, output, |name| match options.until {
        None => format!(
            "{name}: {} since {}. Steps, charges and links to pay rest; run `maan run` to open the task.",
            options.situation, options.since
        ),
        Some(until) => format!(
            "{name}: {} from {} through {until}.",
            options.situation, options.since
        ),
    })
    .await
}

pub(crate) async fn register(place: &Place, options: &Register, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let debtor = debtor(&followup, &options.debtor).await?;
    let answer: RegisterState = word(&options.answer, ANSWERS)?;
    let registers = followup.registers(&debtor).await?;
    let Some(register) = registers
        .iter()
        .find(|register| register.code == options.register)
    else {
        let known: Vec<_> = registers
            .iter()
            .map(|register| format!("{} ({})", register.code, register.name))
            .collect();
        let message = match known.as_slice() {
            [] => "no register is asked about this debtor".to_owned(),
            known => format!(
                "`{}` is no register that is asked about this debtor; there are: {}",
                plain(&options.register),
                known.join(", ")
            ),
        };
        return Err(Problem::new(Code::NotFound, message));
    };
    let fact = Body::RegisterAsked(RegisterAnswer {
        register: register.code.to_owned(),
        answer,
    });
    keep(&followup, debtor, fact, output, |name| match answer {
        RegisterState::Nothing => format!("{name}: the {} knows nothing today.", register.name),
        RegisterState::Entry => format!(
            "{name}: the {} names a situation; record it with `maan legal`. Formal steps wait until then.",
            register.name
        ),
        RegisterState::NoAnswer => format!(
            "{name}: the {} gave no answer. Formal steps wait; ask again.",
            register.name
        ),
    })
    .await
}

const SITUATIONS: &str = "bankruptcy, moratorium, debt-scheme, guardianship, deceased or dissolved";
const ANSWERS: &str = "nothing, entry or no-answer";

/// A word of a closed list.
fn word<T: DeserializeOwned>(text: &str, list: &str) -> Result<T, Problem> {
    serde_json::from_value(Value::String(text.to_owned()))
        .map_err(|_| Problem::failed(format!("`{}` is not one of {list}", plain(text))))
}

/// A slip of the year would make a situation that never rests anything.
fn check_days(today: Day, options: &Legal) -> Result<(), Problem> {
    let wrong = match options.until {
        _ if !options.since.is_plausible() || options.since > today => "begins in the future or long ago",
        Some(until) if until < options.since => "ends before it begins",
        Some(until) if !until.is_plausible() => "ends beyond all days",
        _ => return Ok(()),
    };
    Err(Problem::failed(format!(
        "the situation {wrong}; correct the day and record it again"
    )))
}

async fn keep(
    followup: &Followup,
    debtor: Debtor,
    fact: Body,
    output: Output,
    say: impl Fn(&str) -> String,
) -> Result<ExitCode, Problem> {
    followup.note(&debtor, vec![fact.clone()]).await?;
    let kept = Kept {
        debtor: debtor.name,
        fact,
    };
    output.answer(&kept, |kept| say(&plain(&kept.debtor)))?;
    Ok(ExitCode::SUCCESS)
}

/// The one debtor that is meant.
pub(super) async fn debtor(followup: &Followup, text: &str) -> Result<Debtor, Problem> {
    let mut found = followup.tenant.find_debtors(text, 2).await?;
    // a number may be a part of others: the very number or reference comes first
    let is_it = |debtor: &Debtor| debtor.number == text || debtor.reference == text;
    if let [first, second] = found.as_slice()
        && is_it(first)
        && !is_it(second)
    {
        found.truncate(1);
    }
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => Err(Problem::new(
            Code::NotFound,
            format!("no debtor is known as `{}`", plain(text)),
        )),
        (Some(_), false) => Err(Problem::new(
            Code::NotFound,
            format!("several debtors fit `{}`; give the customer number", plain(text)),
        )),
    }
}
