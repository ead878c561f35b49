//! Registers are asked before a formal step, and no answer means wait.

use std::collections::BTreeSet;

use maan_connectors::credit::{NoAnswer, Service, Subject};
use maan_ledger::{DebtorId, Fact, InquiredAbout, Level, Snapshot};
use maan_store::{Action, ActionFilter, ActionState, DebtorRow, Ingest, TenantSettings};
use serde::Serialize;

use super::Desk;
use super::desk::{Offer, is_registered, subject};
use super::facts::{self, When};
use crate::actions::Prepared;
use crate::followup::Followup;
use crate::{RunError, registers};

/// What the registers said before formal steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RegistersAsked {
    /// Each debtor that was asked about.
    pub asked: Vec<RegisterLine>,
}

/// What a register said of a debtor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterLine {
    /// Name of the debtor.
    pub debtor: String,
    /// Whether it answered. If not, the formal step waits.
    pub answered: bool,
    /// In its own words, or why there is no answer.
    pub said: String,
}

/// Whether an action is a formal step, or the task of asking before one.
fn asks(action: &Action) -> Result<bool, RunError> {
    if matches!(action.level, Level::FormalNotice | Level::HandOver) {
        return Ok(true);
    }
    let task = action.body.as_deref().filter(|_| action.kind == "task");
    let task = task.map(Prepared::read).transpose()?;
    Ok(task.is_some_and(|task| registers::is_task(&task.guarded)))
}

/// The code under which a service's answers count before a formal step; none of one that is not the register itself.
fn code_of(service: Service) -> Option<&'static str> {
    (service == Service::Cir).then_some("cir")
}

impl Followup {
    /// Asks the registers about debtors for whom a formal step is ready and the last answer is too old.
    ///
    /// # Errors
    /// The database.
    pub async fn ask_registers(&self, desk: &Desk) -> Result<RegistersAsked, RunError> {
        let settings = self.tenant.settings().await?;
        let states = vec![ActionState::Queued, ActionState::Waiting, ActionState::ToDo];
        let filter = ActionFilter {
            states,
            debtor: None,
            limit: u32::MAX,
        };
        let actions = self.tenant.actions(filter).await?;
        let mut debtors = BTreeSet::new();
        for action in &actions {
            if asks(action)? {
                debtors.insert(action.debtor);
            }
        }
        let mut asked = RegistersAsked::default();
        for debtor in debtors {
            self.check_interrupted()?;
            asked
                .asked
                .extend(self.ask_register(desk, &settings, debtor).await?);
        }
        Ok(asked)
    }

    async fn ask_register(
        &self,
        desk: &Desk,
        settings: &TenantSettings,
        debtor: DebtorId,
    ) -> Result<Option<RegisterLine>, RunError> {
        let known = self.tenant.facts(debtor).await?;
        let snapshot = self.snapshot(&known, settings)?;
        let Some(subject) = subject(&snapshot).filter(|subject| is_registered(subject.kind)) else {
            return Ok(None);
        };
        let Some(register) = desk.register_of(&subject) else {
            return Ok(None);
        };
        let code = code_of(register.service);
        let awaited = code.is_some_and(|code| registers::awaits(&snapshot, code));
        if !awaited && fresh(&known, &snapshot, desk.settings.register_valid_days) {
            return Ok(None);
        }
        let when = When {
            on: snapshot.as_of,
            at: self.moment(),
        };
        let about = InquiredAbout::Insolvency;
        let (answered, said, mut new) = match ask(register, &subject).await {
            Ok(information) => {
                let new = facts::answered(&information, about, &snapshot, when);
                (
                    true,
                    format!("{}: {}", register.service, information.original),
                    new,
                )
            }
            Err(no_answer) => (
                false,
                no_answer.to_string(),
                facts::unanswered(&no_answer, about, when),
            ),
        };
        new.extend(code.map(|code| facts::register_asked(code, &new, answered, when)));
        let name = subject.name.clone();
        self.add_register_facts(debtor, new).await?;
        Ok(Some(RegisterLine {
            debtor: name,
            answered,
            said,
        }))
    }

    async fn add_register_facts(&self, debtor: DebtorId, facts: Vec<Fact>) -> Result<(), RunError> {
        let Some(row) = self.tenant.debtor(debtor).await? else {
            return Ok(());
        };
        let row = DebtorRow {
            reference: row.reference,
            number: row.number,
            name: row.name,
        };
        let ingest = Ingest {
            debtors: vec![(debtor, row, facts)],
            ..Ingest::default()
        };
        self.tenant.ingest(ingest, self.moment()).await?;
        Ok(())
    }
}

async fn ask(
    register: &Offer,
    subject: &Subject,
) -> Result<maan_connectors::credit::CreditInformation, NoAnswer> {
    let client = register.client()?;
    client.report(&client.find(subject).await?).await
}

/// Whether a register answered about insolvency lately. No answer is never one.
fn fresh(known: &[Fact], snapshot: &Snapshot<'_>, days: u16) -> bool {
    let last = facts::last_answer(known, InquiredAbout::Insolvency);
    last.is_some_and(|day| snapshot.as_of.since(day) < i32::from(days.max(1)))
}
