//! E-mail over SMTP. The protocol cannot promise that a message leaves exactly once: when the answer to the
//! message itself is lost, the outcome is unknown and a person decides.

use std::fmt;
use std::time::Duration;

use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use maan_ledger::{ActionId, Moment, TenantId};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::sync::Mutex;

use crate::replies::Replies;
use crate::untrusted::one_line;
use crate::{Text, address};

/// How long the mail server may take for one step. All six together must end before the store gives a message on
/// the wire up as unknown.
const TIMEOUT: Duration = Duration::from_secs(45);

/// A mail address with the name shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Shown name; untrusted text.
    pub name: String,
    /// The address itself.
    pub email: String,
}

/// A message ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// The same action always has the same id, so that a message can be found again at the mail server.
    pub message_id: String,
    /// When it leaves.
    pub at: Moment,
    /// Sender.
    pub from: Address,
    /// Where answers go.
    pub reply_to: Option<Address>,
    /// Receiver.
    pub to: Address,
    /// The text.
    pub text: Text,
}

/// The `Message-ID` of an action: `action.tenant@maan.invalid` unless the sender has a domain of its own.
pub fn message_id(tenant: TenantId, action: ActionId, sender: &str) -> String {
    let sender = address::parse(sender);
    let domain = sender.as_ref().map_or("maan.invalid", |sender| sender.domain());
    format!("<{}.{}@{domain}>", action.0.simple(), tenant.0.simple())
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protection {
    /// TLS from the first byte (port 465).
    Tls,
    /// TLS after `STARTTLS` (port 587); a server without it is refused.
    #[default]
    Starttls,
    /// None: only for a mail server on this machine.
    None,
}

/// Where the mail server is.
#[derive(Clone, Debug)]
pub struct MailerSettings {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Protection of the connection.
    pub protection: Protection,
    /// User and password, where the server asks for them.
    pub login: Option<(String, SecretString)>,
}

/// The message was accepted by the mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What the server answered.
    pub answer: String,
}

/// Why a message did not leave, or may have. None of them names the receiver: they are kept in the clear.
#[derive(Debug, Error)]
pub enum SendError {
    /// The receiver's address is not one, or the message could not be written.
    #[error("the message could not be written: {why}; correct the address and approve it again")]
    Unfit {
        /// What is wrong.
        why: String,
    },
    /// An address of the administration's own is not one: no message can leave.
    #[error(
        "the {which} of the administration is no e-mail address: {why}; nothing was sent, correct it and send again"
    )]
    Sender {
        /// Which of them.
        which: &'static str,
        /// What is wrong.
        why: String,
    },
    /// The mail server does not take messages from us at all: nothing has left.
    #[error(
        "the mail server {server} does not let us send: {why}; nothing was sent, correct the login or the protection in the settings of the mail server, or the sender address of the administration, and send again"
    )]
    NotLetIn {
        /// Host and port.
        server: String,
        /// What it answered.
        why: String,
    },
    /// The mail server could not be reached: nothing has left.
    #[error(
        "the mail server {server} does not take messages now: {why}; nothing was sent, it is tried again"
    )]
    Unreachable {
        /// Host and port.
        server: String,
        /// What happened.
        why: String,
    },
    /// The mail server refuses for now: nothing has left.
    #[error("the mail server {server} put the message off: {why}; nothing was sent, it is tried again")]
    PutOff {
        /// Host and port.
        server: String,
        /// What it answered.
        why: String,
    },
    /// The mail server refuses for good: nothing has left.
    #[error(
        "the mail server {server} refuses the message: {why}; correct the address and approve it again, or use another channel"
    )]
    Refused {
        /// Host and port.
        server: String,
        /// What it answered.
        why: String,
    },
    /// The connection broke after the message was handed over: it may have left.
    #[error(
        "the mail server {server} took the message and did not answer: {why}; look in its log before sending it again"
    )]
    Unknown {
        /// Host and port.
        server: String,
        /// What happened.
        why: String,
    },
}

/// Whether messages can leave under these addresses of the administration.
///
/// # Errors
/// The sender address or the address for answers is not one.
pub fn check_sender(from: &str, reply_to: Option<&str>) -> Result<(), SendError> {
    own("sender address", from)?;
    reply_to.map_or(Ok(()), |address| own("address for answers", address).map(drop))
}

fn own(which: &'static str, address: &str) -> Result<lettre::Address, SendError> {
    address::parse(address).map_err(|why| SendError::Sender {
        which,
        why: why.to_string(),
    })
}

/// Sends messages over one connection that is kept between them.
pub struct Mailer {
    settings: MailerSettings,
    connection: Mutex<Option<AsyncSmtpConnection>>,
}

impl Mailer {
    /// A mailer; it connects at the first message.
    pub fn new(settings: MailerSettings) -> Self {
        Self {
            settings,
            connection: Mutex::new(None),
        }
    }

    /// Hands one message to the mail server, once. Nothing is tried again here.
    pub async fn send(&self, email: &Email) -> Result<Sent, SendError> {
        let message = write(email)?;
        let content = Content::of(&message)?;
        let mut kept = self.connection.lock().await;
        let mut connection = match kept.take() {
            Some(mut open) => {
                if is_alive(&mut open).await {
                    open
                } else {
                    self.connect().await?
                }
            }
            None => self.connect().await?,
        };
        let sent = self
            .hand_over(&mut connection, message.envelope(), &content)
            .await;
        // After a refusal the server may still stand in the middle of that message.
        if sent.is_ok() && !connection.has_broken() {
            *kept = Some(connection);
        }
        sent
    }

    fn server(&self) -> String {
        format!("{}:{}", self.settings.host, self.settings.port)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        step(self.connect_inner()).await.map_err(|broken| {
            let (server, why) = (self.server(), self.replies().of_login(&broken.to_string()));
            match broken {
                // a refusal, or no way to protect the connection or to log in: trying again changes nothing
                Broken::Smtp(error) if error.is_permanent() || error.is_client() => {
                    SendError::NotLetIn { server, why }
                }
                _ => SendError::Unreachable { server, why },
            }
        })
    }

    async fn connect_inner(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let MailerSettings {
            host,
            port,
            protection,
            login,
        } = &self.settings;
        let hello = ClientId::default();
        let tls = TlsParameters::new(host.clone());
        let implicit = if *protection == Protection::Tls {
            Some(tls?)
        } else {
            None
        };
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (host.as_str(), *port),
            Some(TIMEOUT),
            &hello,
            implicit,
            None,
        )
        .await?;
        if *protection == Protection::Starttls {
            connection
                .starttls(TlsParameters::new(host.clone())?, &hello)
                .await?;
        }
        if let Some((user, password)) = login {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await?;
        }
        Ok(connection)
    }

    async fn hand_over(
        &self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
        content: &Content,
    ) -> Result<Sent, SendError> {
        let sender = envelope.from().cloned();
        step(connection.command(Mail::new(sender, vec![])))
            .await
            .map_err(|broken| self.about_us(&broken))?;
        for receiver in envelope.to() {
            step(connection.command(Rcpt::new(receiver.clone(), vec![])))
                .await
                .map_err(|broken| self.about_the_message(&broken))?;
        }
        step(connection.command(Data))
            .await
            .map_err(|broken| self.about_us(&broken))?;
        match step(connection.command(content)).await {
            Ok(answer) => Ok(Sent {
                answer: self.replies().of(&answer.message().collect::<Vec<_>>().join(" ")),
            }),
            Err(broken) if broken.is_answer() => Err(self.about_the_message(&broken)),
            Err(broken) => Err(SendError::Unknown {
                server: self.server(),
                why: self.replies().of(&broken.to_string()),
            }),
        }
    }

    /// A refusal that does not depend on the receiver or the text.
    fn about_us(&self, broken: &Broken) -> SendError {
        match self.about_the_message(broken) {
            SendError::Refused { server, why } => SendError::NotLetIn { server, why },
            other => other,
        }
    }

    fn about_the_message(&self, broken: &Broken) -> SendError {
        let (server, why) = (self.server(), self.replies().of(&broken.to_string()));
        match broken {
            Broken::Smtp(error) if asks_to_log_in(error) => SendError::NotLetIn { server, why },
            Broken::Smtp(error) if error.is_permanent() => SendError::Refused { server, why },
            Broken::Smtp(error) if error.is_transient() => SendError::PutOff { server, why },
            _ => SendError::Unreachable { server, why },
        }
    }

    fn replies(&self) -> Replies<'_> {
        let login = self.settings.login.as_ref();
        Replies::new(login.map(|(user, password)| (user.as_str(), password.expose_secret())))
    }
}

/// RFC 4954, 6: codes that say that a login is wanted, or another one, whatever command they answer.
fn asks_to_log_in(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    matches!(code, Some(530 | 534 | 535 | 538))
}

/// A message as it goes on the wire, with its end, so that both leave in one piece: an end that is written apart
/// waits until the server has acknowledged what came before it, and a server takes its time for that.
struct Content(String);

impl Content {
    fn of(message: &Message) -> Result<Self, SendError> {
        let mut text = String::from_utf8(message.formatted()).map_err(|error| SendError::Unfit {
            why: error.to_string(),
        })?;
        if !text.ends_with("\r\n") {
            text.push_str("\r\n");
        }
        // RFC 5321, 4.5.2: a line that begins with a dot gets another one
        Ok(Self(format!("{}.\r\n", text.replace("\r\n.", "\r\n.."))))
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A step of the conversation that did not succeed.
#[derive(Debug, Error)]
enum Broken {
    #[error("{}", reason(.0))]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("no answer within {} seconds", TIMEOUT.as_secs())]
    Silent,
}

impl Broken {
    fn is_answer(&self) -> bool {
        matches!(self, Self::Smtp(error) if error.is_permanent() || error.is_transient())
    }
}

/// Whether a connection that was kept can carry another message.
async fn is_alive(connection: &mut AsyncSmtpConnection) -> bool {
    tokio::time::timeout(TIMEOUT, connection.test_connected())
        .await
        .unwrap_or(false)
}

async fn step<T>(work: impl Future<Output = Result<T, lettre::transport::smtp::Error>>) -> Result<T, Broken> {
    match tokio::time::timeout(TIMEOUT, work).await {
        Ok(result) => Ok(result?),
        Err(_) => Err(Broken::Silent),
    }
}

fn reason(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        source = inner.source();
    }
    text
}

fn write(email: &Email) -> Result<Message, SendError> {
    let unfit = |why: String| SendError::Unfit { why };
    let mailbox = |name: &str, address: lettre::Address| {
        let name = one_line(name);
        Mailbox::new(Some(name).filter(|name| !name.trim().is_empty()), address)
    };
    let to = address::parse(&email.to.email).map_err(|why| unfit(why.to_string()))?;
    let from = own("sender address", &email.from.email)?;
    let envelope =
        Envelope::new(Some(from.clone()), vec![to.clone()]).map_err(|error| unfit(error.to_string()))?;
    let mut builder = Message::builder()
        .envelope(envelope)
        .message_id(Some(email.message_id.clone()))
        .date(email.at.to_utc().into())
        .from(mailbox(&email.from.name, from))
        .to(mailbox(&email.to.name, to))
        .subject(email.text.subject.clone())
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    if let Some(reply_to) = &email.reply_to {
        let address = own("address for answers", &reply_to.email)?;
        builder = builder.reply_to(mailbox(&reply_to.name, address));
    }
    builder
        .multipart(MultiPart::alternative_plain_html(
            email.text.body.clone(),
            email.text.html.clone(),
        ))
        .map_err(|error| unfit(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(body: &str) -> Email {
        let address = |email: &str| Address {
            name: String::new(),
            email: email.into(),
        };
        Email {
            message_id: "<1.2@maan.invalid>".into(),
            at: Moment(0),
            from: address("from@example.com"),
            reply_to: None,
            to: address("to@example.com"),
            text: Text {
                subject: ".a subject".into(),
                body: body.into(),
                html: String::new(),
            },
        }
    }

    #[test]
    fn a_lone_dot_ends_a_message_and_nothing_before_it_does() {
        let message = write(&email("first\r\n.\r\n..\r\n.hidden\r\nlast")).unwrap();
        let Content(wire) = Content::of(&message).unwrap();
        let (text, rest) = wire.split_once("\r\n.\r\n").unwrap();
        assert_eq!(rest, "");
        let received: Vec<_> = text
            .split("\r\n")
            .map(|line| line.strip_prefix('.').unwrap_or(line))
            .collect();
        assert_eq!(
            format!("{}\r\n", received.join("\r\n")).into_bytes(),
            message.formatted()
        );
        assert!(text.contains("\r\n..hidden"), "{text}");
    }
}
