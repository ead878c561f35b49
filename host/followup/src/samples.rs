//! A debtor with one overdue invoice, for tests.

use maan_ledger::{
    ActionId, Body, Channel, CompanySize, Consent, Contact, ContactRole, Country, Currency, Day,
    DebtorDescription, DebtorKind, Fact, ItemDescription, ItemId, ItemKind, ItemState, Known, LanguageSource,
    Level, Moment, Money, Outcome, Reach, RegisterAnswer, RegisterState, Relation, Snapshot, snapshot,
};
use maan_policy_host::contract::{ActionKind, Amendment, Automation, Particulars, Proposal, Tone};
use maan_store::TenantSettings;
use uuid::Uuid;

use crate::guard::Guarded;
use crate::views;

pub(crate) const TODAY: Day = Day(20_000);
const NOW: Moment = Moment(1_728_000_000_000_000);

pub(crate) fn item(number: u128) -> ItemId {
    ItemId(Uuid::from_u128(number))
}

pub(crate) fn known(body: Body) -> Fact {
    Fact {
        happened: TODAY.plus(-60),
        known: Known::At(Moment(0)),
        body,
    }
}

pub(crate) fn invoice(number: u128, amount: Money) -> Body {
    Body::ItemDescribed(ItemDescription {
        item: item(number),
        reference: number.to_string(),
        number: number.to_string(),
        kind: if amount.minor < 0 {
            ItemKind::CreditNote
        } else {
            ItemKind::Invoice
        },
        state: ItemState::Issued,
        issued: TODAY.plus(-60),
        due: TODAY.plus(-30),
        amount,
        order_reference: String::new(),
        corrects: None,
        payment_link: String::new(),
    })
}

/// A debtor who can be mailed, with invoice 1 of 100 euros overdue.
pub(crate) fn story() -> Vec<Fact> {
    let mail = Reach {
        channel: Channel::Email,
        address: "jansen@example.com".into(),
        name: String::new(),
        role: ContactRole::Unknown,
        branch: 0,
        preferred: false,
        consent: Consent::default(),
        right_person: false,
        failed: false,
    };
    let debtor = DebtorDescription {
        reference: "1".into(),
        number: "1".into(),
        name: "Jansen".into(),
        kind: DebtorKind::default(),
        size: CompanySize::Unknown,
        country: Country::from_code("NL"),
        sector: String::new(),
        language: "nl".into(),
        language_source: LanguageSource::default(),
        since: None,
        group: None,
        payer: None,
        relation: Relation::Customer,
        traits: vec![],
        reach: vec![mail],
        vat_number: String::new(),
        registration: String::new(),
    };
    vec![
        known(Body::DebtorDescribed(debtor)),
        known(invoice(1, Money::new(10_000, Currency::EUR))),
    ]
}

/// A call today.
pub(crate) fn contacted() -> Fact {
    let contact = Contact {
        id: ActionId(Uuid::nil()).to_string(),
        channel: Channel::Phone,
        outcome: Outcome::Reached,
        right_person: true,
        inbound: false,
        unhandled: false,
        items: vec![],
    };
    Fact {
        happened: TODAY,
        ..known(Body::Contacted(contact))
    }
}

/// The registers that are asked about the debtor of the story name nothing today.
pub(crate) fn registers_are_clean() -> [Fact; 2] {
    ["cir", "ccbr"].map(|register| Fact {
        happened: TODAY,
        ..known(Body::RegisterAsked(RegisterAnswer {
            register: register.into(),
            answer: RegisterState::Nothing,
        }))
    })
}

pub(crate) fn snapshot_of(facts: &[Fact]) -> Snapshot<'_> {
    snapshot(facts, Currency::EUR, TODAY, NOW)
}

/// An e-mail that goes by itself, about items by number.
pub(crate) fn guarded(level: Level, items: &[u128]) -> Guarded {
    let proposal = Proposal {
        kind: if level == Level::HandOver {
            ActionKind::HandOver
        } else {
            ActionKind::Message
        },
        level: views::level(level),
        items: (0..).take(items.len()).collect(),
        channel: views::channel(Channel::Email),
        tone: Tone::Neutral,
        text: format!("{}.neutral", crate::guard::text_of(level)),
        earliest: TODAY.0,
        latest: TODAY.plus(5).0,
        from_minute: 9 * 60,
        to_minute: 17 * 60,
        automation: Automation::Automatic,
        particulars: Particulars::None,
        deadline: None,
        announces: views::level(Level::None),
        reasons: vec![],
    };
    Guarded {
        proposal,
        items: items.iter().map(|number| item(*number)).collect(),
        charges: None,
        phrases: vec![],
        addressee: None,
        copy: None,
        articles: vec![],
        reasons: vec![],
        stopped: None,
        also: vec![],
    }
}

/// An amendment of nothing.
pub(crate) fn amendment() -> Amendment {
    Amendment {
        charges: None,
        deadline: None,
        channel: None,
        addressee: None,
        phrases: vec![],
        level: None,
        earliest: None,
        articles: vec![],
        reasons: vec![],
    }
}

/// Settings of an administration in the Netherlands.
pub(crate) fn settings() -> TenantSettings {
    TenantSettings {
        zone: "Europe/Amsterdam".into(),
        country: "NL".into(),
        currency: Currency::EUR,
        language: "nl".into(),
        creditor_name: "Bakkerij De Korenaar".into(),
        trade_register_number: None,
        vat_number: None,
        iban: None,
        size: CompanySize::Unknown,
        deducts_vat: true,
        claims: maan_store::Claims::Own,
        sender_name: "Els Visser".into(),
        sender_address: "els@example.com".into(),
        reply_to: None,
        send_from_minute: 8 * 60,
        send_until_minute: 18 * 60,
        daily_maximum: 100,
        longest_promise_days: 60,
        stop_all: false,
        write_back: maan_store::WriteBacks::default(),
    }
}
