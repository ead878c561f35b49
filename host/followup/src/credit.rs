//! Asks for credit: an application, a quotation or an order, answered in the same call.

use maan_ledger::Snapshot;
use maan_policy_host::Decision;
use maan_policy_host::contract::{Context, CreditDecision, Question};

use crate::RunError;
use crate::policies::Answers;
use crate::views;

/// What the credit check says to a question about a debtor, following who the debtor is today.
///
/// # Errors
/// One of the two policies could not answer, or an incident of their host.
pub fn ask_credit(
    policies: &impl Answers,
    context: &Context,
    snapshot: &Snapshot<'_>,
    question: Question,
) -> Result<CreditDecision, RunError> {
    let case = views::segmentation(snapshot);
    let segment = only(policies.segmentation(context, std::slice::from_ref(&case))?)?;
    let case = views::credit(snapshot, question, &segment);
    only(policies.credit_check(context, std::slice::from_ref(&case))?)
}

/// The answer to the only case of a batch.
fn only<O>(decisions: Vec<Decision<O>>) -> Result<O, RunError> {
    match decisions.into_iter().next().map(|decision| decision.outcome) {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(undecided)) => Err(RunError::Undecided(undecided.to_string())),
        None => Err(RunError::Undecided("the policy gave no answer".into())),
    }
}
