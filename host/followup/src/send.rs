//! The outbox: looked at again, then sent, once.
//!
//! Before anything leaves the platform is read (by the caller), changed debtors are decided again, and for each
//! message the statute policy is asked about the final text on the day it leaves. Only then the action is marked
//! *sending*, durably, and handed to the mail server. A process that dies in between leaves *sending* behind,
//! which becomes *unknown* and goes to a person; nothing is sent twice.

use chrono::Timelike;
use maan_ledger::{Body, Day, Fact, Known, Level, Moment, Snapshot, StepDone};
use maan_outreach::{Address, Email, Mailer, SendError, Text, compose, message_id};
use maan_policy_host::contract::{Answer, Context};
use maan_store::{Action, ActionState, Claimed, SendOutcome, TenantSettings};
use serde::Serialize;

use crate::actions::Prepared;
use crate::followup::Followup;
use crate::guard::{self, Guarded, Stopped};
use crate::phase::phase;
use crate::policies::Policies;
use crate::{RunError, letter, views};

/// How long a worker may take for one message before another may look at it, in seconds.
const LEASE_SECONDS: i64 = 300;

/// Working days by which the bank may be behind.
const BOOKED_WITHIN: i32 = 2;

/// Who withdraws what was settled meanwhile.
const LAST_LOOK: &str = "last look";

/// A mail server that put a message off is asked again after this many seconds.
const TRY_AGAIN_SECONDS: i64 = 15 * 60;

/// What came of the messages that were ready.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SendReport {
    /// Messages that left.
    pub sent: u64,
    /// Withdrawn at the last look: paid, disputed, held.
    pub withdrawn: Vec<NotSent>,
    /// Stopped by the law at the last look.
    pub vetoed: Vec<NotSent>,
    /// Lawful from a later day on: they stay ready.
    pub later: Vec<NotSent>,
    /// The mail server put them off: tried again later.
    pub put_off: Vec<NotSent>,
    /// The mail server cannot be reached or wants another login: nothing more was tried.
    pub unreachable: bool,
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

/// What the last look decided.
enum Look {
    Send(Box<(Guarded, Text, Address, Option<String>)>),
    Withdraw(String),
    Veto(String),
    Later(Day),
    Unwritable(String),
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
            let Some(action) = self.tenant.action(id).await? else { continue };
            let Some(body) = &action.body else { continue };
            let guarded = Prepared::read(body)?.guarded;
            let facts = self.tenant.facts(action.debtor).await?;
            let Some(why) = settled(&self.snapshot(&facts, &settings)?, &guarded) else { continue };
            let from = [ActionState::Waiting, ActionState::ToDo, ActionState::Queued];
            let at = self.moment();
            if self.tenant.move_action(id, &from, ActionState::Withdrawn, &why, LAST_LOOK, at).await? {
                withdrawn.push(NotSent { action: id, title: action.title, why });
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
        let guarded = Prepared::read(body)?.guarded;
        if !guard::leaves(&guarded.proposal) {
            return Ok(None);
        }
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(action.debtor).await?;
        let letter = letter::letter(&settings, &self.snapshot(&facts, &settings)?, &guarded);
        Ok(letter.as_ref().map(compose).transpose()?)
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
        let context = self.context(&settings).await?;
        let booked = context.creditor.bank_booked_through.map(Day);
        let recent = self.calendar(&settings).add_working_days(Day(context.today), -BOOKED_WITHIN);
        report.books_behind = booked.is_some_and(|day| day < recent);
        if report.books_behind {
            return Ok(report);
        }
        let worker = self.worker.clone();
        let mut left = self.left_today(&settings, now).await?;
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
                self.check_interrupted()?;
                let sent_before = report.sent;
                let goes_on = self
                    .send_one(policies, &context, &settings, mailer, one, &mut report)
                    .await?;
                left = left.saturating_sub(u32::from(report.sent > sent_before));
                if !goes_on {
                    self.give_back(claimed).await?;
                    return Ok(report);
                }
            }
        }
    }

    async fn give_back(&self, claimed: impl Iterator<Item = Claimed>) -> Result<(), RunError> {
        for one in claimed {
            let note = "the mail server takes nothing now";
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
        let facts = self.tenant.facts(action.debtor).await?;
        let snapshot = self.snapshot(&facts, settings)?;
        phase("looking");
        let look = self
            .look_again(policies, context, settings, &snapshot, prepared)
            .await?;
        let (guarded, text, to, addressee_note) = match look {
            Look::Send(message) => *message,
            Look::Withdraw(why) => {
                self.tenant
                    .put_back(&claimed.claim, ActionState::Withdrawn, &why, self.moment())
                    .await?;
                report.withdrawn.push(not_sent(why));
                return Ok(true);
            }
            Look::Veto(why) => {
                self.tenant
                    .put_back(&claimed.claim, ActionState::Vetoed, &why, self.moment())
                    .await?;
                report.vetoed.push(not_sent(why));
                return Ok(true);
            }
            Look::Unwritable(why) => {
                self.tenant.put_back(&claimed.claim, ActionState::Failed, &why, self.moment()).await?;
                report.failed.push(not_sent(why));
                return Ok(true);
            }
            Look::Later(day) => {
                let why = format!("lawful from {day} on");
                self.tenant
                    .put_back_until(&claimed.claim, morning(settings, day)?, &why, self.moment())
                    .await?;
                report.later.push(not_sent(why));
                return Ok(true);
            }
        };
        let email = self.email(settings, action.id, text, to, addressee_note);
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
        let goes_on = self
            .settle(&claimed, &guarded, &snapshot, outcome, report)
            .await?;
        Ok(goes_on)
    }

    /// What the law and the facts say on the day it leaves, about the text as it will be read.
    async fn look_again(
        &self,
        policies: &Policies,
        context: &Context,
        settings: &TenantSettings,
        snapshot: &Snapshot<'_>,
        prepared: Prepared,
    ) -> Result<Look, RunError> {
        let mut guarded = prepared.guarded;
        if let Some(why) = settled(snapshot, &guarded) {
            return Ok(Look::Withdraw(why));
        }
        let ids = views::item_ids(snapshot);
        let Some(proposal) = reindexed(&guarded, &ids) else {
            return Ok(Look::Withdraw("nothing is left to ask".into()));
        };
        guarded.proposal = proposal;
        let Some(draft) = letter::letter(settings, snapshot, &guarded) else {
            return Ok(Look::Withdraw("nothing is left to ask".into()));
        };
        let words = match compose(&draft) {
            Ok(text) => text.body,
            Err(error) => return Ok(Look::Unwritable(error.to_string())),
        };
        let case = views::statute(
            snapshot,
            vec![guarded.proposal.clone()],
            vec![words],
            snapshot.as_of,
        );
        let decision =
            tokio::task::block_in_place(|| policies.statute.decide(context, std::slice::from_ref(&case)))?;
        let judgement = match decision.into_iter().next().map(|decision| decision.outcome) {
            Some(Ok(judgement)) => judgement,
            Some(Err(undecided)) => return Ok(Look::Withdraw(format!("held: {undecided}"))),
            None => return Ok(Look::Withdraw("held: the statute policy gave no answer".into())),
        };
        let answer = judgement.answers.into_iter().next().unwrap_or(Answer::Allow);
        let again = guard::apply(&ids, guarded.proposal.clone(), answer);
        if let Some(stopped) = &again.stopped {
            return Ok(Look::Veto(told(stopped)));
        }
        if again.proposal.earliest > snapshot.as_of.0 {
            return Ok(Look::Later(Day(again.proposal.earliest)));
        }
        let Some(final_letter) = letter::letter(settings, snapshot, &again) else {
            return Ok(Look::Withdraw("nothing is left to ask".into()));
        };
        let Some(to) = letter::mail_address(snapshot) else {
            return Ok(Look::Withdraw(
                "no e-mail address is known to work; choose another channel".into(),
            ));
        };
        let text = match compose(&final_letter) {
            Ok(text) => text,
            Err(error) => return Ok(Look::Unwritable(error.to_string())),
        };
        let note = again.addressee.clone();
        Ok(Look::Send(Box::new((again, text, to, note))))
    }

    fn email(
        &self,
        settings: &TenantSettings,
        action: maan_ledger::ActionId,
        text: Text,
        to: Address,
        addressee: Option<String>,
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
        let (outcome, fact, goes_on) = match outcome {
            Ok(sent) => {
                report.sent = report.sent.saturating_add(1);
                let fact = step_done(action.id, guarded, snapshot, at);
                (
                    SendOutcome::Sent { proof: sent.answer },
                    Some((action.debtor, fact)),
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
                }
            }
        };
        self.tenant
            .finish_sending(&claimed.claim, outcome, fact, at)
            .await?;
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

/// The moment at which a day begins in the administration's time zone.
fn morning(settings: &TenantSettings, day: Day) -> Result<Moment, RunError> {
    let midnight = day.date().and_time(chrono::NaiveTime::MIN);
    let local = midnight.and_local_timezone(settings.tz()?).earliest();
    // A time zone that skips midnight begins its day an hour later.
    Ok(Moment::from_utc(
        local.map_or_else(|| midnight.and_utc(), |local| local.to_utc()),
    ))
}

/// Why nothing is left to ask for the items of an action, in words for the log.
fn settled(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<String> {
    if guarded.items.is_empty() || guarded.level() == Level::None {
        return None;
    }
    let open = |id: &maan_ledger::ItemId| snapshot.item(*id).is_some_and(|item| item.open.minor > 0);
    if guarded.items.iter().any(open) {
        let free = guarded
            .items
            .iter()
            .any(|id| crate::actions::claimable(snapshot, *id).minor > 0);
        return (!free).then(|| "all that is open is disputed or not ours to ask now".into());
    }
    let paid = guarded
        .items
        .iter()
        .filter_map(|id| snapshot.item(*id))
        .filter_map(|item| item.closed_on)
        .max();
    Some(match paid {
        Some(day) => format!("paid on {day}"),
        None => "the items are no longer there".into(),
    })
}

/// The proposal with its items as indices into the views of today; items that are closed fall away.
fn reindexed(guarded: &Guarded, ids: &[maan_ledger::ItemId]) -> Option<maan_policy_host::contract::Proposal> {
    let place = |id: &maan_ledger::ItemId| {
        ids.iter()
            .position(|other| other == id)
            .and_then(|place| u32::try_from(place).ok())
    };
    let items: Vec<u32> = guarded.items.iter().filter_map(place).collect();
    if items.is_empty() && guarded.level() != Level::None {
        return None;
    }
    Some(maan_policy_host::contract::Proposal {
        items,
        ..guarded.proposal.clone()
    })
}

/// A stop in words for the log.
pub(crate) fn told(stopped: &Stopped) -> String {
    match stopped {
        Stopped::Law(veto) => {
            let articles: Vec<_> = veto
                .articles
                .iter()
                .map(|article| article.name.as_str())
                .collect();
            let earliest = veto
                .earliest
                .map(|day| format!("; lawful from {}", Day(day)))
                .unwrap_or_default();
            let codes: Vec<_> = veto.reasons.iter().map(|reason| reason.code.as_str()).collect();
            format!(
                "not lawful now ({}): {}{earliest}",
                articles.join(", "),
                codes.join(", ")
            )
        }
        Stopped::Host(reason) => reason.code.clone(),
    }
}

/// The fact that a message left.
pub(crate) fn step_done(action: maan_ledger::ActionId, guarded: &Guarded, snapshot: &Snapshot<'_>, at: Moment) -> Fact {
    let first = guarded.items.first().and_then(|id| snapshot.item(*id));
    let costs = guarded
        .charges
        .as_ref()
        .map(|charges| charges.costs.saturating_add(charges.lump_sum));
    Fact {
        happened: snapshot.as_of,
        known: Known::At(at),
        body: Body::StepDone(StepDone {
            action,
            items: guarded.items.clone(),
            level: guarded.level(),
            kind: crate::actions::kind_name(guarded.proposal.kind).to_owned(),
            round: first.map_or(0, |item| item.round),
            on: snapshot.as_of,
            channel: guarded.channel(),
            proof: false,
            deadline: guarded.deadline(),
            announced_costs: costs
                .filter(|costs| *costs > 0)
                .map(|costs| views::money(costs, first.map_or(snapshot.home, |item| item.open.currency))),
        }),
    }
}
