//! Records as the specification shows them, and the facts that follow, written by hand.

use maan_ledger::{
    Allocation, Body, Channel, Country, Currency, Day, DebtorKind, Delivery, DeliveryState, Fact,
    ItemDescription, ItemKind, ItemState, Known, LanguageSource, Moment, Money, OrderState, Source,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::dto;
use super::*;
use crate::{Batch, Entity, Progress, ReadRecord, changes};

const IDS: Ids = Ids(Uuid::from_u128(7));
const NOW: Moment = Moment(1_795_291_200_000_000); // 2026-11-21 20:00 UTC

fn context(history: bool) -> Context<'static> {
    Context {
        ids: IDS,
        zone: Tz::Europe__Amsterdam,
        language: "nl",
        history,
        at: NOW,
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn eur(text: &str) -> Money {
    Money::parse(text, Currency::EUR).unwrap()
}

fn at(stamp: &str) -> Moment {
    Moment::from_utc(stamp.parse().unwrap())
}

fn open_invoice() -> Value {
    json!({
        "id": "9001", "contact_id": "42", "contact": {"id": "42", "delivery_method": "Manual"}, "invoice_id": "2026-0003",
        "state": "open", "invoice_date": "2026-08-21", "due_date": "2026-09-04", "reference": "PO 12", "language": "nl",
        "currency": "EUR", "original_sales_invoice_id": null, "sent_at": "2026-08-21", "total_price_incl_tax": "363.0",
        "total_unpaid": "363.0", "payment_url": "https://pay.example/1", "created_at": "2026-08-21T13:50:19.001Z",
        "updated_at": "2026-08-21T13:50:19.129Z", "version": 1787320219, "payments": [], "notes": [], "paused": false
    })
}

fn with(mut record: Value, changed: Value) -> Value {
    for (key, value) in changed.as_object().unwrap() {
        record[key] = value.clone();
    }
    record
}

fn payment(id: &str, price: &str, on: &str) -> Value {
    json!({
        "id": id, "price": price, "payment_date": on, "credit_invoice_id": null, "financial_account_id": "5",
        "financial_mutation_id": "6", "transaction_identifier": null, "created_at": format!("{on}T20:00:00.000Z")
    })
}

fn mapped(record: &Value, history: bool) -> Mapped {
    let dto: dto::Invoice = serde_json::from_value(record.clone()).unwrap();
    invoice(&context(history), &dto).unwrap()
}

fn problem(record: &Value) -> String {
    let dto: dto::Invoice = serde_json::from_value(record.clone()).unwrap();
    invoice(&context(true), &dto).unwrap_err().to_string()
}

fn described() -> ItemDescription {
    ItemDescription {
        item: IDS.item("9001"),
        reference: "9001".to_owned(),
        number: "2026-0003".to_owned(),
        kind: ItemKind::Invoice,
        state: ItemState::Issued,
        issued: day("2026-08-21"),
        due: day("2026-09-04"),
        amount: eur("363.00"),
        order_reference: "PO 12".to_owned(),
        corrects: None,
        payment_link: "https://pay.example/1".to_owned(),
    }
}

fn item_fact(description: ItemDescription) -> Fact {
    Fact {
        happened: description.issued,
        known: Known::Assumed(at("2026-08-21T13:50:19.001Z")),
        body: Body::ItemDescribed(description),
    }
}

fn allocation(payment: &str, amount: Money, on: &str, source: Source) -> Fact {
    let credit = if source == Source::Direct { "" } else { "9002" };
    Fact {
        happened: day(on),
        known: Known::Assumed(at(&format!("{on}T20:00:00Z"))),
        body: Body::Allocated(Allocation {
            allocation: IDS.allocation(payment, &format!("{amount}/{on}/{credit}")),
            source,
            item: IDS.item("9001"),
            amount,
            on: day(on),
        }),
    }
}

fn record(mapped: Mapped, deleted: bool) -> ReadRecord {
    ReadRecord {
        reference: "9001".to_owned(),
        version: 1,
        debtor: mapped.debtor,
        alias: mapped.alias,
        language: mapped.language,
        facts: mapped.facts,
        deleted,
        problem: mapped.problem,
    }
}

fn batch(entity: Entity) -> Batch {
    let progress = Progress {
        read: 1,
        total: 1,
        complete: true,
    };
    Batch {
        entity,
        ids: IDS,
        at: NOW,
        today: day("2026-11-21"),
        records: Vec::new(),
        progress,
    }
}

/// What is added for an invoice, and kept with what was known.
fn keep(known: &mut Vec<Fact>, mapped: Mapped) -> Vec<Body> {
    let new = changes(&batch(Entity::Invoice), &record(mapped, false), known);
    known.extend(new.clone());
    new.into_iter().map(|fact| fact.body).collect()
}

#[test]
fn an_open_invoice() {
    let found = mapped(&open_invoice(), true);
    assert_eq!(found.facts, [item_fact(described())]);
    assert_eq!(
        (found.debtor, found.language.as_deref()),
        (Some(IDS.debtor("42")), Some("nl"))
    );
    assert_eq!(found.problem, None);
    // once the history is read, what comes is known from now on
    assert_eq!(mapped(&open_invoice(), false).facts[0].known, Known::At(NOW));
}

#[test]
fn a_paid_a_part_paid_and_an_overpaid_invoice() {
    for (price, unpaid, state) in [
        ("363.0", "0.0", "paid"),
        ("100.0", "263.0", "late"),
        ("400.0", "0.0", "paid"),
    ] {
        let changed =
            json!({"state": state, "total_unpaid": unpaid, "payments": [payment("7", price, "2026-10-01")]});
        let found = mapped(&with(open_invoice(), changed), true);
        let paid = allocation("7", eur(price), "2026-10-01", Source::Direct);
        assert_eq!(found.facts, [item_fact(described()), paid], "{price}");
        assert_eq!(found.problem, None, "{price}");
    }
}

#[test]
fn a_credited_invoice_and_its_credit_note() {
    let mut credit = payment("7", "63.0", "2026-10-01");
    credit["credit_invoice_id"] = json!("9002");
    let found = mapped(
        &with(
            open_invoice(),
            json!({"total_unpaid": "300.0", "payments": [credit]}),
        ),
        true,
    );
    let source = Source::CreditNote(IDS.item("9002"));
    assert_eq!(
        found.facts,
        [
            item_fact(described()),
            allocation("7", eur("63.00"), "2026-10-01", source)
        ]
    );

    let mut half = payment("8", "-63.0", "2026-10-01");
    half["financial_account_id"] = Value::Null;
    half["financial_mutation_id"] = Value::Null;
    let refund = payment("9", "-10.0", "2026-10-02");
    let note = json!({
        "total_price_incl_tax": "-73.0", "original_sales_invoice_id": "9000", "payments": [half, refund], "total_unpaid": "0.0"
    });
    let found = mapped(&with(open_invoice(), note), true);
    let description = ItemDescription {
        kind: ItemKind::CreditNote,
        amount: eur("-73.00"),
        corrects: Some(IDS.item("9000")),
        ..described()
    };
    // the settlement is told by the invoice, the money paid back by the note
    assert_eq!(
        found.facts,
        [
            item_fact(description),
            allocation("9", eur("-10.00"), "2026-10-02", Source::Direct)
        ]
    );
}

#[test]
fn an_invoice_in_a_foreign_currency_is_paid_in_it() {
    let yen = Currency::from_code("JPY").unwrap();
    let changed = json!({
        "currency": "JPY", "total_price_incl_tax": "50000.0", "total_unpaid": "20000.0",
        "payments": [with(payment("7", "30000.0", "2026-10-01"), json!({"price_base": "190.11"}))]
    });
    let found = mapped(&with(open_invoice(), changed), true);
    let paid = allocation("7", Money::new(30_000, yen), "2026-10-01", Source::Direct);
    assert_eq!(
        found.facts,
        [
            item_fact(ItemDescription {
                amount: Money::new(50_000, yen),
                ..described()
            }),
            paid
        ]
    );
}

#[test]
fn an_invoice_written_off_was_open_before() {
    let changed = json!({"state": "uncollectible", "marked_uncollectible_on": "2026-11-01"});
    let found = mapped(&with(open_invoice(), changed), true);
    let written_off = Fact {
        happened: day("2026-11-01"),
        known: Known::Assumed(at("2026-11-02T00:00:00Z")),
        body: Body::ItemDescribed(ItemDescription {
            state: ItemState::Uncollectible,
            ..described()
        }),
    };
    assert_eq!(found.facts, [item_fact(described()), written_off]);
    let mut known = Vec::new();
    assert_eq!(keep(&mut known, found).len(), 2);
    let again = mapped(
        &with(
            open_invoice(),
            json!({"state": "uncollectible", "marked_uncollectible_on": "2026-11-01"}),
        ),
        false,
    );
    assert_eq!(keep(&mut known, again), []);
}

#[test]
fn a_draft_and_an_external_invoice() {
    let draft = json!({"state": "draft", "invoice_id": null, "invoice_date": null, "sent_at": null});
    let found = mapped(&with(open_invoice(), draft), true);
    let description = ItemDescription {
        state: ItemState::Draft,
        number: String::new(),
        ..described()
    };
    assert_eq!(found.facts, [item_fact(description)]);

    let external = json!({"invoice_id": null, "invoice_date": null, "date": "2026-08-21", "reference": "F-88", "language": null});
    let found = mapped(&with(open_invoice(), external), true);
    let description = ItemDescription {
        number: "F-88".to_owned(),
        order_reference: String::new(),
        ..described()
    };
    assert_eq!(
        (found.facts, found.language),
        (vec![item_fact(description)], None)
    );
}

#[test]
fn sending_and_bouncing_are_deliveries() {
    let changed = json!({
        "contact": {"id": "42", "delivery_method": "Email"},
        "notes": [{"todo_type": "sales_invoice_email_delivery_failed", "created_at": "2026-08-21T22:30:00.000Z"},
                  {"todo_type": null, "note": "Ik betwist deze factuur", "created_at": "2026-08-22T08:00:00.000Z"}]
    });
    let found = mapped(&with(open_invoice(), changed), true);
    let delivery = |on: &str, state| {
        let item = IDS.item("9001");
        Body::Delivered(Delivery {
            item,
            channel: Channel::Email,
            on: day(on),
            state,
            proof: false,
            order_reference_missing: false,
        })
    };
    let bodies: Vec<&Body> = found.facts.iter().skip(1).map(|fact| &fact.body).collect();
    // half past midnight in Amsterdam
    assert_eq!(
        bodies,
        [
            &delivery("2026-08-21", DeliveryState::Sent),
            &delivery("2026-08-22", DeliveryState::Bounced)
        ]
    );
}

#[test]
fn reading_again_adds_only_what_changed() {
    let mut known = Vec::new();
    let paid = json!({"total_unpaid": "263.0", "payments": [payment("7", "100.0", "2026-10-01")]});
    assert_eq!(keep(&mut known, mapped(&open_invoice(), true)).len(), 1);
    assert_eq!(
        keep(&mut known, mapped(&with(open_invoice(), paid.clone()), false)).len(),
        1
    );
    assert_eq!(
        keep(&mut known, mapped(&with(open_invoice(), paid.clone()), false)),
        []
    );
    // edited: a later due date
    let later = with(with(open_invoice(), paid), json!({"due_date": "2026-10-04"}));
    let edited = ItemDescription {
        due: day("2026-10-04"),
        ..described()
    };
    assert_eq!(
        keep(&mut known, mapped(&later, false)),
        [Body::ItemDescribed(edited)]
    );
    assert_eq!(keep(&mut known, mapped(&later, false)), []);
}

#[test]
fn a_payment_that_is_gone_and_one_that_changed() {
    let mut known = Vec::new();
    let paid = |price: &str, unpaid: &str| {
        with(
            open_invoice(),
            json!({"total_unpaid": unpaid, "payments": [payment("7", price, "2026-10-01")]}),
        )
    };
    keep(&mut known, mapped(&paid("100.0", "263.0"), true));
    let id = |amount: &str| IDS.allocation("7", &format!("{}/2026-10-01/", eur(amount)));
    let removed = |amount: &str| Body::AllocationRemoved(maan_ledger::Removed { id: id(amount) });

    let new = keep(&mut known, mapped(&paid("120.0", "243.0"), false));
    assert!(
        matches!(&new[0], Body::Allocated(one) if one.amount == eur("120.00")),
        "{new:?}"
    );
    assert_eq!(new[1..], [removed("100.00")]);
    assert_eq!(
        keep(&mut known, mapped(&open_invoice(), false)),
        [removed("120.00")]
    );
    assert_eq!(keep(&mut known, mapped(&open_invoice(), false)), []);
}

#[test]
fn a_removed_invoice_takes_its_payments_along() {
    let mut known = Vec::new();
    let paid = json!({"total_unpaid": "263.0", "payments": [payment("7", "100.0", "2026-10-01")]});
    keep(&mut known, mapped(&with(open_invoice(), paid), true));
    let gone = record(
        Mapped {
            debtor: Some(IDS.debtor("42")),
            ..Mapped::default()
        },
        true,
    );
    let new = changes(&batch(Entity::Invoice), &gone, &known);
    let bodies: Vec<&Body> = new.iter().map(|fact| &fact.body).collect();
    assert!(
        matches!(bodies[..], [Body::ItemRemoved(_), Body::AllocationRemoved(_)]),
        "{bodies:?}"
    );
    assert!(
        new.iter()
            .all(|fact| fact.known == Known::At(NOW) && fact.happened == day("2026-11-21"))
    );
    known.extend(new);
    assert_eq!(changes(&batch(Entity::Invoice), &gone, &known), []);
}

#[test]
fn a_record_that_cannot_be_read_any_more_changes_nothing() {
    let mut known = Vec::new();
    let paid = json!({"total_unpaid": "263.0", "payments": [payment("7", "100.0", "2026-10-01")]});
    keep(&mut known, mapped(&with(open_invoice(), paid), true));
    let broken = Mapped {
        problem: Some("odd".to_owned()),
        ..Mapped::default()
    };
    assert_eq!(keep(&mut known, broken), []);
}

#[test]
fn absurd_values_are_told_and_never_panic() {
    let told = |changed: Value| problem(&with(open_invoice(), changed));
    assert_eq!(
        told(json!({"due_date": "9999-12-31"})),
        "due_date is `9999-12-31`, which is not a day between 1900 and 2200; correct it on Moneybird"
    );
    assert!(told(json!({"invoice_date": "0001-01-01"})).starts_with("invoice_date is `0001-01-01`"));
    assert!(told(json!({"due_date": "31-12-2026"})).starts_with("due_date is"));
    assert!(told(json!({"currency": "XYZ"})).contains("not a currency"));
    assert!(told(json!({"currency": null})).contains("not a currency"));
    assert!(told(json!({"total_price_incl_tax": "99999999999999999999"})).contains("too large"));
    assert!(told(json!({"total_price_incl_tax": "12,50"})).contains("not an amount"));
    assert!(told(json!({"total_price_incl_tax": "1.005"})).contains("more digits"));
    assert!(told(json!({"state": "frozen"})).contains("`frozen`"));
    assert!(told(json!({"contact_id": null})).contains("no contact"));
    assert!(told(json!({"invoice_id": "x".repeat(501)})).contains("501 characters"));
    assert!(told(json!({"payments": [payment("7", "lots", "2026-10-01")]})).contains("price"));
}

#[test]
fn payments_that_do_not_add_up_are_told_and_taken_in() {
    let found = mapped(&with(open_invoice(), json!({"total_unpaid": "1.0"})), true);
    assert_eq!(found.facts.len(), 1);
    assert!(
        found
            .problem
            .unwrap()
            .contains("EUR 363.00 open, Moneybird says EUR 1.00")
    );
}

fn company() -> Value {
    json!({
        "id": "42", "company_name": "Foobar Holding B.V.", "firstname": "Ann", "lastname": "Peeters", "address1": "Hoofdstraat 12",
        "zipcode": "1234AB", "city": "Amsterdam", "country": "NL", "phone": "020-1", "delivery_method": "Email",
        "customer_id": "K1", "tax_number": "NL001", "chamber_of_commerce": "12345678", "attention": "Ann Peeters",
        "email": "info@example.com", "send_invoices_to_attention": "", "send_invoices_to_email": "ap@example.com, info@example.com; x",
        "sepa_iban": "nl02 abna 0123 4567 89", "created_at": "2025-01-02T23:30:00.000Z", "updated_at": "2026-08-21T13:50:18.626Z",
        "contact_people": [{"firstname": "Jo", "lastname": "Smit", "email": "jo@example.com", "phone": null, "department": "Crediteuren"}]
    })
}

fn debtor_of(record: &Value, history: bool) -> (Fact, maan_ledger::DebtorDescription) {
    let dto: dto::Contact = serde_json::from_value(record.clone()).unwrap();
    let fact = debtor(&context(history), &dto).unwrap();
    let Body::DebtorDescribed(description) = fact.body.clone() else {
        panic!("{fact:?}")
    };
    (fact, description)
}

#[test]
fn a_company_with_its_ways_to_be_reached() {
    let (fact, debtor) = debtor_of(&company(), true);
    assert_eq!(
        (fact.happened, fact.known),
        (day("2025-01-03"), Known::Assumed(at("2025-01-02T23:30:00Z")))
    );
    assert_eq!(
        (debtor.name.as_str(), debtor.kind),
        ("Foobar Holding B.V.", DebtorKind::Business)
    );
    assert_eq!(
        (debtor.language.as_str(), debtor.language_source),
        ("nl", LanguageSource::Country)
    );
    assert_eq!(
        (debtor.country, debtor.since),
        (Country::from_code("NL"), Some(day("2025-01-03")))
    );
    let reach: Vec<(Channel, &str, bool)> = debtor
        .reach
        .iter()
        .map(|reach| (reach.channel, reach.address.as_str(), reach.preferred))
        .collect();
    let expected = [
        (Channel::Email, "ap@example.com", true),
        (Channel::Email, "info@example.com", false),
        (Channel::Phone, "020-1", false),
        (Channel::Letter, "Hoofdstraat 12\n1234AB Amsterdam\nNL", false),
        (Channel::Email, "jo@example.com", false),
    ];
    assert_eq!(reach, expected);
    assert_eq!(debtor.reach[4].role, maan_ledger::ContactRole::AccountsPayable);
    let dto: dto::Contact = serde_json::from_value(company()).unwrap();
    assert_eq!(
        contact(&context(true), &dto).unwrap().alias.as_deref(),
        Some("NL02ABNA0123456789")
    );
}

#[test]
fn a_person_is_a_consumer_and_a_nameless_contact_is_told() {
    let (_, debtor) = debtor_of(&with(company(), json!({"company_name": " "})), true);
    assert_eq!(
        (debtor.name.as_str(), debtor.kind),
        ("Ann Peeters", DebtorKind::Consumer)
    );
    let nameless = with(
        company(),
        json!({"company_name": "", "firstname": null, "lastname": null, "customer_id": ""}),
    );
    let dto: dto::Contact = serde_json::from_value(nameless).unwrap();
    assert_eq!(
        contact(&context(true), &dto).unwrap_err().to_string(),
        "its name is missing"
    );
    let dto: dto::Contact =
        serde_json::from_value(with(company(), json!({"company_name": "é".repeat(2_000)}))).unwrap();
    assert!(
        contact(&context(true), &dto)
            .unwrap_err()
            .to_string()
            .contains("2000 characters")
    );
}

#[test]
fn the_language_comes_from_the_country_then_from_the_newest_invoice() {
    let (known, _) = debtor_of(&company(), true);
    let mut known = vec![known];
    let english = with(open_invoice(), json!({"language": "en"}));
    let languages = |bodies: &[Body]| -> Vec<(String, LanguageSource)> {
        let described = bodies.iter().filter_map(|body| match body {
            Body::DebtorDescribed(debtor) => Some((debtor.language.clone(), debtor.language_source)),
            _ => None,
        });
        described.collect()
    };
    let new = keep(&mut known, mapped(&english, true));
    assert_eq!(languages(&new), [("en".to_owned(), LanguageSource::Invoice)]);
    assert_eq!(languages(&keep(&mut known, mapped(&english, false))), []);
    // an older invoice says nothing about today
    let older = with(
        open_invoice(),
        json!({"id": "8000", "invoice_date": "2026-01-01", "language": "fr"}),
    );
    let mut older_record = record(mapped(&older, true), false);
    older_record.reference = "8000".to_owned();
    let new = changes(&batch(Entity::Invoice), &older_record, &known);
    assert!(
        new.iter()
            .all(|fact| !matches!(fact.body, Body::DebtorDescribed(_))),
        "{new:?}"
    );
    // and the contact, changed later, does not take it back
    let (moved, _) = debtor_of(&with(company(), json!({"address1": "Kade 1"})), false);
    let contact = ReadRecord {
        facts: vec![moved],
        language: None,
        ..record(Mapped::default(), false)
    };
    let new = changes(&batch(Entity::Contact), &contact, &known);
    let bodies: Vec<Body> = new.into_iter().map(|fact| fact.body).collect();
    assert_eq!(languages(&bodies), [("en".to_owned(), LanguageSource::Invoice)]);
}

#[test]
fn what_a_person_knows_about_a_debtor_is_kept() {
    let (fact, mut described) = debtor_of(&company(), true);
    described.kind = DebtorKind::SoleTrader;
    described.group = Some("Foobar".to_owned());
    described.reach[0].right_person = true;
    let corrected = Fact {
        happened: day("2026-10-01"),
        known: Known::At(at("2026-10-01T10:00:00Z")),
        body: Body::DebtorDescribed(described.clone()),
    };
    let known = vec![fact.clone(), corrected];
    let contact = ReadRecord {
        facts: vec![fact],
        language: None,
        ..record(Mapped::default(), false)
    };
    assert_eq!(changes(&batch(Entity::Contact), &contact, &known), []);
}

#[test]
fn a_quotation_is_open_accepted_or_lapsed() {
    let quotation = json!({
        "id": "77", "contact_id": "42", "estimate_id": "O-1", "state": "open", "estimate_date": "2026-11-01", "currency": "EUR",
        "total_price_incl_tax": 121.0, "accepted_at": null, "created_at": "2026-11-01T09:00:00Z", "updated_at": "2026-11-01T09:00:00Z"
    });
    let state = |record: &Value| {
        let dto: dto::Estimate = serde_json::from_value(record.clone()).unwrap();
        let found = estimate(&context(true), &dto).unwrap();
        found.facts.first().map(|fact| match &fact.body {
            Body::OrderDescribed(order) => (order.state, order.amount, fact.happened),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(
        state(&quotation),
        Some((OrderState::Open, eur("121.00"), day("2026-11-01")))
    );
    let accepted = with(
        quotation.clone(),
        json!({"state": "accepted", "accepted_at": "2026-11-05"}),
    );
    assert_eq!(
        state(&accepted),
        Some((OrderState::Accepted, eur("121.00"), day("2026-11-05")))
    );
    assert_eq!(
        state(&with(quotation.clone(), json!({"state": "late"})))
            .unwrap()
            .0,
        OrderState::Lapsed
    );
    assert_eq!(state(&with(quotation, json!({"state": "draft"}))), None);
}

#[test]
fn money_on_the_bank_belongs_to_whose_account_it_came_from() {
    let record = |open: &str, account: &str| -> dto::Mutation {
        serde_json::from_value(json!({
            "id": "5", "date": "2026-11-02", "message": "2026-0003 dank", "contra_account_number": account, "amount": "500.0",
            "amount_open": open, "settlement_state": "settled", "currency": "EUR", "created_at": "2026-11-02T06:00:00Z"
        }))
        .unwrap()
    };
    let payer = |account: &str| (account == "NL02ABNA0123456789").then(|| IDS.debtor("42"));
    let found = mutation(&context(true), &record("137.0", "NL02 ABNA 0123 4567 89"), payer).unwrap();
    let Body::Received(receipt) = &found.facts[0].body else {
        panic!("{found:?}")
    };
    assert_eq!(
        (receipt.amount, receipt.on, found.debtor),
        (eur("137.00"), day("2026-11-02"), Some(IDS.debtor("42")))
    );
    for (open, account) in [
        ("137.0", "NL99XXXX"),
        ("0.0", "NL02ABNA0123456789"),
        ("-5.0", "NL02ABNA0123456789"),
    ] {
        assert_eq!(
            mutation(&context(true), &record(open, account), payer).unwrap(),
            Mapped::default()
        );
    }
    // less is open later: that is other money, and the first is gone
    let bank = batch(Entity::BankTransaction);
    let as_record = |mapped: Mapped, deleted| ReadRecord {
        reference: "5".to_owned(),
        ..self::record(mapped, deleted)
    };
    let mut known = changes(&bank, &as_record(found, false), &[]);
    let less = mutation(&context(false), &record("37.0", "NL02ABNA0123456789"), payer).unwrap();
    let new = changes(&bank, &as_record(less, false), &known);
    assert!(
        matches!(
            (&new[0].body, &new[1].body),
            (Body::Received(_), Body::ReceiptRemoved(_))
        ),
        "{new:?}"
    );
    known.extend(new);
    let gone = changes(&bank, &as_record(Mapped::default(), true), &known);
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert!(matches!(gone[0].body, Body::ReceiptRemoved(_)));
}

proptest::proptest! {
    #[test]
    fn no_text_in_any_field_makes_mapping_panic(
        field in proptest::sample::select(vec![
            "contact_id", "state", "invoice_date", "due_date", "currency", "total_price_incl_tax", "total_unpaid", "sent_at",
            "created_at", "marked_uncollectible_on", "language", "original_sales_invoice_id",
        ]),
        text in "\\PC{0,40}",
    ) {
        let record = with(open_invoice(), json!({ field: text, "payments": [payment("7", "1.0", "2026-10-01")] }));
        let dto: dto::Invoice = serde_json::from_value(record).unwrap();
        let _ = invoice(&context(true), &dto);
    }

    #[test]
    fn reading_twice_adds_nothing(prices in proptest::collection::vec(1_i64..50_000, 0..6), history: bool) {
        let payments: Vec<Value> = prices.iter().enumerate()
            .map(|(ix, cents)| payment(&format!("p{ix}"), &eur("0").plus(Money::new(*cents, Currency::EUR)).unwrap().decimal().to_string(), "2026-10-01"))
            .collect();
        let record = with(open_invoice(), json!({ "payments": payments }));
        let mut known = Vec::new();
        proptest::prop_assert_eq!(keep(&mut known, mapped(&record, history)).len(), prices.len() + 1);
        proptest::prop_assert_eq!(keep(&mut known, mapped(&record, false)), vec![]);
    }
}
