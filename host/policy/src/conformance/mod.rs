//! What a component shows at the door: that each answer depends on its own case alone, and that it is fair.
//!
//! Alone, batched, permuted, and asked again the answers are the same: without this, a decision could not be repeated
//! alone, and a debtor's treatment would depend on who happens to stand beside them. Then one thing of a case is
//! changed, and what rules for all policies forbid does not happen: another language changes nothing, more overdue
//! raises no limit, what is paid is not chased, a level is not repeated under another name. [`generate`] makes the
//! cases; how many of them exercised a rule is counted, and a rule that none exercises is not passed. The benchmark compiles the files that make them
//! a second time, against the guests' own types, to call the policies natively.

mod cases;
mod entropy;
mod facts;
mod history;
mod items;
mod rules;
mod views;

pub use self::cases::{Cases, generate};
use self::entropy::Entropy;
pub use self::rules::Exercised;
use crate::contract::Context;
use crate::error::{PolicyError, Stop};
use crate::policy::{Decision, Policy};

/// Cases in the batch.
const CASES: usize = 48;
/// Cases that are asked alone as well.
const ALONE: usize = 12;
/// Seed of the cases.
const SEED: u64 = 1;

/// Runs generated cases in a batch, again, permuted and alone, compares the bytes of the answers, and tries each rule.
/// It gives how many cases exercised each.
///
/// # Errors
/// [`PolicyError::NotConformant`] tells of the two cases that differ, or which valid case the component could not
/// answer.
pub fn rehearse<S: Cases>(policy: &Policy<S>) -> Result<Vec<Exercised>, PolicyError> {
    let (context, cases) = generate::<S>(SEED, CASES);
    let batched = policy.decide(&context, &cases)?;
    answered(policy, &batched)?;
    let again = policy.decide(&context, &cases)?;
    compare(policy, "asked a second time", (0..).zip(&batched).zip(&again))?;
    permuted(policy, &context, &cases, &batched)?;
    for (i, (case, batched)) in cases.iter().zip(&batched).enumerate().take(ALONE) {
        let alone = policy.decide(&context, std::slice::from_ref(case))?;
        compare(policy, "asked alone", std::iter::once((i, batched)).zip(&alone))?;
    }
    let mut exercised = rules::try_all(policy, &context, &cases, &batched)?;
    if same_for_all(&batched) {
        exercised.iter_mut().for_each(|rule| rule.cases = 0);
    }
    Ok(exercised)
}

/// Adds up how often rules were exercised with each of a component's presets.
pub(crate) fn add(total: &mut Vec<Exercised>, more: Vec<Exercised>) {
    for one in more {
        match total
            .iter_mut()
            .find(|known| known.slot == one.slot && known.rule == one.rule)
        {
            Some(known) => known.cases = known.cases.saturating_add(one.cases),
            None => total.push(one),
        }
    }
}

/// Whoever gives everybody the same answer shows nothing.
fn same_for_all<O: serde::Serialize>(batched: &[Decision<O>]) -> bool {
    let mut answers = batched.iter().map(Decision::canonical);
    let first = answers.next();
    answers.all(|answer| Some(answer) == first)
}

/// A component may say that it cannot decide a case, but not crash on one or answer nonsense.
fn answered<S: Cases>(policy: &Policy<S>, batched: &[Decision<S::Outcome>]) -> Result<(), PolicyError> {
    for (i, decision) in batched.iter().enumerate() {
        match &decision.outcome {
            Ok(_) => {}
            Err(undecided) if matches!(undecided.stop, Stop::Failure(_)) => {}
            Err(undecided) => return Err(refuse(policy, format!("on valid case {i} it {}", undecided.stop))),
        }
    }
    Ok(())
}

fn permuted<S: Cases>(
    policy: &Policy<S>,
    context: &Context,
    cases: &[S::Case],
    batched: &[Decision<S::Outcome>],
) -> Result<(), PolicyError> {
    let order = Entropy::new(SEED, "order").order(cases.len());
    let shuffled: Vec<S::Case> = order.iter().filter_map(|&i| cases.get(i).cloned()).collect();
    let answers = policy.decide(context, &shuffled)?;
    let expected = order.iter().filter_map(|&i| Some((i, batched.get(i)?)));
    compare(policy, "asked in another order", expected.zip(&answers))
}

fn compare<'a, S: Cases>(
    policy: &Policy<S>,
    how: &str,
    pairs: impl Iterator<Item = ((usize, &'a Decision<S::Outcome>), &'a Decision<S::Outcome>)>,
) -> Result<(), PolicyError> {
    for ((i, before), now) in pairs {
        let (before, now) = (before.canonical(), now.canonical());
        if before != now {
            let fields = crate::record::differences::<S>(&before, &now).join("; ");
            return Err(refuse(
                policy,
                format!("case {i} got another answer when {how}: {fields}"),
            ));
        }
    }
    Ok(())
}

fn refuse<S: Cases>(policy: &Policy<S>, account: String) -> PolicyError {
    PolicyError::NotConformant {
        component: policy.component().name(),
        slot: S::SLOT,
        account,
    }
}
