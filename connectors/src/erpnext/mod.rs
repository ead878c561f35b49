//! ERPNext 15 on Frappe, its REST interface (<https://docs.frappe.io/framework/user/en/api/rest>).
//!
//! Every record has the moment of its last change, in the local time of the site without saying so. Lists give every name
//! with that moment, so that what vanished, or got another name, is noticed without a feed of removals. What paid what is
//! told by the rows of the payment ledger, whichever document they come from: a payment entry, a journal entry or a
//! return.
//!
//! What it does not tell: numbers in a trade register, disputes, whether an amount was written off, which is a journal
//! entry like a payment, and which of several instalments was paid, so that an invoice is due as a whole. Not confirmed by
//! its documentation: the method `frappe.client.get_time_zone`, the field `code` of a country, that the list of rows of a
//! table takes the parameter `parent`, and `ToDo` with a reference. Webhooks are made by hand there, in JSON with
//! `doctype`, `name`, `company` and `event`.

mod administrations;
mod bank;
mod countries;
mod dto;
mod endpoints;
mod facts;
mod read;
mod webhooks;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day};
use tokio::sync::OnceCell;

use crate::http::{CallError, Connection};
use crate::{
    Administration, Connector, Consent, Entity, Hooks, Ids, Listed, Look, Platform, ReadRecord, Site, Way,
    WriteBack, Written,
};

/// ERPNext, in the cloud or on a server of the customer's.
pub static CONNECTOR: Connector = Connector {
    word: "erpnext",
    name: "ERPNext",
    site: None,
    asks: &[],
    allowance: endpoints::allowance,
    consent: |site| Ok(Consent::Code(endpoints::provider(site))),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(ErpNext {
            connection: opening.connection,
            site: opening.site,
            administration: opening.administration,
            clock: opening.clock,
            countries: OnceCell::new(),
        })
    },
    verify: Some(webhooks::heard),
    hooks: Hooks::ByPerson {
        there: "make a Webhook for each of Customer, Sales Invoice, Payment Entry, Journal Entry, Quotation and Sales \
                Order with this request URL, in JSON with doctype, name, company and event, and enable its security",
        secret: "the webhook secret that you choose there",
    },
};

/// One company in ERPNext.
#[derive(Debug)]
struct ErpNext {
    connection: Arc<Connection>,
    site: Site,
    administration: Administration,
    clock: Clock,
    /// Codes of countries by their names, which addresses have.
    countries: OnceCell<BTreeMap<String, String>>,
}

impl Platform for ErpNext {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        let nothing: [&str; 0] = [];
        Ids::of(self.site.path(nothing).as_str(), &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        read::doctype(entity).map(|_| Way::Versions { chunk: read::CHUNK })
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
