//! Bank statements: ISO 20022 camt.053, versions 02 to 13.

use maan_ledger::{Currency, Day, Money};
use rust_decimal::Decimal;

use super::reference::compact;
use super::xml::{Step, Xml};
use super::{BankEntry, Entry, FileError, Found, Take};

const STATEMENT: &str = "/Document/BkToCstmrStmt/Stmt";

/// Reads all statements of the document whose root element was opened.
pub(crate) fn read(xml: &mut Xml, take: Take<'_>) -> Result<(), FileError> {
    let mut statement = Statement::default();
    let mut line = 0;
    loop {
        match xml.step()? {
            Step::Opened => statement.open(xml.path()),
            Step::Closed => {
                statement.say(xml.path(), xml.text(), xml.attribute("Ccy"));
                if xml.path() == "/Document/BkToCstmrStmt/Stmt/Ntry" {
                    line += 1;
                    for entry in statement.entry() {
                        take(Found { line, entry })?;
                    }
                } else if xml.path() == STATEMENT {
                    for entry in std::mem::take(&mut statement).end() {
                        take(Found { line, entry })?;
                    }
                }
            }
            Step::End => return Ok(()),
        }
    }
}

/// A statement as far as it was read.
#[derive(Default)]
struct Statement {
    account: String,
    id: String,
    balance: Balance,
    opening: Option<Decimal>,
    closing: Option<(Decimal, Option<Day>)>,
    booked: Decimal,
    entry: Booking,
    /// How often the same transaction was seen on a day: two equal payments are two.
    seen: std::collections::HashMap<String, u32>,
}

#[derive(Default)]
struct Balance {
    code: String,
    amount: String,
    debit: bool,
    day: String,
}

/// An entry, which can hold many transactions.
#[derive(Default)]
struct Booking {
    amount: String,
    currency: String,
    debit: bool,
    reversal: bool,
    status: String,
    day: String,
    servicer: String,
    text: String,
    details: Vec<Details>,
}

#[derive(Clone, Default)]
struct Details {
    amount: String,
    currency: String,
    end_to_end: String,
    servicer: String,
    debtor: Counterparty,
    creditor: Counterparty,
    text: Vec<String>,
    reference: String,
    reason: String,
}

#[derive(Clone, Default)]
struct Counterparty {
    name: String,
    account: String,
}

impl Statement {
    fn open(&mut self, path: &str) {
        match path {
            STATEMENT => *self = Self::default(),
            "/Document/BkToCstmrStmt/Stmt/Ntry" => self.entry = Booking::default(),
            "/Document/BkToCstmrStmt/Stmt/Ntry/NtryDtls/TxDtls" => {
                self.entry.details.push(Details::default())
            }
            "/Document/BkToCstmrStmt/Stmt/Bal" => self.balance = Balance::default(),
            _ => {}
        }
    }

    fn say(&mut self, path: &str, text: &str, currency: Option<&str>) {
        let Some(path) = path.strip_prefix(STATEMENT) else {
            return;
        };
        if let Some(path) = path.strip_prefix("/Ntry") {
            return self.entry.say(path, text, currency);
        }
        match path {
            "/Id" => text.clone_into(&mut self.id),
            "/Acct/Id/IBAN" | "/Acct/Id/Othr/Id" => self.account = compact(text),
            "/Bal/Tp/CdOrPrtry/Cd" => text.clone_into(&mut self.balance.code),
            "/Bal/Amt" => text.clone_into(&mut self.balance.amount),
            "/Bal/CdtDbtInd" => self.balance.debit = text == "DBIT",
            "/Bal/Dt/Dt" | "/Bal/Dt/DtTm" => text.clone_into(&mut self.balance.day),
            "/Bal" => self.balance(),
            _ => {}
        }
    }

    fn balance(&mut self) {
        let balance = std::mem::take(&mut self.balance);
        let Ok(amount) = Decimal::from_str_exact(&balance.amount) else {
            return;
        };
        let amount = if balance.debit { -amount } else { amount };
        match balance.code.as_str() {
            "OPBD" | "PRCD" => self.opening = Some(self.opening.unwrap_or(amount)),
            "CLBD" => self.closing = Some((amount, day(&balance.day))),
            _ => {}
        }
    }

    /// What the entry that ended says.
    fn entry(&mut self) -> Vec<Entry> {
        let booking = std::mem::take(&mut self.entry);
        // what is pending or for information may never come
        if booking.status != "BOOK" {
            return vec![Entry::Skipped(format!(
                "{} {}: not booked yet",
                booking.currency, booking.amount
            ))];
        }
        if let Ok(amount) = Decimal::from_str_exact(&booking.amount) {
            self.booked += if booking.debit { -amount } else { amount };
        }
        let account = self.account.clone();
        booking.entries(&account, &mut self.seen)
    }

    fn end(self) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let (Some(opening), Some((closing, _))) = (self.opening, self.closing)
            && opening + self.booked != closing
        {
            entries.push(Entry::Warning(format!(
                "statement {} of {} does not add up: {opening} and entries of {} do not make {closing}; a part of it may be missing",
                self.id, self.account, self.booked
            )));
        }
        if let Some((_, Some(through))) = self.closing {
            entries.push(Entry::BankThrough(through));
        }
        entries
    }
}

impl Booking {
    fn say(&mut self, path: &str, text: &str, currency: Option<&str>) {
        match path {
            "/Amt" => {
                text.clone_into(&mut self.amount);
                currency.unwrap_or_default().clone_into(&mut self.currency);
            }
            "/CdtDbtInd" => self.debit = text == "DBIT",
            "/RvslInd" => self.reversal = matches!(text, "true" | "1"),
            // version 08 puts the code one level deeper
            "/Sts" | "/Sts/Cd" if !text.is_empty() => text.clone_into(&mut self.status),
            "/BookgDt/Dt" | "/BookgDt/DtTm" => text.clone_into(&mut self.day),
            "/AcctSvcrRef" => text.clone_into(&mut self.servicer),
            "/AddtlNtryInf" => text.clone_into(&mut self.text),
            _ => {
                if let Some(path) = path.strip_prefix("/NtryDtls/TxDtls/")
                    && let Some(details) = self.details.last_mut()
                {
                    details.say(path, text, currency);
                }
            }
        }
    }

    fn entries(self, account: &str, seen: &mut std::collections::HashMap<String, u32>) -> Vec<Entry> {
        let of = |what: &str| {
            vec![Entry::Skipped(format!(
                "{} {}: {what}",
                self.currency, self.amount
            ))]
        };
        let Some(on) = day(&self.day) else {
            return of("it has no booking day");
        };
        let currency = match Currency::from_code(&self.currency) {
            Ok(currency) => currency,
            Err(error) => return of(&error.to_string()),
        };
        let total = match Money::parse(&self.amount, currency) {
            Ok(total) => total,
            Err(error) => return of(&error.to_string()),
        };
        let mut details = self.details.clone();
        if !self.in_parts(&details, total) {
            // a batch whose parts are not told, or do not make it up, is one amount that a person divides
            let one = match details.as_slice() {
                [one] => one.clone(),
                _ => Details::default(),
            };
            details = vec![Details {
                amount: String::new(),
                ..one
            }];
        }
        let mut entries = Vec::new();
        for details in details {
            let amount = match details.amount.as_str() {
                "" => total,
                text => Money::parse(text, currency).unwrap_or(total),
            };
            let returned = self.reversal || !details.reason.is_empty();
            if self.debit && !returned {
                entries.push(Entry::Skipped(format!("{amount} on {on}: money that went out")));
            } else if !self.debit && returned && details.debtor.account == account {
                entries.push(Entry::Skipped(format!(
                    "{amount} on {on}: a payment of our own came back"
                )));
            } else {
                let signed = if self.debit {
                    Money::new(-amount.minor, currency)
                } else {
                    amount
                };
                entries.push(Entry::Bank(self.bank_entry(details, signed, on, account, seen)));
            }
        }
        entries
    }

    /// Whether the transactions say how the entry is divided.
    fn in_parts(&self, details: &[Details], total: Money) -> bool {
        let amounts = details.iter().map(|details| {
            let own = details.currency.is_empty() || details.currency == self.currency;
            Money::parse(&details.amount, total.currency).ok().filter(|_| own)
        });
        let sum: Option<i64> = amounts.map(|amount| Some(amount?.minor)).sum();
        sum == Some(total.minor) && !details.is_empty()
    }

    fn bank_entry(
        &self,
        details: Details,
        amount: Money,
        on: Day,
        account: &str,
        seen: &mut std::collections::HashMap<String, u32>,
    ) -> BankEntry {
        let text = match details.text.is_empty() {
            true => self.text.clone(),
            false => details.text.join(" "),
        };
        let servicer = if details.servicer.is_empty() {
            &self.servicer
        } else {
            &details.servicer
        };
        let end_to_end = match details.end_to_end.as_str() {
            "NOTPROVIDED" => "",
            other => other,
        };
        // who pays is the debtor of the transaction; of a returned direct debit too
        let payer = match self.debit && details.debtor.name.is_empty() && details.debtor.account.is_empty() {
            true => details.creditor,
            false => details.debtor,
        };
        let same = format!(
            "{account}/{on}/{amount}/{servicer}/{end_to_end}/{}/{}/{text}",
            payer.account, details.reference
        );
        let count = seen.entry(same.clone()).or_default();
        *count += 1;
        BankEntry {
            key: format!("{same}/{count}"),
            on,
            amount,
            name: payer.name,
            account: payer.account,
            reference: details.reference,
            text,
            end_to_end: end_to_end.to_owned(),
            return_code: details.reason,
        }
    }
}

impl Details {
    fn say(&mut self, path: &str, text: &str, currency: Option<&str>) {
        if text.is_empty() {
            return;
        }
        match path {
            // version 08 has the amount of the transaction by itself
            "AmtDtls/TxAmt/Amt" | "Amt" => {
                text.clone_into(&mut self.amount);
                currency.unwrap_or_default().clone_into(&mut self.currency);
            }
            "Refs/EndToEndId" => text.clone_into(&mut self.end_to_end),
            "Refs/AcctSvcrRef" => text.clone_into(&mut self.servicer),
            "RltdPties/Dbtr/Nm" | "RltdPties/Dbtr/Pty/Nm" => text.clone_into(&mut self.debtor.name),
            "RltdPties/Cdtr/Nm" | "RltdPties/Cdtr/Pty/Nm" => text.clone_into(&mut self.creditor.name),
            "RltdPties/DbtrAcct/Id/IBAN" | "RltdPties/DbtrAcct/Id/Othr/Id" => {
                self.debtor.account = compact(text);
            }
            "RltdPties/CdtrAcct/Id/IBAN" | "RltdPties/CdtrAcct/Id/Othr/Id" => {
                self.creditor.account = compact(text);
            }
            "RmtInf/Ustrd" | "RmtInf/Strd/AddtlRmtInf" if self.text.len() < 20 => {
                self.text.push(text.to_owned());
            }
            "RmtInf/Strd/CdtrRefInf/Ref" => text.clone_into(&mut self.reference),
            "RtrInf/Rsn/Cd" | "RtrInf/Rsn/Prtry" => text.clone_into(&mut self.reason),
            _ => {}
        }
    }
}

fn day(text: &str) -> Option<Day> {
    let day: Day = text.get(..10)?.parse().ok()?;
    day.is_plausible().then_some(day)
}
