//! What is known of debtors, items and money, by the names that files use for them.

use std::collections::{HashMap, HashSet};

use maan_connectors::files::{Party, account, compact};
use maan_ledger::{
    Body, Currency, Day, DebtorId, Fact, ItemId, Moment, Money, ReceiptId, Removed, Source, snapshot,
};

use super::words::plain;

/// An index over all that is known.
#[derive(Default)]
pub(super) struct Known {
    home: Option<Currency>,
    pub(super) names: HashMap<DebtorId, String>,
    by_number: HashMap<String, DebtorId>,
    by_register: HashMap<String, DebtorId>,
    by_name: HashMap<String, Vec<DebtorId>>,
    by_account: HashMap<String, Vec<DebtorId>>,
    items: HashMap<ItemId, Item>,
    by_item_number: HashMap<String, Vec<ItemId>>,
    by_reference: HashMap<String, Vec<ItemId>>,
    of_debtor: HashMap<DebtorId, HashSet<ItemId>>,
    receipts: HashMap<DebtorId, Vec<Received>>,
    known_receipts: HashSet<ReceiptId>,
}

/// An item.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) id: ItemId,
    pub(super) debtor: DebtorId,
    pub(super) number: String,
    /// Credit notes can have numbers of their own, equal to those of invoices.
    pub(super) credit_note: bool,
    pub(super) open: Money,
}

/// Money that came in, and what it was used for.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) id: ReceiptId,
    pub(super) amount: Money,
    pub(super) on: Day,
    pub(super) text: String,
    pub(super) used: Vec<(ItemId, Money)>,
}

impl Received {
    /// What was not used yet.
    pub(super) fn rest(&self) -> i64 {
        let used: i64 = self.used.iter().map(|(_, amount)| amount.minor).sum();
        self.amount.minor.saturating_sub(used)
    }
}

impl Known {
    pub(super) fn new(home: Currency) -> Self {
        Self {
            home: Some(home),
            ..Self::default()
        }
    }

    /// Takes in all facts of a debtor: those of before, or with what was added.
    pub(super) fn refresh(&mut self, debtor: DebtorId, facts: &[Fact]) {
        let home = self.home.unwrap_or(Currency::EUR);
        let snapshot = snapshot(facts, home, Day::MAX, Moment(i64::MAX));
        if let Some(described) = snapshot.debtor {
            let party = Party {
                number: described.number.clone(),
                name: described.name.clone(),
                vat_number: described.vat_number.clone(),
                registration: described.registration.clone(),
                ..Party::default()
            };
            self.by_number
                .entry(described.reference.clone())
                .or_insert(debtor);
            self.name(debtor, &party);
        }
        for item in &snapshot.items {
            self.item(Item {
                id: item.id,
                debtor,
                number: item.described.number.clone(),
                credit_note: item.described.amount.minor < 0,
                open: item.open,
            });
            let reference = compact(&item.described.reference);
            push(&mut self.by_reference, reference, item.id);
        }
        self.refresh_receipts(debtor, facts);
    }

    fn refresh_receipts(&mut self, debtor: DebtorId, facts: &[Fact]) {
        let mut receipts: Vec<Received> = Vec::new();
        for fact in facts {
            match &fact.body {
                Body::Received(receipt) => {
                    self.known_receipts.insert(receipt.receipt);
                    receipts.retain(|other| other.id != receipt.receipt);
                    receipts.push(Received {
                        id: receipt.receipt,
                        amount: receipt.amount,
                        on: receipt.on,
                        text: receipt.text.clone(),
                        used: Vec::new(),
                    });
                }
                Body::ReceiptRemoved(Removed { id }) => receipts.retain(|other| other.id != *id),
                Body::Allocated(allocation) => {
                    if let Source::Receipt(id) = allocation.source
                        && let Some(receipt) = receipts.iter_mut().find(|receipt| receipt.id == id)
                    {
                        receipt.used.push((allocation.item, allocation.amount));
                    }
                }
                _ => {}
            }
        }
        for receipt in &receipts {
            for word in receipt.text.split_whitespace() {
                self.pays_from(debtor, word);
            }
        }
        if !receipts.is_empty() {
            self.receipts.insert(debtor, receipts);
        }
    }

    /// Remembers the names of a debtor.
    pub(super) fn name(&mut self, debtor: DebtorId, party: &Party) {
        if !party.name.is_empty() {
            self.names.insert(debtor, party.name.clone());
            push(&mut self.by_name, plain(&party.name), debtor);
        }
        if !party.number.is_empty() {
            self.by_number.insert(party.number.clone(), debtor);
        }
        for number in [&party.vat_number, &party.registration] {
            if !number.is_empty() {
                self.by_register.insert(compact(number), debtor);
            }
        }
        for account in &party.accounts {
            push(&mut self.by_account, account.clone(), debtor);
        }
    }

    /// Remembers that a debtor pays from an account, when the text is one.
    pub(super) fn pays_from(&mut self, debtor: DebtorId, text: &str) {
        if let Some(account) = account(text) {
            push(&mut self.by_account, account, debtor);
        }
    }

    fn item(&mut self, item: Item) {
        if self.of_debtor.entry(item.debtor).or_default().insert(item.id) {
            push(&mut self.by_item_number, compact(&item.number), item.id);
        }
        self.items.insert(item.id, item);
    }

    /// The debtor that a file means. A number that is another's, or a name that several have, gives none.
    pub(super) fn debtor(&self, party: &Party) -> Option<DebtorId> {
        if !party.number.is_empty()
            && let Some(debtor) = self.by_number.get(&party.number)
        {
            return Some(*debtor);
        }
        for number in [&party.vat_number, &party.registration] {
            if !number.is_empty()
                && let Some(debtor) = self.by_register.get(&compact(number))
            {
                return Some(*debtor);
            }
        }
        // a customer number that is not known names another customer, whatever the name
        if party.number.is_empty() {
            self.named(&party.name)
        } else {
            None
        }
    }

    /// The only debtor of a name.
    pub(super) fn named(&self, name: &str) -> Option<DebtorId> {
        only(self.by_name.get(&plain(name))?)
    }

    /// Whether several debtors have this name.
    pub(super) fn is_shared(&self, name: &str) -> bool {
        self.by_name
            .get(&plain(name))
            .is_some_and(|debtors| debtors.len() > 1)
    }

    /// The only debtor who paid from an account.
    pub(super) fn payer(&self, account: &str) -> Option<DebtorId> {
        only(self.by_account.get(account)?)
    }

    pub(super) fn get(&self, item: ItemId) -> Option<&Item> {
        self.items.get(&item)
    }

    /// Items with a number, of one debtor or of any.
    pub(super) fn numbered(&self, number: &str, debtor: Option<DebtorId>) -> Vec<&Item> {
        self.found(&self.by_item_number, number, debtor)
    }

    /// Items that are paid with a reference.
    pub(super) fn referred(&self, reference: &str) -> Vec<&Item> {
        self.found(&self.by_reference, reference, None)
    }

    fn found(
        &self,
        index: &HashMap<String, Vec<ItemId>>,
        name: &str,
        debtor: Option<DebtorId>,
    ) -> Vec<&Item> {
        let ids = index.get(&compact(name)).into_iter().flatten();
        ids.filter_map(|id| self.items.get(id))
            .filter(|item| debtor.is_none_or(|debtor| item.debtor == debtor))
            .collect()
    }

    /// Items of a debtor of which something is open, by number.
    pub(super) fn open_of(&self, debtor: DebtorId) -> Vec<&Item> {
        let ids = self.of_debtor.get(&debtor).into_iter().flatten();
        let mut items: Vec<&Item> = ids
            .filter_map(|id| self.items.get(id))
            .filter(|item| item.open.minor > 0)
            .collect();
        items.sort_by(|a, b| a.number.cmp(&b.number));
        items
    }

    /// All items of which something is open.
    pub(super) fn open(&self) -> impl Iterator<Item = &Item> {
        self.items.values().filter(|item| item.open.minor > 0)
    }

    pub(super) fn has_receipt(&self, id: ReceiptId) -> bool {
        self.known_receipts.contains(&id)
    }

    pub(super) fn all_receipts(&self) -> impl Iterator<Item = (DebtorId, &Received)> {
        self.receipts
            .iter()
            .flat_map(|(debtor, receipts)| receipts.iter().map(|receipt| (*debtor, receipt)))
    }

    /// Money that came in, with what it was used for.
    pub(super) fn receive(&mut self, debtor: DebtorId, receipt: Received) {
        for (item, amount) in &receipt.used {
            if let Some(item) = self.items.get_mut(item) {
                item.open.minor = item.open.minor.saturating_sub(amount.minor);
            }
        }
        for word in receipt.text.split_whitespace() {
            self.pays_from(debtor, word);
        }
        self.known_receipts.insert(receipt.id);
        self.receipts.entry(debtor).or_default().push(receipt);
    }

    pub(super) fn name_of(&self, debtor: DebtorId) -> &str {
        self.names.get(&debtor).map_or("", String::as_str)
    }
}

fn push<T: PartialEq>(index: &mut HashMap<String, Vec<T>>, name: String, value: T) {
    if name.is_empty() {
        return;
    }
    let values = index.entry(name).or_default();
    if !values.contains(&value) {
        values.push(value);
    }
}

fn only(debtors: &[DebtorId]) -> Option<DebtorId> {
    match debtors {
        [only] => Some(*only),
        _ => None,
    }
}
