//! What a ledger shows, in the lines of the expectation: ids differ from platform to platform, numbers do not.

use std::collections::BTreeMap;

use maan_ledger::{
    Allocation, Body, Channel, DebtorDescription, DebtorKind, Dispute, Fact, ItemDescription, ItemId,
    ItemKind, ItemState, Money, Order, OrderKind, OrderState, Promise, Receipt, Source,
};

use crate::support::Books;

/// The lines, sorted.
pub(crate) fn picture(books: &Books) -> Vec<String> {
    let debtors: Vec<State> = books.facts.values().map(|facts| State::of(facts)).collect();
    let all = || debtors.iter().flat_map(|state| state.items.values());
    let numbers: BTreeMap<ItemId, String> = all().map(|item| (item.item, item.number.clone())).collect();
    let mut lines: Vec<String> = debtors.iter().flat_map(|state| state.lines(&numbers)).collect();
    lines.sort();
    lines
}

/// What is so after all facts, in the order in which they became known.
#[derive(Default)]
struct State {
    debtor: Option<DebtorDescription>,
    items: BTreeMap<ItemId, ItemDescription>,
    allocations: BTreeMap<String, Allocation>,
    receipts: BTreeMap<String, Receipt>,
    disputes: BTreeMap<String, Dispute>,
    promises: BTreeMap<String, Promise>,
    orders: BTreeMap<String, Order>,
    limit: Option<Money>,
    held: bool,
}

impl State {
    fn of(facts: &[Fact]) -> Self {
        let mut sorted: Vec<&Fact> = facts.iter().collect();
        sorted.sort_by_key(|fact| (fact.known.moment(), fact.happened));
        let mut state = Self::default();
        for fact in sorted {
            state.take(&fact.body);
        }
        state
    }

    fn take(&mut self, body: &Body) {
        match body.clone() {
            Body::DebtorDescribed(one) => self.debtor = Some(one),
            Body::DebtorRemoved => self.debtor = None,
            Body::ItemDescribed(one) => drop(self.items.insert(one.item, one)),
            Body::ItemRemoved(one) => drop(self.items.remove(&one.id)),
            Body::Allocated(one) => drop(self.allocations.insert(one.allocation.to_string(), one)),
            Body::AllocationRemoved(one) => drop(self.allocations.remove(&one.id.to_string())),
            Body::Received(one) => drop(self.receipts.insert(one.receipt.to_string(), one)),
            Body::ReceiptRemoved(one) => drop(self.receipts.remove(&one.id.to_string())),
            Body::Disputed(one) => drop(self.disputes.insert(one.agreement.to_string(), one)),
            Body::Promised(one) => drop(self.promises.insert(one.agreement.to_string(), one)),
            Body::AgreementEnded(one) => {
                self.disputes.remove(&one.agreement.to_string());
                self.promises.remove(&one.agreement.to_string());
            }
            Body::OrderDescribed(one) => drop(self.orders.insert(one.reference.clone(), one)),
            Body::LimitSet(one) => self.limit = one.limit,
            Body::HoldSet(one) => self.held = one.held,
            Body::Delivered(_) => {}
            other => panic!("no platform tells {other:?}"),
        }
    }

    fn lines(&self, numbers: &BTreeMap<ItemId, String>) -> Vec<String> {
        let mut lines = Vec::new();
        let number = match &self.debtor {
            Some(debtor) => {
                lines.extend(of_debtor(debtor, self.limit, self.held));
                debtor.number.as_str()
            }
            None => "nobody",
        };
        let mut unused: BTreeMap<&str, i64> = BTreeMap::new();
        for receipt in self.receipts.values() {
            *unused.entry(receipt.amount.currency.code()).or_default() += receipt.amount.minor;
        }
        for item in self.items.values() {
            let beyond = self.of_item(item, number, numbers, &mut lines);
            *unused.entry(item.amount.currency.code()).or_default() += beyond;
        }
        for used in self.allocations.values() {
            if let Source::Receipt(_) = used.source {
                *unused.entry(used.amount.currency.code()).or_default() -= used.amount.minor;
            }
        }
        for (code, minor) in unused.into_iter().filter(|(_, minor)| *minor != 0) {
            let currency = maan_ledger::Currency::from_code(code).unwrap();
            lines.push(format!("{number} unused {}", shown(Money::new(minor, currency))));
        }
        lines.extend(self.orders.values().flat_map(|order| of_order(order, number)));
        lines
    }

    /// Lines of an item; gives what was paid beyond its amount.
    fn of_item(
        &self,
        item: &ItemDescription,
        debtor: &str,
        numbers: &BTreeMap<ItemId, String>,
        lines: &mut Vec<String>,
    ) -> i64 {
        let number = &item.number;
        if item.state == ItemState::Draft {
            return 0;
        }
        let kind = match item.kind {
            ItemKind::Invoice => "invoice",
            ItemKind::CreditNote => "credit-note",
            ItemKind::Instalment => "instalment",
        };
        let (issued, due, amount) = (item.issued, item.due, shown(item.amount));
        lines.push(format!(
            "{number} is {kind} of {debtor} of {issued} due {due} for {amount}"
        ));
        if !item.order_reference.is_empty() {
            lines.push(format!("{number} reference {}", item.order_reference));
        }
        if let Some(corrects) = item.corrects {
            let corrected = numbers.get(&corrects).map_or("nothing", String::as_str);
            lines.push(format!("{number} corrects {corrected}"));
        }
        let disputed = self.disputes.values().filter(|dispute| dispute.item == item.item);
        lines.extend(disputed.map(|dispute| format!("{number} disputed {}", shown(dispute.amount))));
        let promised = self
            .promises
            .values()
            .filter(|promise| promise.items.contains(&item.item));
        lines.extend(promised.map(|promise| format!("{number} promised {}", promise.by)));
        if item.state == ItemState::Uncollectible {
            lines.push(format!("{number} written-off yes"));
            return 0;
        }
        let mut used: Vec<&Allocation> = self
            .allocations
            .values()
            .filter(|one| one.item == item.item)
            .collect();
        used.sort_by_key(|one| one.on);
        let mut left = item.amount.minor;
        let mut beyond = 0;
        let mut settled = |minor: i64, on| {
            let amount = shown(Money::new(minor, item.amount.currency));
            lines.push(format!("{number} settled {amount} on {on}"));
        };
        for one in &used {
            let part = if item.amount.minor > 0 {
                one.amount.minor.min(left)
            } else {
                one.amount.minor
            };
            beyond += one.amount.minor - part;
            left -= part;
            settled(part, one.on);
        }
        for one in self
            .allocations
            .values()
            .filter(|one| one.source == Source::CreditNote(item.item))
        {
            left += one.amount.minor;
            settled(-one.amount.minor, one.on);
        }
        for one in used {
            if let Source::CreditNote(note) = one.source {
                let note = numbers.get(&note).map_or("nothing", String::as_str);
                lines.push(format!("{number} by {note}"));
            }
        }
        lines.push(format!(
            "{number} open {}",
            shown(Money::new(left, item.amount.currency))
        ));
        beyond
    }
}

fn of_debtor(debtor: &DebtorDescription, limit: Option<Money>, held: bool) -> Vec<String> {
    let kind = match debtor.kind {
        DebtorKind::Unknown => "unknown",
        DebtorKind::Consumer => "consumer",
        DebtorKind::SoleTrader => "sole-trader",
        DebtorKind::Business => "business",
        DebtorKind::PublicBody => "public-body",
    };
    let email = debtor.reach.iter().find(|reach| reach.channel == Channel::Email);
    let email = email.map(|reach| reach.address.clone()).unwrap_or_default();
    let aspects = [
        ("name", debtor.name.clone()),
        ("kind", kind.to_owned()),
        ("country", debtor.country.to_string()),
        ("language", debtor.language.clone()),
        ("email", email),
        ("vat", debtor.vat_number.clone()),
        ("registration", debtor.registration.clone()),
        ("limit", limit.map(shown).unwrap_or_default()),
        ("held", if held { "yes".to_owned() } else { String::new() }),
    ];
    let told = aspects.iter().filter(|(_, value)| !value.is_empty());
    told.map(|(aspect, value)| format!("{} {aspect} {value}", debtor.number))
        .collect()
}

fn of_order(order: &Order, debtor: &str) -> [String; 2] {
    let kind = match order.kind {
        OrderKind::Quotation => "quotation",
        OrderKind::Order => "order",
        OrderKind::Delivered => "delivery",
    };
    let stands = match order.state {
        OrderState::Open => "open",
        OrderState::Accepted => "accepted",
        OrderState::Invoiced => "invoiced",
        OrderState::Lapsed => "lapsed",
    };
    let (number, on, amount) = (&order.number, order.on, shown(order.amount));
    [
        format!("{number} is {kind} of {debtor} of {on} for {amount}"),
        format!("{number} stands {stands}"),
    ]
}

fn shown(money: Money) -> String {
    format!("{} {}", money.decimal(), money.currency.code())
}
