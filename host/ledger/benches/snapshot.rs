//! Decoding and folding the facts of 1,000 debtors with 60 facts each: the cost of looking at a debtor again.

use divan::{Bencher, black_box, counter::ItemsCount};
use maan_ledger::*;
use uuid::Uuid;

const DEBTORS: usize = 1_000;

fn main() {
    divan::main();
}

#[divan::bench]
fn decode(bencher: Bencher) {
    let pages: Vec<Vec<u8>> = (0..DEBTORS as u128)
        .map(|number| encode_page(&facts(number)))
        .collect();
    bencher.counter(ItemsCount::new(DEBTORS)).bench_local(|| {
        for page in &pages {
            black_box(decode_page(black_box(page)).unwrap_or_default());
        }
    });
}

#[divan::bench]
fn fold(bencher: Bencher) {
    let all: Vec<Vec<Fact>> = (0..DEBTORS as u128).map(facts).collect();
    bencher.counter(ItemsCount::new(DEBTORS)).bench_local(|| {
        for facts in &all {
            black_box(snapshot(
                black_box(facts),
                Currency::EUR,
                Day(20_600),
                Moment(i64::MAX),
            ));
        }
    });
}

#[divan::bench]
fn decode_and_fold(bencher: Bencher) {
    let pages: Vec<Vec<u8>> = (0..DEBTORS as u128)
        .map(|number| encode_page(&facts(number)))
        .collect();
    bencher.counter(ItemsCount::new(DEBTORS)).bench_local(|| {
        for page in &pages {
            let facts = decode_page(black_box(page)).unwrap_or_default();
            black_box(snapshot(&facts, Currency::EUR, Day(20_600), Moment(i64::MAX)));
        }
    });
}

/// A debtor with 18 monthly invoices of which most are paid, reminders, contacts, a promise and a judgement.
fn facts(debtor: u128) -> Vec<Fact> {
    let id = |number: u128| Uuid::new_v5(&Uuid::from_u128(debtor), &number.to_be_bytes());
    let mut facts = Vec::with_capacity(60);
    let mut add = |on: Day, body: Body| {
        let known = Known::Assumed(Moment(i64::from(on.0) * 86_400_000_000));
        facts.push(Fact {
            happened: on,
            known,
            body,
        });
    };
    let first = Day(20_000);
    add(first, Body::DebtorDescribed(debtor_description(debtor)));
    for number in 0..18_u128 {
        let issued = first.plus(30 * number as i32);
        let item = ItemId(id(number));
        let amount = Money::new(10_000 + 37 * number as i64, Currency::EUR);
        add(
            issued,
            Body::ItemDescribed(ItemDescription {
                item,
                reference: format!("40723908714827{number:04}"),
                number: format!("2026-{number:04}"),
                kind: ItemKind::Invoice,
                state: ItemState::Issued,
                issued,
                due: issued.plus(30),
                amount,
                order_reference: format!("PO-{number}"),
                corrects: None,
                payment_link: "https://pay.example/abcdefgh".into(),
            }),
        );
        if number < 15 {
            let allocation = AllocationId(id(100 + number));
            let on = issued.plus(40);
            add(
                on,
                Body::Allocated(Allocation {
                    allocation,
                    source: Source::Direct,
                    item,
                    amount,
                    on,
                }),
            );
        }
        if number % 2 == 0 {
            let on = issued.plus(33);
            add(
                on,
                Body::Delivered(Delivery {
                    item,
                    channel: Channel::Email,
                    on: issued,
                    state: DeliveryState::Sent,
                    proof: false,
                    order_reference_missing: false,
                }),
            );
            add(
                on,
                Body::StepDone(StepDone {
                    action: ActionId(id(200 + number)),
                    items: vec![item],
                    level: Level::Reminder1,
                    kind: "message".into(),
                    round: 0,
                    on,
                    channel: Channel::Email,
                    proof: true,
                    deadline: Some(on.plus(7)),
                    announced_costs: None,
                }),
            );
        }
    }
    for number in 0..4_u128 {
        add(
            first.plus(200),
            Body::Contacted(Contact {
                id: number.to_string(),
                channel: Channel::Phone,
                outcome: Outcome::NoAnswer,
                right_person: false,
                inbound: false,
                unhandled: false,
                items: Vec::new(),
            }),
        );
    }
    let promised = Money::new(10_000, Currency::EUR);
    add(
        first.plus(400),
        Body::Promised(Promise {
            agreement: AgreementId(id(300)),
            items: vec![ItemId(id(12))],
            amount: promised,
            by: first.plus(410),
        }),
    );
    add(
        first.plus(300),
        Body::LimitSet(Limit {
            limit: Some(promised),
            insured: None,
            reason: "review".into(),
        }),
    );
    for on in [100, 300] {
        add(
            first.plus(on),
            Body::Judged(Judgement {
                segment: "frequent-loyal-small".into(),
                willingness: Willingness::Pays,
                verdict: Some(Verdict::Accept),
                limit: None,
                hold: false,
                review_on: None,
            }),
        );
    }
    facts
}

fn debtor_description(debtor: u128) -> DebtorDescription {
    DebtorDescription {
        reference: format!("40723908714{debtor:06}"),
        number: debtor.to_string(),
        name: "Bakkerij De Boer B.V.".into(),
        kind: DebtorKind::Business,
        size: CompanySize::Small,
        country: Country::from_code("NL"),
        sector: String::new(),
        language: "nl".into(),
        language_source: LanguageSource::Platform,
        since: Some(Day(19_000)),
        group: None,
        payer: None,
        relation: Relation::Customer,
        traits: Vec::new(),
        reach: vec![Reach {
            channel: Channel::Email,
            address: "administratie@example.nl".into(),
            name: "A. de Boer".into(),
            role: ContactRole::AccountsPayable,
            branch: 0,
            preferred: true,
            consent: Consent::NotAsked,
            right_person: false,
            failed: false,
        }],
        vat_number: "NL001234567B01".into(),
        registration: "12345678".into(),
    }
}
