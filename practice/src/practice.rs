//! Starting, stopping and steering a practice server from the same program.

use crate::mailbox::{Mailbox, serve};
use crate::server::{Shared, answer_at_once, router};
use crate::status::{Status, status};
use crate::{
    AdministrationConfig, Character, Contacted, Fault, Mail, MailFault, Played, Throttle, actions, deliveries,
};
use axum::serve::ListenerExt;
use chrono::{NaiveDate, NaiveDateTime};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

/// The application that is registered with the authorization server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// `client_secret`.
    pub secret: String,
    /// Redirect URIs, compared character by character.
    pub redirect_uris: Vec<String>,
}

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Config {
    /// Administrations to make.
    pub administrations: Vec<AdministrationConfig>,
    /// The practice clock's day at the start; its time is 08:00 UTC.
    pub today: NaiveDate,
    /// Throttling; `None` lifts it.
    pub throttle: Option<Throttle>,
    /// Where to serve HTTP; port 0 takes a free one.
    pub http: SocketAddr,
    /// Where to serve SMTP; port 0 takes a free one.
    pub smtp: SocketAddr,
    /// File of the mailbox's log; it is continued when it exists.
    pub mailbox_log: PathBuf,
    /// The registered application.
    pub client: Client,
    /// How long an authorization code holds.
    pub code_lifetime: Duration,
    /// How long an access token holds.
    pub access_token_lifetime: Duration,
    /// First wait before a webhook message is sent again; doubles each time.
    pub webhook_retry: Duration,
}

impl Default for Config {
    /// One Dutch administration of 1,200 debtors on Monday 23 November 2026, throttled like the platform.
    fn default() -> Self {
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            administrations: vec![AdministrationConfig {
                name: "Practice administration".to_owned(),
                country: "NL".to_owned(),
                seed: 1,
                debtors: 1_200,
            }],
            today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default(),
            throttle: Some(Throttle::default()),
            http: free,
            smtp: free,
            mailbox_log: PathBuf::from("practice-mailbox.jsonl"),
            client: Client {
                id: "practice-client".to_owned(),
                secret: "practice-secret-for-a-server-without-secrets".to_owned(),
                redirect_uris: vec!["http://127.0.0.1:8311/oauth/callback".to_owned()],
            },
            code_lifetime: Duration::from_secs(60),
            access_token_lifetime: Duration::from_secs(3_600),
            webhook_retry: Duration::from_secs(1),
        }
    }
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// A port is taken or not allowed.
    #[error("cannot listen on {address}: {source}; choose another port, or 0 for a free one")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The mailbox's log cannot be opened or read.
    #[error("cannot use the mailbox log {}: {source}; choose another file or repair its permissions", path.display())]
    MailboxLog {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The HTTP client for webhooks cannot be made.
    #[error("cannot make the HTTP client for webhooks: {0}")]
    Webhooks(#[from] reqwest::Error),
    /// Time goes forward only.
    #[error(
        "the practice clock stands at {now} and cannot go back to {to}; start a new practice server instead"
    )]
    Backwards {
        /// Where the clock stands.
        now: NaiveDateTime,
        /// Where it was asked to go.
        to: NaiveDateTime,
    },
    /// Not a day or moment.
    #[error("{0:?} is not a day like 2026-12-01 or a moment like 2026-12-01T15:00:00")]
    NotAMoment(String),
    /// There is no such record.
    #[error("there is no {kind} {id} here; GET /practice shows what there is")]
    Unknown {
        /// Kind of record.
        kind: &'static str,
        /// The id asked for.
        id: String,
    },
    /// An invoice is settled already, or is a credit invoice.
    #[error("sales invoice {0} has nothing left to pay")]
    NothingToPay(String),
    /// The server is stopping.
    #[error("the practice server is stopping")]
    Stopped,
}

impl PracticeError {
    pub(crate) fn unknown(kind: &'static str, id: &str) -> Self {
        Self::Unknown {
            kind,
            id: id.to_owned(),
        }
    }
}

/// A running practice server. Dropping it stops it at once; [`Practice::stop`] lets running requests end.
pub struct Practice {
    shared: Arc<Shared>,
    smtp: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), PracticeError> {
    let failed = |source| PracticeError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

impl Drop for Practice {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Practice {
    /// Makes the administrations and serves them.
    ///
    /// # Errors
    /// When a port or the mailbox's log cannot be used.
    pub async fn start(config: Config) -> Result<Self, PracticeError> {
        let (http, http_address) = listen(config.http).await?;
        let (mail, smtp) = listen(config.smtp).await?;
        let mailbox =
            Mailbox::open(&config.mailbox_log, config.today).map_err(|source| PracticeError::MailboxLog {
                path: config.mailbox_log.clone(),
                source,
            })?;
        let mailbox = Arc::new(mailbox);
        let outside = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let (outgoing, waiting) = mpsc::unbounded_channel();
        let base = format!("http://{http_address}");
        let made = mailbox.clone();
        let shared = tokio::task::spawn_blocking(move || Shared::new(config, base, made, outside, outgoing));
        let shared = Arc::new(shared.await.map_err(|_| PracticeError::Stopped)?);
        let (stop, stopping) = watch::channel(false);
        let mut served = stopping.clone();
        let app = router(shared.clone());
        let http = http.tap_io(|stream| answer_at_once(stream));
        let http = async move {
            let stopped = async move {
                // the sender is gone when the practice server was dropped
                let _ = served.changed().await;
            };
            if let Err(error) = axum::serve(http, app).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "the practice server ended");
            }
        };
        let tasks = vec![
            tokio::spawn(http),
            tokio::spawn(serve(mail, mailbox, stopping)),
            tokio::spawn(deliveries::run(shared.clone(), waiting)),
        ];
        Ok(Self {
            shared,
            smtp,
            stop,
            tasks,
        })
    }

    /// Stops; running requests end first, open mail sessions are broken off.
    pub async fn stop(mut self) {
        // fails only when everything has ended already
        let _ = self.stop.send(true);
        if let Some(deliveries) = self.tasks.pop() {
            deliveries.abort();
        }
        for task in self.tasks.drain(..) {
            let _ = task.await;
        }
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn base_url(&self) -> &str {
        self.shared.base()
    }

    /// Base of the platform's API, to be followed by `/administrations.json` and the like.
    pub fn api_url(&self) -> String {
        format!("{}/api/v2", self.base_url())
    }

    /// Authorization endpoint.
    pub fn authorize_url(&self) -> String {
        format!("{}/oauth/authorize", self.base_url())
    }

    /// Token endpoint.
    pub fn token_url(&self) -> String {
        format!("{}/oauth/token", self.base_url())
    }

    /// Where the mailbox listens, without encryption.
    pub fn smtp(&self) -> SocketAddr {
        self.smtp
    }

    /// The registered application with its secret.
    pub fn client(&self) -> Client {
        self.shared.client().clone()
    }

    /// Registers a redirect URI for the application.
    pub fn register_redirect(&self, uri: &str) {
        self.shared.client().redirect_uris.push(uri.to_owned());
    }

    /// Clock, administrations with counts, and showcase debtors.
    pub fn status(&self) -> Status {
        status(&self.shared)
    }

    /// Plays the days up to and including `day`, until 08:00 UTC; one count per administration.
    ///
    /// Takes milliseconds per day: call it from a blocking task when other work must go on.
    ///
    /// # Errors
    /// When the clock stands later already.
    pub fn advance(&self, day: NaiveDate) -> Result<Vec<Played>, PracticeError> {
        self.advance_to(day.and_hms_opt(8, 0, 0).unwrap_or_default())
    }

    /// Plays up to a moment in UTC.
    ///
    /// # Errors
    /// When the clock stands later already.
    pub fn advance_to(&self, moment: NaiveDateTime) -> Result<Vec<Played>, PracticeError> {
        actions::advance(&self.shared, moment)
    }

    /// A debtor pays an invoice in full, and the bank has it since that many minutes; gives the amount in cents.
    ///
    /// # Errors
    /// When there is no such invoice or nothing left to pay.
    pub fn pay_invoice(&self, sales_invoice_id: &str, minutes_ago: u32) -> Result<i64, PracticeError> {
        actions::pay(&self.shared, sales_invoice_id, minutes_ago)
    }

    /// A debtor was called, or reached in another way than by mail.
    ///
    /// # Errors
    /// When there is no such contact or invoice.
    pub fn contacted(&self, contacted: &Contacted) -> Result<(), PracticeError> {
        actions::contacted(&self.shared, contacted)
    }

    /// The hidden characters by contact id.
    ///
    /// # Errors
    /// When there is no such administration.
    pub fn characters(&self, administration_id: &str) -> Result<Vec<(String, Character)>, PracticeError> {
        actions::characters(&self.shared, administration_id)
    }

    /// All mails received so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.shared.mailbox.log().mails().to_vec()
    }

    /// The next `count` API requests meet this fault.
    pub fn fail_next(&self, count: usize, fault: Fault) {
        self.shared.faults().push(count, fault);
    }

    /// The next `count` mails meet this fault.
    pub fn fail_next_mail(&self, count: usize, fault: MailFault) {
        self.shared
            .mailbox
            .faults()
            .extend(std::iter::repeat_n(fault, count));
    }

    /// The next `count` refreshes rotate the token, and the client never hears the new one.
    pub fn lose_refreshes(&self, count: usize) {
        self.shared.faults().lose_refreshes(count);
    }

    /// All access tokens are expired from now; refresh tokens are not.
    pub fn expire_access_tokens(&self) {
        self.shared.grants().expire_access_tokens();
    }

    /// The user takes back every permission.
    pub fn revoke_grants(&self) {
        self.shared.grants().revoke_all();
    }

    /// Sets the throttle, or lifts it.
    pub fn set_throttle(&self, throttle: Option<Throttle>) {
        *self.shared.throttle() = throttle;
    }
}
