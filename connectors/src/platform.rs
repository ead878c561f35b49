use std::fmt;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Day, Moment};
use secrecy::SecretString;
use url::Url;

use crate::http::{CallError, Connection};
use crate::{Administration, Entity, Ids, KnownVersions, ReadRecord, WriteBack, Written};

/// One administration on a platform: what it says, and what is written to it.
///
/// A platform only asks and maps. What is the same for all is done by [`crate::Reading`]: what differs from what is
/// known, what vanished, what moved to another debtor, in which batches, and where to go on.
pub trait Platform: Send + Sync + fmt::Debug {
    /// The calls to it.
    fn connection(&self) -> &Connection;

    /// The administration.
    fn administration(&self) -> &Administration;

    /// The ids of everything in it, the same in every process.
    fn ids(&self) -> Ids;

    /// The embedder's clock, which dates what is learnt.
    fn clock(&self) -> &Clock;

    /// How an entity is read; none when the platform does not have it.
    fn way(&self, entity: Entity) -> Option<Way>;

    /// All records of an entity with their versions; those of [`Way::Versions`] and [`Way::ChangesAndList`]. A record
    /// whose version does not matter has 0.
    fn list<'a>(&'a self, entity: Entity, look: Look<'a>) -> BoxFuture<'a, Result<Vec<Listed>, CallError>> {
        let _ = (entity, look);
        async { Ok(Vec::new()) }.boxed()
    }

    /// Records by their ids; those of [`Way::Versions`].
    fn fetch<'a>(
        &'a self,
        entity: Entity,
        ids: &'a [String],
        look: Look<'a>,
    ) -> BoxFuture<'a, Result<Vec<ReadRecord>, CallError>> {
        let _ = (entity, ids, look);
        async { Ok(Vec::new()) }.boxed()
    }

    /// A page of what changed since a cursor, or of everything when there is none.
    fn page<'a>(
        &'a self,
        entity: Entity,
        cursor: Option<&'a str>,
        look: Look<'a>,
    ) -> BoxFuture<'a, Result<Page, CallError>> {
        let _ = (entity, cursor, look);
        async { Ok(Page::default()) }.boxed()
    }

    /// The newest day of which a bank transaction is booked: books that are behind must not lead to reminders. None
    /// when there is none, or the platform does not tell.
    fn bank_booked_through(&self) -> BoxFuture<'_, Result<Option<Day>, CallError>> {
        async { Ok(None) }.boxed()
    }

    /// Writes something back.
    fn write<'a>(&'a self, change: &'a WriteBack) -> BoxFuture<'a, Result<Written, CallError>>;

    /// Asks for messages about everything that is read here, at an address that answers already; none when the platform
    /// sends none, or they are set up by hand there. Asking again for the same address renews what there is, and leaves
    /// nothing behind of an answer that was lost.
    fn subscribe<'a>(&'a self, url: &'a Url) -> BoxFuture<'a, Result<Option<Subscription>, CallError>> {
        let _ = url;
        async { Ok(None) }.boxed()
    }

    /// Ends a subscription; one that is gone already is fine.
    fn unsubscribe<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), CallError>> {
        let _ = id;
        async { Ok(()) }.boxed()
    }

    /// Ends the consent at the platform.
    fn disconnect(&self) -> BoxFuture<'_, Result<(), CallError>> {
        async { Ok(self.connection().session().revoke().await?) }.boxed()
    }
}

/// How an entity is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// All ids with versions are listed; what differs is fetched, this many at once; what is not listed is gone.
    Versions {
        /// Most records of one call.
        chunk: usize,
    },
    /// Changes come page by page from a cursor; what is gone is told among them or as a [`Entity::Removal`].
    Changes,
    /// Changes come page by page from a cursor; what is not in the list of all ids is gone.
    ChangesAndList,
}

/// What a platform needs to know when it reads.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The first reading: what is read was known before.
    pub history: bool,
    /// Now.
    pub at: Moment,
    /// First day of the documents to read.
    pub since: Day,
    /// What is known already.
    pub known: &'a KnownVersions,
}

/// A line of the list of all records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The platform's id.
    pub reference: String,
    /// Its version; 0 when there is none.
    pub version: u64,
}

/// A page of changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Records as they are now, [`ReadRecord::deleted`] for those that the platform marks as gone.
    pub records: Vec<ReadRecord>,
    /// Records that are gone, of any entity.
    pub gone: Vec<(Entity, String)>,
    /// Where to go on after this page; none when nothing changed since the cursor that was given.
    pub cursor: Option<String>,
    /// There is another page now.
    pub more: bool,
    /// How many records there are to read from here on, where the platform tells.
    pub left: Option<usize>,
}

/// A registered webhook.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// The platform's id, as [`Platform::unsubscribe`] takes it.
    pub id: String,
    /// With which messages are signed, told once: keep it. None when it belongs to the program's registration.
    pub secret: Option<SecretString>,
    /// When it ends by itself; subscribing again before that has it go on. None when it does not end.
    pub ends: Option<Moment>,
}
