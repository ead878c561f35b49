//! Rows as entries.

use maan_ledger::{Channel, Country, Currency, Day, ItemKind, Level, Money};
use rust_decimal::Decimal;

use super::rows::Cell;
use super::words::{self, Named};
use super::{DateOrder, DecimalSign, Field, Table, amount, date};
use crate::files::reference::account;
use crate::files::{Entry, Event, Found, Happening, Invoice, Issuer, Party, Stop, Take};

/// Which column holds what, and in which form.
pub(super) struct Columns {
    fields: Vec<Option<Field>>,
    decimal_sign: DecimalSign,
    date_order: DateOrder,
    home: Currency,
    has_invoices: bool,
}

impl Columns {
    pub(super) fn new(table: &Table, home: Currency) -> Self {
        let has_amount = table.has(Field::Amount) || table.has(Field::OpenAmount);
        Self {
            fields: table.fields(),
            decimal_sign: table.mapping.decimal_sign.unwrap_or(DecimalSign::Point),
            date_order: table.mapping.date_order.unwrap_or(DateOrder::DayFirst),
            home,
            has_invoices: table.has(Field::InvoiceNumber) && has_amount,
        }
    }

    /// Gives what a row says: a debtor, an invoice, an event, or why it is left out.
    pub(super) fn entries(&self, line: u64, cells: &[Cell], take: Take<'_>) -> Result<(), Stop> {
        let row = Row { columns: self, cells };
        if cells.iter().all(|cell| *cell == Cell::Empty) {
            return Ok(());
        }
        match row.entries() {
            Ok(entries) => entries
                .into_iter()
                .try_for_each(|entry| take(Found { line, entry })),
            Err(why) => take(Found {
                line,
                entry: Entry::Skipped(why),
            }),
        }
    }
}

struct Row<'a> {
    columns: &'a Columns,
    cells: &'a [Cell],
}

impl Row<'_> {
    fn entries(&self) -> Result<Vec<Entry>, String> {
        let party = self.party()?;
        let number = self.text(Field::InvoiceNumber);
        if party.name.is_empty() && party.number.is_empty() && number.is_empty() {
            return Err("no customer and no invoice number".into());
        }
        let mut entries = Vec::new();
        if self.columns.has_invoices && !number.is_empty() {
            entries.push(Entry::Invoice(self.invoice(&party, &number)?));
        }
        entries.extend(self.event(&party, &number)?.map(Entry::Event));
        if entries.is_empty() {
            if self.columns.has_invoices {
                return Err("no invoice number".into());
            }
            if party.name.is_empty() && party.number.is_empty() {
                return Err("nothing was done about this invoice".into());
            }
            entries.push(Entry::Debtor(party));
        }
        Ok(entries)
    }

    fn cell(&self, field: Field) -> Option<&Cell> {
        let column = self
            .columns
            .fields
            .iter()
            .position(|other| *other == Some(field))?;
        self.cells.get(column).filter(|cell| **cell != Cell::Empty)
    }

    fn text(&self, field: Field) -> String {
        self.cell(field).map(Cell::shown).unwrap_or_default()
    }

    fn decimal(&self, field: Field) -> Result<Option<Decimal>, String> {
        match self.cell(field) {
            None => Ok(None),
            Some(Cell::Number(number)) => Ok(Some(*number)),
            Some(cell) => {
                let text = cell.shown();
                let read = amount::read(&text, self.columns.decimal_sign);
                read.map(Some)
                    .ok_or_else(|| format!("`{}` is no amount ({})", cut(&text), field.word()))
            }
        }
    }

    fn money(&self, field: Field) -> Result<Option<Money>, String> {
        let currency = self.currency()?;
        self.decimal(field)?
            .map(|amount| Money::from_decimal(amount, currency))
            .transpose()
            .map_err(|error| error.to_string())
    }

    fn currency(&self) -> Result<Currency, String> {
        match self.text(Field::Currency).as_str() {
            "" => Ok(self.columns.home),
            "€" => Ok(Currency::EUR),
            "£" => Ok(Currency::GBP),
            code => Currency::from_code(&code.to_uppercase()).map_err(|error| error.to_string()),
        }
    }

    fn day(&self, field: Field) -> Result<Option<Day>, String> {
        match self.cell(field) {
            None => Ok(None),
            Some(Cell::Date(day)) => Ok(Some(*day)),
            Some(cell) => {
                let text = cell.shown();
                let read = date::read(&text, self.columns.date_order);
                read.map(Some)
                    .ok_or_else(|| format!("`{}` is no date ({})", cut(&text), field.word()))
            }
        }
    }

    fn party(&self) -> Result<Party, String> {
        let place = [self.text(Field::PostalCode), self.text(Field::City)].join(" ");
        let lines = [self.text(Field::Street), place.trim().to_owned()];
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let terms = self.text(Field::TermDays);
        let days: String = terms.chars().filter(char::is_ascii_digit).collect();
        Ok(Party {
            number: self.text(Field::DebtorNumber),
            name: self.text(Field::DebtorName),
            kind: words::debtor_kind(&self.text(Field::DebtorKind)),
            country: Country::from_code(&self.text(Field::Country)),
            language: self.text(Field::Language).to_lowercase(),
            vat_number: self.text(Field::VatNumber),
            registration: self.text(Field::Registration),
            contact: self.text(Field::Contact),
            email: self.text(Field::Email),
            phone: self.text(Field::Phone),
            address: lines.join("\n"),
            accounts: account(&self.text(Field::Account)).into_iter().collect(),
            limit: self.money(Field::CreditLimit)?,
            term_days: days.parse().ok().filter(|days| *days <= 365),
        })
    }

    fn invoice(&self, party: &Party, number: &str) -> Result<Invoice, String> {
        let of = |why: String| format!("{number}: {why}");
        if party.name.is_empty() && party.number.is_empty() {
            return Err(of("no customer".into()));
        }
        let amount = self.money(Field::Amount).map_err(of)?;
        let open = self.money(Field::OpenAmount).map_err(of)?;
        let paid = self.money(Field::PaidAmount).map_err(of)?;
        let open = match (open, amount, paid) {
            (None, Some(amount), Some(paid)) => {
                Some(amount.minus(paid).map_err(|error| of(error.to_string()))?)
            }
            (open, ..) => open,
        };
        let Some(shown) = amount.or(open) else {
            return Err(of("no amount".into()));
        };
        let due = self.day(Field::DueDate).map_err(of)?;
        let issued = self.day(Field::InvoiceDate).map_err(of)?;
        let Some(issued) = issued.or(due) else {
            return Err(of("neither a date nor a last day to pay".into()));
        };
        Ok(Invoice {
            party: party.clone(),
            number: number.to_owned(),
            kind: if shown.minor < 0 {
                ItemKind::CreditNote
            } else {
                ItemKind::Invoice
            },
            issued,
            due,
            amount,
            open,
            payment_reference: self.text(Field::PaymentReference),
            order_reference: self.text(Field::OrderReference),
            corrects: self.text(Field::Corrects),
            issuer: Issuer::default(),
        })
    }

    /// What was done before, when the row says so.
    fn event(&self, party: &Party, number: &str) -> Result<Option<Event>, String> {
        let text = self.text(Field::Event);
        if text.is_empty() {
            return Ok(None);
        }
        let named = words::event(&text).ok_or_else(|| {
            format!(
                "`{}` is no step that is known; write reminder-1, last-reminder, formal-notice, call, promise, \
                 instalment, dispute or pause",
                cut(&text)
            )
        })?;
        if named == Named::Nothing {
            return Ok(None);
        }
        let on = self.day(Field::EventDate)?;
        let on = on.ok_or_else(|| format!("`{}` has no date on which it was done", cut(&text)))?;
        Ok(Some(Event {
            party: party.clone(),
            invoices: (!number.is_empty())
                .then(|| number.to_owned())
                .into_iter()
                .collect(),
            on,
            what: self.happening(named)?,
        }))
    }

    fn happening(&self, named: Named) -> Result<Happening, String> {
        let until = self.day(Field::Until)?;
        let amount = self.money(Field::EventAmount)?;
        let words = self.text(Field::Text);
        Ok(match named {
            Named::Level(level) => Happening::Step {
                level,
                channel: words::channel(&self.text(Field::Channel)).unwrap_or(usual_channel(level)),
                proof: words::yes(&self.text(Field::Proof)),
                deadline: until,
                costs: amount,
            },
            Named::Promise => Happening::Promise {
                amount,
                by: until.ok_or("a promise without a last day (until)")?,
            },
            Named::Instalment => Happening::Instalment {
                plan: self.text(Field::Plan),
                due: until.ok_or("an instalment without a last day (until)")?,
                amount: amount.ok_or("an instalment without an amount (event-amount)")?,
            },
            Named::Dispute => Happening::Dispute {
                amount,
                cause: words::cause(&words),
                text: words,
            },
            Named::Pause | Named::Nothing => Happening::Pause { until, reason: words },
        })
    }
}

/// How a step usually goes, where a file does not say.
fn usual_channel(level: Level) -> Channel {
    match level {
        Level::Call1 | Level::Call2 => Channel::Phone,
        Level::FormalNotice => Channel::Letter,
        _ => Channel::Email,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
