//! The Dutch audit file of financial data, XAF 3.2 (namespace `http://www.auditfiles.nl/XAF/3.2`).
//!
//! The file has no list of open items. What is open follows from the sub-ledger of debtors: lines of the opening
//! balance and of the year, by customer and invoice. Where there is no sub-ledger, from the lines of the ledger that
//! name a customer. All of it is compared with the balance of the debtors' accounts in the ledger.

mod items;
mod ledger;

use std::collections::HashMap;

use maan_ledger::{Country, Currency, Day, DebtorKind, Money};
use rust_decimal::Decimal;

use super::reference::account;
use super::xml::{Step, Xml};
use super::{Entry, FileError, Found, Party, Take};
use items::Items;
use ledger::Ledger;

/// Reads the audit file whose root element was opened.
pub(crate) fn read(xml: &mut Xml, take: Take<'_>) -> Result<(), FileError> {
    version(xml)?;
    let mut file = AuditFile::default();
    let mut line = 0;
    loop {
        match xml.step()? {
            Step::Opened => {}
            Step::Closed => {
                let path = xml.path().strip_prefix("/auditfile").unwrap_or_default();
                if let Some(entry) = file.say(path, xml.text())? {
                    line += 1;
                    take(Found { line, entry })?;
                }
            }
            Step::End => break,
        }
    }
    for entry in file.entries()? {
        line += 1;
        take(Found { line, entry })?;
    }
    Ok(())
}

/// Refuses what cannot give open items.
fn version(xml: &Xml) -> Result<(), FileError> {
    let namespace = xml.attribute("xmlns").unwrap_or_default();
    match namespace.rsplit('/').next().unwrap_or_default() {
        "3.2" | "3.1" => Ok(()),
        "4.0" => Err(FileError::Unknown(
            "it is an audit file of version 4.0, which has no sub-ledger of debtors, no addresses and no contacts, so \
             that open items cannot be told from it; export version 3.2, or a list of open items as CSV or Excel"
                .into(),
        )),
        other => Err(FileError::Unknown(format!(
            "it is an audit file of version `{}`, and 3.2 can be read; export that",
            other.chars().take(40).collect::<String>()
        ))),
    }
}

#[derive(Default)]
struct AuditFile {
    currency: Option<Currency>,
    start: Option<Day>,
    customer: Customer,
    /// Customers by id; suppliers are not among them.
    parties: HashMap<String, Party>,
    line: Line,
    journal: Journal,
    subledger: String,
    items: Items,
    ledger: Ledger,
}

/// A customer or supplier while it is read.
#[derive(Default)]
struct Customer {
    party: Party,
    kind: String,
    limit: String,
    address: Vec<String>,
    postal: bool,
}

/// Journal and transaction that are being read.
#[derive(Default)]
struct Journal {
    id: String,
    kind: String,
    transaction: String,
    date: Option<Day>,
}

/// A line of the ledger or a sub-ledger while it is read.
#[derive(Clone, Default)]
struct Line {
    number: String,
    account: String,
    journal: String,
    transaction: String,
    opening_line: String,
    transaction_line: String,
    description: String,
    amount: String,
    credit: bool,
    document: String,
    match_key: String,
    customer: String,
    invoice: String,
    purchase: bool,
    issued: Option<Day>,
    due: Option<Day>,
    payment: bool,
    effective: Option<Day>,
}

impl AuditFile {
    /// Takes the text of an element that ended. An error stops the reading.
    fn say(&mut self, path: &str, text: &str) -> Result<Option<Entry>, FileError> {
        if let Some(path) = path.strip_prefix("/header/") {
            match path {
                "curCode" => self.currency = Currency::from_code(text).ok(),
                "startDate" => self.start = day(text),
                _ => {}
            }
            return Ok(None);
        }
        let Some(path) = path.strip_prefix("/company") else {
            return Ok(None);
        };
        if let Some(path) = path.strip_prefix("/customersSuppliers/customerSupplier") {
            return Ok(self.customer(path, text));
        }
        if let Some(path) = path.strip_prefix("/generalLedger/ledgerAccount") {
            self.ledger.describe(path, text);
        } else if let Some(path) = path.strip_prefix("/openingBalance") {
            self.opening(path, text);
        } else if let Some(path) = path.strip_prefix("/transactions") {
            self.transactions(path, text);
        }
        Ok(None)
    }

    fn customer(&mut self, path: &str, text: &str) -> Option<Entry> {
        if !path.is_empty() {
            if !path.starts_with("/customerSupplierHistory") && !text.is_empty() {
                self.customer.say(path, text);
            } else if path == "/postalAddress" {
                self.customer.postal = true;
            }
            return None;
        }
        let customer = std::mem::take(&mut self.customer);
        // O is neither, S only a supplier; most programs leave the kind out
        if matches!(customer.kind.as_str(), "S" | "O") || customer.party.number.is_empty() {
            return None;
        }
        let currency = self.currency.unwrap_or(Currency::EUR);
        let party = customer.party(currency);
        self.parties.insert(party.number.clone(), party.clone());
        Some(Entry::Debtor(party))
    }

    fn opening(&mut self, path: &str, text: &str) {
        match path {
            "/obLine" => {
                let line = std::mem::take(&mut self.line);
                if let Some(amount) = line.signed() {
                    self.ledger.open(&line, amount);
                }
            }
            "/obSubledgers/obSubledger/sbType" => text.clone_into(&mut self.subledger),
            "/obSubledgers/obSubledger/obSbLine" => {
                let line = std::mem::take(&mut self.line);
                self.ledger.opened_by(&line, &self.subledger);
                self.subledger_line(line, self.start);
            }
            _ => {
                let name = path.rsplit('/').next().unwrap_or_default();
                self.line.say(name, text);
            }
        }
    }

    fn transactions(&mut self, path: &str, text: &str) {
        if let Some(path) = path.strip_prefix("/journal") {
            self.journal(path, text);
        } else if let Some(path) = path.strip_prefix("/subledgers/subledger") {
            match path {
                "/sbType" => text.clone_into(&mut self.subledger),
                "/sbLine" => {
                    let line = std::mem::take(&mut self.line);
                    let on = self.ledger.day_of(&line);
                    self.ledger.moved_by(&line, &self.subledger);
                    self.subledger_line(line, on);
                }
                _ => self.line_part(path, "/sbLine/", text),
            }
        }
    }

    fn journal(&mut self, path: &str, text: &str) {
        match path {
            "/jrnID" => text.clone_into(&mut self.journal.id),
            "/jrnTp" => text.clone_into(&mut self.journal.kind),
            "/transaction/nr" => text.clone_into(&mut self.journal.transaction),
            "/transaction/trDt" => self.journal.date = day(text),
            "/transaction/trLine" => {
                let mut line = std::mem::take(&mut self.line);
                line.journal.clone_from(&self.journal.id);
                line.transaction.clone_from(&self.journal.transaction);
                let Some(amount) = line.signed() else { return };
                let known = self.parties.contains_key(&line.customer);
                self.ledger
                    .book(&line, amount, known, &self.journal.kind, self.journal.date);
                if known {
                    let on = line.effective.or(self.journal.date);
                    line.payment = self.journal.kind != "S";
                    if !line.payment {
                        line.issued = line.issued.or(on);
                    }
                    self.items.booked(line, amount, on);
                }
            }
            "" => self.journal = Journal::default(),
            _ => self.line_part(path, "/transaction/trLine/", text),
        }
    }

    /// An element directly in a line; what stands deeper (VAT, foreign currency) is of the same names.
    fn line_part(&mut self, path: &str, prefix: &str, text: &str) {
        if let Some(name) = path.strip_prefix(prefix).filter(|name| !name.contains('/')) {
            self.line.say(name, text);
        }
    }

    fn subledger_line(&mut self, line: Line, on: Option<Day>) {
        let of_debtors = match self.subledger.as_str() {
            "CU" => true,
            "CS" => !line.purchase && self.parties.contains_key(&line.customer),
            _ => false,
        };
        if let Some(amount) = line.signed().filter(|_| of_debtors) {
            self.items.line(line, amount, on);
        }
    }

    /// What follows from the file as a whole.
    fn entries(self) -> Result<Vec<Entry>, FileError> {
        let currency = self.currency.ok_or_else(|| {
            FileError::Unknown(
                "the audit file does not say in which currency its books are (header/curCode)".into(),
            )
        })?;
        let from_subledger = self.items.has_subledger();
        let (mut entries, open) = self.items.entries(&self.parties, currency);
        if !from_subledger {
            entries.push(Entry::Warning(
                "the audit file has no sub-ledger of debtors: items follow from the lines that name a customer, and what \
                 was open before its first day is not among them"
                    .into(),
            ));
        }
        entries.extend(
            self.ledger
                .compared(open, from_subledger, currency)
                .map(Entry::Warning),
        );
        Ok(entries)
    }
}

impl Customer {
    fn say(&mut self, path: &str, text: &str) {
        let party = &mut self.party;
        match path {
            "/custSupID" => text.clone_into(&mut party.number),
            "/custSupName" => text.clone_into(&mut party.name),
            "/contact" => text.clone_into(&mut party.contact),
            "/telephone" => text.clone_into(&mut party.phone),
            "/eMail" => text.clone_into(&mut party.email),
            "/commerceNr" => text.clone_into(&mut party.registration),
            "/taxRegIdent" => text.clone_into(&mut party.vat_number),
            "/custSupTp" => text.clone_into(&mut self.kind),
            "/custCreditLimit" => text.clone_into(&mut self.limit),
            "/bankAccount/bankAccNr" => party.accounts.extend(account(text)),
            "/taxRegistrationCountry" if !party.country.is_known() => {
                party.country = Country::from_code(text)
            }
            _ => self.say_address(path, text),
        }
    }

    /// The first address counts; a postal address leads.
    fn say_address(&mut self, path: &str, text: &str) {
        let (postal, part) = match (
            path.strip_prefix("/postalAddress/"),
            path.strip_prefix("/streetAddress/"),
        ) {
            (Some(part), _) => (true, part),
            (_, Some(part)) => (false, part),
            _ => return,
        };
        if postal && !self.postal && part == "streetname" {
            self.address.clear();
        }
        match part {
            "streetname" if self.address.is_empty() => self.address.push(text.to_owned()),
            "number" | "numberExtension" => {
                if let Some(street) = self.address.first_mut() {
                    *street = format!("{street} {text}");
                }
            }
            "city" | "postalCode" => self.address.push(text.to_owned()),
            "country" => self.party.country = Country::from_code(text),
            _ => {}
        }
    }

    fn party(self, currency: Currency) -> Party {
        let limit = Money::parse(&self.limit, currency)
            .ok()
            .filter(|limit| limit.minor > 0);
        // without a number of any register nothing tells a business from a consumer
        let kind = match self.party.vat_number.is_empty() && self.party.registration.is_empty() {
            true => DebtorKind::Unknown,
            false => DebtorKind::Business,
        };
        Party {
            limit,
            kind,
            address: self.address.join("\n"),
            ..self.party
        }
    }
}

impl Line {
    fn say(&mut self, name: &str, text: &str) {
        match name {
            "nr" => text.clone_into(&mut self.number),
            "accID" => text.clone_into(&mut self.account),
            "jrnID" => text.clone_into(&mut self.journal),
            "trNr" => text.clone_into(&mut self.transaction),
            "trLineNr" => text.clone_into(&mut self.transaction_line),
            "obLineNr" => text.clone_into(&mut self.opening_line),
            "desc" => text.clone_into(&mut self.description),
            "amnt" => text.clone_into(&mut self.amount),
            "amntTp" => self.credit = text == "C",
            "docRef" => text.clone_into(&mut self.document),
            "matchKeyID" => text.clone_into(&mut self.match_key),
            "custSupID" => text.clone_into(&mut self.customer),
            "invRef" => text.clone_into(&mut self.invoice),
            "invPurSalTp" => self.purchase = text == "P",
            "invDt" => self.issued = day(text),
            "invDueDt" => self.due = day(text),
            "mutTp" => self.payment = matches!(text, "P" | "Z"),
            "effDate" => self.effective = day(text),
            _ => {}
        }
    }

    /// The amount, positive for debit.
    fn signed(&self) -> Option<Decimal> {
        let amount = Decimal::from_str_exact(&self.amount).ok()?;
        Some(if self.credit { -amount } else { amount })
    }
}

fn day(text: &str) -> Option<Day> {
    let day: Day = text.get(..10)?.parse().ok()?;
    day.is_plausible().then_some(day)
}
