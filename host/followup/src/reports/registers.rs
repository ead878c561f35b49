//! Registers are asked before a formal step: about insolvency, where no answer means wait, and whether the company still
//! exists.

use std::collections::BTreeSet;

use maan_ledger::{DebtorId, Fact, InquiredAbout, Level, Snapshot};
use maan_store::{Action, ActionFilter, ActionState, TenantSettings};
use serde::Serialize;

use super::Desk;
use super::desk::{is_registered, subject};
use super::facts;
use super::look_up::{self, Asking};
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
    /// Whether it answered.
    pub answered: bool,
    /// The formal step waits for its answer. Whether a company still exists is asked as well, and nothing waits for that.
    pub waits: bool,
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

/// That a company exists is asked again after so many days: nothing waits for it, and each question may cost.
const REGISTRATION_DAYS: u16 = 30;

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
            let lines = self.ask_registers_about(desk, &settings, debtor).await?;
            asked.asked.extend(lines);
        }
        Ok(asked)
    }

    async fn ask_registers_about(
        &self,
        desk: &Desk,
        settings: &TenantSettings,
        debtor: DebtorId,
    ) -> Result<Vec<RegisterLine>, RunError> {
        let known = self.tenant.facts(debtor).await?;
        let snapshot = self.snapshot(&known, settings)?;
        let mut lines = Vec::new();
        let Some(subject) = subject(&snapshot).filter(|subject| is_registered(subject.kind)) else {
            return Ok(lines);
        };
        let asking = Asking {
            debtor,
            subject: &subject,
            snapshot: &snapshot,
            desk,
        };
        for register in desk.registers_of(&subject) {
            let about = look_up::about(register.service);
            let awaited =
                look_up::code_of(register.service).is_some_and(|code| registers::awaits(&snapshot, code));
            let valid = match about {
                InquiredAbout::Registration => desk.settings.register_valid_days.max(REGISTRATION_DAYS),
                _ => desk.settings.register_valid_days,
            };
            if !awaited && fresh(&known, about, &snapshot, valid) {
                continue;
            }
            let told = self.ask_register(register, asking).await?;
            lines.push(RegisterLine {
                answered: told.is_answered(),
                waits: !told.is_answered() && look_up::code_of(register.service).is_some(),
                debtor: told.debtor,
                said: told.said,
            });
        }
        Ok(lines)
    }
}

/// Whether a register answered about this lately. No answer is never one.
fn fresh(known: &[Fact], about: InquiredAbout, snapshot: &Snapshot<'_>, days: u16) -> bool {
    let last = facts::last_answer(known, about);
    last.is_some_and(|day| snapshot.as_of.since(day) < i32::from(days.max(1)))
}
