//! The portfolio: generated from a seed, the same on every machine.

use maan_ledger::{
    Agreement, Allocation, AllocationId, Body, Channel, CompanySize, Consent, Contact, ContactRole, Country,
    Currency, Day, DebtorDescription, DebtorId, DebtorKind, Delivery, DeliveryState, Fact, ItemDescription,
    ItemId, ItemKind, ItemState, Known, LanguageSource, Level, Moment, Money, Outcome, Reach, Relation,
    Source, StepDone, encode_page,
};
use maan_store::DebtorRow;
use uuid::Uuid;

/// Monday 23 November 2026.
pub(crate) const TODAY: Day = Day(20_780);
/// Facts of each debtor.
pub(crate) const FACTS: usize = 60;
/// Open invoices of each debtor.
pub(crate) const OPEN: u64 = 4;

const SEED: u64 = 7;
const PAID: u64 = 15;

/// A debtor with all that is known of it.
pub(crate) struct Debtor {
    pub(crate) id: DebtorId,
    pub(crate) row: DebtorRow,
    pub(crate) facts: Vec<Fact>,
    /// How many of the open invoices are past their due date.
    pub(crate) overdue: u64,
}

impl Debtor {
    /// The debtor of a number.
    pub(crate) fn new(number: u64) -> Self {
        let mut draw = Draw::new(number);
        let id = DebtorId::derived(Uuid::nil(), &number.to_string());
        let name = format!("Bakkerij {number}");
        let description = description(number, &name, &mut draw);
        let mut history = History {
            debtor: id,
            facts: Vec::with_capacity(FACTS),
        };
        history.add(TODAY.plus(-900), Body::DebtorDescribed(description));
        history.add(TODAY.plus(-900), Body::AgreementDescribed(agreement()));
        let habit = draw.below(40);
        for invoice in 0..PAID {
            let due = TODAY.plus(-550 + 30 * day(invoice));
            let amount = draw.amount();
            history.invoice(invoice, due, amount);
            history.paid(invoice, due.plus(day(habit + draw.below(15)) - 20), amount);
        }
        let overdue = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4][draw.below(10) as usize];
        for invoice in PAID..PAID + OPEN {
            let late = invoice - PAID < overdue;
            let due = if late {
                TODAY.plus(-1 - day(draw.below(60)))
            } else {
                TODAY.plus(day(draw.below(29)))
            };
            history.invoice(invoice, due, draw.amount());
            if TODAY.since(due) > 14 {
                history.reminded(invoice, due.plus(8));
            }
        }
        for contact in 0.. {
            if history.facts.len() == FACTS {
                break;
            }
            history.called(contact, TODAY.plus(-200 + 10 * day(contact)));
        }
        let row = DebtorRow {
            reference: format!("{number}"),
            number: format!("D{number}"),
            name,
        };
        Self {
            id,
            row,
            facts: history.facts,
            overdue,
        }
    }

    /// What becomes known on the day after: an open invoice was paid, another was issued.
    pub(crate) fn day_after(&self) -> Vec<Fact> {
        let mut history = History {
            debtor: self.id,
            facts: vec![],
        };
        let tomorrow = TODAY.plus(1);
        let paid = self.facts.iter().find_map(|fact| match &fact.body {
            Body::ItemDescribed(item) if item.item == history.item(PAID) => Some(item.amount),
            _ => None,
        });
        history.paid(PAID, TODAY, paid.unwrap_or(Money::zero(Currency::EUR)));
        history.invoice(PAID + OPEN, tomorrow.plus(30), Money::new(12_100, Currency::EUR));
        history.facts
    }

    /// Adds the debtor to the hash that names the portfolio.
    pub(crate) fn hash(&self, hasher: &mut blake3::Hasher) {
        hasher.update(self.id.0.as_bytes());
        hasher.update(&encode_page(&self.facts));
    }
}

struct History {
    debtor: DebtorId,
    facts: Vec<Fact>,
}

impl History {
    fn add(&mut self, happened: Day, body: Body) {
        let known = Known::Assumed(Moment(i64::from(happened.0) * 86_400_000_000));
        self.facts.push(Fact {
            happened,
            known,
            body,
        });
    }

    fn item(&self, invoice: u64) -> ItemId {
        ItemId::derived(self.debtor.0, &format!("invoice {invoice}"))
    }

    fn invoice(&mut self, invoice: u64, due: Day, amount: Money) {
        let (item, issued) = (self.item(invoice), due.plus(-30));
        let described = ItemDescription {
            item,
            reference: format!("40723908714827{invoice:04}"),
            number: format!("2026-{invoice:04}"),
            kind: ItemKind::Invoice,
            state: ItemState::Issued,
            issued,
            due,
            amount,
            order_reference: format!("PO-{invoice}"),
            corrects: None,
            payment_link: "https://pay.example/abcdefgh".into(),
        };
        self.add(issued, Body::ItemDescribed(described));
        let delivery = Delivery {
            item,
            channel: Channel::Email,
            on: issued,
            state: DeliveryState::Delivered,
            proof: false,
            order_reference_missing: false,
        };
        self.add(issued, Body::Delivered(delivery));
    }

    fn paid(&mut self, invoice: u64, on: Day, amount: Money) {
        let allocation = Allocation {
            allocation: AllocationId::derived(self.debtor.0, &format!("payment {invoice}")),
            source: Source::Direct,
            item: self.item(invoice),
            amount,
            on,
        };
        self.add(on, Body::Allocated(allocation));
    }

    fn reminded(&mut self, invoice: u64, on: Day) {
        let step = StepDone {
            action: maan_ledger::ActionId::derived(self.debtor.0, &format!("reminder {invoice}")),
            items: vec![self.item(invoice)],
            level: Level::Reminder1,
            kind: "message".into(),
            round: 0,
            on,
            channel: Channel::Email,
            proof: false,
            deadline: Some(on.plus(7)),
            announced_costs: None,
        };
        self.add(on, Body::StepDone(step));
    }

    fn called(&mut self, contact: u64, on: Day) {
        let contact = Contact {
            id: format!("call {contact}"),
            channel: Channel::Phone,
            outcome: Outcome::NoAnswer,
            right_person: false,
            inbound: false,
            unhandled: false,
            items: vec![],
        };
        self.add(on, Body::Contacted(contact));
    }
}

fn description(number: u64, name: &str, draw: &mut Draw) -> DebtorDescription {
    let kind = match draw.below(20) {
        0..3 => DebtorKind::Consumer,
        3..6 => DebtorKind::SoleTrader,
        _ => DebtorKind::Business,
    };
    let reach = Reach {
        channel: Channel::Email,
        address: format!("administratie@{number}.example"),
        name: "A. de Boer".into(),
        role: ContactRole::AccountsPayable,
        branch: 0,
        preferred: true,
        consent: Consent::NotAsked,
        right_person: false,
        failed: false,
    };
    DebtorDescription {
        reference: number.to_string(),
        number: format!("D{number}"),
        name: name.to_owned(),
        kind,
        size: CompanySize::Small,
        country: Country::from_code("NL"),
        sector: String::new(),
        language: "nl".into(),
        language_source: LanguageSource::Platform,
        since: Some(TODAY.plus(-900)),
        group: None,
        payer: None,
        relation: Relation::Customer,
        traits: vec![],
        reach: vec![reach],
        vat_number: String::new(),
        registration: String::new(),
    }
}

fn agreement() -> Agreement {
    Agreement {
        agreed_on: Some(TODAY.plus(-900)),
        applicable_law: Some(Country::from_code("NL")),
        term_days: Some(30),
        costs_clause: true,
        interest_basis_points: None,
        indemnity_per_mille: None,
        regular_supply: true,
        consumer_sale: false,
    }
}

/// Numbers below 2^31 as days.
fn day(number: u64) -> i32 {
    number as i32
}

/// SplitMix64.
struct Draw(u64);

impl Draw {
    fn new(debtor: u64) -> Self {
        Self(SEED ^ debtor.wrapping_mul(0xa076_1d64_78bd_642f))
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn amount(&mut self) -> Money {
        Money::new(5_000 + self.below(200_000) as i64, Currency::EUR)
    }
}
