//! What was done here is told to the platform, where the settings say so.
//!
//! What is to be written follows from the facts, so that it makes no difference who recorded them. Each thing is queued
//! once, marked before it is written, and tried again later when the platform could not take it. A note whose answer
//! was lost goes to a person, as no platform recognises a note that comes twice. Nothing of this stops a run.

mod desk;
mod wanted;

use maan_connectors::Remedy;
use maan_connectors::http::CallError;
use maan_ledger::Moment;
use maan_store::{QueuedWriteBack, WriteBackOutcome, WriteBackState, WriteBacks};
use serde::Serialize;

use self::desk::Desk;
use self::wanted::wanted;
use crate::RunError;
use crate::followup::Followup;

/// How long one may take, in seconds.
const LEASE_SECONDS: i64 = 900;
/// How long one that the platform could not take waits after the first try, in seconds; doubled with each further.
const PAUSE_SECONDS: i64 = 900;
/// Tries before it is given up: more than a week.
const TRIES: u32 = 12;
/// Facts of so many debtors are read at once.
const CHUNK: usize = 500;

/// What was written to the platform and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WriteBackReport {
    /// How much was written.
    pub written: u64,
    /// The platform has no place for it.
    pub not_offered: Vec<NotWritten>,
    /// Tried again later.
    pub put_off: Vec<NotWritten>,
    /// Given up: a person looks.
    pub failed: Vec<NotWritten>,
    /// It may or may not have arrived: a person looks on the platform.
    pub unknown: Vec<NotWritten>,
}

/// Something that was not written, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotWritten {
    /// Name of the debtor.
    pub debtor: String,
    /// What it is.
    pub kind: maan_store::WriteBackKind,
    /// Why.
    pub why: String,
}

impl WriteBackReport {
    /// Whether there was nothing to do.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn add(&mut self, state: WriteBackState, one: NotWritten) {
        match state {
            WriteBackState::Done => self.written = self.written.saturating_add(1),
            WriteBackState::NotOffered => self.not_offered.push(one),
            WriteBackState::Waiting => self.put_off.push(one),
            WriteBackState::Failed => self.failed.push(one),
            WriteBackState::Unknown => self.unknown.push(one),
            WriteBackState::Writing | WriteBackState::Superseded => {}
        }
    }
}

impl Followup {
    /// From now on what is done is written back, if the settings say so and it was not before. What was done earlier
    /// stays as it is.
    ///
    /// # Errors
    /// The database.
    pub async fn begin_write_backs(&self) -> Result<(), RunError> {
        let settings = self.tenant.settings().await?;
        match (
            settings.write_back.is_empty(),
            self.tenant.write_back_start().await?,
        ) {
            (false, None) => {
                let now = self.moment();
                self.tenant.queue_write_backs(&[], now, now).await?;
            }
            (true, Some(_)) => self.tenant.end_write_backs().await?,
            _ => {}
        }
        Ok(())
    }

    /// Writes to the platform what was done since the last time.
    ///
    /// # Errors
    /// The database, or an interruption. What the platform does not take is told in the report.
    pub async fn write_back(&self) -> Result<WriteBackReport, RunError> {
        let mut report = WriteBackReport::default();
        let kinds = self.tenant.settings().await?.write_back;
        let Some(start) = self
            .tenant
            .write_back_start()
            .await?
            .filter(|_| !kinds.is_empty())
        else {
            return Ok(report);
        };
        self.queue(&kinds, start).await?;
        let mut desk = Desk::of(self).await?;
        for lost in self.tenant.give_up_write_backs(self.moment()).await? {
            let why = "the program ended while it was written".to_owned();
            report.add(WriteBackState::Unknown, self.not_written(&lost, why).await?);
        }
        loop {
            self.check_interrupted()?;
            let claimed = self.tenant.claim_write_back(self.moment(), LEASE_SECONDS).await?;
            let Some((queued, tries)) = claimed else {
                return Ok(report);
            };
            let outcome = match kinds.has(queued.kind) {
                true => self.write_one(&mut desk, &queued, tries).await?,
                false => outcome(WriteBackState::Superseded, String::new(), self.moment()),
            };
            self.tenant.settle_write_back(queued.id, &outcome).await?;
            let one = self.not_written(&queued, outcome.why).await?;
            report.add(outcome.state, one);
        }
    }

    /// Queues what the facts since the last time want written.
    async fn queue(&self, kinds: &WriteBacks, start: Moment) -> Result<(), RunError> {
        let (debtors, through) = self.tenant.told_after(start).await?;
        let mut queued = Vec::new();
        for chunk in debtors.chunks(CHUNK) {
            for (debtor, facts) in self.tenant.facts_of(chunk).await? {
                let news = wanted(debtor, &facts).into_iter();
                let news = news.filter(|one| one.since > start && kinds.has(one.queued.kind));
                queued.extend(news.map(|one| one.queued));
            }
        }
        Ok(self
            .tenant
            .queue_write_backs(&queued, through, self.moment())
            .await?)
    }

    async fn write_one(
        &self,
        desk: &mut Desk<'_>,
        queued: &QueuedWriteBack,
        tries: u32,
    ) -> Result<WriteBackOutcome, RunError> {
        let now = self.moment();
        let facts = self.tenant.facts(queued.debtor).await?;
        let wanted = wanted(queued.debtor, &facts);
        let what = wanted.into_iter().find(|one| one.queued.id == queued.id);
        let change = match what {
            Some(wanted) => desk.change(queued.debtor, wanted.what).await?,
            None => None,
        };
        let Some((connection, change)) = change else {
            return Ok(outcome(WriteBackState::Superseded, String::new(), now));
        };
        let platform = match desk.platform(connection).await {
            Ok(platform) => platform,
            Err(why) => return Ok(again(why, tries, now)),
        };
        Ok(match platform.write(&change).await {
            Ok(maan_connectors::Written::Done(_)) => outcome(WriteBackState::Done, String::new(), now),
            Ok(maan_connectors::Written::NotOffered(why)) => {
                outcome(WriteBackState::NotOffered, why.to_owned(), now)
            }
            Err(error @ CallError::MayHaveArrived { .. }) => {
                outcome(WriteBackState::Unknown, error.to_string(), now)
            }
            Err(error) => match error.remedy() {
                Remedy::AskPerson => outcome(WriteBackState::Failed, error.to_string(), now),
                Remedy::Retry { .. } | Remedy::Reconnect => again(error.to_string(), tries, now),
            },
        })
    }

    async fn not_written(&self, queued: &QueuedWriteBack, why: String) -> Result<NotWritten, RunError> {
        let debtor = self.tenant.debtor(queued.debtor).await?;
        Ok(NotWritten {
            debtor: debtor.map(|debtor| debtor.name).unwrap_or_default(),
            kind: queued.kind,
            why,
        })
    }
}

fn outcome(state: WriteBackState, why: String, not_before: Moment) -> WriteBackOutcome {
    WriteBackOutcome {
        state,
        why,
        not_before,
    }
}

/// Later, or not at all after too many tries.
fn again(why: String, tries: u32, now: Moment) -> WriteBackOutcome {
    if tries >= TRIES {
        return outcome(WriteBackState::Failed, why, now);
    }
    let pause = PAUSE_SECONDS.saturating_mul(1_i64 << tries.saturating_sub(1).min(TRIES));
    outcome(WriteBackState::Waiting, why, now.plus_seconds(pause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_waits_longer_and_longer_and_is_given_up() {
        let now = Moment(0);
        let first = again("down".to_owned(), 1, now);
        assert_eq!(first.state, WriteBackState::Waiting);
        assert_eq!(first.not_before, now.plus_seconds(900));
        assert_eq!(again(String::new(), 3, now).not_before, now.plus_seconds(3_600));
        assert_eq!(again(String::new(), TRIES, now).state, WriteBackState::Failed);
        let waited: i64 = (1..TRIES)
            .map(|tries| again(String::new(), tries, now).not_before.0 / 1_000_000)
            .sum();
        assert!(waited > 7 * 24 * 3_600, "{waited}");
    }
}
