//! Rules that hold for any policy: one thing of a case is changed, and the answer may not change, or only one way.
//!
//! A case holds no name, so that no policy can know one; language is the trait that stands nearest to it.

mod credit_check;
mod segmentation;
mod statute;
mod workflow;

use serde::Serialize;

use super::cases::Cases;
use super::{answered, refuse};
use crate::contract::{Context, Debtor, DebtorKind, Item, LanguageSource, Slot as SlotName};
use crate::error::PolicyError;
use crate::policy::{Decision, Policy};
use crate::record::{canonical, differences};
use crate::slots::Slot;

/// How often a rule was tried on a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exercised {
    /// In which slot.
    pub slot: SlotName,
    /// The rule, in words.
    pub rule: &'static str,
    /// Cases that had something to show: with a policy that does nothing there are none.
    pub cases: u32,
}

/// A rule on the answers to two cases.
pub struct Rule<S: Slot> {
    pub(super) name: &'static str,
    /// The other case, with what differs in it in words; none where the rule says nothing of a case and its answer.
    vary: Vary<S>,
    /// What the second answer does that the rule forbids.
    broken: Broken<S>,
}

type Vary<S> = fn(&Context, &<S as Slot>::Case, &<S as Slot>::Outcome) -> Option<Varied<<S as Slot>::Case>>;
type Broken<S> =
    fn(&Varied<<S as Slot>::Case>, &<S as Slot>::Outcome, &<S as Slot>::Outcome) -> Option<String>;

/// A case that a rule varied, with the answer to the first.
struct Pair<S: Slot> {
    /// Place of the first case.
    place: usize,
    varied: Varied<S::Case>,
    before: S::Outcome,
}

/// A case that differs from another in one thing.
pub(super) struct Varied<C> {
    case: C,
    /// In words.
    how: String,
    /// Items of the case that it is about.
    items: Vec<u32>,
}

/// What the rules need to know of a slot.
pub trait Ruled: Slot {
    /// Master data in a case.
    fn debtor(case: &mut Self::Case) -> &mut Debtor;
    /// Items of a case.
    fn items(case: &Self::Case) -> &[Item];
    /// Whether the answer does anything at all.
    fn acts(outcome: &Self::Outcome) -> bool;
    /// Takes the words out of an answer: what is left must be the same for all whom a policy must treat alike.
    fn without_words(outcome: &mut Self::Outcome);
    /// Rules of this slot alone.
    fn own_rules() -> Vec<Rule<Self>>;
}

/// Tries every rule on cases and their answers.
pub(super) fn try_all<S: Cases>(
    policy: &Policy<S>,
    context: &Context,
    cases: &[S::Case],
    batched: &[Decision<S::Outcome>],
) -> Result<Vec<Exercised>, PolicyError> {
    let mut rules = vec![Rule::<S> {
        name: "language changes nothing",
        vary: another_language::<S>,
        broken: changed::<S>,
    }];
    rules.extend(S::own_rules());
    let tried = rules
        .iter()
        .map(|rule| try_one(policy, context, rule, cases, batched));
    tried.collect()
}

fn try_one<S: Cases>(
    policy: &Policy<S>,
    context: &Context,
    rule: &Rule<S>,
    cases: &[S::Case],
    batched: &[Decision<S::Outcome>],
) -> Result<Exercised, PolicyError> {
    let pair = |(place, (case, decision)): (usize, (&S::Case, &Decision<S::Outcome>))| {
        let before = decision.outcome.as_ref().ok()?.clone();
        let varied = (rule.vary)(context, case, &before)?;
        Some(Pair::<S> {
            place,
            varied,
            before,
        })
    };
    let pairs: Vec<_> = cases.iter().zip(batched).enumerate().filter_map(pair).collect();
    let varied: Vec<S::Case> = pairs.iter().map(|pair| pair.varied.case.clone()).collect();
    let answers = policy.decide(context, &varied)?;
    answered(policy, &answers)?;
    let mut count: u32 = 0;
    for (
        Pair {
            place,
            varied,
            before,
        },
        now,
    ) in pairs.iter().zip(&answers)
    {
        let Ok(now) = &now.outcome else { continue };
        count = count.saturating_add(1);
        if let Some(wrong) = (rule.broken)(varied, before, now) {
            let case = cases
                .get(*place)
                .map(|case| told::<S>(context, case))
                .unwrap_or_default();
            let account = format!(
                "it breaks the rule that {}. One case is {case} (generated case {place}); the other is the same, but \
                 {}. The answers: {wrong}",
                rule.name, varied.how
            );
            return Err(refuse(policy, account));
        }
    }
    Ok(Exercised {
        slot: S::SLOT,
        rule: rule.name,
        cases: count,
    })
}

fn another_language<S: Ruled>(_: &Context, case: &S::Case, outcome: &S::Outcome) -> Option<Varied<S::Case>> {
    if !S::acts(outcome) {
        return None;
    }
    let mut case = case.clone();
    let debtor = S::debtor(&mut case);
    let other = if debtor.language == "fr" { "nl" } else { "fr" };
    let how = format!("the language is `{other}` and not `{}`", debtor.language);
    debtor.language = other.into();
    debtor.language_source = LanguageSource::Stated;
    Some(Varied {
        case,
        how,
        items: vec![],
    })
}

fn changed<S: Ruled>(_: &Varied<S::Case>, before: &S::Outcome, now: &S::Outcome) -> Option<String> {
    let bytes = |outcome: &S::Outcome| {
        let mut outcome = outcome.clone();
        S::without_words(&mut outcome);
        canonical(&Ok::<_, crate::error::Stop>(outcome))
    };
    let (before, now) = (bytes(before), bytes(now));
    (before != now).then(|| differences::<S>(&before, &now).join("; "))
}

/// A case in a few words.
fn told<S: Ruled>(context: &Context, case: &S::Case) -> String {
    let mut copy = case.clone();
    let debtor = S::debtor(&mut copy);
    let kind = match debtor.kind {
        DebtorKind::Unknown => "a debtor of unknown kind",
        DebtorKind::Consumer => "a consumer",
        DebtorKind::SoleTrader => "a sole trader",
        DebtorKind::Business => "a business",
        DebtorKind::PublicBody => "a public body",
    };
    let [first, second] = debtor.country.to_be_bytes().map(char::from);
    let items = S::items(case);
    let open: i64 = items
        .iter()
        .map(|item| item.open.max(0))
        .fold(0, i64::saturating_add);
    let overdue = items
        .iter()
        .filter(|item| item.open > 0 && item.due < context.today)
        .count();
    format!(
        "{kind} in {first}{second} with {} items, {overdue} of them overdue, {open} minor units open",
        items.len()
    )
}
