//! One SMTP conversation (RFC 5321), with the extensions that senders expect of a plain server.

use super::{MailFault, Mailbox};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Largest message in bytes.
const MOST_BYTES: usize = 26_214_400;
/// Longest command line in bytes; longer than RFC 5321 asks, for credentials.
const LONGEST_LINE: u64 = 4_096;
/// A silent client is dropped after this long.
const PATIENCE: Duration = Duration::from_secs(300);

pub(super) struct Session {
    mailbox: Arc<Mailbox>,
    stream: BufReader<TcpStream>,
    from: Option<String>,
    to: Vec<String>,
}

/// Whether the conversation goes on.
enum Next {
    Go,
    Close,
}

impl Session {
    pub(super) fn new(mailbox: Arc<Mailbox>, stream: TcpStream) -> Self {
        Self {
            mailbox,
            stream: BufReader::new(stream),
            from: None,
            to: Vec::new(),
        }
    }

    /// Talks until the client leaves. A broken connection is the client's business.
    pub(super) async fn run(mut self) {
        if let Err(error) = self.talk().await {
            tracing::debug!(%error, "a mail connection broke");
        }
    }

    async fn talk(&mut self) -> io::Result<()> {
        self.say("220 mailbox.practice.example ESMTP practice mailbox, delivers nothing")
            .await?;
        loop {
            let Some(line) = self.line().await? else {
                return Ok(());
            };
            if let Next::Close = self.obey(&line).await? {
                return Ok(());
            }
        }
    }

    async fn say(&mut self, reply: &str) -> io::Result<()> {
        self.stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }

    /// A command line; `None` when the client is gone.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(LONGEST_LINE);
        let read = limited.read_until(b'\n', &mut line);
        let count = tokio::time::timeout(PATIENCE, read).await??;
        Ok((count > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }

    async fn obey(&mut self, line: &str) -> io::Result<Next> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                self.reset();
                let size = format!("250-SIZE {MOST_BYTES}");
                let lines = [
                    "250-mailbox.practice.example",
                    "250-PIPELINING",
                    "250-8BITMIME",
                    "250-SMTPUTF8",
                ];
                for line in lines.into_iter().chain([size.as_str(), "250-AUTH PLAIN"]) {
                    self.stream.write_all(format!("{line}\r\n").as_bytes()).await?;
                }
                self.say("250 ENHANCEDSTATUSCODES").await?;
            }
            "HELO" => {
                self.reset();
                self.say("250 mailbox.practice.example").await?;
            }
            "AUTH" => self.authenticate(rest).await?,
            "MAIL" => self.mail(rest).await?,
            "RCPT" => self.recipient(rest).await?,
            "DATA" => return self.data().await,
            "RSET" => {
                self.reset();
                self.say("250 2.0.0 reset").await?;
            }
            "NOOP" => self.say("250 2.0.0 here").await?,
            "VRFY" => self.say("252 2.1.5 every mailbox is here").await?,
            "QUIT" => {
                self.say("221 2.0.0 goodbye").await?;
                return Ok(Next::Close);
            }
            _ => self.say("502 5.5.1 this command is not known here").await?,
        }
        Ok(Next::Go)
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    /// Any name and password will do: this mailbox protects nothing.
    async fn authenticate(&mut self, rest: &str) -> io::Result<()> {
        let (method, initial) = rest.split_once(' ').unwrap_or((rest, ""));
        if !method.eq_ignore_ascii_case("PLAIN") {
            return self.say("504 5.5.4 only AUTH PLAIN").await;
        }
        if initial.is_empty() {
            self.say("334 ").await?;
            self.line().await?;
        }
        self.say("235 2.7.0 welcome").await
    }

    async fn mail(&mut self, rest: &str) -> io::Result<()> {
        let Some(sender) = address(rest, "FROM:") else {
            return self.say("501 5.1.7 MAIL FROM:<address>").await;
        };
        self.reset();
        if let Some(code) = self.take_fault(|fault| match fault {
            MailFault::RefuseSender { code } => Some(*code),
            _ => None,
        }) {
            return self.say(&format!("{code} sender refused on purpose")).await;
        }
        self.from = Some(sender);
        self.say("250 2.1.0 sender taken").await
    }

    async fn recipient(&mut self, rest: &str) -> io::Result<()> {
        if self.from.is_none() {
            return self.say("503 5.5.1 MAIL first").await;
        }
        let Some(recipient) = address(rest, "TO:").filter(|recipient| !recipient.is_empty()) else {
            return self.say("501 5.1.3 RCPT TO:<address>").await;
        };
        if let Some(code) = self.take_fault(|fault| match fault {
            MailFault::RefuseRecipient { code } => Some(*code),
            _ => None,
        }) {
            return self.say(&format!("{code} recipient refused on purpose")).await;
        }
        self.to.push(recipient);
        self.say("250 2.1.5 recipient taken").await
    }

    /// Takes the next fault if it is of the wanted kind.
    fn take_fault<T>(&self, wanted: impl Fn(&MailFault) -> Option<T>) -> Option<T> {
        let mut faults = self.mailbox.faults();
        let found = faults.front().and_then(wanted);
        if found.is_some() {
            faults.pop_front();
        }
        found
    }

    async fn data(&mut self) -> io::Result<Next> {
        let Some(from) = self.from.clone().filter(|_| !self.to.is_empty()) else {
            self.say("503 5.5.1 MAIL and RCPT first").await?;
            return Ok(Next::Go);
        };
        self.say("354 end with a line that holds only a dot").await?;
        let text = self.text().await?;
        let to = std::mem::take(&mut self.to);
        self.from = None;
        let Some(text) = text else {
            self.say("552 5.3.4 message too large").await?;
            return Ok(Next::Go);
        };
        match self.take_fault(|fault| Some(fault.clone())) {
            Some(
                MailFault::RefuseMessage { code }
                | MailFault::RefuseRecipient { code }
                | MailFault::RefuseSender { code },
            ) => {
                self.say(&format!("{code} message refused on purpose")).await?;
                return Ok(Next::Go);
            }
            Some(MailFault::CutAfterData { stored }) => {
                if stored {
                    self.keep(from, to, text).await?;
                }
                return Ok(Next::Close);
            }
            Some(MailFault::Slow { millis }) => tokio::time::sleep(Duration::from_millis(millis)).await,
            None => {}
        }
        match self.keep(from, to, text).await {
            Ok(()) => self.say("250 2.0.0 kept").await?,
            Err(error) => {
                tracing::error!(%error, "a mail could not be written to the log");
                self.say("451 4.3.0 the mail could not be written, try again")
                    .await?;
            }
        }
        Ok(Next::Go)
    }

    async fn keep(&self, from: String, to: Vec<String>, text: Vec<u8>) -> io::Result<()> {
        let mailbox = self.mailbox.clone();
        // the write waits for the disk
        tokio::task::spawn_blocking(move || mailbox.keep(from, to, text))
            .await
            .map_err(io::Error::other)?
    }

    /// The text up to the lone dot, with doubled dots undone; `None` when it was too large.
    async fn text(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut text, mut too_large) = (Vec::new(), false);
        loop {
            let mut line = Vec::new();
            let mut limited = (&mut self.stream).take(MOST_BYTES as u64);
            let read = limited.read_until(b'\n', &mut line);
            if tokio::time::timeout(PATIENCE, read).await?? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line == b".\r\n" {
                return Ok((!too_large).then_some(text));
            }
            too_large |= text.len() + line.len() > MOST_BYTES;
            if !too_large {
                text.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            }
        }
    }
}

/// The address in `FROM:<a@b> OPTION=…`; empty for the null sender `<>`.
fn address(rest: &str, keyword: &str) -> Option<String> {
    let found = rest
        .get(..keyword.len())
        .filter(|start| start.eq_ignore_ascii_case(keyword))?;
    let after = rest.get(found.len()..)?.trim_start().strip_prefix('<')?;
    after.split_once('>').map(|(address, _)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_are_read_from_commands() {
        assert_eq!(
            address("FROM:<a@b.example> SIZE=10", "FROM:").as_deref(),
            Some("a@b.example")
        );
        assert_eq!(
            address("to: <x@y.example>", "TO:").as_deref(),
            Some("x@y.example")
        );
        assert_eq!(address("FROM:<>", "FROM:").as_deref(), Some(""));
        for wrong in ["", "FROM", "FROM:a@b", "FROM:<a@b", "é"] {
            assert_eq!(address(wrong, "FROM:"), None, "{wrong}");
        }
    }
}
