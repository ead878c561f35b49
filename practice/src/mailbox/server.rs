//! Takes connections and hands each to a session.

use super::session::Session;
use super::{Log, Mail, MailFault};
use chrono::{NaiveDate, SecondsFormat, Utc};
use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The mailbox, shared by its connections.
pub(crate) struct Mailbox {
    log: Mutex<Log>,
    faults: Mutex<VecDeque<MailFault>>,
    today: Mutex<NaiveDate>,
}

impl Mailbox {
    pub(crate) fn open(path: &Path, today: NaiveDate) -> io::Result<Self> {
        Ok(Self {
            log: Mutex::new(Log::open(path)?),
            faults: Mutex::default(),
            today: Mutex::new(today),
        })
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, VecDeque<MailFault>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the day on the practice clock.
    pub(crate) fn set_today(&self, today: NaiveDate) {
        *self.today.lock().unwrap_or_else(PoisonError::into_inner) = today;
    }

    /// Keeps a mail; when this returns it is on disk.
    pub(super) fn keep(&self, from: String, to: Vec<String>, raw: Vec<u8>) -> io::Result<()> {
        let received = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
        let day = *self.today.lock().unwrap_or_else(PoisonError::into_inner);
        self.log().append(Mail::new(received, day, from, to, raw))
    }
}

/// Serves until told to stop; then open sessions are broken off, and a mail without an answer may be kept or not.
pub(crate) async fn serve(listener: TcpListener, mailbox: Arc<Mailbox>, mut stop: watch::Receiver<bool>) {
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            connection = listener.accept() => match connection {
                Ok((stream, _)) => {
                    crate::server::answer_at_once(&stream);
                    let session = Session::new(mailbox.clone(), stream);
                    sessions.spawn(session.run());
                }
                Err(error) => tracing::warn!(%error, "the mailbox could not take a connection"),
            },
            Some(_) = sessions.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    sessions.shutdown().await;
}
