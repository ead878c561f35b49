//! Reading an administration: what is the same for all platforms.

use std::collections::{HashSet, VecDeque};

use maan_ledger::{Day, Moment};

use crate::http::CallError;
use crate::{
    Batch, Entity, KnownVersions, Listed, Look, Page, Platform, Progress, ReadError, ReadRecord, Way,
};

/// What to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Which entities.
    pub entities: Vec<Entity>,
    /// First day of the documents to read. A later day than before makes older documents vanish.
    pub since: Day,
    /// Removes what vanished even when it is most of what was known.
    pub allow_much_removal: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            entities: Entity::ALL.to_vec(),
            since: Day(10_957), // 2000-01-01
            allow_much_removal: false,
        }
    }
}

/// A reading in progress. Batches are kept in their order; a reading that was broken off is made up for by the next
/// one, which starts from what was kept.
#[derive(Debug)]
pub struct Reading<'a> {
    platform: &'a dyn Platform,
    known: KnownVersions,
    options: ReadOptions,
    entities: VecDeque<Entity>,
    current: Option<Pending>,
    ready: VecDeque<Batch>,
    skipped: Vec<(Entity, String)>,
}

/// What is left of the entity that is being read.
#[derive(Debug)]
struct Pending {
    entity: Entity,
    left: Left,
    history: bool,
    read: usize,
    total: usize,
}

#[derive(Debug)]
enum Left {
    /// These are to be fetched, then these are gone.
    Listed {
        chunks: VecDeque<Vec<String>>,
        vanished: Vec<String>,
    },
    /// Pages from the known cursor on. What a reading from the very beginning has not `seen` is gone.
    Pages {
        lists: bool,
        seen: Option<HashSet<String>>,
    },
}

impl<'a> Reading<'a> {
    /// Reads what changed since what is known.
    pub fn of(platform: &'a dyn Platform, known: KnownVersions, options: ReadOptions) -> Self {
        let entities = Entity::ALL
            .into_iter()
            .filter(|entity| options.entities.contains(entity) && platform.way(*entity).is_some())
            .collect();
        Self {
            platform,
            known,
            options,
            entities,
            current: None,
            ready: VecDeque::new(),
            skipped: Vec::new(),
        }
    }

    /// The next batch; none when everything is read. After an error it may be asked for again.
    pub async fn next(&mut self) -> Result<Option<Batch>, ReadError> {
        loop {
            if let Some(batch) = self.ready.pop_front() {
                self.known.apply(&batch);
                return Ok(Some(batch));
            }
            if let Some(pending) = self.current.take() {
                match self.step(&pending).await {
                    Ok(step) => self.advance(pending, step),
                    Err(ReadError::Call { entity, cause }) if pending.may_be_skipped(&cause) => {
                        self.skip(entity, &cause);
                    }
                    Err(error) => {
                        self.current = Some(pending);
                        return Err(error);
                    }
                }
            } else if let Some(entity) = self.entities.front().copied() {
                self.current = self.begun(entity).await?;
                self.entities.pop_front();
            } else {
                return Ok(None);
            }
        }
    }

    /// What is known now.
    pub fn known(&self) -> &KnownVersions {
        &self.known
    }

    /// Takes out what is known now.
    pub fn into_known(self) -> KnownVersions {
        self.known
    }

    /// Entities that the platform or the consent does not offer, and why: they were not read.
    pub fn skipped(&self) -> &[(Entity, String)] {
        &self.skipped
    }

    fn skip(&mut self, entity: Entity, why: &CallError) {
        tracing::debug!(entity = entity.word(), %why, "not read");
        self.skipped.push((entity, why.to_string()));
    }

    async fn begun(&mut self, entity: Entity) -> Result<Option<Pending>, ReadError> {
        let lists = match self.platform.way(entity) {
            None => return Ok(None),
            Some(Way::Changes) => false,
            Some(Way::ChangesAndList) => true,
            Some(Way::Versions { chunk }) => return self.listed(entity, chunk.max(1)).await,
        };
        let from_the_beginning = self.known.cursor(entity).is_none();
        Ok(Some(Pending {
            entity,
            left: Left::Pages {
                lists,
                seen: (from_the_beginning && !lists).then(HashSet::new),
            },
            history: !self.known.is_complete(entity),
            read: 0,
            total: 0,
        }))
    }

    /// Compares the platform's list with what is known.
    async fn listed(&mut self, entity: Entity, chunk: usize) -> Result<Option<Pending>, ReadError> {
        let history = !self.known.is_complete(entity);
        let look = self.look(entity, self.platform.clock().now());
        let listed = match self.platform.list(entity, look).await {
            Ok(listed) => listed,
            Err(error) if is_not_offered(entity, &error) => {
                self.skip(entity, &error);
                return Ok(None);
            }
            Err(cause) => return Err(ReadError::Call { entity, cause }),
        };
        let mut seen = HashSet::with_capacity(listed.len());
        let mut wanted = Vec::new();
        for Listed { reference, version } in listed {
            let known = self.known.get(entity, &reference);
            let same = known.is_some_and(|known| known.version == version && version != 0);
            if seen.insert(reference.clone()) && !same {
                wanted.push(reference);
            }
        }
        let vanished = self.unseen(entity, &seen)?;
        Ok(Some(Pending {
            entity,
            total: wanted.len(),
            left: Left::Listed {
                chunks: wanted.chunks(chunk).map(<[String]>::to_vec).collect(),
                vanished,
            },
            history,
            read: 0,
        }))
    }

    /// Known records that were not seen. When they are most of all, something else is wrong.
    fn unseen(&self, entity: Entity, seen: &HashSet<String>) -> Result<Vec<String>, ReadError> {
        let known = self.known.of(entity).map(|(reference, _)| reference);
        let mut vanished: Vec<String> = known
            .filter(|reference| !seen.contains(*reference))
            .map(str::to_owned)
            .collect();
        vanished.sort();
        let known = self.known.of(entity).count();
        let much = vanished.len() >= 20 && vanished.len() * 2 > known;
        // open money on the bank is used up all the time
        if much && entity != Entity::BankTransaction && !self.options.allow_much_removal {
            return Err(ReadError::MuchVanished {
                entity,
                vanished: vanished.len(),
                known,
            });
        }
        Ok(vanished)
    }

    /// One call's worth of records, with the last of an entity those that vanished.
    async fn step(&self, pending: &Pending) -> Result<Step, ReadError> {
        let (entity, at) = (pending.entity, self.platform.clock().now());
        let fail = |cause| ReadError::Call { entity, cause };
        let look = Look {
            history: pending.history,
            ..self.look(entity, at)
        };
        let (page, vanished) = match &pending.left {
            Left::Listed { chunks, vanished } => {
                let records = match chunks.front() {
                    Some(chunk) => self.platform.fetch(entity, chunk, look).await.map_err(fail)?,
                    None => Vec::new(),
                };
                let more = chunks.len() > 1;
                let page = Page {
                    records,
                    more,
                    ..Page::default()
                };
                (page, if more { Vec::new() } else { vanished.clone() })
            }
            Left::Pages { lists, seen } => {
                let cursor = self.known.cursor(entity);
                let page = self.platform.page(entity, cursor, look).await.map_err(fail)?;
                if page.more && (page.cursor.is_none() || page.cursor.as_deref() == cursor) {
                    return Err(fail(CallError::NotUnderstood {
                        call: format!("the pages of {}s", entity.word()),
                        detail: "after a page comes the same page".to_owned(),
                    }));
                }
                let vanished = match seen {
                    _ if page.more => Vec::new(),
                    _ if *lists => {
                        let listed = self.platform.list(entity, look).await.map_err(fail)?;
                        self.unseen(entity, &listed.into_iter().map(|line| line.reference).collect())?
                    }
                    Some(seen) => {
                        let last = page.records.iter().map(|record| record.reference.clone());
                        self.unseen(entity, &seen.iter().cloned().chain(last).collect())?
                    }
                    None => Vec::new(),
                };
                (page, vanished)
            }
        };
        Ok(Step { at, page, vanished })
    }

    /// Makes batches of what was read. Nothing to tell gives none.
    fn advance(&mut self, mut pending: Pending, step: Step) {
        let Step { at, page, vanished } = step;
        let (entity, complete) = (pending.entity, !page.more);
        pending.count(&page);
        let (own, foreign): (Vec<_>, Vec<_>) = page.gone.into_iter().partition(|(of, _)| *of == entity);
        let gone: HashSet<String> = own
            .into_iter()
            .map(|(_, reference)| reference)
            .chain(vanished)
            .collect();
        let records = self.placed(entity, page.records, gone);
        let progress = Progress {
            read: pending.read,
            total: pending.total,
            complete,
        };
        for other in Entity::ALL {
            let gone = foreign.iter().filter(|(of, _)| *of == other);
            let gone = self.placed(
                other,
                Vec::new(),
                gone.map(|(_, reference)| reference.clone()).collect(),
            );
            if !gone.is_empty() {
                let open = Progress {
                    complete: false,
                    ..progress
                };
                self.ready.push_back(self.batch(other, at, gone, None, open));
            }
        }
        if !(records.is_empty() && complete && !pending.history && page.cursor.is_none()) {
            self.ready
                .push_back(self.batch(entity, at, records, page.cursor, progress));
        }
        self.current = (!complete).then_some(pending);
    }

    /// Each record once, as it came last, then those that are gone. One that moved to another debtor is removed from
    /// the first.
    fn placed(&self, entity: Entity, records: Vec<ReadRecord>, mut gone: HashSet<String>) -> Vec<ReadRecord> {
        let mut seen = HashSet::new();
        let mut last: Vec<ReadRecord> = records.into_iter().rev().collect();
        last.retain(|record| seen.insert(record.reference.clone()));
        let (left, mut stay): (Vec<_>, Vec<_>) = last.into_iter().partition(|record| record.deleted);
        stay.reverse();
        gone.extend(left.into_iter().map(|record| record.reference));
        gone.retain(|reference| !stay.iter().any(|record| record.reference == *reference));
        // all that is known is searched, which is only done where it matters
        let described = if gone.is_empty() {
            HashSet::new()
        } else {
            self.described(entity, &stay, &gone)
        };
        stay.retain(|record| !self.is_known(entity, record));
        let mut placed = Vec::with_capacity(stay.len() + gone.len());
        for record in stay {
            let before = self
                .known
                .get(entity, &record.reference)
                .and_then(|known| known.debtor);
            if before.is_some() && before != record.debtor {
                placed.extend(self.gone(entity, &record.reference, &HashSet::new()));
            }
            placed.push(record);
        }
        let mut gone: Vec<String> = gone.into_iter().collect();
        gone.sort();
        placed.extend(
            gone.iter()
                .filter_map(|reference| self.gone(entity, reference, &described)),
        );
        placed
    }

    /// The items that are still described once some records are gone: an item goes with the last of its records.
    fn described(&self, entity: Entity, stay: &[ReadRecord], gone: &HashSet<String>) -> HashSet<String> {
        let known = self
            .known
            .of(entity)
            .filter(|(reference, _)| entity.is_item() && !gone.contains(*reference))
            .filter_map(|(_, known)| known.alias.as_deref());
        let read = stay.iter().filter_map(|record| record.alias.as_deref());
        known.chain(read).map(str::to_owned).collect()
    }

    /// Whether a record came in this very version before.
    fn is_known(&self, entity: Entity, record: &ReadRecord) -> bool {
        let known = self.known.get(entity, &record.reference);
        known.is_some_and(|known| record.version != 0 && *known == record.known())
    }

    /// A known record as one that is gone.
    fn gone(&self, entity: Entity, reference: &str, described: &HashSet<String>) -> Option<ReadRecord> {
        let known = self.known.get(entity, reference)?;
        let item = known
            .alias
            .as_deref()
            .filter(|_| entity.is_item())
            .unwrap_or(reference);
        Some(ReadRecord {
            reference: reference.to_owned(),
            debtor: known.debtor,
            deleted: true,
            ends: (!described.contains(item)).then(|| item.to_owned()),
            ..ReadRecord::default()
        })
    }

    fn batch(
        &self,
        entity: Entity,
        at: Moment,
        records: Vec<ReadRecord>,
        cursor: Option<String>,
        progress: Progress,
    ) -> Batch {
        Batch {
            entity,
            ids: self.platform.ids(),
            at,
            today: Day::at(at, self.platform.administration().time_zone),
            records,
            cursor,
            progress,
        }
    }

    fn look(&self, entity: Entity, at: Moment) -> Look<'_> {
        Look {
            history: !self.known.is_complete(entity),
            at,
            since: self.options.since,
            known: &self.known,
        }
    }
}

struct Step {
    at: Moment,
    page: Page,
    vanished: Vec<String>,
}

impl Pending {
    fn count(&mut self, page: &Page) {
        self.read += match &mut self.left {
            Left::Listed { chunks, .. } => chunks.pop_front().map_or(0, |chunk| chunk.len()),
            Left::Pages { seen, .. } => {
                if let Some(seen) = seen {
                    seen.extend(page.records.iter().map(|record| record.reference.clone()));
                }
                page.records.len()
            }
        };
        self.total = page
            .left
            .map_or(self.total, |left| self.read + left)
            .max(self.read);
    }

    /// Without some entities there is still something to follow up.
    fn may_be_skipped(&self, cause: &CallError) -> bool {
        matches!(self.left, Left::Pages { .. }) && self.read == 0 && is_not_offered(self.entity, cause)
    }
}

/// The platform or the consent leaves out what can be done without.
fn is_not_offered(entity: Entity, cause: &CallError) -> bool {
    matches!(cause, CallError::Forbidden { .. } | CallError::NotFound { .. })
        && !matches!(
            entity,
            Entity::Contact | Entity::Invoice | Entity::CreditNote | Entity::Payment
        )
}
