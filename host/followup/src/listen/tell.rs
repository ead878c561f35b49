//! What a listener tells whoever runs it.

use maan_ledger::Moment;
use serde::Serialize;

/// Something that happened to a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// Name of the administration.
    pub administration: String,
    /// Word of the platform.
    pub platform: &'static str,
    /// What happened.
    #[serde(flatten)]
    pub what: Happened,
}

/// What happened to a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Happened {
    /// The platform sends no messages: it is read regularly.
    Polled,
    /// Messages come, as was arranged before.
    Listening,
    /// The platform was asked for messages, or asked to go on sending them.
    Subscribed {
        /// It sent them before.
        renewed: bool,
        /// When that ends by itself.
        ends: Option<Moment>,
    },
    /// A person has to enter the address on the platform, and to tell the secret where that is not known.
    ByPerson {
        /// The address.
        address: String,
        /// What to do with it on the platform.
        there: &'static str,
        /// Where the secret stands; none when it is known.
        secret: Option<&'static str>,
    },
    /// A person has to tell the secret; until then it is read regularly.
    SecretMissing {
        /// Where the secret stands.
        secret: &'static str,
    },
    /// The platform could not be asked for messages; it is read regularly.
    NotSubscribed {
        /// Why.
        why: String,
        /// In how many seconds it is asked again.
        again_in: u64,
    },
    /// It was read.
    Read {
        /// Why then.
        after: After,
        /// Facts that became known.
        facts: u64,
        /// Debtors of whom something became known.
        changed: usize,
        /// Records that a person should look at on the platform.
        problems: Vec<String>,
    },
    /// It could not be read.
    NotRead {
        /// Why.
        why: String,
        /// In how many seconds it is tried again.
        again_in: u64,
    },
    /// The consent is gone: a person has to connect it again, then it is read on.
    NeedsConsent {
        /// Why.
        why: String,
    },
    /// It was disconnected, and is heard no more.
    Disconnected,
}

/// Why a connection was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// Messages came.
    Message,
    /// It was time.
    Time,
}
