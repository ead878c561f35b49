//! Tryton, its REST interface (series 8; <https://docs.tryton.org/latest/server/topics/user_application.html>).
//!
//! Access is the key of a *user application* that a person makes and validates in Tryton. Lists give every id with what
//! tells a change: the stamps of a record and of its parts, and by which reconciliations an invoice is settled. Nested
//! fields bring the rows of a reconciliation along, so that it is known what paid what.
//!
//! What it does not tell: whether a party is a consumer (one with a VAT or company number is a business, of others
//! nothing is said), a number in the Dutch trade register, a hold on deliveries, disputes, and a day that was promised.
//! An order that had a term as a quotation is told as an accepted quotation. Credit limits and sales are modules; which
//! of them are there is looked at when the administration is chosen. An invoice that was cancelled by a move that takes
//! it back is gone; one that was cancelled by a credit note is settled by that.

mod administrations;
mod bank;
mod coded;
mod dto;
mod endpoints;
mod facts;
mod read;
mod write;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day};

use crate::http::{CallError, Connection};
use crate::{
    Administration, Connector, Consent, Entity, From, Hooks, Ids, Listed, Look, Parameter, Platform,
    ReadRecord, Site, Way, WriteBack, Written,
};

/// Tryton, on a server of the customer's own.
pub static CONNECTOR: Connector = Connector {
    word: "tryton",
    name: "Tryton",
    site: None,
    asks: &[Parameter {
        name: endpoints::DATABASE,
        about: "the name of the database, as it is chosen when signing in",
        from: From::Person,
    }],
    allowance: endpoints::allowance,
    consent: |_| Ok(Consent::Key),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(Tryton {
            connection: opening.connection,
            site: opening.site,
            administration: opening.administration,
            clock: opening.clock,
        })
    },
    verify: None,
    hooks: Hooks::None,
};

/// One company in Tryton.
#[derive(Debug)]
struct Tryton {
    connection: Arc<Connection>,
    site: Site,
    administration: Administration,
    clock: Clock,
}

impl Platform for Tryton {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        let database = self.site.path([self.site.parameter(endpoints::DATABASE)]);
        Ids::of(database.as_str(), &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        let offered = entity != Entity::Order || self.has(administrations::SALES);
        read::model(entity)
            .filter(|_| offered)
            .map(|_| Way::Versions { chunk: read::CHUNK })
    }

    fn list<'a>(&'a self, entity: Entity, look: Look<'a>) -> BoxFuture<'a, Result<Vec<Listed>, CallError>> {
        self.listed(entity, look).boxed()
    }

    fn fetch<'a>(
        &'a self,
        entity: Entity,
        ids: &'a [String],
        look: Look<'a>,
    ) -> BoxFuture<'a, Result<Vec<ReadRecord>, CallError>> {
        self.fetched(entity, ids, look).boxed()
    }

    fn bank_booked_through(&self) -> BoxFuture<'_, Result<Option<Day>, CallError>> {
        self.booked_through().boxed()
    }

    fn write<'a>(&'a self, change: &'a WriteBack) -> BoxFuture<'a, Result<Written, CallError>> {
        self.written(change).boxed()
    }
}
