//! The append-only log of received mails: one line of JSON each, on disk before the sender hears that it was taken.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use mail_parser::MessageParser;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

/// A received mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// When it was received by the wall clock, RFC 3339 in UTC.
    pub received: String,
    /// The day of the practice clock on which it was received.
    pub day: NaiveDate,
    /// Its Message-ID without angle brackets, empty when it has none.
    pub message_id: String,
    /// Sender of the envelope.
    pub from: String,
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Subject, decoded.
    pub subject: String,
    /// The message as it came: text, or base64 when it is not UTF-8.
    pub raw: String,
    /// `raw` is base64.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub base64: bool,
}

impl Mail {
    pub(crate) fn new(received: String, day: NaiveDate, from: String, to: Vec<String>, raw: Vec<u8>) -> Self {
        let parsed = MessageParser::default().parse(&raw);
        let message_id = parsed
            .as_ref()
            .and_then(|mail| mail.message_id())
            .unwrap_or_default()
            .to_owned();
        let subject = parsed
            .as_ref()
            .and_then(|mail| mail.subject())
            .unwrap_or_default()
            .to_owned();
        let (raw, base64) = match String::from_utf8(raw) {
            Ok(text) => (text, false),
            Err(other) => (STANDARD.encode(other.as_bytes()), true),
        };
        Self {
            received,
            day,
            message_id,
            from,
            to,
            subject,
            raw,
            base64,
        }
    }

    /// The message byte for byte.
    pub fn bytes(&self) -> Vec<u8> {
        if self.base64 {
            STANDARD.decode(&self.raw).unwrap_or_default()
        } else {
            self.raw.clone().into_bytes()
        }
    }

    /// The readable text of the message, decoded.
    pub fn text(&self) -> String {
        let bytes = self.bytes();
        let parsed = MessageParser::default().parse(&bytes);
        parsed
            .and_then(|mail| mail.body_text(0).map(|text| text.into_owned()))
            .unwrap_or_default()
    }
}

/// The log on disk and its mails in memory.
pub(crate) struct Log {
    file: File,
    mails: Vec<Mail>,
    /// Mails that debtors have read; those of an earlier run belong to a world that is gone.
    read: usize,
}

impl Log {
    /// Opens or makes a log; a last line that a crash left unfinished was never promised and is cut off.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let lines = text.get(..whole).unwrap_or_default().lines();
        let mails: Vec<Mail> = lines
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .map_err(io::Error::other)?;
        file.set_len(whole as u64)?;
        file.seek(io::SeekFrom::End(0))?;
        Ok(Self {
            file,
            read: mails.len(),
            mails,
        })
    }

    /// Writes a mail to disk; when this returns it is there.
    pub(crate) fn append(&mut self, mail: Mail) -> io::Result<()> {
        let mut line = serde_json::to_vec(&mail)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()?;
        self.mails.push(mail);
        Ok(())
    }

    /// Mails that came since the last call.
    pub(crate) fn take_unread(&mut self) -> Vec<Mail> {
        let unread = self.mails.get(self.read..).unwrap_or_default().to_vec();
        self.read = self.mails.len();
        unread
    }

    pub(crate) fn mails(&self) -> &[Mail] {
        &self.mails
    }
}
