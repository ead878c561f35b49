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

use crate::Text;

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
    let domain = sender
        .rsplit_once('@')
        .map(|(_, domain)| domain)
        .unwrap_or("maan.invalid");
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

/// Why a message did not leave, or may have.
#[derive(Debug, Error)]
pub enum SendError {
    /// The address is not one, or the message could not be written.
    #[error("the message to `{to}` could not be written: {why}; correct the address and approve it again")]
    Unfit {
        /// The receiver's address.
        to: String,
        /// What is wrong.
        why: String,
    },
    /// The mail server could not be reached, or wants another login: nothing has left.
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
    #[error(
        "the mail server {server} put the message to `{to}` off: {why}; nothing was sent, it is tried again"
    )]
    PutOff {
        /// Host and port.
        server: String,
        /// The receiver's address.
        to: String,
        /// What it answered.
        why: String,
    },
    /// The mail server refuses for good: nothing has left.
    #[error(
        "the mail server {server} refuses the message to `{to}`: {why}; correct the address or use another channel"
    )]
    Refused {
        /// Host and port.
        server: String,
        /// The receiver's address.
        to: String,
        /// What it answered.
        why: String,
    },
    /// The connection broke after the message was handed over: it may have left.
    #[error(
        "the mail server {server} took the message to `{to}` and did not answer: {why}; look in its log before sending it again"
    )]
    Unknown {
        /// Host and port.
        server: String,
        /// The receiver's address.
        to: String,
        /// What happened.
        why: String,
    },
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
        let content = Content::of(&message, &email.to.email)?;
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
            .hand_over(&mut connection, message.envelope(), &content, &email.to.email)
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
        step(self.connect_inner())
            .await
            .map_err(|broken| SendError::Unreachable {
                server: self.server(),
                why: broken.to_string(),
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
        to: &str,
    ) -> Result<Sent, SendError> {
        let before = |broken: Broken| self.not_sent(&broken, to);
        let sender = envelope.from().cloned();
        step(connection.command(Mail::new(sender, vec![])))
            .await
            .map_err(before)?;
        for receiver in envelope.to() {
            step(connection.command(Rcpt::new(receiver.clone(), vec![])))
                .await
                .map_err(before)?;
        }
        step(connection.command(Data)).await.map_err(before)?;
        match step(connection.command(content)).await {
            Ok(answer) => Ok(Sent {
                answer: answer.message().collect::<Vec<_>>().join(" "),
            }),
            Err(broken) if broken.is_answer() => Err(self.not_sent(&broken, to)),
            Err(broken) => Err(SendError::Unknown {
                server: self.server(),
                to: to.to_owned(),
                why: broken.to_string(),
            }),
        }
    }

    fn not_sent(&self, broken: &Broken, to: &str) -> SendError {
        let (server, to, why) = (self.server(), to.to_owned(), broken.to_string());
        match broken {
            Broken::Smtp(error) if error.is_permanent() => SendError::Refused { server, to, why },
            Broken::Smtp(error) if error.is_transient() => SendError::PutOff { server, to, why },
            _ => SendError::Unreachable { server, why },
        }
    }
}

/// A message as it goes on the wire, with its end, so that both leave in one piece: an end that is written apart
/// waits until the server has acknowledged what came before it, and a server takes its time for that.
struct Content(String);

impl Content {
    fn of(message: &Message, to: &str) -> Result<Self, SendError> {
        let mut text = String::from_utf8(message.formatted()).map_err(|error| SendError::Unfit {
            to: to.to_owned(),
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
    let unfit = |why: String| SendError::Unfit {
        to: email.to.email.clone(),
        why,
    };
    let mailbox = |address: &Address| -> Result<Mailbox, SendError> {
        let parsed = address
            .email
            .trim()
            .parse()
            .map_err(|error| unfit(format!("{error}")))?;
        let name: String = address.name.chars().filter(|c| !c.is_control()).collect();
        Ok(Mailbox::new(
            Some(name).filter(|name| !name.trim().is_empty()),
            parsed,
        ))
    };
    let to = mailbox(&email.to)?;
    let from = mailbox(&email.from)?;
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.email.clone()])
        .map_err(|error| unfit(error.to_string()))?;
    let mut builder = Message::builder()
        .envelope(envelope)
        .message_id(Some(email.message_id.clone()))
        .date(email.at.to_utc().into())
        .from(from)
        .to(to)
        .subject(email.text.subject.clone())
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    if let Some(reply_to) = &email.reply_to {
        builder = builder.reply_to(mailbox(reply_to)?);
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
        let Content(wire) = Content::of(&message, "to@example.com").unwrap();
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
