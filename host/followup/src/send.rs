//! The outbox: looked at again, then sent, once.
//!
//! Before anything leaves the platform is read (by the caller), changed debtors are decided again, and for each
//! message there is a last look on the day it leaves. Only then the action is marked
//! *sending*, durably, and handed to the mail server. A process that dies in between leaves *sending* behind,
//! which becomes *unknown* and goes to a person; nothing is sent twice.

use chrono::Timelike;
use maan_ledger::{Body, Calendar, Channel, Day, Fact, Known, Moment, Snapshot, StepDone};
use maan_outreach::{Address, Email, Mailer, SendError, Text, check_sender, message_id};
use maan_policy_host::contract::{Context, Proposal};
use maan_store::{Action, ActionState, Claimed, SendOutcome, TenantSettings};
use serde::Serialize;

use crate::actions::Prepared;
use crate::followup::Followup;
use crate::guard::{self, Guarded};
use crate::look::{Look, Ready, settled, words};
use crate::phase::phase;
use crate::policies::Policies;
use crate::{RunError, copy, views};

/// How long a worker may take for one message before another may look at it, in seconds.
const LEASE_SECONDS: i64 = 300;

/// Working days by which the bank may be behind.
const BOOKED_WITHIN: i32 = 2;

/// Who withdraws what was settled meanwhile.
const LAST_LOOK: &str = "last look";

/// A mail server that put a message off, or a register that did not answer, is asked again after this many seconds.
const TRY_AGAIN_SECONDS: i64 = 15 * 60;

/// After so many messages in a row that the mail server took without an answer, no more are handed over.
const UNKNOWN_IN_A_ROW: usize = 3;

/// What came of the messages that were ready.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SendReport {
    /// Messages that left.
    pub sent: u64,
    /// Withdrawn at the last look: paid, disputed, held.
    pub withdrawn: Vec<NotSent>,
    /// Stopped by the law at the last look.
    pub vetoed: Vec<NotSent>,
    /// They may leave later: they stay ready.
    pub later: Vec<NotSent>,
    /// They must go another way than by e-mail, or to another than the debtor: a person does it.
    pub by_person: Vec<NotSent>,
    /// The mail server put them off: tried again later.
    pub put_off: Vec<NotSent>,
    /// The mail server cannot be reached or does not let us send: nothing more was tried.
    pub unreachable: bool,
    /// Why nothing more was tried, where a person can mend it.
    pub gave_up: Option<String>,
    /// The mail server or the address refuses them: a person looks.
    pub failed: Vec<NotSent>,
    /// The mail server did not answer after it took the message: a person looks.
    pub unknown: Vec<NotSent>,
    /// Outside the hours or the days on which messages leave.
    pub outside_hours: bool,
    /// The bank is not booked through the last working days: what is paid may not be seen yet.
    pub books_behind: bool,
    /// All sending is stopped in the settings.
    pub stopped: bool,
    /// The daily maximum was reached.
    pub maximum_reached: bool,
}

/// A message that did not leave, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotSent {
    /// Which action.
    pub action: maan_ledger::ActionId,
    /// What it was.
    pub title: String,
    /// Why.
    pub why: String,
}

impl Followup {
    /// Withdraws open actions for which nothing is left to ask: paid, credited, disputed since they were proposed.
    ///
    /// # Errors
    /// The database, or an action that cannot be read.
    pub async fn withdraw_settled(&self) -> Result<Vec<NotSent>, RunError> {
        let settings = self.tenant.settings().await?;
        let mut withdrawn = Vec::new();
        for id in self.tenant.actions_of_changed().await? {
            let Some(action) = self.tenant.action(id).await? else {
                continue;
            };
            let Some(body) = &action.body else { continue };
            let Prepared { guarded, text, .. } = Prepared::read(body)?;
            let facts = self.tenant.facts(action.debtor).await?;
            let over = if text.is_some() { copy::over } else { settled };
            let Some(why) = over(&self.snapshot(&facts, &settings)?, &guarded) else {
                continue;
            };
            let from = [ActionState::Waiting, ActionState::ToDo, ActionState::Queued];
            let at = self.moment();
            if self
                .tenant
                .move_action(id, &from, ActionState::Withdrawn, &why, LAST_LOOK, at)
                .await?
            {
                withdrawn.push(NotSent {
                    action: id,
                    title: action.title,
                    why,
                });
            }
        }
        Ok(withdrawn)
    }

    /// The text of an action as it would read today; none when it is no message or nothing is left to ask.
    ///
    /// # Errors
    /// The database, an action that cannot be read, or a text that cannot be written.
    pub async fn draft(&self, action: &Action) -> Result<Option<Text>, RunError> {
        let Some(body) = &action.body else { return Ok(None) };
        let Prepared { guarded, text, .. } = Prepared::read(body)?;
        if text.is_some() || !guard::leaves(&guarded.proposal) {
            return Ok(text);
        }
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(action.debtor).await?;
        Ok(words(&settings, &self.snapshot(&facts, &settings)?, &guarded)?)
    }

    /// Sends what is ready and may leave now.
    ///
    /// # Errors
    /// The database, the policies or an interruption. An unreachable mail server is no error of a message: what
    /// was not sent stays ready.
    pub async fn send(&self, policies: &Policies, mailer: &Mailer) -> Result<SendReport, RunError> {
        let settings = self.tenant.settings().await?;
        let mut report = SendReport {
            stopped: settings.stop_all,
            ..SendReport::default()
        };
        let now = self.moment();
        report.outside_hours = !self.may_send(&settings, now)?;
        if report.stopped || report.outside_hours {
            return Ok(report);
        }
        if let Err(error) = check_sender(&settings.sender_address, settings.reply_to.as_deref()) {
            report.unreachable = true;
            report.gave_up = Some(error.to_string());
            return Ok(report);
        }
        let context = self.context(&settings).await?;
        report.books_behind = books_behind(&context, &self.calendar(&settings));
        if report.books_behind {
            return Ok(report);
        }
        let worker = self.worker.clone();
        let mut left = self.left_today(&settings, now).await?;
        let mut unknown_in_a_row = 0;
        loop {
            self.check_interrupted()?;
            if left == 0 {
                report.maximum_reached = true;
                return Ok(report);
            }
            let claimed = self
                .tenant
                .claim_outbox(&worker, self.moment(), LEASE_SECONDS, left.min(20))
                .await?;
            if claimed.is_empty() {
                return Ok(report);
            }
            let mut claimed = claimed.into_iter();
            while let Some(one) = claimed.next() {
                if let Err(interrupted) = self.check_interrupted() {
                    self.give_back(std::iter::once(one).chain(claimed), "stopped by a person")
                        .await?;
                    return Err(interrupted);
                }
                let (sent, unknown) = (report.sent, report.unknown.len());
                let mut goes_on = self
                    .send_one(policies, &context, &settings, mailer, one, &mut report)
                    .await?;
                if report.sent > sent {
                    unknown_in_a_row = 0;
                }
                if report.unknown.len() > unknown {
                    unknown_in_a_row += 1;
                    if unknown_in_a_row >= UNKNOWN_IN_A_ROW {
                        report.gave_up = Some(no_answers());
                        goes_on = false;
                    }
                }
                // What may have left counts as what did.
                let counts = report.sent > sent || report.unknown.len() > unknown;
                left = left.saturating_sub(u32::from(counts));
                if !goes_on {
                    self.give_back(claimed, "the mail server takes nothing now")
                        .await?;
                    return Ok(report);
                }
            }
        }
    }

    async fn give_back(&self, claimed: impl Iterator<Item = Claimed>, note: &str) -> Result<(), RunError> {
        for one in claimed {
            self.tenant
                .put_back(&one.claim, ActionState::Queued, note, self.moment())
                .await?;
        }
        Ok(())
    }

    /// Looks again at one message and sends it. False when the mail server takes nothing now.
    async fn send_one(
        &self,
        policies: &Policies,
        context: &Context,
        settings: &TenantSettings,
        mailer: &Mailer,
        claimed: Claimed,
        report: &mut SendReport,
    ) -> Result<bool, RunError> {
        let action = &claimed.action;
        let today = Day(context.today);
        let not_sent = |why: String| NotSent {
            action: action.id,
            title: action.title.clone(),
            why,
        };
        if action.earliest > today {
            let why = format!("may leave from {} on", action.earliest);
            self.tenant
                .put_back_until(
                    &claimed.claim,
                    morning(settings, action.earliest)?,
                    &why,
                    self.moment(),
                )
                .await?;
            return Ok(true);
        }
        let Some(body) = action.body.as_deref().filter(|_| action.latest >= today) else {
            let why = if action.body.is_none() {
                "the debtor's data were erased"
            } else {
                "its last day has passed"
            };
            self.tenant
                .put_back(&claimed.claim, ActionState::Withdrawn, why, self.moment())
                .await?;
            report.withdrawn.push(not_sent(why.to_owned()));
            return Ok(true);
        };
        let prepared = Prepared::read(body)?;
        if let Some(moment) = opens(settings, &prepared.guarded.proposal, self.moment())? {
            let why = "outside the hours of the day on which it may reach the debtor".to_owned();
            self.tenant
                .put_back_until(&claimed.claim, moment, &why, self.moment())
                .await?;
            report.later.push(not_sent(why));
            return Ok(true);
        }
        let facts = self.tenant.facts(action.debtor).await?;
        let snapshot = self.snapshot(&facts, settings)?;
        phase("looking");
        let look = match prepared.text {
            Some(text) => copy::look(&snapshot, prepared.guarded, text),
            None => {
                self.look_again(policies, context, settings, &snapshot, prepared, action.debtor)
                    .await?
            }
        };
        let (to_state, why, group) = match look {
            Look::Send(ready) => {
                return self
                    .hand_over(settings, mailer, &claimed, *ready, &snapshot, report)
                    .await;
            }
            Look::Later(day, why) => {
                let until = morning(settings, day)?;
                self.tenant
                    .put_back_until(&claimed.claim, until, &why, self.moment())
                    .await?;
                report.later.push(not_sent(why));
                return Ok(true);
            }
            Look::Withdraw(why) => (ActionState::Withdrawn, why, &mut report.withdrawn),
            Look::Veto(why) => (ActionState::Vetoed, why, &mut report.vetoed),
            Look::ByPerson(why) => (ActionState::ToDo, why, &mut report.by_person),
            Look::Unwritable(why) => (ActionState::Failed, why, &mut report.failed),
        };
        self.tenant
            .put_back(&claimed.claim, to_state, &why, self.moment())
            .await?;
        group.push(not_sent(why));
        Ok(true)
    }

    /// Marks a message as leaving, durably, and hands it to the mail server. False when that takes nothing now.
    async fn hand_over(
        &self,
        settings: &TenantSettings,
        mailer: &Mailer,
        claimed: &Claimed,
        ready: Ready,
        snapshot: &Snapshot<'_>,
        report: &mut SendReport,
    ) -> Result<bool, RunError> {
        let Ready { guarded, text, to } = ready;
        let email = self.email(
            settings,
            claimed.action.id,
            text,
            to,
            guarded.addressee.as_deref(),
        );
        phase("marking");
        if !self
            .tenant
            .start_sending(&claimed.claim, &email.message_id, self.moment())
            .await?
        {
            return Ok(true);
        }
        phase("handing-over");
        let outcome = mailer.send(&email).await;
        phase("noting");
        self.settle(claimed, &guarded, snapshot, outcome, report).await
    }

    fn email(
        &self,
        settings: &TenantSettings,
        action: maan_ledger::ActionId,
        text: Text,
        to: Address,
        addressee: Option<&str>,
    ) -> Email {
        let name = match addressee {
            Some(role) => format!("{} ({role})", to.name),
            None => to.name,
        };
        Email {
            message_id: message_id(self.tenant.id(), action, &settings.sender_address),
            at: self.moment(),
            from: Address {
                name: settings.sender_name.clone(),
                email: settings.sender_address.clone(),
            },
            reply_to: settings.reply_to.clone().map(|email| Address {
                name: settings.sender_name.clone(),
                email,
            }),
            to: Address {
                name,
                email: to.email,
            },
            text,
        }
    }

    /// Writes down what came of a message. False when the mail server takes nothing now.
    async fn settle(
        &self,
        claimed: &Claimed,
        guarded: &Guarded,
        snapshot: &Snapshot<'_>,
        outcome: Result<maan_outreach::Sent, SendError>,
        report: &mut SendReport,
    ) -> Result<bool, RunError> {
        let action = &claimed.action;
        let at = self.moment();
        let not_sent = |why: &str| NotSent {
            action: action.id,
            title: action.title.clone(),
            why: why.to_owned(),
        };
        let (outcome, facts, goes_on) = match outcome {
            Ok(sent) => {
                let facts = facts_of(action, guarded, snapshot, snapshot.as_of, at);
                (
                    SendOutcome::Sent { proof: sent.answer },
                    Some((action.debtor, facts)),
                    true,
                )
            }
            Err(error) => {
                let why = error.to_string();
                let later = Some(at.plus_seconds(TRY_AGAIN_SECONDS));
                match error {
                    SendError::Unknown { .. } => {
                        report.unknown.push(not_sent(&why));
                        (SendOutcome::Unknown { why }, None, true)
                    }
                    SendError::Refused { .. } | SendError::Unfit { .. } => {
                        report.failed.push(not_sent(&why));
                        (SendOutcome::Failed { why, retry_at: None }, None, true)
                    }
                    SendError::PutOff { .. } => {
                        report.put_off.push(not_sent(&why));
                        (SendOutcome::Failed { why, retry_at: later }, None, true)
                    }
                    SendError::Unreachable { .. } => {
                        report.unreachable = true;
                        report.put_off.push(not_sent(&why));
                        (SendOutcome::Failed { why, retry_at: later }, None, false)
                    }
                    // ours to mend: it is tried again as soon as somebody did
                    SendError::Sender { .. } | SendError::NotLetIn { .. } => {
                        report.unreachable = true;
                        report.gave_up = Some(why.clone());
                        let retry_at = Some(at);
                        (SendOutcome::Failed { why, retry_at }, None, false)
                    }
                }
            }
        };
        let left = matches!(outcome, SendOutcome::Sent { .. });
        let kept = self
            .tenant
            .finish_sending(&claimed.claim, outcome, facts, at)
            .await?;
        match (left, kept) {
            (true, true) => report.sent = report.sent.saturating_add(1),
            (true, false) => report.unknown.push(not_sent(
                "it left, but after it was given up; look whether it is marked unknown",
            )),
            _ => {}
        }
        Ok(goes_on)
    }

    /// Whether messages may leave now: on a working day, within the hours of the administration.
    fn may_send(&self, settings: &TenantSettings, now: Moment) -> Result<bool, RunError> {
        let zone = settings.tz()?;
        let local = now.to_utc().with_timezone(&zone);
        let minute = local.hour() * 60 + local.minute();
        let hours = u32::from(settings.send_from_minute)..u32::from(settings.send_until_minute);
        Ok(hours.contains(&minute) && self.calendar(settings).is_working_day(Day::at(now, zone)))
    }

    async fn left_today(&self, settings: &TenantSettings, now: Moment) -> Result<u32, RunError> {
        let today = Day::at(now, settings.tz()?);
        let (from, until) = (morning(settings, today)?, morning(settings, today.plus(1))?);
        let sent = self.tenant.sent_between(from, until).await?;
        Ok(settings.daily_maximum.saturating_sub(sent))
    }
}

fn no_answers() -> String {
    format!(
        "{UNKNOWN_IN_A_ROW} messages in a row were taken without an answer; look in the mail server's log, say with `maan resolve` what left, and send again"
    )
}

/// Whether the bank is not booked through the last working days.
pub fn books_behind(context: &Context, calendar: &Calendar) -> bool {
    let recent = calendar.add_working_days(Day(context.today), -BOOKED_WITHIN);
    let booked = context.creditor.bank_booked_through.map(Day);
    booked.is_some_and(|day| day < recent)
}

/// When the hours of a proposal begin again, where now is outside them.
fn opens(settings: &TenantSettings, proposal: &Proposal, now: Moment) -> Result<Option<Moment>, RunError> {
    let zone = settings.tz()?;
    let local = now.to_utc().with_timezone(&zone);
    let minute = local.hour() * 60 + local.minute();
    let (from, to) = (u32::from(proposal.from_minute), u32::from(proposal.to_minute));
    if from >= to || (from..to).contains(&minute) {
        return Ok(None);
    }
    let today = Day::at(now, zone);
    let day = if minute < from { today } else { today.plus(1) };
    Ok(Some(morning(settings, day)?.plus_seconds(i64::from(from) * 60)))
}

/// The moment at which a day begins in the administration's time zone.
fn morning(settings: &TenantSettings, day: Day) -> Result<Moment, RunError> {
    let midnight = day.date().and_time(chrono::NaiveTime::MIN);
    let local = midnight.and_local_timezone(settings.tz()?).earliest();
    // A time zone that skips midnight begins its day an hour later.
    Ok(Moment::from_utc(
        local.map_or_else(|| midnight.and_utc(), |local| local.to_utc()),
    ))
}

/// The facts that an action was done on a day.
pub(crate) fn facts_of(
    action: &Action,
    guarded: &Guarded,
    snapshot: &Snapshot<'_>,
    on: Day,
    at: Moment,
) -> Vec<Fact> {
    let mut facts = steps_done(action.id, guarded, snapshot, on, at);
    for fact in facts.iter_mut().filter(|_| action.kind == copy::KIND) {
        if let Body::StepDone(step) = &mut fact.body {
            copy::KIND.clone_into(&mut step.kind);
            // a step about items that is no dunning is an offer to the policies
            step.items.clear();
        }
    }
    facts
}

/// The facts that the steps of an action were done on a day: one for each level that its message carries.
pub fn steps_done(
    action: maan_ledger::ActionId,
    guarded: &Guarded,
    snapshot: &Snapshot<'_>,
    on: Day,
    at: Moment,
) -> Vec<Fact> {
    let step = |part| Fact {
        happened: on,
        known: Known::At(at),
        body: Body::StepDone(step_done(action, part, snapshot, on)),
    };
    guarded.parts().map(step).collect()
}

fn step_done(action: maan_ledger::ActionId, guarded: &Guarded, snapshot: &Snapshot<'_>, on: Day) -> StepDone {
    let first = guarded.items.first().and_then(|id| snapshot.item(*id));
    let costs = guarded
        .charges
        .as_ref()
        .map(|charges| charges.costs.saturating_add(charges.lump_sum));
    StepDone {
        action,
        items: guarded.items.clone(),
        level: guarded.level(),
        kind: crate::actions::kind_name(guarded.proposal.kind).to_owned(),
        round: first.map_or(0, |item| item.round),
        on,
        channel: guarded.channel(),
        proof: proves_itself(guarded.channel()),
        deadline: guarded.deadline(),
        announced_costs: costs
            .filter(|costs| *costs > 0)
            .map(|costs| views::money(costs, first.map_or(snapshot.home, |item| item.open.currency))),
    }
}

/// Whether a channel gives proof of delivery by itself.
fn proves_itself(channel: Channel) -> bool {
    matches!(channel, Channel::RegisteredLetter | Channel::Bailiff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{TODAY, guarded, settings};

    #[test]
    fn a_message_waits_for_the_hours_of_its_proposal() {
        let settings = settings();
        let proposal = guarded(maan_ledger::Level::Reminder1, &[1]).proposal;
        let at = |day: Day, minutes: i64| morning(&settings, day).unwrap().plus_seconds(minutes * 60);
        let opens = |minutes| opens(&settings, &proposal, at(TODAY, minutes)).unwrap();
        assert_eq!(opens(8 * 60), Some(at(TODAY, 9 * 60)));
        assert_eq!((opens(9 * 60), opens(17 * 60 - 1)), (None, None));
        assert_eq!(opens(17 * 60), Some(at(TODAY.plus(1), 9 * 60)));
    }

    #[test]
    fn a_registered_letter_proves_its_delivery_and_a_plain_one_does_not() {
        let facts = crate::samples::story();
        let snapshot = crate::samples::snapshot_of(&facts);
        let proof = |channel| {
            let mut letter = guarded(maan_ledger::Level::FormalNotice, &[1]);
            letter.proposal.channel = views::channel(channel);
            let action = maan_ledger::ActionId(uuid::Uuid::nil());
            step_done(action, &letter, &snapshot, TODAY).proof
        };
        assert!(proof(Channel::RegisteredLetter) && proof(Channel::Bailiff));
        assert!(!proof(Channel::Letter) && !proof(Channel::Email));
    }
}
