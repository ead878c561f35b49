//! Microsoft Dynamics 365 Business Central, API v2.0 and analytics API v1.0
//! (<https://learn.microsoft.com/dynamics365/business-central/dev-itpro/api-reference/v2.0/>).
//!
//! Debtors, documents, quotations and orders come from API v2.0: what was changed since a moment, and a list of all ids to
//! see what is gone. Payments are in the customer ledger, which only the analytics API shows: its detailed entries only
//! grow, so those after the last one tell which entries of the ledger changed, and these are read whole.
//!
//! Access is given by a person who signs in, or by the administrator who lets this program in (`sign-in` is `person` or
//! `program`). Messages end after three days: subscribing again renews them.
//!
//! What it does not tell: trade register numbers, languages, instalments, write-offs, and open items that were booked
//! without a document, such as opening balances. Neither are refunds of credit memos read. The ledger has amounts in the
//! company's own currency only: what was paid of an invoice in another one is shared out from what remains of it, and
//! money that was not used is told in the own currency. A person is taken as a consumer.
//!
//! Not confirmed by its documentation: the life of refresh tokens, the country of the company's information, the states
//! of quotations and orders beyond those named here, that every dispute status means a dispute, and that the empty date
//! takes a promised date away.

mod administrations;
mod bank;
mod dto;
mod endpoints;
mod etag;
mod facts;
mod ledger;
mod odata;
mod read;
mod subscriptions;
mod webhooks;
mod write;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day};
use url::Url;

use crate::http::{CallError, Connection};
use crate::{
    Administration, Connector, Entity, From, Hooks, Ids, Listed, Look, Page, Parameter, Platform, Site,
    Subscription, Way, WriteBack, Written,
};

/// Business Central, online.
pub static CONNECTOR: Connector = Connector {
    word: "business-central",
    name: "Business Central",
    site: Some("https://api.businesscentral.dynamics.com"),
    asks: &[
        Parameter {
            name: endpoints::TENANT,
            about: "the tenant: its id or its domain",
            from: From::Person,
        },
        Parameter {
            name: endpoints::ENVIRONMENT,
            about: "the environment, such as Production",
            from: From::Person,
        },
        Parameter {
            name: endpoints::SIGN_IN,
            about: "`person` when you sign in, `program` when your administrator let this program in",
            from: From::Person,
        },
    ],
    allowance: endpoints::allowance,
    consent: |site| Ok(endpoints::consent(site)),
    administrations: |connection, site| administrations::administrations(connection, site).boxed(),
    open: |opening| {
        Arc::new(BusinessCentral {
            connection: opening.connection,
            site: opening.site,
            administration: opening.administration,
            clock: opening.clock,
        })
    },
    verify: Some(webhooks::heard),
    hooks: Hooks::Asked,
};

/// One company on Business Central.
#[derive(Debug)]
struct BusinessCentral {
    connection: Arc<Connection>,
    site: Site,
    administration: Administration,
    clock: Clock,
}

impl Platform for BusinessCentral {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn administration(&self) -> &Administration {
        &self.administration
    }

    fn ids(&self) -> Ids {
        let place = [endpoints::TENANT, endpoints::ENVIRONMENT].map(|name| self.site.parameter(name));
        let platform = format!("https://api.businesscentral.dynamics.com/{}", place.join("/"));
        Ids::of(&platform, &self.administration.id)
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn way(&self, entity: Entity) -> Option<Way> {
        if entity == Entity::Payment {
            return Some(Way::Changes);
        }
        read::resource(entity).map(|_| Way::ChangesAndList)
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
        async move {
            if entity == Entity::Payment {
                self.ledger_page(cursor, look).await
            } else {
                self.read_page(entity, cursor, look).await
            }
        }
        .boxed()
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
