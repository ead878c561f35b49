//! The same record, read later.

use super::*;

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
