//! Looking after one connection: that messages come, and that it is read.

use std::sync::Arc;
use std::time::Duration;

use maan_connectors::{Connector, Hooks, Remedy};
use maan_store::{ConnectionId, ConnectionState, Tenant};
use tokio::sync::watch;
use tokio::time::Instant;

use super::Listener;
use super::bell::Bell;
use super::board::Line;
use super::hearing::{Kept, Wanted};
use super::schedule::Schedule;
use super::tell::{After, Happened, Happening};
use crate::followup::Followup;
use crate::{Link, RunError, SyncReport};

/// How often it is looked whether something else is to be done than reading.
const UPKEEP: Duration = Duration::from_secs(20);
/// After this long a platform is asked again that was asked before, at the soonest and at the latest.
const ASKED_AGAIN: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(3_600));

/// Looks after one connection.
pub(super) struct Keeper {
    listener: Arc<Listener>,
    tenant: Tenant,
    connection: ConnectionId,
    connector: &'static Connector,
    bell: Arc<Bell>,
    schedule: Schedule,
    /// The platform is not asked for messages before this.
    ask_from: Instant,
    refusals: u32,
    /// The secret that a person told this process was kept.
    secret_kept: bool,
    /// What was told last of how messages come: it is told once.
    told: Option<Wanted>,
    waits_for_person: bool,
}

impl Keeper {
    pub(super) fn new(
        listener: Arc<Listener>,
        tenant: Tenant,
        connection: ConnectionId,
        connector: &'static Connector,
    ) -> Self {
        let now = Instant::now();
        Self {
            schedule: Schedule::new(listener.config.every, now),
            listener,
            tenant,
            connection,
            connector,
            bell: Arc::default(),
            ask_from: now,
            refusals: 0,
            secret_kept: false,
            told: None,
            waits_for_person: false,
        }
    }

    /// Which connection.
    pub(super) fn connection(&self) -> ConnectionId {
        self.connection
    }

    /// Until the connection is ended, or the listener is to stop: then a reading in progress ends first.
    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut upkeep = tokio::time::interval_at(Instant::now() + UPKEEP, UPKEEP);
        upkeep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        // first of all messages are arranged: what changes while it is read for the first time is told then
        let mut goes_on = self.look_after().await;
        while goes_on {
            let due = self.schedule.due();
            goes_on = tokio::select! {
                biased;
                () = told_to_stop(&mut stop) => false,
                _ = upkeep.tick() => self.look_after().await,
                () = self.bell.rung() => {
                    self.schedule.heard(Instant::now());
                    true
                }
                () = tokio::time::sleep_until(due) => self.read().await,
            };
        }
        self.listener.board.remove(self.connection);
    }

    /// Sees to it that messages come. Whether the connection goes on.
    async fn look_after(&mut self) -> bool {
        match self.arrange().await {
            Ok(goes_on) => goes_on,
            Err(error) => {
                let again_in = self.refused();
                let why = error.to_string();
                self.tell(Happened::NotSubscribed { why, again_in });
                true
            }
        }
    }

    async fn arrange(&mut self) -> Result<bool, RunError> {
        let followup = self.listener.followup(&self.tenant).await?;
        let connection = followup.connection(self.connection).await?;
        if connection.state == ConnectionState::Revoked {
            self.tell(Happened::Disconnected);
            return Ok(false);
        }
        if self.connector.hooks == Hooks::None {
            self.tell_once(Wanted::Nothing, || Happened::Polled);
            return Ok(true);
        }
        let link = Link::read(&connection)?;
        let kept = self.kept(&followup).await?;
        let listener = self.listener.clone();
        let (hooks, public) = (self.connector.hooks, &listener.config.public);
        let wanted = kept.wanted(hooks, public, &followup.clock);
        self.show(&link, &kept, false);
        match wanted {
            Wanted::Nothing => self.tell_once(wanted, || Happened::Listening),
            Wanted::Person => {
                followup.keep_hook_address(&kept, public).await?;
                let kept = self.kept(&followup).await?;
                self.tell_person(Wanted::Secret, &kept);
            }
            Wanted::Secret => self.tell_person(wanted, &kept),
            // a person has to give access first
            _ if connection.state != ConnectionState::Active => {}
            _ if Instant::now() < self.ask_from => {}
            Wanted::Subscription | Wanted::Renewal => {
                let renewed = wanted == Wanted::Renewal;
                // a new subscription has a new secret, which is told after the address was tried
                self.show(&link, &kept, !renewed);
                let asked = followup.subscribe(&connection, self.connector, public).await;
                let kept = self.kept(&followup).await?;
                self.show(&link, &kept, false);
                if asked? {
                    let ends = kept.hook.ends;
                    self.tell(Happened::Subscribed { renewed, ends });
                    self.told = Some(Wanted::Nothing);
                } else {
                    self.tell_once(Wanted::Nothing, || Happened::Listening);
                }
                self.refusals = 0;
                self.ask_from = Instant::now() + ASKED_AGAIN.1;
            }
        }
        Ok(true)
    }

    /// What is kept of the address, with the secret that a person told this process.
    async fn kept(&mut self, followup: &Followup) -> Result<Kept, RunError> {
        let kept = followup.hook(self.connection).await?;
        let told = self.listener.config.secrets.get(self.connector.word);
        match told {
            Some(secret) if !self.secret_kept => {
                followup.keep_hook_secret(&kept, secret).await?;
                self.secret_kept = true;
                followup.hook(self.connection).await
            }
            _ => Ok(kept),
        }
    }

    /// Puts the address on the board: messages that come there are heard.
    fn show(&self, link: &Link, kept: &Kept, asking: bool) {
        let Some(verify) = self.connector.verify else {
            return;
        };
        let line = Line {
            connection: self.connection,
            door: link.door.clone(),
            administration: link.administration.id.clone(),
            verify,
            secret: kept.secret.clone().filter(|_| !asking || self.is_from_person()),
            asking,
            bell: self.bell.clone(),
        };
        self.listener.board.put(kept.hook.path.clone(), line);
    }

    /// Whether the secret is told by a person, and not by the platform when it is asked.
    fn is_from_person(&self) -> bool {
        !matches!(self.connector.hooks, Hooks::Asked)
    }

    fn refused(&mut self) -> u64 {
        let (soonest, latest) = ASKED_AGAIN;
        let pause = soonest
            .saturating_mul(2_u32.saturating_pow(self.refusals))
            .min(latest);
        self.refusals = self.refusals.saturating_add(1);
        self.ask_from = Instant::now() + pause;
        pause.as_secs()
    }

    /// Reads it. Whether it goes on.
    async fn read(&mut self) -> bool {
        // as many at once as the database bears; it never closes
        let listener = self.listener.clone();
        let Ok(_place) = listener.places.acquire().await else {
            return false;
        };
        let after = match self.schedule.begin() {
            true => After::Message,
            false => After::Time,
        };
        let read = self.read_now().await;
        let now = Instant::now();
        match read {
            Ok(report) => {
                self.schedule.went_well(now);
                self.waits_for_person = false;
                self.tell_read(after, report);
            }
            Err(RunError::Interrupted) => return false,
            Err(RunError::Disconnected) => {
                self.tell(Happened::Disconnected);
                return false;
            }
            Err(RunError::NeedsConsent(why)) => {
                self.schedule.waits(now);
                if !std::mem::replace(&mut self.waits_for_person, true) {
                    self.tell(Happened::NeedsConsent { why });
                }
            }
            Err(error) => {
                let again_in = self.schedule.failed(now, named(&error)).as_secs();
                let why = error.to_string();
                self.tell(Happened::NotRead { why, again_in });
            }
        }
        true
    }

    async fn read_now(&self) -> Result<SyncReport, RunError> {
        let followup = self.listener.followup(&self.tenant).await?;
        if let Some(at) = self.bell.take_newest() {
            followup.tenant.note_message(self.connection, at).await?;
        }
        followup.sync_one(self.connection, |_, _, _| {}).await
    }

    /// A regular reading that found nothing is not worth a word.
    fn tell_read(&self, after: After, report: SyncReport) {
        if after == After::Time && report.facts == 0 && report.problems.is_empty() {
            return;
        }
        self.tell(Happened::Read {
            after,
            facts: report.facts,
            changed: report.changed.len(),
            problems: report.problems,
        });
    }

    fn tell_person(&mut self, wanted: Wanted, kept: &Kept) {
        let secret = |secret| kept.secret.is_none().then_some(secret);
        match self.connector.hooks {
            Hooks::ByPerson {
                there,
                secret: stands,
            } => self.tell_once(wanted, || Happened::ByPerson {
                address: kept.hook.address.clone(),
                there,
                secret: secret(stands),
            }),
            Hooks::AskedWithSecret { secret: stands } => {
                self.tell_once(wanted, || Happened::SecretMissing { secret: stands });
            }
            Hooks::None | Hooks::Asked => {}
        }
    }

    fn tell_once(&mut self, wanted: Wanted, what: impl FnOnce() -> Happened) {
        if self.told.replace(wanted) != Some(wanted) {
            self.tell(what());
        }
    }

    fn tell(&self, what: Happened) {
        let happening = Happening {
            administration: self.tenant.name.clone(),
            platform: self.connector.word,
            what,
        };
        // whoever listens may have ended first
        drop(self.listener.tell.send(happening));
    }
}

/// Waits until the listener is to stop.
async fn told_to_stop(stop: &mut watch::Receiver<bool>) {
    // a listener that is gone stops its tasks too
    drop(stop.wait_for(|stop| *stop).await);
}

/// How long the platform asked to wait.
fn named(error: &RunError) -> Option<Duration> {
    match error {
        RunError::Reading(error) => match error.remedy() {
            Remedy::Retry { after } => after,
            Remedy::Reconnect | Remedy::AskPerson => None,
        },
        _ => None,
    }
}
