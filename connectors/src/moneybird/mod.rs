//! Moneybird, API version 2 (<https://developer.moneybird.com>).
//!
//! What it does not tell: whether a contact is a sole trader (a blank company name is taken as a consumer, all
//! others as a business until a person says otherwise), the language of a contact (taken from its invoices, else
//! from its country), credit limits, and which contact a bank transaction came from (taken from the account number
//! where exactly one contact has it).

mod administrations;
mod bank;
mod dto;
mod endpoints;
mod error;
mod facts;
mod notes;
mod read;
mod webhooks;

use std::sync::Arc;

use maan_ledger::Clock;
use uuid::Uuid;

pub use administrations::{Administration, administrations};
pub use endpoints::{Endpoints, allowance};
pub use error::ReadError;
pub use notes::NoteOn;
pub use read::{ReadOptions, Reading};
pub use webhooks::{Event, Subscription, WebhookError, verify};

use crate::http::Connection;
use crate::{Ids, KnownVersions};

/// One administration on Moneybird.
#[derive(Clone, Debug)]
pub struct Moneybird {
    connection: Arc<Connection>,
    endpoints: Endpoints,
    administration: Administration,
    clock: Clock,
}

impl Moneybird {
    /// An administration of a connection. The clock is the embedder's: it dates what is learnt.
    pub fn new(
        connection: Arc<Connection>,
        endpoints: Endpoints,
        administration: Administration,
        clock: Clock,
    ) -> Self {
        Self {
            connection,
            endpoints,
            administration,
            clock,
        }
    }

    /// The connection.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The administration.
    pub fn administration(&self) -> &Administration {
        &self.administration
    }

    /// The ids of everything in this administration, the same in every process.
    pub fn ids(&self) -> Ids {
        let name = format!("https://moneybird.com/{}", self.administration.id);
        Ids(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
    }

    /// Reads what changed since the versions that are known.
    pub fn read(&self, known: KnownVersions, options: ReadOptions) -> Reading<'_> {
        Reading::new(self, known, options)
    }
}
