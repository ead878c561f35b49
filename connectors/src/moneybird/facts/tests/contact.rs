use super::*;

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
