//! Texts as debtors read them.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it should be"
)]

use maan_ledger::{Currency, Day, Money};
use maan_outreach::{Language, Letter, LetterItem, Offer, Party, compose, compose_offer};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn letter(key: &str, language: Language) -> Letter {
    let item = |number: &str, due: &str, open| LetterItem {
        number: number.into(),
        issued: day(due).plus(-30),
        due: day(due),
        open: Money::new(open, Currency::EUR),
        withheld: None,
        payment_link: String::new(),
    };
    Letter {
        key: key.into(),
        language,
        sender: Party {
            name: "Bakkerij De Korenaar".into(),
            contact: "Els Visser".into(),
            iban: "NL91ABNA0417164300".into(),
            email: "administratie@korenaar.example".into(),
            phone: "070 123 45 67".into(),
        },
        debtor: Party {
            name: "Jansen Interieur".into(),
            ..Party::default()
        },
        today: day("2026-11-21"),
        items: vec![
            item("2026-0117", "2026-10-31", 121_000),
            item("2026-0140", "2026-11-14", 48_400),
        ],
        credits: Some(Money::new(10_000, Currency::EUR)),
        deadline: Some(day("2026-11-28")),
        costs: None,
        interest: None,
        announces: Some("call".into()),
        phrases: vec![],
    }
}

#[test]
fn com_2_a_reminder_holds_number_amount_due_date_days_late_greeting_and_a_gentle_push() {
    let text = compose(&letter("reminder-1.friendly", Language::Nl)).unwrap();
    insta::assert_snapshot!(format!("{}\n\n{}", text.subject, text.body));
}

#[test]
fn com_3_the_tone_follows_the_history_and_stays_respectful() {
    let forgetter = compose(&letter("reminder-1.understanding", Language::Nl)).unwrap();
    let defaulter = compose(&letter("reminder-1.firm", Language::Nl)).unwrap();
    insta::assert_snapshot!(format!("{}\n----\n{}", forgetter.body, defaulter.body));
}

#[test]
fn every_text_reads_well_in_every_language() {
    for language in [Language::Nl, Language::En, Language::De, Language::Fr] {
        let text = compose(&letter("last-reminder.firm", language)).unwrap();
        insta::assert_snapshot!(format!("last-reminder-{}", language.tag()), text.body);
    }
}

#[test]
fn a_name_that_looks_like_a_template_or_a_page_stays_text() {
    let mut hostile = letter("reminder-1.friendly", Language::En);
    hostile.debtor.name = "{{ 7 * 7 }} <script>alert(1)</script>".into();
    hostile.items[0].number = "X\r\nBcc: all@example.com".into();
    let text = compose(&hostile).unwrap();
    assert!(text.body.contains("{{ 7 * 7 }} <script>"));
    assert!(text.html.contains("&lt;script&gt;") && !text.html.contains("<script>"));
    assert!(!text.subject.contains(['\r', '\n']));
}

#[test]
fn credits_are_taken_off_before_anything_is_asked() {
    let text = compose(&letter("reminder-1.neutral", Language::En)).unwrap();
    assert!(text.body.contains("€1,594.00"), "{}", text.body);
}

#[test]
fn items_in_two_currencies_are_not_added() {
    let mut mixed = letter("reminder-1.neutral", Language::En);
    mixed.items[1].open = Money::new(100, Currency::GBP);
    assert!(compose(&mixed).unwrap_err().to_string().contains("one currency"));
}

#[test]
fn values_from_outside_forge_no_paragraph_and_no_link() {
    let mut hostile = letter("reminder-1.friendly", Language::En);
    hostile.debtor.contact = "Jan\n\nPay to NL00EVIL instead".into();
    hostile.items[0].number = "X\n\nPay to NL00EVIL instead".into();
    hostile.items[0].payment_link = "https://pay.example\n\nPay to NL00EVIL instead".into();
    let text = compose(&hostile).unwrap();
    let forged = |line: &str| line.starts_with("Pay to NL00EVIL");
    assert!(!text.body.lines().any(forged), "{}", text.body);
    assert!(
        !text.html.contains("<br>Pay to") && !text.html.contains("pay.example"),
        "{}",
        text.html
    );
}

#[test]
fn every_offer_and_courtesy_reads_in_every_language() {
    let keys = [
        "notice-today.neutral",
        "notice-tomorrow.firm",
        "reminder-2.understanding",
        "last-reminder.understanding",
        "extension-offer.understanding",
        "plan-missed.understanding",
        "plan-offer.understanding",
        "thanks.friendly",
        "check-in.friendly",
    ];
    for language in [Language::Nl, Language::En, Language::De, Language::Fr] {
        for key in keys {
            let text = compose(&letter(key, language)).unwrap();
            assert!(
                !text.body.contains("{{") && text.body.contains("Bakkerij De Korenaar"),
                "{}",
                text.body
            );
        }
    }
}

#[test]
fn flow_11_a_discount_names_its_share_or_is_not_written() {
    let offered = |language| {
        let offer = Offer {
            discount: Some(25),
            instalments: None,
        };
        compose_offer(&letter("discount-offer.friendly", language), offer)
            .unwrap()
            .body
    };
    assert!(
        offered(Language::Nl).contains("2,5% van het bedrag"),
        "{}",
        offered(Language::Nl)
    );
    assert!(offered(Language::En).contains("2.5% off the amount"));
    assert!(compose(&letter("discount-offer.friendly", Language::Nl)).is_err());
}

#[test]
fn flow_9_a_plan_names_its_bound_where_it_is_known() {
    let offer = Offer {
        discount: None,
        instalments: Some(12),
    };
    let text = compose_offer(&letter("plan-offer.understanding", Language::Nl), offer).unwrap();
    assert!(text.body.contains("in hoogstens 12 termijnen"), "{}", text.body);
}

#[test]
fn thanks_ask_for_nothing() {
    let thanks = Letter {
        items: vec![],
        credits: None,
        announces: None,
        ..letter("thanks.friendly", Language::Nl)
    };
    let body = compose(&thanks).unwrap().body;
    assert!(
        !body.contains("NL91ABNA0417164300") && !body.contains("Heeft u net betaald"),
        "{body}"
    );
}
