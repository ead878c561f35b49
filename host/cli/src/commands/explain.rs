//! `maan explain`: what happens with a debtor, why, why not something else, and what would change it.

use std::process::ExitCode;

use maan_followup::{ExplainedAction, Explanation, Flip, NotChosen};

use crate::arguments::Explain;
use crate::output::{Output, page, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// Changes that are told on the terminal; with `--json` all of them are.
const FLIPS: usize = 8;

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
    let policies = followup.policies().await?;
    let explanation = followup
        .explain(debtor, &policies)
        .await?
        .ok_or_else(|| Problem::new(Code::NotFound, "the debtor is no longer known"))?;
    output.answer(&explanation, words)?;
    Ok(ExitCode::SUCCESS)
}

/// The explanation as a page of text.
pub(crate) fn words(explanation: &Explanation) -> String {
    let answer = &explanation.answer;
    let some = |line: &Option<String>| line.iter().cloned().collect::<Vec<_>>();
    let segment = std::iter::once(answer.said.segment.clone()).chain(answer.said.segment_reasons.clone());
    let waits = explanation.waits.iter().map(|one| one.words.clone());
    let parts: [(String, Vec<String>); 14] = [
        (
            plain(&explanation.name),
            vec![format!(
                "open {} · overdue {} · credits {}",
                explanation.open, explanation.overdue, explanation.credits
            )],
        ),
        ("Held".into(), some(&explanation.held)),
        (
            format!("What happens on {}", answer.today),
            answer.happens.clone(),
        ),
        ("What waits".into(), waits.collect()),
        ("Why".into(), answer.said.reasons.clone()),
        not_chosen("Why not stronger", &answer.stronger),
        not_chosen("Why not milder", &answer.milder),
        ("What would change it".into(), flips(&answer.flips)),
        ("What comes by itself".into(), vec![answer.next.clone()]),
        ("Who is this to us now".into(), segment.collect()),
        ("Trust".into(), answer.said.credit.clone()),
        (
            "What was done and what will be".into(),
            explanation.actions.iter().flat_map(action).collect(),
        ),
        ("The law".into(), answer.said.law.clone()),
        ("Decision, for `maan replay`".into(), some(&explanation.decision)),
    ];
    page(
        parts
            .iter()
            .map(|(title, lines)| (title.as_str(), lines.as_slice())),
    )
}

/// A step that was not chosen; the law comes after the flow.
fn not_chosen(title: &str, not_chosen: &Option<NotChosen>) -> (String, Vec<String>) {
    let Some(step) = not_chosen else {
        return (title.into(), vec![]);
    };
    let mut lines = step.why.clone();
    if let Some(law) = &step.law {
        let earliest = law.earliest.map(|day| format!("; lawful from {day}"));
        lines.push(format!(
            "{}{}",
            law.articles.join(" · "),
            earliest.unwrap_or_default()
        ));
        lines.extend(law.why.clone());
    }
    (format!("{title}: {}", plain(&step.step)), lines)
}

fn flips(flips: &[Flip]) -> Vec<String> {
    let told = flips
        .iter()
        .take(FLIPS)
        .map(|flip| format!("{}: {}", flip.when, flip.then));
    let more = flips.len().saturating_sub(FLIPS);
    let more = (more > 0).then(|| format!("and {more} more, told with --json"));
    told.chain(more).collect()
}

fn action(action: &ExplainedAction) -> Vec<String> {
    let why = action
        .why
        .as_ref()
        .map(|why| format!(": {why}"))
        .unwrap_or_default();
    let head = format!("{} — {}{why}", action.title, super::run::state_word(action.state));
    let guard = action.guard.iter().map(|line| format!("  {line}"));
    std::iter::once(head).chain(guard).collect()
}
