//! Twinfield, by SOAP: every request is a document for `ProcessXmlString` on the cluster of the organisation.
//!
//! Debtors are the dimensions of type DEB. Open items, and what was booked on them, are lines of browse code 100
//! (customer transactions): a line with a due date is an invoice or credit note, another one with a negative amount is
//! money that came in. The browse is read whole, which costs one credit, so that matches, corrections and deletions are
//! seen whatever stamp they get. A customer is read again when its name changes, and else once a week, as the list of
//! customers has no stamps.
//!
//! What it does not tell: consumers, languages, order references, instalments, disputes, write-offs, which invoice a
//! credit note corrects, quotations, orders, and through which day the bank is booked.
//!
//! Not confirmed by documentation: how long tokens live, whether PKCE is heeded and whether there is an address to
//! revoke; that a line has an open amount and the number of its newest match; that lines of bank books have no due date
//! and carry the number of the invoice that they pay; that credit limit 0.00 is none; that a customer is written in
//! part. The list of offices tells neither currency nor country, which are taken to be euro and the Netherlands.

mod administrations;
mod dto;
mod endpoints;
mod facts;
mod read;
mod soap;
mod write;
mod xml;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::Clock;

use crate::http::{CallError, Connection};
use crate::{
    Administration, Connector, Consent, Entity, Hooks, Ids, Listed, Look, Page, Platform, ReadRecord, Site,
    Way, WriteBack, Written,
};

/// Twinfield.
pub static CONNECTOR: Connector = Connector {
    word: "twinfield",
    name: "Twinfield",
    site: Some("https://login.twinfield.com"),
    asks: &[],
    allowance: endpoints::allowance,
    consent: |site| Ok(Consent::Code(endpoints::provider(site))),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(Twinfield {
            site: endpoints::cluster(&opening.site, &opening.administration),
            connection: opening.connection,
            administration: opening.administration,
            clock: opening.clock,
        })
    },
    verify: None,
    hooks: Hooks::None,
};

/// One office of Twinfield.
#[derive(Debug)]
struct Twinfield {
    connection: Arc<Connection>,
    /// The cluster of the organisation.
    site: Site,
    administration: Administration,
    clock: Clock,
}

impl Platform for Twinfield {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        Ids::of("https://twinfield.com", &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        match entity {
            Entity::Contact => Some(Way::Versions { chunk: 1 }),
            Entity::Invoice => Some(Way::Changes),
            _ => None,
        }
    }

    fn list<'a>(&'a self, _: Entity, look: Look<'a>) -> BoxFuture<'a, Result<Vec<Listed>, CallError>> {
        self.customers(look).boxed()
    }

    fn fetch<'a>(
        &'a self,
        _: Entity,
        ids: &'a [String],
        look: Look<'a>,
    ) -> BoxFuture<'a, Result<Vec<ReadRecord>, CallError>> {
        self.customers_of(ids, look).boxed()
    }

    fn page<'a>(
        &'a self,
        _: Entity,
        _: Option<&'a str>,
        look: Look<'a>,
    ) -> BoxFuture<'a, Result<Page, CallError>> {
        self.transactions(look).boxed()
    }

    fn write<'a>(&'a self, change: &'a WriteBack) -> BoxFuture<'a, Result<Written, CallError>> {
        self.written(change).boxed()
    }
}
