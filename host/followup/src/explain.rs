//! What happens with a debtor, why, why not the next stronger or milder step, and what would change it.
//!
//! The policies decide again, about the facts as they are now and about changes of them that are only imagined: a
//! payment, a promise, a later day. What is said to change something was decided so by the policies themselves. Nothing
//! of it is kept.

mod flips;
mod imagined;
mod levers;
mod neighbours;
mod outcome;
mod payments;
mod say;
mod stage;
#[cfg(test)]
mod tests;
pub(crate) mod texts;
mod waits;

use std::cmp::Reverse;
use std::collections::HashMap;

use maan_ledger::{ActionId, Day, DebtorId, Money, Snapshot};
use maan_outreach::Language;
use maan_policy_host::contract::Reason;
use maan_store::{Action, ActionFilter, ActionState};
use serde::Serialize;

pub use self::flips::Flip;
pub use self::levers::{Ending, Lever, Part, Report};
pub use self::neighbours::{Forbidden, NotChosen};
pub use self::outcome::{Change, Outcome, Step, Stop};
pub use self::waits::Waits;

use self::flips::{Study, study};
use self::neighbours::Neighbours;
use self::say::Say;
use self::stage::{AHEAD, Stage};
use self::waits::waits;
use crate::actions::Prepared;
use crate::decide::Decided;
use crate::followup::Followup;
use crate::guard::Stopped;
use crate::phrases::Phrases;
use crate::policies::{Answers, Policies};
use crate::{RunError, copy, level_name, views};

/// Actions of a debtor that are told, the most urgent first.
const MOST_ACTIONS: u32 = 100;

/// The answer to "what happens with this debtor?".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Which debtor.
    pub debtor: DebtorId,
    /// Name; untrusted text.
    pub name: String,
    /// The day of the latest decision.
    pub decided_on: Option<Day>,
    /// The decision, for a replay.
    pub decision: Option<String>,
    /// Why nothing was decided, where a policy failed.
    pub held: Option<String>,
    /// Open, overdue, credits.
    pub open: Money,
    /// Overdue.
    pub overdue: Money,
    /// Credits and money not yet allocated.
    pub credits: Money,
    /// What would be said to the debtor today, if something else did not come first that waits for a person or is
    /// stopped.
    pub waits: Vec<Waits>,
    /// What was done, what goes on now, and what was not done.
    pub actions: Vec<ExplainedAction>,
    /// When the debtor is looked at again: the first day on which something can change by itself.
    pub next_look: Option<Day>,
    /// What the policies say of the facts as they are now, and of changes of them.
    #[serde(flatten)]
    pub answer: Explained,
}

/// What the policies say of a debtor, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// The day about which it is said.
    pub today: Day,
    /// What happens now.
    pub outcome: Outcome,
    /// What happens now, in words.
    pub happens: Vec<String>,
    /// What the policies answered.
    #[serde(flatten)]
    pub said: Said,
    /// Why not the next stronger step.
    pub stronger: Option<NotChosen>,
    /// Why not the next milder step; none where nothing presses.
    pub milder: Option<NotChosen>,
    /// The nearest changes that would change what happens, of each kind the smallest first; those that change a step
    /// come before those that change only trust or the segment.
    pub flips: Vec<Flip>,
    /// What comes next by itself, in words, through sixty days.
    pub next: String,
    /// The day on which that comes.
    pub next_on: Option<Day>,
}

/// What the policies answer about a debtor, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Segment in words.
    pub segment: String,
    /// Why this segment.
    pub segment_reasons: Vec<String>,
    /// Credit verdict in words, with reasons.
    pub credit: Vec<String>,
    /// Why the workflow proposes this, or nothing.
    pub reasons: Vec<String>,
    /// What was weighed and not chosen, and why.
    pub instead: Vec<String>,
    /// What the statute policy said.
    pub law: Vec<String>,
}

/// An action in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedAction {
    /// Which.
    pub action: ActionId,
    /// What it is.
    pub title: String,
    /// Where it stands.
    pub state: ActionState,
    /// Why it stands there, where somebody or the last look said so.
    pub why: Option<String>,
    /// What the law or the host changed or stopped, in words.
    pub guard: Vec<String>,
}

impl Followup {
    /// Explains a debtor: what was done, what the policies say now, and what would change it. Writes nothing.
    ///
    /// # Errors
    /// The database, a record that cannot be read, or an incident of the host of the policies.
    pub async fn explain(
        &self,
        debtor: DebtorId,
        policies: &Policies,
    ) -> Result<Option<Explanation>, RunError> {
        let Some(known) = self.tenant.debtor(debtor).await? else {
            return Ok(None);
        };
        let phrases = Phrases::of(policies);
        let settings = self.tenant.settings().await?;
        let language = Language::from_tag(&settings.language).unwrap_or_default();
        let facts = self.tenant.facts(debtor).await?;
        let administration = self.tenant.administration_facts().await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let latest = self.tenant.decisions(debtor, 1).await?.into_iter().next();
        let filter = ActionFilter {
            debtor: Some(debtor),
            limit: u32::MAX,
            ..ActionFilter::default()
        };
        let actions = self.tenant.actions(filter).await?;
        let stage = Stage {
            policies,
            settings: &settings,
            calendar: &self.calendar(&settings),
            administration: &administration,
            tenant: self.tenant.id(),
            debtor,
            facts: &facts,
            ended: &ended(&actions),
            today: snapshot.as_of,
            known_at: snapshot.known_at,
        };
        let answer = tokio::task::block_in_place(|| explained(&stage, language, &phrases))?;
        let say = Say::new(language, &phrases, &snapshot);
        let now = &answer.outcome;
        let decided = latest.as_ref().map(|decision| decision.id);
        let waits = tokio::task::block_in_place(|| waits(&stage, now, &actions, decided, &say))?;
        let totals = snapshot.account.totals;
        Ok(Some(Explanation {
            debtor,
            name: known.name,
            decided_on: latest.as_ref().map(|decision| decision.batch.as_of),
            decision: latest.as_ref().map(|decision| decision.id.to_string()),
            held: latest.and_then(|decision| decision.held),
            open: totals.open,
            overdue: totals.overdue,
            credits: totals.credits.plus(totals.unallocated).unwrap_or(totals.credits),
            waits,
            actions: self.explained_actions(actions, &snapshot, &say).await?,
            next_look: known.next_look,
            answer,
        }))
    }

    /// What the policies say of a debtor now, in words, without what would change it.
    ///
    /// # Errors
    /// As for [`Self::explain`].
    pub async fn said(&self, debtor: DebtorId, policies: &Policies) -> Result<Said, RunError> {
        let settings = self.tenant.settings().await?;
        let language = Language::from_tag(&settings.language).unwrap_or_default();
        let facts = self.tenant.facts(debtor).await?;
        let administration = self.tenant.administration_facts().await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let stage = Stage {
            policies,
            settings: &settings,
            calendar: &self.calendar(&settings),
            administration: &administration,
            tenant: self.tenant.id(),
            debtor,
            facts: &facts,
            ended: &HashMap::new(),
            today: snapshot.as_of,
            known_at: snapshot.known_at,
        };
        let now = tokio::task::block_in_place(|| stage.now())?;
        let phrases = Phrases::of(policies);
        let say = Say::new(language, &phrases, &snapshot);
        Ok(said(&Words { say: &say }, &now))
    }

    async fn explained_actions(
        &self,
        mut actions: Vec<Action>,
        snapshot: &Snapshot<'_>,
        say: &Say<'_>,
    ) -> Result<Vec<ExplainedAction>, RunError> {
        actions.sort_by(|one, other| {
            let order = |action: &Action| (Reverse(action.rank), Reverse(action.level));
            (order(one), &one.title).cmp(&(order(other), &other.title))
        });
        let mut told = Vec::new();
        for action in actions.into_iter().take(MOST_ACTIONS as usize) {
            let last = self.tenant.history(action.id).await?.pop();
            let why = last.map(|last| last.note).filter(|note| !note.is_empty());
            told.push(ExplainedAction {
                why,
                ..explained_action(&action, snapshot, say)?
            });
        }
        Ok(told)
    }
}

/// Actions that are not made again when they are proposed again, through a day or for good.
fn ended(actions: &[Action]) -> HashMap<ActionId, Option<Day>> {
    let ended = actions.iter().filter_map(|action| match action.state {
        ActionState::Rejected => Some((action.id, Some(action.latest))),
        ActionState::Sending | ActionState::Sent | ActionState::Unknown | ActionState::Done => {
            Some((action.id, None))
        }
        _ => None,
    });
    ended.collect()
}

/// What the policies say of a debtor, and of what is imagined about the debtor.
///
/// # Errors
/// Only incidents of the host of the policies, such as the wall clock.
pub(crate) fn explained<A: Answers>(
    stage: &Stage<'_, A>,
    language: Language,
    phrases: &Phrases,
) -> Result<Explained, RunError> {
    let snapshot = stage.snapshot();
    let study = study(stage)?;
    let say = Say::new(language, phrases, &snapshot);
    let neighbours = Neighbours {
        stage,
        snapshot: &snapshot,
        study: &study,
        say: &say,
    };
    let (stronger, milder) = (neighbours.stronger()?, neighbours.milder()?);
    let words = Words { say: &say };
    let behind = study.bank_is_behind();
    let Study { now, found, next, .. } = study;
    let after_this = !now.done.is_empty();
    let (next, next_on) = match (&now.outcome.undecided, next) {
        (Some(_), _) => (say.asked_again(), Some(stage.today.plus(1))),
        (None, Some(next)) => (say.coming(&next, after_this), Some(next.on)),
        (None, None) => (say.nothing_within(AHEAD, behind), None),
    };
    Ok(Explained {
        today: stage.today,
        happens: say.happens(&now.outcome),
        said: said(&words, &now),
        stronger,
        milder,
        flips: found.into_iter().map(|found| say.flip(found)).collect(),
        next,
        next_on,
        outcome: now.outcome,
    })
}

fn said(words: &Words<'_>, now: &stage::Played) -> Said {
    Said {
        segment: words.segment(&now.decided),
        segment_reasons: words.segment_reasons(&now.decided),
        credit: words.credit(now),
        reasons: words.reasons(&now.decided),
        instead: words.instead(&now.decided),
        law: words.law(&now.decided),
    }
}

fn explained_action(
    action: &Action,
    snapshot: &Snapshot<'_>,
    say: &Say<'_>,
) -> Result<ExplainedAction, RunError> {
    let mut guard = Vec::new();
    if let Some(body) = &action.body {
        let guarded = Prepared::read(body)?.guarded;
        if matches!(action.state, ActionState::Waiting | ActionState::ToDo) {
            guard.extend(copy::channel(&guarded).map(|channel| say.copy(channel)));
        }
        for part in guarded.parts() {
            let item = |index: u32| {
                let id = part.items.get(index as usize)?;
                snapshot.item(*id).map(|item| item.described.number.clone())
            };
            let told = |reason: &Reason| say.about(reason, item);
            let articles: Vec<_> = part.articles.iter().map(|article| article.name.clone()).collect();
            if !articles.is_empty() {
                guard.push(articles.join(", "));
            }
            guard.extend(part.reasons.iter().map(told));
            match &part.stopped {
                Some(Stopped::Law(veto)) => guard.extend(veto.earliest.map(|day| say.earliest(Day(day)))),
                Some(Stopped::Host(reason)) => guard.push(told(reason)),
                None => {}
            }
        }
    }
    Ok(ExplainedAction {
        action: action.id,
        title: action.title.clone(),
        state: action.state,
        why: None,
        guard,
    })
}

/// Puts the answers of a decision into words.
struct Words<'a> {
    say: &'a Say<'a>,
}

impl Words<'_> {
    fn all(&self, reasons: &[Reason]) -> Vec<String> {
        reasons.iter().map(|reason| self.say.reason(reason)).collect()
    }

    fn segment(&self, decided: &Decided) -> String {
        let key = decided.segment().map(|segment| self.say.word(&segment.key));
        key.unwrap_or_default()
    }

    fn segment_reasons(&self, decided: &Decided) -> Vec<String> {
        let Some(segment) = decided.segment() else {
            return vec![];
        };
        let weighed = segment
            .evidence
            .iter()
            .map(|weighed| self.say.reason(&weighed.reason));
        self.all(&segment.reasons).into_iter().chain(weighed).collect()
    }

    fn credit(&self, now: &stage::Played) -> Vec<String> {
        let Some(credit) = now.decided.credit_decision() else {
            return vec![];
        };
        let verdict = self.say.verdict(now.outcome.verdict);
        std::iter::once(verdict)
            .chain(self.all(&credit.reasons))
            .collect()
    }

    fn reasons(&self, decided: &Decided) -> Vec<String> {
        let Some(plan) = decided.plan() else {
            return vec![];
        };
        let proposals = plan.proposals.iter().flat_map(|proposal| &proposal.reasons);
        let mut told = Vec::new();
        for reason in plan.reasons.iter().chain(proposals) {
            let words = self.say.reason(reason);
            if !told.contains(&words) {
                told.push(words);
            }
        }
        told
    }

    fn instead(&self, decided: &Decided) -> Vec<String> {
        let rejected = decided.plan().into_iter().flat_map(|plan| &plan.rejected);
        let told = rejected.map(|rejected| {
            let level = level_name(views::level_of(rejected.level));
            format!("{level}: {}", self.all(&rejected.reasons).join("; "))
        });
        told.collect()
    }

    fn law(&self, decided: &Decided) -> Vec<String> {
        let asked = decided.statute.as_ref();
        let Some(Ok(judgement)) = asked.map(|asked| &asked.decision.outcome) else {
            return vec![];
        };
        let mut told = self.all(&judgement.charges.reasons);
        told.extend(self.all(&judgement.warnings));
        told.dedup();
        told
    }
}
