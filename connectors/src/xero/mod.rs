//! Xero, Accounting API 2.0 (<https://developer.xero.com/documentation/api/accounting/overview>).
//!
//! Debtors are contacts that are not only suppliers. Payments, credit notes with what was set off, and money that was
//! not used yet (overpayments and prepayments) are records of their own. A contact that was archived is gone as a
//! debtor, unless it still owes something; a voided or deleted document is gone.
//!
//! What it does not tell: whether a contact is a consumer (one with a tax or company number is a business, of others
//! nothing is said), its language, credit limits, holds, disputes, write-offs, and which invoice a credit note
//! corrects. Countries are free text. The time zone is that of the organisation's country.
//!
//! Not confirmed by its documentation: the names of the scopes beside contacts and settings, 1,000 records on a page,
//! 450 characters of a note, ordering by every id, that an empty text takes an expected payment date away, and that a
//! moment in `If-Modified-Since` includes its own second (so one second earlier is asked for).

mod administrations;
mod bank;
mod dto;
mod endpoints;
mod facts;
mod read;
mod rows;
mod webhooks;
mod write;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day};

use crate::http::{Call, CallError, Connection};
use crate::{
    Administration, Connector, Consent, Entity, Hooks, Ids, Look, Page, Platform, Site, Way, WriteBack,
    Written,
};

/// Xero.
pub static CONNECTOR: Connector = Connector {
    word: "xero",
    name: "Xero",
    site: Some("https://api.xero.com"),
    asks: &[],
    allowance: endpoints::allowance,
    consent: |site| Ok(Consent::Code(endpoints::provider(site))),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(Xero {
            connection: opening.connection,
            site: opening.site,
            administration: opening.administration,
            clock: opening.clock,
        })
    },
    verify: Some(webhooks::heard),
    hooks: Hooks::ByPerson {
        there: "enter it as the delivery URL of the webhooks of your app, for contacts, invoices and credit notes; one \
                address serves all organisations of the app",
        secret: "the webhooks key that is shown there",
    },
};

/// One organisation on Xero.
#[derive(Debug)]
struct Xero {
    connection: Arc<Connection>,
    site: Site,
    administration: Administration,
    clock: Clock,
}

impl Platform for Xero {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        Ids::of("https://api.xero.com", &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        (!read::feeds(entity).is_empty()).then_some(Way::Changes)
    }

    fn page<'a>(
        &'a self,
        entity: Entity,
        cursor: Option<&'a str>,
        look: Look<'a>,
    ) -> BoxFuture<'a, Result<Page, CallError>> {
        self.read_page(entity, cursor, look).boxed()
    }

    fn bank_booked_through(&self) -> BoxFuture<'_, Result<Option<Day>, CallError>> {
        self.booked_through().boxed()
    }

    fn write<'a>(&'a self, change: &'a WriteBack) -> BoxFuture<'a, Result<Written, CallError>> {
        self.written(change).boxed()
    }

    /// Ends the connection to this organisation. The consent stays for others that it opened.
    fn disconnect(&self) -> BoxFuture<'_, Result<(), CallError>> {
        async {
            let id = self.administration.place.get(administrations::CONNECTION);
            let url = self.site.path(["connections", id.map_or("", String::as_str)]);
            match self.connection.call(&Call::delete(url)).await {
                Ok(_) | Err(CallError::NotFound { .. }) => Ok(()),
                Err(error) => Err(error),
            }
        }
        .boxed()
    }
}
