//! `maan explain`: what happens with a debtor, and why.

use std::process::ExitCode;

use maan_followup::{Explanation, Phrases};

use crate::arguments::Explain;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) async fn run(place: &Place, options: &Explain, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let found = followup.tenant.find_debtors(&options.debtor, 10).await?;
    let debtor = match found.as_slice() {
        [only] => only.id,
        [] => {
            let message = format!("no debtor is known as `{}`", options.debtor);
            return Err(Problem::new(Code::NotFound, message));
        }
        several => {
            let names: Vec<_> = several
                .iter()
                .map(|debtor| format!("{} ({})", plain(&debtor.name), debtor.number))
                .collect();
            let message = format!("several debtors fit `{}`: {}", options.debtor, names.join(", "));
            return Err(Problem::new(Code::NotFound, message));
        }
    };
    let phrases = Phrases::of(&followup.policies().await?);
    let explanation = followup
        .explain(debtor, &phrases)
        .await?
        .ok_or_else(|| Problem::new(Code::NotFound, "the debtor is no longer known"))?;
    output.answer(&explanation, words)?;
    Ok(ExitCode::SUCCESS)
}

/// The explanation as a page of text.
pub(crate) fn words(explanation: &Explanation) -> String {
    let mut text = format!(
        "{}\n  open {} · overdue {} · credits {}\n",
        plain(&explanation.name),
        explanation.open,
        explanation.overdue,
        explanation.credits
    );
    let mut part = |title: &str, lines: &[String]| {
        if !lines.is_empty() {
            text.push_str(&format!("{title}\n"));
            lines
                .iter()
                .for_each(|line| text.push_str(&format!("  {}\n", plain(line))));
        }
    };
    let segment: Vec<String> = std::iter::once(explanation.segment.clone())
        .chain(explanation.segment_reasons.clone())
        .collect();
    part("Who is this to us now", &segment);
    part("Trust", &explanation.credit);
    let actions: Vec<String> = explanation
        .actions
        .iter()
        .flat_map(|action| {
            let why = action
                .why
                .as_ref()
                .map(|why| format!(": {why}"))
                .unwrap_or_default();
            let head = format!("{} — {}{why}", action.title, super::run::state_word(action.state));
            std::iter::once(head).chain(action.guard.iter().map(|line| format!("  {line}")))
        })
        .collect();
    part("What was done and what will be", &actions);
    part("Why", &explanation.reasons);
    part("Why not something else", &explanation.instead);
    part("The law", &explanation.law);
    let held: Vec<String> = explanation.held.iter().cloned().collect();
    part("Held", &held);
    let look: Vec<String> = explanation.next_look.iter().map(ToString::to_string).collect();
    part("Looked at again on", &look);
    let decision: Vec<String> = explanation.decision.iter().cloned().collect();
    part("Decision, for `maan replay`", &decision);
    text.trim_end().to_owned()
}
