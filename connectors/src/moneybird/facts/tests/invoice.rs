use super::*;

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
fn absurd_values_are_told_and_never_panic() {
    let told = |changed: Value| problem(&with(open_invoice(), changed));
    assert_eq!(
        told(json!({"due_date": "9999-12-31"})),
        "due_date is `9999-12-31`, which is not a day between 1900 and 2200; correct it on the platform"
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
