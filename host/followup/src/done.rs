//! What a person did, and what follows from it.

use maan_ledger::{Body, Contact, Day, Fact, ItemId, Known, Moment, Outcome, Promise};
use maan_store::{Action, ActionState, Follows};
use serde::Serialize;

use crate::RunError;
use crate::actions::Prepared;
use crate::copy::{self, Copied};
use crate::followup::Followup;
use crate::promise::{Promised, in_place_of, promise};
use crate::send::facts_of;

/// What a person says of something that was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What came of a call.
    pub outcome: Option<Outcome>,
    /// What the debtor promised in it.
    pub promise: Option<Promised>,
    /// There is proof that a letter was posted or arrived. A registered letter needs no word of it.
    pub proof: bool,
}

/// What became of what a person did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Did {
    /// The promise that is waited for.
    pub promise: Option<Promise>,
    /// The copy of a letter that was posted, where one goes.
    pub copy: Option<Copied>,
}

impl Followup {
    /// A person did what an action asked, and says what came of it. Of a posted letter a copy goes over the channel
    /// that the debtor prefers. None when the action stands elsewhere: it was done, left or ended already.
    ///
    /// # Errors
    /// The database, or a promise that cannot be.
    pub async fn done(&self, action: &Action, told: Told, who: &str) -> Result<Option<Did>, RunError> {
        let Some(body) = &action.body else {
            return Ok(None);
        };
        let prepared = Prepared::read(body)?;
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(action.debtor).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let (today, at) = (snapshot.as_of, self.moment());
        let mut new = facts_of(action, &prepared.guarded, &snapshot, today, at);
        if told.proof {
            new.iter_mut().for_each(prove);
        }
        new.extend(told.outcome.map(|outcome| contacted(action, outcome, today, at)));
        let items: Vec<ItemId> = action.items.iter().map(|(item, _)| *item).collect();
        let told = told.promise.as_ref();
        let promise = told.map(|told| promise(&settings, &snapshot, action.debtor, &items, told));
        let promise = promise.transpose()?;
        let agreed = promise.iter().flat_map(|promise| in_place_of(&snapshot, promise));
        new.extend(agreed.map(|body| Fact {
            happened: today,
            known: Known::At(at),
            body,
        }));
        let (copy, email) = copy::of_letter(self.tenant.id(), &settings, &snapshot, action, &prepared)?;
        let follows = Follows {
            debtor: action.debtor,
            facts: new,
            action: email,
        };
        let from = [ActionState::ToDo, ActionState::Waiting, ActionState::Failed];
        let (to, note) = (ActionState::Done, "done by a person");
        let settled = self
            .tenant
            .settle(action.id, &from, to, note, who, follows, at)
            .await?;
        Ok(settled.then_some(Did { promise, copy }))
    }
}

/// A person has the proof.
fn prove(fact: &mut Fact) {
    if let Body::StepDone(step) = &mut fact.body {
        step.proof = true;
    }
}

/// The fact that a person spoke or wrote to the debtor.
fn contacted(action: &Action, outcome: Outcome, on: Day, at: Moment) -> Fact {
    Fact {
        happened: on,
        known: Known::At(at),
        body: Body::Contacted(Contact {
            id: action.id.to_string(),
            channel: action.channel,
            outcome,
            right_person: matches!(outcome, Outcome::Reached | Outcome::Promised),
            inbound: false,
            unhandled: false,
            items: action.items.iter().map(|(item, _)| *item).collect(),
        }),
    }
}
