//! Why not the next stronger step, and why not the next milder one.

use maan_ledger::{Channel, Day, Level, Snapshot};
use maan_policy_host::contract::{ActionKind, Argument};
use serde::Serialize;

use super::flips::{Coming, Found, Study};
use super::outcome::Step;
use super::say::Say;
use super::stage::{AHEAD, Stage};
use crate::RunError;
use crate::actions::kind_name;
use crate::by_hand::{ByHand, by_hand};
use crate::guard::{Guarded, Stopped};
use crate::policies::Answers;
use crate::views::level_of;

/// A step that was not chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotChosen {
    /// Kind of action, as the contract names it; empty where the step is to wait.
    pub kind: &'static str,
    /// Its dunning level.
    pub level: Level,
    /// The step in words.
    pub step: String,
    /// Why not, in words.
    pub why: Vec<String>,
    /// What the law says of it today, where it forbids it.
    pub law: Option<Forbidden>,
}

/// What the law forbids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forbidden {
    /// On which articles that rests.
    pub articles: Vec<String>,
    /// First day on which it is lawful, where there is one.
    pub earliest: Option<Day>,
    /// Why, in words.
    pub why: Vec<String>,
}

/// A step that was weighed or that could be taken, with what is known of why not.
struct Candidate {
    kind: &'static str,
    level: Level,
    why: Vec<String>,
    law: Option<Forbidden>,
}

/// Words and facts for both answers.
pub(super) struct Neighbours<'a, A> {
    pub(super) stage: &'a Stage<'a, A>,
    pub(super) snapshot: &'a Snapshot<'a>,
    pub(super) study: &'a Study,
    pub(super) say: &'a Say<'a>,
}

impl<A: Answers> Neighbours<'_, A> {
    /// The next stronger step, and why it is not taken today.
    pub(super) fn stronger(&self) -> Result<Option<NotChosen>, RunError> {
        let current = self.study.now.outcome.level();
        let idle = self.study.now.outcome.going().all(Step::is_task);
        let above = |one: &Candidate| one.level > current || idle && one.level == Level::None;
        // What rests or is too little has no level: then that is why nothing stronger happens.
        let order = |one: &Candidate| (one.level == Level::None, one.level);
        let weighed = self.weighed().into_iter().filter(above).min_by_key(order);
        let would = || {
            let stronger = |found: &&Found| found.outcome.level() > current;
            self.would_take(self.study.found.iter().find(stronger)?)
        };
        let found = weighed
            .or_else(|| self.comes_later())
            .or_else(would)
            .or_else(|| self.does_not_come(current));
        match found {
            Some(candidate) => self.told(candidate).map(Some),
            None => Ok(None),
        }
    }

    /// The next milder step than the one that goes on, and why it is not taken instead.
    pub(super) fn milder(&self) -> Result<Option<NotChosen>, RunError> {
        let current = self.study.now.outcome.level();
        if current == Level::None {
            return Ok(None);
        }
        let below = |one: &Candidate| one.level < current && one.level > Level::None;
        let weighed = self.weighed().into_iter().chain(self.done_before(current));
        let found = weighed.filter(below).max_by_key(|one| one.level).or_else(|| {
            let milder = |found: &&Found| found.outcome.level() < current;
            self.would_take(self.study.found.iter().find(milder)?)
        });
        match found {
            Some(candidate) => self.told(candidate).map(Some),
            None => Ok(None),
        }
    }

    /// What was proposed and stopped, and what the workflow weighed and did not choose.
    fn weighed(&self) -> Vec<Candidate> {
        let decided = &self.study.now.decided;
        let stopped = decided.guarded.iter().filter_map(|guarded| self.stopped(guarded));
        let rejected = decided.plan().into_iter().flat_map(|plan| &plan.rejected);
        let rejected = rejected.map(|rejected| Candidate {
            kind: kind_name(rejected.kind),
            level: level_of(rejected.level),
            why: rejected
                .reasons
                .iter()
                .map(|reason| self.say.reason(reason))
                .collect(),
            law: None,
        });
        stopped.chain(rejected).collect()
    }

    fn stopped(&self, guarded: &Guarded) -> Option<Candidate> {
        let (why, law) = match guarded.stopped.as_ref()? {
            Stopped::Host(reason) => (vec![self.say.reason(reason)], None),
            Stopped::Law(_) => (vec![], self.forbidden(guarded)),
        };
        Some(Candidate {
            kind: kind_name(guarded.proposal.kind),
            level: guarded.level(),
            why,
            law,
        })
    }

    /// The highest step below a level that was done about what is open.
    fn done_before(&self, current: Level) -> Option<Candidate> {
        let open = self.snapshot.open_items();
        let done = open.filter(|item| item.last_level < current && item.last_level > Level::None);
        let item = done.max_by_key(|item| item.last_level)?;
        let day = item.last_level_on.unwrap_or_default();
        Some(Candidate {
            kind: kind_name(kind_of(item.last_level)),
            level: item.last_level,
            why: vec![self.say.host("level-already-done", vec![Argument::Day(day.0)])],
            law: None,
        })
    }

    /// The stronger step that comes by itself.
    fn comes_later(&self) -> Option<Candidate> {
        let Coming { on, steps } = self.study.stronger.as_ref()?;
        let step = steps.first()?;
        let code = match self.study.now.outcome.going().all(Step::is_task) {
            true => "why.comes-on",
            false => "why.comes-after-this",
        };
        Some(Candidate {
            kind: step.kind,
            level: step.level,
            why: vec![self.say.host(code, vec![Argument::Day(on.0)])],
            law: None,
        })
    }

    /// The formal notice or the hand-over that does not follow about what is overdue.
    fn does_not_come(&self, current: Level) -> Option<Candidate> {
        let steps = [Level::FormalNotice, Level::HandOver];
        let level = steps.into_iter().find(|level| *level > current)?;
        let overdue = self.snapshot.account.totals.overdue.minor > 0;
        let decided = self.study.now.outcome.undecided.is_none();
        (overdue && decided).then(|| Candidate {
            kind: kind_name(kind_of(level)),
            level,
            why: vec![
                self.say
                    .host("why.no-stronger", vec![Argument::Count(AHEAD.into())]),
            ],
            law: None,
        })
    }

    /// The step that a change would lead to.
    fn would_take(&self, found: &Found) -> Option<Candidate> {
        let noticed = found.outcome.going().filter(|step| !step.is_task());
        let step = noticed.max_by_key(|step| step.level);
        let when = self.say.when(&found.lever);
        Some(Candidate {
            kind: step.map_or("", |step| step.kind),
            level: step.map_or(Level::None, |step| step.level),
            why: vec![format!("{}: {when}", self.say.host("why.would-take", vec![]))],
            law: None,
        })
    }

    fn told(&self, candidate: Candidate) -> Result<NotChosen, RunError> {
        let Candidate {
            kind,
            level,
            why,
            law,
        } = candidate;
        let asked_now = self.study.now.outcome.going().any(|step| step.level == level);
        let law = match (law, level) {
            (None, Level::None) => None,
            (None, _) if asked_now => None,
            (None, level) => self.law(level)?,
            (law, _) => law,
        };
        Ok(NotChosen {
            kind,
            level,
            step: self.say.step_named(kind, level, None),
            why,
            law,
        })
    }

    /// What the law says of a step for all that is overdue, asked as if a person wanted it today.
    fn law(&self, level: Level) -> Result<Option<Forbidden>, RunError> {
        let wish = ByHand {
            debtor: self.stage.debtor,
            level,
            channel: match level {
                Level::Call1 | Level::Call2 => Channel::Phone,
                _ => Channel::Email,
            },
            items: vec![],
        };
        let judged = by_hand(self.stage.policies, &self.stage.context(), self.snapshot, &wish);
        match judged {
            Ok(guarded) => Ok(guarded.and_then(|guarded| self.forbidden(&guarded))),
            // Without an answer nothing is said of the law; the day's own proposals are held by the same policy.
            Err(RunError::Undecided(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn forbidden(&self, guarded: &Guarded) -> Option<Forbidden> {
        let veto = guarded.veto()?;
        Some(Forbidden {
            articles: veto.articles.iter().map(|article| article.name.clone()).collect(),
            earliest: veto.earliest.map(Day),
            why: guarded
                .reasons
                .iter()
                .map(|reason| self.say.reason(reason))
                .collect(),
        })
    }
}

fn kind_of(level: Level) -> ActionKind {
    match level {
        Level::Call1 | Level::Call2 => ActionKind::Call,
        Level::HandOver => ActionKind::HandOver,
        Level::WriteOff => ActionKind::WriteOff,
        _ => ActionKind::Message,
    }
}
