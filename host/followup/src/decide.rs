//! Decides a batch of debtors: the four slots in turn, and what the guard leaves of the proposals.
//!
//! Pure processor work: no database, no clock.

use maan_ledger::{Day, DebtorId, ItemId, Snapshot};
use maan_policy_host::contract::{
    Context, CreditCase, CreditDecision, HoldAdvice, Judgement, PlanOfAction, Question, Segment,
    SegmentationCase, StatuteCase, WorkflowCase,
};
use maan_policy_host::{Decision, PolicyError, Undecided};

use crate::actions::Rejected;
use crate::guard::{self, Guarded, Stopped, judge};
use crate::policies::Answers;
use crate::{registers, views};

/// A debtor with the facts that count.
pub struct Due<'a> {
    /// Which debtor.
    pub debtor: DebtorId,
    /// How the debtor stands.
    pub snapshot: Snapshot<'a>,
    /// What a person rejected of what was proposed before; none where nothing rests for it.
    pub rejected: Option<Rejected>,
}

/// What one slot saw and answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked<C, O> {
    /// The view.
    pub case: C,
    /// The answer, with the fuel that it was granted.
    pub decision: Decision<O>,
}

/// What was decided for one debtor.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// Which debtor.
    pub debtor: DebtorId,
    /// Who is the debtor to us now?
    pub segmentation: Asked<SegmentationCase, Segment>,
    /// How much trust? Not asked where segmentation could not answer.
    pub credit: Option<Asked<CreditCase, CreditDecision>>,
    /// What do we propose? Not asked where an earlier slot could not answer.
    pub workflow: Option<Asked<WorkflowCase, PlanOfAction>>,
    /// Is that lawful? Asked only where something was proposed.
    pub statute: Option<Asked<StatuteCase, Judgement>>,
    /// Items of the views, in their order.
    pub items: Vec<ItemId>,
    /// Proposals as the guard leaves them.
    pub guarded: Vec<Guarded>,
    /// Why the debtor is held, where a slot could not answer.
    pub held: Option<Undecided>,
    /// When the debtor is looked at again; none when there is nothing to look at.
    pub next_look: Option<Day>,
}

/// The host looks again after this many days at the latest, while anything is open.
const LONGEST_REST: i32 = 31;

/// Decides each debtor.
///
/// # Errors
/// Only incidents of the host, such as the wall clock: nothing was decided, run the batch again.
pub fn decide(
    policies: &impl Answers,
    context: &Context,
    due: &[Due<'_>],
) -> Result<Vec<Decided>, PolicyError> {
    let mut decided = segment(policies, context, due)?;
    check_credit(policies, context, due, &mut decided)?;
    propose(policies, context, due, &mut decided)?;
    guard(policies, context, due, &mut decided)?;
    for (one, due) in decided.iter_mut().zip(due) {
        one.next_look = next_look(one, &due.snapshot);
    }
    Ok(decided)
}

fn segment(policies: &impl Answers, context: &Context, due: &[Due<'_>]) -> Result<Vec<Decided>, PolicyError> {
    let cases: Vec<_> = due.iter().map(|due| views::segmentation(&due.snapshot)).collect();
    let decisions = policies.segmentation(context, &cases)?;
    let answered = due.iter().zip(cases).zip(decisions);
    Ok(answered
        .map(|((due, case), decision)| Decided {
            debtor: due.debtor,
            held: decision.outcome.as_ref().err().cloned(),
            segmentation: Asked { case, decision },
            credit: None,
            workflow: None,
            statute: None,
            items: views::item_ids(&due.snapshot),
            guarded: vec![],
            next_look: None,
        })
        .collect())
}

/// Those of the batch that a slot is asked about, with their places in it.
fn pick<C>(
    decided: &[Decided],
    due: &[Due<'_>],
    view: impl Fn(&Decided, &Due<'_>) -> Option<C>,
) -> (Vec<usize>, Vec<C>) {
    let asked = decided
        .iter()
        .zip(due)
        .enumerate()
        .filter(|(_, (one, _))| one.held.is_none());
    asked
        .filter_map(|(place, (one, due))| Some((place, view(one, due)?)))
        .unzip()
}

/// Puts answers back at their places; a debtor whose answer is missing is held.
fn place<C, O>(
    decided: &mut [Decided],
    places: Vec<usize>,
    cases: Vec<C>,
    decisions: Vec<Decision<O>>,
    set: impl Fn(&mut Decided, Asked<C, O>),
) {
    for ((place, case), decision) in places.into_iter().zip(cases).zip(decisions) {
        if let Some(one) = decided.get_mut(place) {
            one.held = decision.outcome.as_ref().err().cloned();
            set(one, Asked { case, decision });
        }
    }
}

fn check_credit(
    policies: &impl Answers,
    context: &Context,
    due: &[Due<'_>],
    decided: &mut [Decided],
) -> Result<(), PolicyError> {
    let view = |one: &Decided, due: &Due<'_>| {
        let segment = one.segmentation.decision.outcome.as_ref().ok()?;
        Some(views::credit(&due.snapshot, Question::Review, segment))
    };
    let (places, cases) = pick(decided, due, view);
    let decisions = policies.credit_check(context, &cases)?;
    place(decided, places, cases, decisions, |one, asked| {
        one.credit = Some(asked)
    });
    Ok(())
}

fn propose(
    policies: &impl Answers,
    context: &Context,
    due: &[Due<'_>],
    decided: &mut [Decided],
) -> Result<(), PolicyError> {
    let view = |one: &Decided, due: &Due<'_>| {
        let segment = one.segmentation.decision.outcome.as_ref().ok()?;
        Some(views::workflow(
            &due.snapshot,
            segment,
            one.credit_decision(),
            None,
        ))
    };
    let (places, cases) = pick(decided, due, view);
    let decisions = policies.workflow(context, &cases)?;
    place(decided, places, cases, decisions, |one, asked| {
        one.workflow = Some(asked)
    });
    Ok(())
}

fn guard(
    policies: &impl Answers,
    context: &Context,
    due: &[Due<'_>],
    decided: &mut [Decided],
) -> Result<(), PolicyError> {
    let view = |one: &Decided, due: &Due<'_>| {
        let proposals = one
            .plan()
            .map(|plan| plan.proposals.clone())
            .filter(|proposals| !proposals.is_empty())?;
        Some(views::statute(&due.snapshot, proposals, None, due.snapshot.as_of))
    };
    let (places, cases) = pick(decided, due, view);
    let decisions = policies.statute(context, &cases)?;
    place(decided, places, cases, decisions, |one, asked| {
        one.statute = Some(asked)
    });
    for (one, due) in decided.iter_mut().zip(due) {
        if let Some(asked) = &one.statute
            && let Ok(judgement) = &asked.decision.outcome
        {
            let rejected = |guarded: &Guarded| {
                let rejected = due.rejected.as_ref();
                rejected.is_some_and(|rejected| rejected.holds(due.debtor, &due.snapshot, guarded))
            };
            let proposals = asked.case.proposals.clone();
            one.guarded = judge(&due.snapshot, &one.items, proposals, judgement, rejected);
            one.guarded.extend(registers::task(&due.snapshot, &one.guarded));
        }
    }
    Ok(())
}

fn next_look(one: &Decided, snapshot: &Snapshot<'_>) -> Option<Day> {
    let today = snapshot.as_of;
    if one.held.is_some() {
        return Some(today.plus(1));
    }
    let proposed = one.plan().map(|plan| Day(plan.next_look))?;
    let resting = one.items.is_empty() && one.guarded.is_empty();
    let longest = if resting {
        proposed
    } else {
        today.plus(LONGEST_REST)
    };
    let turns = one.guarded.iter().filter_map(|guarded| turns_on(guarded, today));
    // A limit is reviewed on its day, whether or not anything else happens.
    let review = one.credit_decision().map(|credit| Day(credit.next_review));
    // What rested in a legal situation goes on the day after it ends.
    let ends = snapshot.legal.iter().filter_map(|status| status.until);
    let rests = review.into_iter().chain(ends.map(|last| last.plus(1)));
    let first = turns.chain(rests).fold(proposed.min(longest), Day::min);
    Some(first.max(today.plus(1)))
}

/// The day from which an action may be decided otherwise though nothing becomes known: its last day has passed, or
/// what stopped it ends.
fn turns_on(guarded: &Guarded, today: Day) -> Option<Day> {
    match &guarded.stopped {
        // The answer of a register soon is too old.
        None if registers::is_formal(guarded) => Some(today.plus(1)),
        None => Some(Day(guarded.proposal.latest).plus(1)),
        Some(Stopped::Law(veto)) => veto.earliest.map(Day),
        Some(Stopped::Host(reason)) => guard::passes(reason).then(|| today.plus(1)),
    }
}

impl Decided {
    /// The segment, where there is an answer.
    pub fn segment(&self) -> Option<&Segment> {
        self.segmentation.decision.outcome.as_ref().ok()
    }

    /// The credit decision, where there is an answer.
    pub fn credit_decision(&self) -> Option<&CreditDecision> {
        self.credit.as_ref()?.decision.outcome.as_ref().ok()
    }

    /// The plan of action, where there is an answer.
    pub fn plan(&self) -> Option<&PlanOfAction> {
        self.workflow.as_ref()?.decision.outcome.as_ref().ok()
    }

    /// Whether deliveries should be held from now on.
    pub fn holds_deliveries(&self, held: bool) -> bool {
        match self.credit_decision().map(|credit| credit.hold) {
            Some(HoldAdvice::Hold) => true,
            Some(HoldAdvice::Release) => false,
            Some(HoldAdvice::Keep) | None => held,
        }
    }
}

#[cfg(test)]
mod tests {
    use maan_ledger::Level;
    use maan_policy_host::contract::Veto;

    use super::*;
    use crate::samples::{TODAY, guarded};

    fn stopped(stopped: Stopped) -> Guarded {
        Guarded {
            stopped: Some(stopped),
            ..guarded(Level::Reminder1, &[1])
        }
    }

    #[test]
    fn what_lapses_or_is_stopped_for_a_time_is_looked_at_again_then() {
        let veto = |earliest| {
            Stopped::Law(Veto {
                articles: vec![],
                earliest,
                reasons: vec![],
            })
        };
        let contacted = guard::reason("already-contacted-today", vec![]);
        let legal = guard::reason("legal-stop", vec![]);
        let turns = |one: &Guarded| turns_on(one, TODAY);
        assert_eq!(
            turns(&guarded(Level::Reminder1, &[1])),
            Some(TODAY.plus(6)),
            "after its last day"
        );
        assert_eq!(turns(&stopped(veto(Some(TODAY.plus(3).0)))), Some(TODAY.plus(3)));
        assert_eq!(turns(&stopped(veto(None))), None);
        assert_eq!(turns(&stopped(Stopped::Host(contacted))), Some(TODAY.plus(1)));
        assert_eq!(turns(&stopped(Stopped::Host(legal))), None);
    }
}
