//! Odoo 19 and later, its JSON-2 interface (<https://www.odoo.com/documentation/19.0/developer/reference/external_api.html>).
//!
//! Access is an API key that a person makes in their own preferences; it is not renewed and ends when that person ends it.
//! Lists give every id with the second of its last change, so that what vanished is noticed without a feed of removals.
//! What paid what are records of their own (`account.partial.reconcile`), of which both sides are rows of bookings.
//!
//! What it does not tell: a hold on deliveries, disputes, and whether an amount was written off, which is an entry that is
//! matched like a payment. An order that had an end as a quotation is told as an accepted quotation. Amounts come as
//! floating point numbers and are rounded to six places before they are read. Not confirmed by its documentation: the
//! names of the fields `ref`, `country_code`, `commercial_partner_id` and `account_type`, those of
//! `account.partial.reconcile` and `sale.order`, and the method `activity_schedule`.

mod administrations;
mod bank;
mod dto;
mod endpoints;
mod facts;
mod read;
mod rows;
mod values;
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

/// Odoo, in its own cloud or on a server of the customer's.
pub static CONNECTOR: Connector = Connector {
    word: "odoo",
    name: "Odoo",
    site: None,
    asks: &[Parameter {
        name: endpoints::DATABASE,
        about: "the name of the database; empty when the address has one only",
        from: From::Person,
    }],
    allowance: endpoints::allowance,
    consent: |_| Ok(Consent::Key),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(Odoo {
            connection: opening.connection,
            site: opening.site,
            administration: opening.administration,
            clock: opening.clock,
        })
    },
    verify: None,
    hooks: Hooks::None,
};

/// One company in Odoo.
#[derive(Debug)]
struct Odoo {
    connection: Arc<Connection>,
    site: Site,
    administration: Administration,
    clock: Clock,
}

impl Platform for Odoo {
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
        read::model(entity).map(|_| Way::Versions { chunk: read::CHUNK })
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
