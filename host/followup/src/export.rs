//! Giving everything back: facts as lines of JSON that an import reads again, tables for other programs, and what was
//! decided and done in words.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use maan_connectors::files::{EXPORTED_FACTS, Export, Field, is_formula};
use maan_ledger::{
    Body, Channel, Day, DebtorDescription, DebtorId, Fact, Item, ItemId, Level, Money, Snapshot,
};
use maan_store::{ActionFilter, Debtor};
use serde::Serialize;

use crate::RunError;
use crate::explain::Said;
use crate::followup::Followup;
use crate::policies::Policies;

/// Debtors that are read at once.
const MANY: usize = 256;

/// What was given back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExportReport {
    /// Debtors.
    pub debtors: u64,
    /// Facts.
    pub facts: u64,
    /// Items.
    pub items: u64,
    /// Debtors whose latest decision is told in words.
    pub decisions: u64,
    /// Actions with their history.
    pub actions: u64,
    /// Files that were written.
    pub files: Vec<&'static str>,
}

/// An action with its history.
#[derive(Serialize)]
struct ToldAction {
    action: maan_ledger::ActionId,
    debtor: maan_ledger::DebtorId,
    title: String,
    kind: String,
    level: Level,
    channel: Channel,
    state: maan_store::ActionState,
    amount: Money,
    items: Vec<ItemId>,
    history: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    at: maan_ledger::Moment,
    who: String,
    to: maan_store::ActionState,
    note: String,
}

/// The latest decision about a debtor, and what the policies say now, in words.
#[derive(Serialize)]
struct DecisionTold {
    debtor: DebtorId,
    decided_on: Day,
    decision: String,
    held: Option<String>,
    #[serde(flatten)]
    said: Said,
}

impl Followup {
    /// Writes everything of the administration into an empty folder: `facts.jsonl`, which an import reads again;
    /// `customers.csv`, `invoices.csv` and `events.csv`, which an import and every spreadsheet read; `settings.json`;
    /// `decisions.jsonl` and `actions.jsonl` in words. `policies` is none where none is in use. `progress` is told
    /// debtors written and to write.
    ///
    /// # Errors
    /// The folder cannot be written, the database, or a person stopped it.
    pub async fn export(
        &self,
        folder: &Path,
        name: &str,
        policies: Option<&Policies>,
        progress: impl Fn(u64, u64),
    ) -> Result<ExportReport, RunError> {
        let settings = self.tenant.settings().await?;
        let mut out = Out::begin(folder)?;
        let settings_json =
            serde_json::to_value(&settings).map_err(|error| unwritten("the settings", error))?;
        out.facts.line(&Export::Head {
            version: 1,
            administration: name.to_owned(),
            settings: settings_json.clone(),
        })?;
        for fact in self.tenant.administration_facts().await? {
            let administration_fact =
                serde_json::to_value(fact).map_err(|error| unwritten("a fact", error))?;
            out.facts.line(&Export::Administration { administration_fact })?;
        }
        let settings_text =
            serde_json::to_string_pretty(&settings_json).map_err(|error| unwritten("the settings", error))?;
        std::fs::write(folder.join("settings.json"), settings_text)
            .map_err(|error| unwritten("the settings", error))?;
        let mut report = ExportReport::default();
        let ids = self.tenant.debtor_ids().await?;
        for many in ids.chunks(MANY) {
            self.check_interrupted()?;
            for (id, facts) in self.tenant.facts_of(many).await? {
                report.debtors += 1;
                report.facts += facts.len() as u64;
                for fact in &facts {
                    out.facts.line(&Export::Fact {
                        debtor: id,
                        fact: fact.clone(),
                    })?;
                }
                let snapshot = self.snapshot(&facts, &settings)?;
                report.items += out.tables(&snapshot, &facts)?;
                let latest = self.tenant.decisions(id, 1).await?.into_iter().next();
                if let (Some(policies), Some(latest)) = (policies, latest) {
                    report.decisions += 1;
                    out.decisions.line(&DecisionTold {
                        debtor: id,
                        decided_on: latest.batch.as_of,
                        decision: latest.id.to_string(),
                        held: latest.held,
                        said: self.said(id, policies).await?,
                    })?;
                }
                if let Some(debtor) = self.tenant.debtor(id).await? {
                    report.actions += self.told_actions(&debtor, &mut out).await?;
                }
            }
            progress(report.debtors, ids.len() as u64);
        }
        report.files = out.end()?;
        Ok(report)
    }

    async fn told_actions(&self, debtor: &Debtor, out: &mut Out) -> Result<u64, RunError> {
        let filter = ActionFilter {
            debtor: Some(debtor.id),
            limit: u32::MAX,
            ..ActionFilter::default()
        };
        let actions = self.tenant.actions(filter).await?;
        let count = actions.len() as u64;
        for action in actions {
            let history = self.tenant.history(action.id).await?;
            out.actions.line(&ToldAction {
                action: action.id,
                debtor: action.debtor,
                title: action.title,
                kind: action.kind,
                level: action.level,
                channel: action.channel,
                state: action.state,
                amount: action.amount,
                items: action.items.into_iter().map(|(item, _)| item).collect(),
                history: history
                    .into_iter()
                    .map(|step| Told {
                        at: step.at,
                        who: step.who,
                        to: step.to,
                        note: step.note,
                    })
                    .collect(),
            })?;
        }
        Ok(count)
    }
}

fn unwritten(what: &'static str, error: impl std::fmt::Display) -> RunError {
    RunError::Unwritten {
        what,
        why: error.to_string(),
    }
}

/// A file that is written line by line.
struct Lines(BufWriter<File>);

impl Lines {
    fn begin(folder: &Path, name: &str) -> Result<Self, RunError> {
        let file =
            File::create_new(folder.join(name)).map_err(|error| unwritten("a file of the export", error))?;
        Ok(Self(BufWriter::new(file)))
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), RunError> {
        serde_json::to_writer(&mut self.0, value)
            .map_err(|error| unwritten("a line of the export", error))?;
        self.0
            .write_all(b"\n")
            .map_err(|error| unwritten("a line of the export", error))
    }

    fn end(mut self) -> Result<(), RunError> {
        self.0
            .flush()
            .map_err(|error| unwritten("a file of the export", error))
    }
}

/// A table with the fields' own words as headers.
struct Sheet {
    rows: csv::Writer<File>,
    fields: &'static [Field],
}

impl Sheet {
    fn begin(folder: &Path, name: &str, fields: &'static [Field]) -> Result<Self, RunError> {
        let file =
            File::create_new(folder.join(name)).map_err(|error| unwritten("a table of the export", error))?;
        let mut rows = csv::Writer::from_writer(file);
        let headers = fields.iter().map(|field| field.word());
        rows.write_record(headers)
            .map_err(|error| unwritten("a table of the export", error))?;
        Ok(Self { rows, fields })
    }

    fn row(&mut self, cells: &[(Field, String)]) -> Result<(), RunError> {
        let of = |field: &Field| {
            let cell = cells.iter().find(|(other, _)| other == field);
            cell.map_or("", |(_, text)| text.as_str())
        };
        // text from outside is no formula
        let safe = |text| match is_formula(text) {
            true => Cow::Owned(format!("'{text}")),
            false => Cow::Borrowed(text),
        };
        let record: Vec<Cow<'_, str>> = self.fields.iter().map(|field| safe(of(field))).collect();
        self.rows
            .write_record(record.iter().map(|cell| cell.as_bytes()))
            .map_err(|error| unwritten("a table of the export", error))
    }
}

const CUSTOMERS: &[Field] = &[
    Field::DebtorNumber,
    Field::DebtorName,
    Field::DebtorKind,
    Field::Country,
    Field::Language,
    Field::Email,
    Field::Phone,
    Field::Street,
    Field::VatNumber,
    Field::Registration,
    Field::CreditLimit,
    Field::Currency,
    Field::TermDays,
];

const INVOICES: &[Field] = &[
    Field::DebtorNumber,
    Field::DebtorName,
    Field::InvoiceNumber,
    Field::InvoiceDate,
    Field::DueDate,
    Field::Currency,
    Field::Amount,
    Field::OpenAmount,
    Field::PaymentReference,
    Field::OrderReference,
];

const EVENTS: &[Field] = &[
    Field::DebtorNumber,
    Field::DebtorName,
    Field::InvoiceNumber,
    Field::Event,
    Field::EventDate,
    Field::Channel,
    Field::Proof,
    Field::Until,
    Field::Currency,
    Field::EventAmount,
    Field::Plan,
    Field::Text,
];

/// The files of an export.
struct Out {
    facts: Lines,
    decisions: Lines,
    actions: Lines,
    customers: Sheet,
    invoices: Sheet,
    events: Sheet,
}

impl Out {
    fn begin(folder: &Path) -> Result<Self, RunError> {
        std::fs::create_dir_all(folder).map_err(|error| unwritten("the folder of the export", error))?;
        Ok(Self {
            facts: Lines::begin(folder, EXPORTED_FACTS)?,
            decisions: Lines::begin(folder, "decisions.jsonl")?,
            actions: Lines::begin(folder, "actions.jsonl")?,
            customers: Sheet::begin(folder, "customers.csv", CUSTOMERS)?,
            invoices: Sheet::begin(folder, "invoices.csv", INVOICES)?,
            events: Sheet::begin(folder, "events.csv", EVENTS)?,
        })
    }

    fn end(self) -> Result<Vec<&'static str>, RunError> {
        for lines in [self.facts, self.decisions, self.actions] {
            lines.end()?;
        }
        for mut sheet in [self.customers, self.invoices, self.events] {
            sheet
                .rows
                .flush()
                .map_err(|error| unwritten("a table of the export", error))?;
        }
        Ok(vec![
            EXPORTED_FACTS,
            "settings.json",
            "decisions.jsonl",
            "actions.jsonl",
            "customers.csv",
            "invoices.csv",
            "events.csv",
        ])
    }

    /// Writes a debtor into the tables; gives the number of items.
    fn tables(&mut self, snapshot: &Snapshot<'_>, facts: &[Fact]) -> Result<u64, RunError> {
        let Some(debtor) = snapshot.debtor else {
            return Ok(0);
        };
        let whom = [
            (Field::DebtorNumber, number(debtor)),
            (Field::DebtorName, debtor.name.clone()),
        ];
        self.customers.row(&customer(debtor, snapshot, &whom))?;
        for item in &snapshot.items {
            self.invoices.row(&invoice(item, &whom))?;
        }
        for fact in standing(facts) {
            for row in events(fact, snapshot, &whom) {
                self.events.row(&row)?;
            }
        }
        Ok(snapshot.items.len() as u64)
    }
}

/// Steps and agreements as they were recorded last, without those that ended.
fn standing(facts: &[Fact]) -> Vec<&Fact> {
    let mut seen = HashSet::new();
    let mut standing = Vec::new();
    for fact in facts.iter().rev() {
        let id = match &fact.body {
            Body::StepDone(step) => step.action.0,
            Body::Promised(promise) => promise.agreement.0,
            Body::PlanAgreed(plan) => plan.agreement.0,
            Body::Disputed(dispute) => dispute.agreement.0,
            Body::Paused(pause) => pause.agreement.0,
            Body::AgreementEnded(end) => {
                seen.insert(end.agreement.0);
                continue;
            }
            _ => continue,
        };
        if seen.insert(id) {
            standing.push(fact);
        }
    }
    standing.reverse();
    standing
}

/// The number under which a table names the debtor: the platform's id where people have none.
fn number(debtor: &DebtorDescription) -> String {
    match debtor.number.as_str() {
        "" => debtor.reference.clone(),
        number => number.to_owned(),
    }
}

/// A word as the ledger writes it.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn amount(money: Money) -> String {
    money.decimal().to_string()
}

type Row = Vec<(Field, String)>;

fn customer(debtor: &DebtorDescription, snapshot: &Snapshot<'_>, whom: &[(Field, String)]) -> Row {
    let reach = |channel| {
        let mut reaches = debtor.reach.iter();
        let found = reaches.find(|reach| reach.channel == channel);
        found.map_or(String::new(), |reach| reach.address.replace('\n', ", "))
    };
    let mut row = whom.to_vec();
    row.extend([
        (Field::DebtorKind, word(&debtor.kind)),
        (
            Field::Country,
            if debtor.country.is_known() {
                debtor.country.to_string()
            } else {
                String::new()
            },
        ),
        (Field::Language, debtor.language.clone()),
        (Field::Email, reach(Channel::Email)),
        (Field::Phone, reach(Channel::Phone)),
        (Field::Street, reach(Channel::Letter)),
        (Field::VatNumber, debtor.vat_number.clone()),
        (Field::Registration, debtor.registration.clone()),
    ]);
    if let Some(limit) = snapshot.account.limit {
        row.push((Field::CreditLimit, amount(limit)));
        row.push((Field::Currency, limit.currency.to_string()));
    }
    if let Some(days) = snapshot.agreement.and_then(|agreement| agreement.term_days) {
        row.push((Field::TermDays, days.to_string()));
    }
    row
}

fn invoice(item: &Item<'_>, whom: &[(Field, String)]) -> Row {
    let described = item.described;
    let mut row = whom.to_vec();
    row.extend([
        (Field::InvoiceNumber, described.number.clone()),
        (Field::InvoiceDate, described.issued.to_string()),
        (Field::DueDate, described.due.to_string()),
        (Field::Currency, described.amount.currency.to_string()),
        (Field::Amount, amount(described.amount)),
        (Field::OpenAmount, amount(item.open)),
        (Field::PaymentReference, described.reference.clone()),
        (Field::OrderReference, described.order_reference.clone()),
    ]);
    row
}

/// What was done and agreed, a row for each invoice and instalment.
fn events(fact: &Fact, snapshot: &Snapshot<'_>, whom: &[(Field, String)]) -> Vec<Row> {
    let on = |items: &[ItemId], event: &str, day: Day, rest: Row| -> Vec<Row> {
        let numbers = items
            .iter()
            .filter_map(|id| snapshot.item(*id))
            .map(|item| item.described.number.clone());
        let mut numbers: Vec<String> = numbers.collect();
        if items.is_empty() {
            numbers.push(String::new());
        }
        let row = |number: String| {
            let mut row = whom.to_vec();
            row.extend([
                (Field::InvoiceNumber, number),
                (Field::Event, event.to_owned()),
                (Field::EventDate, day.to_string()),
            ]);
            row.extend(rest.iter().cloned());
            row
        };
        numbers.into_iter().map(row).collect()
    };
    let until = |day: Option<Day>| (Field::Until, day.map_or(String::new(), |day| day.to_string()));
    let money = |money: Money| {
        [
            (Field::EventAmount, amount(money)),
            (Field::Currency, money.currency.to_string()),
        ]
    };
    match &fact.body {
        Body::StepDone(step) if step.level != Level::None => {
            let mut rest = vec![
                (Field::Channel, word(&step.channel)),
                (Field::Proof, if step.proof { "yes" } else { "no" }.to_owned()),
                until(step.deadline),
            ];
            rest.extend(step.announced_costs.map(money).into_iter().flatten());
            on(&step.items, &word(&step.level), step.on, rest)
        }
        Body::Promised(promise) => {
            let mut rest = vec![until(Some(promise.by))];
            rest.extend(money(promise.amount));
            on(&promise.items, "promise", fact.happened, rest)
        }
        Body::PlanAgreed(plan) => {
            let instalments = plan.instalments.iter().flat_map(|instalment| {
                let mut rest = vec![
                    until(Some(instalment.due)),
                    (Field::Plan, plan.agreement.to_string()),
                ];
                rest.extend(money(instalment.amount));
                // the plan is named once; it covers what is open
                on(&[], "instalment", fact.happened, rest)
            });
            instalments.collect()
        }
        Body::Disputed(dispute) => {
            let mut rest = vec![(Field::Text, dispute.text.clone())];
            rest.extend(money(dispute.amount));
            on(&[dispute.item], "dispute", fact.happened, rest)
        }
        Body::Paused(pause) => {
            let items: Vec<ItemId> = pause.item.into_iter().collect();
            on(
                &items,
                "pause",
                fact.happened,
                vec![until(pause.until), (Field::Text, pause.reason.clone())],
            )
        }
        _ => Vec::new(),
    }
}
