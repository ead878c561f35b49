//! An import under way: one transaction, what is known so far, and the report.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use maan_connectors::files::{
    Entry, Event, Format, Found, Happening, Invoice, Issuer, Party, Settled, Source, Survey, compact,
};
use maan_ledger::{
    AllocationId, Body, Country, Day, DebtorId, Fact, Instalment, ItemId, Known as KnownSince, Moment, Money,
    ReceiptId, Source as From,
};
use maan_store::{
    AdministrationBody, AdministrationFact, ConnectionState, DebtorRow, Ingest, Intake, TenantSettings,
    UnplacedPayment,
};
use uuid::Uuid;

use super::event::{self, About};
use super::known::{Item, Known};
use super::report::{FileReport, ImportReport, Mapped, add};
use super::{ImportError, ImportOptions, debtor, invoice, only_administration, read, words};
use crate::followup::Followup;

/// Debtors that are read at once at the beginning.
const MANY: usize = 256;
const MICROS_OF_A_DAY: i64 = 86_400_000_000;

/// Something that became known of a debtor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct New {
    pub(super) happened: Day,
    /// Nothing was known of the same thing before.
    pub(super) first: bool,
    pub(super) body: Body,
}

/// What became known, by debtor.
pub(super) type News = BTreeMap<DebtorId, Vec<New>>;
/// All facts of some debtors.
type Facts = HashMap<DebtorId, Vec<Fact>>;

/// The day on which a plan was agreed, the numbers of its invoices, and its instalments.
type AgreedPlan = (Day, BTreeSet<String>, Vec<Instalment>);

/// An import under way.
pub(super) struct Work<'a> {
    followup: &'a Followup,
    complete: bool,
    intake: Intake,
    pub(super) known: Known,
    /// Ids are derived within it.
    pub(super) scope: Uuid,
    settings: TenantSettings,
    pub(super) today: Day,
    pub(super) at: Moment,
    /// What is known of the administration.
    pub(super) there: Vec<AdministrationBody>,
    /// The platform that leads, where one is connected.
    platform: Option<String>,
    /// Debtors that this import made known.
    fresh: BTreeSet<DebtorId>,
    changed: BTreeSet<DebtorId>,
    /// Items that the files named, with their amounts.
    named: HashMap<ItemId, Option<Money>>,
    lists_items: bool,
    issuer: Option<Issuer>,
    /// Credit notes with the numbers of what they correct.
    corrections: Vec<(DebtorId, ItemId, String)>,
    plans: BTreeMap<(DebtorId, String), AgreedPlan>,
    pub(super) unplaced: BTreeMap<ReceiptId, UnplacedPayment>,
    /// Payments that are noted and not kept yet.
    pub(super) received: News,
    booked_through: Option<Day>,
    pub(super) administration: Vec<AdministrationBody>,
    pub(super) report: ImportReport,
}

impl<'a> Work<'a> {
    pub(super) async fn begin(
        followup: &'a Followup,
        facts: &[AdministrationFact],
        options: &ImportOptions,
    ) -> Result<Self, ImportError> {
        let settings = followup.tenant.settings().await?;
        let connections = followup.tenant.connections().await?;
        let connected = connections
            .into_iter()
            .find(|one| one.state != ConnectionState::Revoked);
        // from here on nobody else writes, and what is read below stays so
        let intake = followup.tenant.begin_intake().await?;
        let at = followup.moment();
        let mut work = Self {
            followup,
            complete: options.complete,
            intake,
            known: Known::new(settings.currency),
            scope: Uuid::new_v5(&followup.tenant.id().0, b"files"),
            today: Day::at(at, settings.tz()?),
            settings,
            at,
            there: facts.iter().map(|fact| fact.body.clone()).collect(),
            platform: connected.map(|one| one.platform),
            fresh: BTreeSet::new(),
            changed: BTreeSet::new(),
            named: HashMap::new(),
            lists_items: false,
            issuer: None,
            corrections: Vec::new(),
            plans: BTreeMap::new(),
            unplaced: BTreeMap::new(),
            received: News::new(),
            booked_through: None,
            administration: Vec::new(),
            report: ImportReport::default(),
        };
        work.remember(facts);
        for ids in followup.tenant.debtor_ids().await?.chunks(MANY) {
            followup.check_interrupted()?;
            for (debtor, facts) in work.intake.facts_of(ids).await? {
                work.known.refresh(debtor, &facts);
            }
        }
        Ok(work)
    }

    fn remember(&mut self, facts: &[AdministrationFact]) {
        for fact in facts {
            match &fact.body {
                AdministrationBody::BankBooked { through } => self.booked_through = Some(*through),
                AdministrationBody::PaymentUnplaced { payment } => {
                    self.unplaced.insert(payment.id, payment.clone());
                }
                AdministrationBody::PaymentPlaced { id } => {
                    self.unplaced.remove(id);
                }
                _ => {}
            }
        }
    }

    /// Takes in a file.
    pub(super) async fn file(
        &mut self,
        source: &Source,
        survey: &Survey,
        progress: &impl Fn(&str, u64, u64),
    ) -> Result<(), ImportError> {
        let of_file = |why| ImportError::File {
            name: source.name.clone(),
            why,
        };
        let mut report = FileReport {
            name: source.name.clone(),
            format: words::format(survey.format).into(),
            ..FileReport::default()
        };
        if let Some(table) = &survey.table {
            report.format = table.words();
            report.mapped = Some(Mapped::of(table));
        }
        if survey.format == Format::Export {
            let mut reading = read::exported(source);
            while let Some(part) = reading.next().await.map_err(of_file)? {
                self.followup.check_interrupted()?;
                self.exported(part, &mut report).await?;
                progress(&source.name, reading.bytes.get(), source.size());
            }
        } else {
            let mut reading = read::entries(source, survey, self.settings.currency);
            while let Some(part) = reading.next().await.map_err(of_file)? {
                self.followup.check_interrupted()?;
                self.part(part, survey.format, &mut report).await?;
                progress(&source.name, reading.bytes.get(), source.size());
            }
            self.after_file(&mut report).await?;
        }
        self.report.files.push(report);
        Ok(())
    }

    /// Takes in a part: debtors and invoices first, since events and payments name them.
    async fn part(
        &mut self,
        part: Vec<Found>,
        format: Format,
        report: &mut FileReport,
    ) -> Result<(), ImportError> {
        let mut items = Vec::new();
        let mut events = Vec::new();
        let mut payments = Vec::new();
        for found in part {
            let led = self.platform.is_some();
            match found.entry {
                Entry::Skipped(why) => report.skip(found.line, why),
                Entry::Warning(why) => report.warnings.push(why),
                Entry::Event(event) => events.push((found.line, event)),
                _ if led => report.count("left to the platform"),
                Entry::Bank(entry) => payments.push(self.payment(entry)),
                Entry::BankThrough(day) => {
                    self.booked(day);
                    report.count("days through which the bank is booked");
                }
                entry => items.push((found.line, entry)),
            }
        }
        if !items.is_empty() {
            self.lists_items |= matches!(format, Format::Csv | Format::Excel | Format::Xaf);
            self.items(items, report).await?;
        }
        if !events.is_empty() {
            self.events(events, report).await?;
        }
        for payment in payments {
            self.pay(payment, report);
        }
        self.flush_payments().await
    }

    async fn items(
        &mut self,
        entries: Vec<(u64, Entry)>,
        report: &mut FileReport,
    ) -> Result<(), ImportError> {
        let mut whose = Vec::new();
        for (line, entry) in entries {
            let party = match &entry {
                Entry::Debtor(party) => party,
                Entry::Invoice(invoice) => &invoice.party,
                Entry::Settled(settled) => &settled.party,
                _ => continue,
            };
            match self.whose(party) {
                Ok((debtor, key)) => whose.push((line, debtor, key, entry)),
                Err(why) => report.skip(line, why),
            }
        }
        let mut facts = self.facts_of(whose.iter().map(|(_, debtor, ..)| *debtor)).await?;
        let mut news = News::new();
        for (line, debtor, key, entry) in whose {
            let of = facts.entry(debtor).or_default();
            let new = match entry {
                Entry::Debtor(party) => {
                    report.count("debtors");
                    self.debtor(&party, &key, of)
                }
                Entry::Invoice(invoice) => match self.invoice(debtor, &key, &invoice, of, report) {
                    Ok(new) => new,
                    Err(why) => {
                        report.skip(line, why);
                        continue;
                    }
                },
                Entry::Settled(settled) => self.settled(debtor, &settled, of, report),
                _ => continue,
            };
            if new.is_empty() {
                report.known += 1;
            }
            // later lines of the same debtor see what earlier ones added
            of.extend(new.iter().map(|new| self.stamped(debtor, new)));
            news.entry(debtor).or_default().extend(new);
        }
        self.keep(news, facts).await
    }

    /// The debtor that a file means, and by which name a new one is known from now on.
    fn whose(&mut self, party: &Party) -> Result<(DebtorId, String), String> {
        let key = [&party.number, &party.vat_number, &party.registration, &party.name]
            .into_iter()
            .find(|name| !name.is_empty())
            .ok_or("it names no customer")?
            .clone();
        if let Some(debtor) = self.known.debtor(party) {
            return Ok((debtor, key));
        }
        if party.number.is_empty() && self.known.is_shared(&party.name) {
            return Err(format!(
                "several customers are called {}; give a customer number",
                party.name
            ));
        }
        let debtor = DebtorId::derived(self.scope, &format!("debtor/{key}"));
        self.fresh.insert(debtor);
        self.known.name(debtor, party);
        Ok((debtor, key))
    }

    fn debtor(&mut self, party: &Party, key: &str, facts: &[Fact]) -> Vec<New> {
        let home = Country::from_code(&self.settings.country);
        debtor::news(party, key, home, facts, self.today)
    }

    fn invoice(
        &mut self,
        debtor: DebtorId,
        key: &str,
        invoice: &Invoice,
        facts: &[Fact],
        report: &mut FileReport,
    ) -> Result<Vec<New>, String> {
        self.issued_here(&invoice.issuer)
            .map_err(|why| format!("{}: {why}", invoice.number))?;
        let credit_note = invoice.kind == maan_ledger::ItemKind::CreditNote;
        let item = self.item(debtor, &invoice.number, credit_note);
        if let Some(before) = self.named.insert(item, invoice.amount)
            && before != invoice.amount
        {
            self.named.insert(item, before);
            return Err(format!(
                "{}: it stands in the files more than once with different amounts; the first counts",
                invoice.number
            ));
        }
        let mut new = self.debtor(&invoice.party, key, facts);
        new.extend(invoice::news(invoice, item, self.scope, facts, self.today));
        for account in &invoice.party.accounts {
            self.known.pays_from(debtor, account);
        }
        if !invoice.corrects.is_empty() {
            self.corrections.push((debtor, item, invoice.corrects.clone()));
        }
        report.count(if credit_note { "credit notes" } else { "invoices" });
        if let Some(amount) = invoice.amount.or(invoice.open) {
            report.sum(if credit_note { "credit notes" } else { "invoices" }, amount);
            let name = self.known.name_of(debtor).to_owned();
            report.first(|| format!("{} of {name}, {amount}, of {}", invoice.number, invoice.issued));
        }
        if let Some(open) = invoice.open {
            report.sum("open", open);
        }
        Ok(new)
    }

    /// An invoice that another business issued is one to be paid, not to be followed up.
    fn issued_here(&mut self, issuer: &Issuer) -> Result<(), String> {
        if issuer.vat_number.is_empty() {
            return Ok(());
        }
        let own = self.settings.vat_number.as_deref();
        let first = self.issuer.get_or_insert_with(|| issuer.clone());
        let expected = own.unwrap_or(&first.vat_number);
        if compact(expected) == compact(&issuer.vat_number) {
            return Ok(());
        }
        Err(format!(
            "it was issued by {} ({}), not by this administration ({expected}); if that is wrong, change it with \
             `maan settings vat_number=`",
            issuer.name, issuer.vat_number
        ))
    }

    fn item(&self, debtor: DebtorId, number: &str, credit_note: bool) -> ItemId {
        let known = self.known.numbered(number, Some(debtor));
        let known = known.into_iter().find(|item| item.credit_note == credit_note);
        let kind = if credit_note { "credit-note" } else { "item" };
        known.map_or_else(
            || ItemId::derived(self.scope, &format!("{kind}/{debtor}/{number}")),
            |item| item.id,
        )
    }

    fn settled(
        &mut self,
        debtor: DebtorId,
        settled: &Settled,
        facts: &[Fact],
        report: &mut FileReport,
    ) -> Vec<New> {
        report.count("payments in the books");
        report.sum("payments in the books", settled.amount);
        let note = self.item(debtor, &settled.number, true);
        let item = match self.named.contains_key(&note) {
            true => note,
            false => self.item(debtor, &settled.number, false),
        };
        invoice::settled(settled, item, self.scope, facts)
            .into_iter()
            .collect()
    }

    async fn events(
        &mut self,
        events: Vec<(u64, Event)>,
        report: &mut FileReport,
    ) -> Result<(), ImportError> {
        let mut about = Vec::new();
        for (line, event) in events {
            match self.about(&event) {
                Ok((debtor, items)) => about.push((line, debtor, items, event)),
                Err(why) => report.skip(line, why),
            }
        }
        let mut facts = self.facts_of(about.iter().map(|(_, debtor, ..)| *debtor)).await?;
        let mut news = News::new();
        for (line, debtor, items, event) in about {
            let of = facts.entry(debtor).or_default();
            match self.event(debtor, &items, &event, of, report) {
                Ok(Some(new)) => {
                    of.push(self.stamped(debtor, &new));
                    news.entry(debtor).or_default().push(new);
                }
                Ok(None) => {}
                Err(why) => report.skip(line, why),
            }
        }
        self.keep(news, facts).await
    }

    /// Of whom and of which items an event is. It never makes a debtor or an item known.
    fn about(&self, event: &Event) -> Result<(DebtorId, Vec<Item>), String> {
        let unknown = |number: &str| format!("there is no invoice {number} to which it could belong");
        let debtor = if event.party.name.is_empty() && event.party.number.is_empty() {
            let number = event
                .invoices
                .first()
                .ok_or("it names no customer and no invoice")?;
            match self.known.numbered(number, None).as_slice() {
                [item] => item.debtor,
                [] => return Err(unknown(number)),
                _ => {
                    return Err(format!(
                        "several customers have an invoice {number}; give a customer number"
                    ));
                }
            }
        } else {
            let found = self
                .known
                .debtor(&event.party)
                .or_else(|| self.known.named(&event.party.name));
            found
                .ok_or_else(|| format!("there is no customer {} {}", event.party.number, event.party.name))?
        };
        let items = event.invoices.iter().map(|number| {
            let found = self.known.numbered(number, Some(debtor));
            let claim = found.iter().find(|item| !item.credit_note);
            claim
                .or(found.first())
                .map(|item| (*item).clone())
                .ok_or_else(|| unknown(number))
        });
        Ok((debtor, items.collect::<Result<_, _>>()?))
    }

    fn event(
        &mut self,
        debtor: DebtorId,
        items: &[Item],
        event: &Event,
        facts: &[Fact],
        report: &mut FileReport,
    ) -> Result<Option<New>, String> {
        if event.on > self.today {
            return Err(format!(
                "{} is still to come, and only what was done can be taken in",
                event.on
            ));
        }
        if let Happening::Instalment { plan, due, amount } = &event.what {
            report.count("instalments");
            let parts =
                self.plans
                    .entry((debtor, plan.clone()))
                    .or_insert((event.on, BTreeSet::new(), Vec::new()));
            parts.0 = parts.0.min(event.on);
            parts.1.extend(event.invoices.iter().cloned());
            parts.2.push(Instalment {
                due: *due,
                amount: *amount,
            });
            return Ok(None);
        }
        let about = self.about_all(debtor, items);
        let Some(body) = event::fact(event, &about, facts)? else {
            return Ok(None);
        };
        match &event.what {
            Happening::Step { proof, costs, .. } => {
                report.count("steps");
                if !proof && costs.is_some() {
                    report.count("letters without proof, which found no costs");
                }
            }
            Happening::Promise { .. } => report.count("promises"),
            Happening::Dispute { .. } => report.count("disputes"),
            Happening::Pause { .. } => report.count("pauses"),
            Happening::Instalment { .. } => {}
        }
        let new = event::news(body, event.on, facts);
        if new.is_none() {
            report.known += 1;
        }
        Ok(new)
    }

    fn about_all<'b>(&self, debtor: DebtorId, items: &'b [Item]) -> About<'b> {
        let home = self.settings.currency;
        let open = self.known.open_of(debtor);
        let open = open.iter().filter(|item| item.open.currency == home);
        About {
            scope: self.scope,
            debtor,
            items,
            open: Money::new(open.map(|item| item.open.minor).sum(), home),
        }
    }

    /// What a file says only as a whole: plans, and which invoices its credit notes correct.
    async fn after_file(&mut self, report: &mut FileReport) -> Result<(), ImportError> {
        let plans = std::mem::take(&mut self.plans);
        let corrections = std::mem::take(&mut self.corrections);
        let planned = plans.keys().map(|(debtor, _)| *debtor);
        let corrected = corrections.iter().map(|(debtor, ..)| *debtor);
        let facts = self.facts_of(planned.chain(corrected)).await?;
        let mut news = News::new();
        for ((debtor, name), (on, numbers, instalments)) in plans {
            let items: Vec<Item> = match numbers.is_empty() {
                true => self.known.open_of(debtor).into_iter().cloned().collect(),
                false => numbers
                    .iter()
                    .flat_map(|number| self.known.numbered(number, Some(debtor)))
                    .cloned()
                    .collect(),
            };
            report.count("plans");
            let of = facts.get(&debtor).map(Vec::as_slice).unwrap_or_default();
            let body = event::plan(&self.about_all(debtor, &items), &name, instalments, of);
            news.entry(debtor).or_default().extend(event::news(body, on, of));
        }
        for (debtor, note, corrected) in corrections {
            news.entry(debtor)
                .or_default()
                .extend(self.credited(debtor, note, &corrected));
        }
        self.keep(news, facts).await
    }

    /// A credit note is used for the invoice that it names, as far as both are open.
    fn credited(&self, debtor: DebtorId, note: ItemId, corrected: &str) -> Option<New> {
        let note = self.known.get(note)?;
        let named = self.known.numbered(corrected, Some(debtor));
        let item = named.into_iter().find(|item| !item.credit_note)?;
        let amount = item.open.minor.min(-note.open.minor);
        if amount <= 0 || item.open.currency != note.open.currency {
            return None;
        }
        let id = AllocationId::derived(self.scope, &format!("credit/{}/{}", note.id, item.id));
        let amount = Money::new(amount, item.open.currency);
        Some(invoice::allocated(
            id,
            item.id,
            From::CreditNote(note.id),
            amount,
            self.today,
        ))
    }

    pub(super) fn booked(&mut self, through: Day) {
        let through = through.min(self.today);
        if self.booked_through.is_none_or(|before| before < through) {
            self.booked_through = Some(through);
            self.administration
                .retain(|body| !matches!(body, AdministrationBody::BankBooked { .. }));
            self.administration
                .push(AdministrationBody::BankBooked { through });
        }
    }

    /// Keeps facts of the administration at the end.
    pub(super) fn administration(&mut self, bodies: Vec<AdministrationBody>) {
        self.administration.extend(bodies);
    }

    pub(super) async fn facts_of(
        &mut self,
        debtors: impl Iterator<Item = DebtorId>,
    ) -> Result<Facts, ImportError> {
        let debtors: BTreeSet<DebtorId> = debtors.collect();
        let debtors: Vec<DebtorId> = debtors.into_iter().collect();
        Ok(self.intake.facts_of(&debtors).await?.into_iter().collect())
    }

    /// The fact with its two times. What a file tells of a debtor who was not known before is history; of all others
    /// it is known from now on, so that no decision of before knew it.
    fn stamped(&self, debtor: DebtorId, new: &New) -> Fact {
        let since = Moment((i64::from(new.happened.0) + 1).saturating_mul(MICROS_OF_A_DAY));
        let known = match new.first && self.fresh.contains(&debtor) && since < self.at {
            true => KnownSince::Assumed(since),
            false => KnownSince::At(self.at),
        };
        Fact {
            happened: new.happened,
            known,
            body: new.body.clone(),
        }
    }

    /// Keeps what became known. `facts` are those of before, with or without the news.
    pub(super) async fn keep(&mut self, news: News, facts: Facts) -> Result<(), ImportError> {
        let mut debtors = Vec::new();
        for (debtor, new) in news.into_iter().filter(|(_, new)| !new.is_empty()) {
            let stamped: Vec<Fact> = new.iter().map(|new| self.stamped(debtor, new)).collect();
            debtors.push((debtor, stamped));
        }
        self.keep_facts(debtors, facts).await
    }

    /// Keeps facts, and looks at their debtors again.
    pub(super) async fn keep_facts(
        &mut self,
        debtors: Vec<(DebtorId, Vec<Fact>)>,
        mut facts: Facts,
    ) -> Result<(), ImportError> {
        if debtors.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::new();
        for (debtor, new) in debtors {
            let all = facts.entry(debtor).or_default();
            if !all.ends_with(&new) {
                all.extend(new.iter().cloned());
            }
            let row = debtor::described(all).map(|described| DebtorRow {
                reference: described.reference.clone(),
                number: described.number.clone(),
                name: described.name.clone(),
            });
            let row = row.unwrap_or_else(|| DebtorRow {
                reference: debtor.to_string(),
                number: String::new(),
                name: String::new(),
            });
            self.known.refresh(debtor, all);
            rows.push((debtor, row, new));
        }
        let ingest = Ingest {
            debtors: rows,
            ..Ingest::default()
        };
        let ingested = self.intake.add(ingest, self.at).await?;
        self.report.facts += ingested.facts;
        self.fresh.extend(&ingested.new);
        self.changed.extend(ingested.new);
        self.changed.extend(ingested.changed);
        Ok(())
    }

    /// Items of earlier files that these lists do not name; they are open no more when the lists are complete.
    async fn unnamed(&mut self) -> Result<(), ImportError> {
        if !self.lists_items {
            return Ok(());
        }
        let named: HashSet<ItemId> = self.named.keys().copied().collect();
        let missing: Vec<Item> = self
            .known
            .open()
            .filter(|item| !named.contains(&item.id))
            .cloned()
            .collect();
        let mut news = News::new();
        for item in missing {
            self.report.not_named += 1;
            add(&mut self.report.not_named_open, item.open);
            let id = AllocationId::derived(
                self.scope,
                &format!("unnamed/{}/{}/{}", item.id, item.open, self.today),
            );
            let new = invoice::allocated(id, item.id, From::Direct, item.open, self.today);
            news.entry(item.debtor).or_default().push(new);
        }
        if self.complete {
            let facts = self.facts_of(news.keys().copied()).await?;
            self.keep(news, facts).await?;
        }
        Ok(())
    }

    /// Keeps the rest and ends the transaction: all of it, or nothing of a trial.
    pub(super) async fn finish(mut self, dry_run: bool) -> Result<ImportReport, ImportError> {
        self.unnamed().await?;
        let fact = |body| AdministrationFact {
            happened: self.today,
            known: KnownSince::At(self.at),
            body,
        };
        let facts: Vec<AdministrationFact> = std::mem::take(&mut self.administration)
            .into_iter()
            .map(fact)
            .collect();
        if !facts.is_empty() {
            self.intake.add(only_administration(facts), self.at).await?;
        }
        self.followup.check_interrupted()?;
        if !dry_run {
            self.intake.commit().await?;
        }
        self.report.dry_run = dry_run;
        self.report.new_debtors = self.fresh.intersection(&self.changed).count() as u64;
        self.report.changed_debtors = self.changed.difference(&self.fresh).count() as u64;
        Ok(self.report)
    }
}
