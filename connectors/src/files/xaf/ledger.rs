//! The balance of the debtors' accounts in the ledger, to compare with.

use std::collections::{BTreeSet, HashMap};

use maan_ledger::{Currency, Day, Money};
use rust_decimal::Decimal;

use super::Line;

/// Accounts with their balances, and which of them hold debtors.
#[derive(Default)]
pub(super) struct Ledger {
    describing: Account,
    accounts: HashMap<String, Account>,
    /// Account of each line of the opening balance.
    opening: HashMap<String, String>,
    /// Account and day of transaction lines that name a customer, by journal, transaction and line.
    lines: HashMap<(String, String, String), (String, Option<Day>)>,
    /// Accounts that the sub-ledger of debtors divides.
    divided: BTreeSet<String>,
    /// Accounts of the balance sheet on which sales to customers were booked.
    sold_on: BTreeSet<String>,
}

#[derive(Default)]
struct Account {
    id: String,
    balance_sheet: bool,
    balance: Decimal,
}

impl Ledger {
    pub(super) fn describe(&mut self, path: &str, text: &str) {
        match path {
            "/accID" => text.clone_into(&mut self.describing.id),
            "/accTp" => self.describing.balance_sheet = text == "B",
            "" => {
                let account = std::mem::take(&mut self.describing);
                self.accounts.insert(account.id.clone(), account);
            }
            _ => {}
        }
    }

    /// A line of the opening balance.
    pub(super) fn open(&mut self, line: &Line, amount: Decimal) {
        self.opening.insert(line.number.clone(), line.account.clone());
        self.add(&line.account, amount);
    }

    /// A line of a transaction.
    pub(super) fn book(
        &mut self,
        line: &Line,
        amount: Decimal,
        of_customer: bool,
        journal: &str,
        on: Option<Day>,
    ) {
        self.add(&line.account, amount);
        let on_balance_sheet = self
            .accounts
            .get(&line.account)
            .is_some_and(|account| account.balance_sheet);
        if of_customer && on_balance_sheet {
            if journal == "S" {
                self.sold_on.insert(line.account.clone());
            }
            self.lines.insert(
                place(&line.journal, &line.transaction, &line.number),
                (line.account.clone(), on),
            );
        }
    }

    /// A line of a sub-ledger of the opening balance.
    pub(super) fn opened_by(&mut self, line: &Line, subledger: &str) {
        if subledger == "CU"
            && let Some(account) = self.opening.get(&line.opening_line)
        {
            self.divided.insert(account.clone());
        }
    }

    /// A line of a sub-ledger of the year.
    pub(super) fn moved_by(&mut self, line: &Line, subledger: &str) {
        let place = place(&line.journal, &line.transaction, &line.transaction_line);
        if subledger == "CU"
            && let Some((account, _)) = self.lines.get(&place)
        {
            self.divided.insert(account.clone());
        }
    }

    /// The day of the transaction that a line of a sub-ledger divides.
    pub(super) fn day_of(&self, line: &Line) -> Option<Day> {
        let place = place(&line.journal, &line.transaction, &line.transaction_line);
        self.lines.get(&place).and_then(|(_, on)| *on)
    }

    /// What is wrong when open items and ledger are compared.
    pub(super) fn compared(&self, open: Decimal, from_subledger: bool, currency: Currency) -> Option<String> {
        let accounts = match self.divided.is_empty() || !from_subledger {
            true => &self.sold_on,
            false => &self.divided,
        };
        if accounts.is_empty() {
            return Some(
                "the audit file does not show which ledger account holds the debtors: open items were not compared \
                 with the ledger"
                    .into(),
            );
        }
        let balances = accounts.iter().filter_map(|id| self.accounts.get(id));
        let balance: Decimal = balances.map(|account| account.balance).sum();
        if balance == open {
            return None;
        }
        let shown = |amount: Decimal| {
            Money::from_decimal(amount, currency)
                .map_or_else(|_| amount.to_string(), |money| money.to_string())
        };
        let accounts: Vec<&str> = accounts.iter().map(String::as_str).collect();
        Some(format!(
            "open items are {} and the ledger has {} on {}: a difference of {}; ask the bookkeeper before anyone is \
             reminded",
            shown(open),
            shown(balance),
            accounts.join(", "),
            shown(open - balance)
        ))
    }

    fn add(&mut self, account: &str, amount: Decimal) {
        self.accounts.entry(account.to_owned()).or_default().balance += amount;
    }
}

fn place(journal: &str, transaction: &str, line: &str) -> (String, String, String) {
    (journal.to_owned(), transaction.to_owned(), line.to_owned())
}
