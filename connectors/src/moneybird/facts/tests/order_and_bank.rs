use super::*;

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
