//! Where changes of facts are imagined: one debtor's facts, the administration around them, and who answers. Nothing of
//! it is kept.

use std::collections::HashMap;

use maan_ledger::{ActionId, Calendar, Day, DebtorId, Fact, Known, Moment, Snapshot, TenantId, snapshot};
use maan_policy_host::contract::{ActionKind, Context};
use maan_store::{AdministrationFact, TenantSettings};

use super::outcome::{Outcome, Step};
use crate::RunError;
use crate::actions::{Rejected, new_actions};
use crate::context::context;
use crate::decide::{Decided, Due, decide};
use crate::guard::Guarded;
use crate::policies::Answers;
use crate::run::judged;
use crate::send::steps_done;

/// Days that are played ahead.
pub(super) const AHEAD: i32 = 60;

/// Working days that the bank can lag behind and still be followed on later days.
const LONGEST_LAG: i32 = 60;

/// A debtor today, and all that a decision about the debtor can depend on.
pub(crate) struct Stage<'a, A> {
    pub(crate) policies: &'a A,
    pub(crate) settings: &'a TenantSettings,
    pub(crate) calendar: &'a Calendar,
    pub(crate) administration: &'a [AdministrationFact],
    pub(crate) tenant: TenantId,
    pub(crate) debtor: DebtorId,
    pub(crate) facts: &'a [Fact],
    /// Actions that ended: what proposes them again makes nothing, through a day or for good.
    pub(crate) ended: &'a HashMap<ActionId, Option<Day>>,
    pub(crate) today: Day,
    pub(crate) known_at: Moment,
}

/// What comes of some facts on a day.
#[derive(Clone)]
pub(crate) struct Played {
    pub(crate) decided: Decided,
    pub(crate) outcome: Outcome,
    /// What a run would keep of it.
    judged: Option<Fact>,
    /// What would be known if everything that goes on today were done today, except work that somebody does outside.
    pub(super) done: Vec<Fact>,
}

impl<A: Answers> Stage<'_, A> {
    /// The debtor today, as known.
    pub(super) fn snapshot(&self) -> Snapshot<'_> {
        snapshot(self.facts, self.settings.currency, self.today, self.known_at)
    }

    /// What holds for all debtors today.
    pub(super) fn context(&self) -> Context {
        context(self.settings, self.calendar, self.administration, self.today)
    }

    /// What comes of each of these changes today, all asked at once.
    pub(super) fn imagine(&self, changes: &[Vec<Fact>]) -> Result<Vec<Played>, RunError> {
        self.decide(&self.context(), self.known_at, changes)
    }

    /// What comes of the facts as they are.
    pub(super) fn now(&self) -> Result<Played, RunError> {
        only(self.imagine(&[vec![]])?)
    }

    /// What comes of the bank being booked through a day.
    pub(super) fn booked(&self, through: Day) -> Result<Played, RunError> {
        let mut context = self.context();
        context.creditor.bank_booked_through = Some(through.0);
        only(self.decide(&context, self.known_at, &[vec![]])?)
    }

    /// Plays the days on which a run would look again, with nothing else becoming known, until `seen` has seen enough.
    /// The bank stays booked as far behind as it is today. What was imagined for today is looked at tomorrow.
    pub(super) fn play(
        &self,
        first: &Played,
        imagined: Vec<Fact>,
        mut seen: impl FnMut(Day, Played) -> bool,
    ) -> Result<(), RunError> {
        let mut facts = imagined;
        let mut next = match facts.is_empty() {
            true => first.decided.next_look,
            false => Some(self.today.plus(1)),
        };
        facts.extend(first.judged.clone());
        let lag = self.lag();
        let last = self.today.plus(AHEAD);
        while let Some(day) = next.filter(|day| *day <= last) {
            let days = i64::from(day.since(self.today));
            let known_at = Moment(self.known_at.0.saturating_add(days.saturating_mul(2)));
            let played = only(self.decide(&self.context_on(day, lag), known_at, &[facts.clone()])?)?;
            facts.extend(played.judged.clone());
            next = played.decided.next_look;
            if seen(day, played) {
                break;
            }
        }
        Ok(())
    }

    /// Working days by which the bank lags behind today.
    fn lag(&self) -> Option<i32> {
        let booked = self.booked_through()?;
        (0..=LONGEST_LAG).find(|days| self.calendar.add_working_days(self.today, -days) <= booked)
    }

    fn context_on(&self, day: Day, lag: Option<i32>) -> Context {
        let mut context = context(self.settings, self.calendar, self.administration, day);
        if let Some(lag) = lag {
            let through = self.calendar.add_working_days(day, -lag);
            context.creditor.bank_booked_through = Some(through.0);
        }
        context
    }

    fn decide(
        &self,
        context: &Context,
        known_at: Moment,
        changes: &[Vec<Fact>],
    ) -> Result<Vec<Played>, RunError> {
        let day = Day(context.today);
        let all: Vec<Vec<Fact>> = changes
            .iter()
            .map(|change| [self.facts, change.as_slice()].concat())
            .collect();
        let due: Vec<Due<'_>> = all
            .iter()
            .map(|facts| Due {
                debtor: self.debtor,
                snapshot: snapshot(facts, self.settings.currency, day, known_at),
                rejected: self.rejected(day),
            })
            .collect();
        let decided = decide(self.policies, context, &due)?;
        let played = decided
            .into_iter()
            .zip(&due)
            .map(|(one, due)| self.played(one, &due.snapshot, known_at));
        played.collect()
    }

    /// What a person rejected and still rests on a day.
    fn rejected(&self, day: Day) -> Option<Rejected> {
        let rests =
            |(id, through): (&ActionId, &Option<Day>)| through.filter(|last| day <= *last).map(|_| *id);
        let actions: Vec<ActionId> = self.ended.iter().filter_map(rests).collect();
        (!actions.is_empty()).then_some(Rejected {
            tenant: self.tenant,
            actions,
        })
    }

    fn played(
        &self,
        decided: Decided,
        snapshot: &Snapshot<'_>,
        known_at: Moment,
    ) -> Result<Played, RunError> {
        let mut steps = Vec::with_capacity(decided.guarded.len());
        let mut done = Vec::new();
        for guarded in &decided.guarded {
            if self.is_over(snapshot, guarded)? {
                continue;
            }
            let outside = matches!(guarded.proposal.kind, ActionKind::Task | ActionKind::OrderReport);
            if guarded.stopped.is_none() && !outside {
                let action = ActionId::derived(self.tenant.0, "imagined");
                done.extend(steps_done(action, guarded, snapshot, snapshot.as_of, known_at));
            }
            steps.push(Step::of(guarded, snapshot));
        }
        Ok(Played {
            outcome: Outcome::of(&decided, snapshot, steps),
            judged: judged(&decided, snapshot, known_at),
            done,
            decided,
        })
    }

    /// Whether a proposal comes to an action that ended: it was sent, done or refused by a person.
    fn is_over(&self, snapshot: &Snapshot<'_>, guarded: &Guarded) -> Result<bool, RunError> {
        if self.ended.is_empty() {
            return Ok(false);
        }
        let one = std::slice::from_ref(guarded);
        let actions = new_actions(self.tenant, self.debtor, snapshot, one, "", 0)?;
        let over = |id: &ActionId| {
            let through = self.ended.get(id)?;
            through
                .is_none_or(|through| snapshot.as_of <= through)
                .then_some(())
        };
        Ok(actions.iter().any(|action| over(&action.id).is_some()))
    }

    /// A fact of today that becomes known now.
    pub(super) fn fact(&self, body: maan_ledger::Body) -> Fact {
        Fact {
            happened: self.today,
            known: Known::At(self.known_at),
            body,
        }
    }

    /// The day through which the bank is booked, where that is known.
    pub(super) fn booked_through(&self) -> Option<Day> {
        self.context().creditor.bank_booked_through.map(Day)
    }
}

fn only(played: Vec<Played>) -> Result<Played, RunError> {
    let none = || RunError::Undecided("the policies gave no answer".into());
    played.into_iter().next().ok_or_else(none)
}
