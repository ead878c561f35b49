//! The local mailbox: a real SMTP server that takes mail for anyone and keeps it in a log of its own.

mod log;
pub(crate) mod reading;
mod server;
mod session;

pub(crate) use log::Log;
pub use log::Mail;
pub(crate) use server::{Mailbox, serve};

use serde::{Deserialize, Serialize};

/// What happens to one mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum MailFault {
    /// The recipient is refused with this code, 4xx for now or 5xx for good.
    RefuseRecipient {
        /// SMTP reply code.
        code: u16,
    },
    /// The sender is refused with this code.
    RefuseSender {
        /// SMTP reply code.
        code: u16,
    },
    /// The message is refused after its text with this code.
    RefuseMessage {
        /// SMTP reply code.
        code: u16,
    },
    /// The answer to the text comes late.
    Slow {
        /// How late, in milliseconds.
        millis: u64,
    },
    /// The connection breaks after the text, before any answer.
    CutAfterData {
        /// Whether the mail was kept nevertheless.
        stored: bool,
    },
}
