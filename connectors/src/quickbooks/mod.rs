//! QuickBooks Online, accounting API version 3 (<https://developer.intuit.com/app/developer/qbo/docs/api>).
//!
//! Everything is read once by queries; from then on *change data capture* tells what was changed and deleted. It looks
//! back 30 days and gives 1,000 records, so after a longer pause, or when it is full, everything is read again. A customer
//! that was made inactive is gone as a debtor. A credit memo is set off by a payment that links it to an invoice.
//!
//! What it does not tell: numbers of customers (their ids serve), VAT numbers (they come masked), trade register
//! numbers, whether a customer without a company name is a consumer, its language, holds, disputes, write-offs, sales
//! orders, and which invoice a credit memo corrects. Countries are free text.
//!
//! Not confirmed by its documentation: the address for revoking, that PKCE is heeded, minor version 75, that a credit
//! limit can be set in every plan and `null` takes it away, the most characters of notes, in which order ids are compared
//! (any will do), the code 5010 of a version that is not the newest, the state `Converted`, and custom fields for the
//! customer's order reference beside `PONumber`.

mod administrations;
mod answers;
mod bank;
mod dto;
mod endpoints;
mod facts;
mod read;
mod webhooks;
mod write;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day};

use crate::http::{CallError, Connection};
use crate::{
    Administration, Connector, Consent, Entity, From, Hooks, Ids, Listed, Look, Page, Parameter, Platform,
    Site, Way, WriteBack, Written,
};

/// QuickBooks Online. The company is told with the answer to the sign-in.
pub static CONNECTOR: Connector = Connector {
    word: "quickbooks",
    name: "QuickBooks Online",
    site: Some("https://quickbooks.api.intuit.com"),
    asks: &[Parameter {
        name: endpoints::REALM,
        about: "the id of the company",
        from: From::Answer,
    }],
    allowance: endpoints::allowance,
    consent: |site| Ok(Consent::Code(endpoints::provider(site))),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(QuickBooks {
            connection: opening.connection,
            site: opening.site,
            administration: opening.administration,
            clock: opening.clock,
        })
    },
    verify: Some(webhooks::heard),
    hooks: Hooks::ByPerson {
        there: "enter it as the endpoint of the webhooks of your app, for Customer, Invoice, CreditMemo, Payment and \
                Estimate; one address serves all companies of the app",
        secret: "the verifier token that is shown there",
    },
};

/// One company on QuickBooks Online.
#[derive(Debug)]
struct QuickBooks {
    connection: Arc<Connection>,
    site: Site,
    administration: Administration,
    clock: Clock,
}

impl Platform for QuickBooks {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        Ids::of("https://quickbooks.api.intuit.com", &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        read::kind(entity).map(|_| Way::ChangesAndList)
    }

    fn list<'a>(&'a self, entity: Entity, look: Look<'a>) -> BoxFuture<'a, Result<Vec<Listed>, CallError>> {
        self.listed(entity, look).boxed()
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
}
