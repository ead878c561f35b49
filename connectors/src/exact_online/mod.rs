//! Exact Online, REST API version 1 (<https://start.exactonline.nl/docs/HlpRestAPIResources.aspx>).
//!
//! Debtors are accounts with a customer status. Open items come as *payment terms*: rows of a transaction, each of
//! which is open or matched. Rows of one transaction are one item; a matched row is what was paid of it. A row of a
//! bank entry that is open is money that was not used yet.
//!
//! What it does not tell: whether an account is a consumer (one with a VAT or trade register number is a business, of
//! others nothing is said), which credit note an invoice was matched with, whether it was written off, and whether
//! several rows are instalments. Drafts are no rows. Not confirmed by its documentation: that receivables are
//! positive, that amounts of quotations and orders hold VAT, and that stamps are in UTC.

mod administrations;
mod bank;
mod dto;
mod endpoints;
mod facts;
mod odata;
mod read;
mod webhooks;
mod write;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day};
use url::Url;

use crate::http::{CallError, Connection};
use crate::{
    Administration, Connector, Consent, Entity, Hooks, Ids, Look, Page, Platform, Site, Subscription, Way,
    WriteBack, Written,
};

/// Exact Online. Other countries than the Netherlands have addresses of their own.
pub static CONNECTOR: Connector = Connector {
    word: "exact-online",
    name: "Exact Online",
    site: Some("https://start.exactonline.nl"),
    asks: &[],
    allowance: endpoints::allowance,
    consent: |site| Ok(Consent::Code(endpoints::provider(site))),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(ExactOnline {
            connection: opening.connection,
            site: opening.site,
            administration: opening.administration,
            clock: opening.clock,
        })
    },
    verify: Some(webhooks::heard),
    hooks: Hooks::AskedWithSecret {
        secret: "the webhook secret of your registration in the App Center",
    },
};

/// One division of Exact Online.
#[derive(Debug)]
struct ExactOnline {
    connection: Arc<Connection>,
    site: Site,
    administration: Administration,
    clock: Clock,
}

impl Platform for ExactOnline {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        Ids::of("https://start.exactonline.com", &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        read::feed(entity).map(|_| Way::Changes)
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

    fn subscribe<'a>(&'a self, url: &'a Url) -> BoxFuture<'a, Result<Option<Subscription>, CallError>> {
        self.subscribed(url).boxed()
    }

    fn unsubscribe<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), CallError>> {
        self.unsubscribed(id).boxed()
    }
}
