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
mod facts;
mod notes;
mod read;
mod webhooks;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day};
use url::Url;

pub use administrations::administrations;
pub use endpoints::{Endpoints, allowance};
pub use webhooks::verify;

use crate::http::{CallError, Connection};
use crate::{
    Administration, Connector, Consent, Entity, Hooks, Ids, Listed, Look, Platform, ReadRecord, Site,
    Subscription, Way, WriteBack, Written,
};

/// Moneybird.
pub static CONNECTOR: Connector = Connector {
    word: "moneybird",
    name: "Moneybird",
    site: Some("https://moneybird.com"),
    asks: &[],
    allowance,
    consent: |site| Ok(Consent::Code(Endpoints::from(site.clone()).provider())),
    administrations: |connection, site: &Site| {
        async move { administrations(connection, &site.clone().into()).await }.boxed()
    },
    open: |opening| {
        Arc::new(Moneybird::new(
            opening.connection,
            opening.site.into(),
            opening.administration,
            opening.clock,
        ))
    },
    verify: Some(webhooks::heard),
    hooks: Hooks::Asked,
};

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
}

impl Platform for Moneybird {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        Ids::of("https://moneybird.com", &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        read::way(entity)
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

    fn subscribe<'a>(&'a self, url: &'a Url) -> BoxFuture<'a, Result<Option<Subscription>, CallError>> {
        async move { self.subscribed(url).await.map(Some) }.boxed()
    }

    fn unsubscribe<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), CallError>> {
        self.unsubscribed(id).boxed()
    }
}
