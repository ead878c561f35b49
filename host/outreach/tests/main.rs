//! Texts as debtors read them.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it should be"
)]

use maan_ledger::{Currency, Day, Money};
use maan_outreach::{
    Language, Letter, LetterItem, Offer, Party, PlanBounds, Posted, Section, compose, compose_copy,
};

const LANGUAGES: [Language; 4] = [Language::Nl, Language::En, Language::De, Language::Fr];

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn item(number: &str, due: &str, open: i64) -> LetterItem {
    LetterItem {
        number: number.into(),
        issued: day(due).plus(-30),
        due: day(due),
        open: Money::new(open, Currency::EUR),
        withheld: None,
        payment_link: String::new(),
    }
}

fn letter(key: &str, language: Language) -> Letter {
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
        also: vec![],
        credits: Some(Money::new(10_000, Currency::EUR)),
        deadline: Some(day("2026-11-28")),
        costs: None,
        interest: None,
        offer: None,
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
    for language in LANGUAGES {
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
fn every_courtesy_reads_in_every_language() {
    let keys = [
        "notice-today.neutral",
        "notice-tomorrow.firm",
        "reminder-2.understanding",
        "last-reminder.understanding",
        "plan-missed.understanding",
        "thanks.friendly",
        "check-in.friendly",
    ];
    for language in LANGUAGES {
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

/// A letter that offers, without what the flow would announce.
fn offering(key: &str, language: Language, offer: Offer) -> Letter {
    Letter {
        offer: Some(offer),
        announces: None,
        ..letter(key, language)
    }
}

fn plan(most: u16, free: bool) -> Offer {
    Offer::Plan(PlanBounds {
        most,
        least: Money::new(5_000, Currency::EUR),
        first_by: day("2026-12-05"),
        every_days: 30,
        free,
    })
}

fn told(letters: &[Letter]) -> String {
    let texts = letters.iter().map(|letter| {
        let text = compose(letter).unwrap();
        format!("{}\n\n{}", text.subject, text.body)
    });
    texts.collect::<Vec<_>>().join("\n----\n\n")
}

#[test]
fn flow_11_a_discount_names_its_share_its_amount_and_its_last_day() {
    for language in LANGUAGES {
        let offer = Offer::Discount {
            share: 25,
            until: day("2026-11-28"),
        };
        let due_later = vec![item("2026-0155", "2026-12-14", 121_000)];
        let letter = Letter {
            items: due_later,
            credits: None,
            ..offering("discount-offer.friendly", language, offer)
        };
        insta::assert_snapshot!(format!("discount-{}", language.tag()), told(&[letter]));
    }
}

#[test]
fn flow_9_a_plan_names_its_instalments() {
    for language in LANGUAGES {
        let short = offering("plan-offer.understanding", language, plan(6, true));
        let long = offering("plan-offer.neutral", language, plan(24, false));
        insta::assert_snapshot!(format!("plan-{}", language.tag()), told(&[short, long]));
    }
}

#[test]
fn flow_10_an_extension_names_the_new_day() {
    for language in LANGUAGES {
        let until = day("2026-12-31");
        let letter = offering(
            "extension-offer.understanding",
            language,
            Offer::Extension { until },
        );
        insta::assert_snapshot!(format!("extension-{}", language.tag()), told(&[letter]));
    }
}

#[test]
fn an_offer_without_what_it_offers_is_not_written() {
    let until = day("2026-12-31");
    for key in [
        "discount-offer.friendly",
        "plan-offer.neutral",
        "extension-offer.understanding",
    ] {
        assert!(
            compose(&letter(key, Language::Nl)).is_err(),
            "{key} without an offer"
        );
    }
    for (key, offer) in [
        ("plan-offer.neutral", Offer::Extension { until }),
        ("reminder-1.neutral", Offer::Extension { until }),
        ("plan-offer.neutral", plan(1, false)),
    ] {
        let letter = offering(key, Language::Nl, offer);
        assert!(compose(&letter).is_err(), "{key} with {:?}", letter.offer);
    }
}

#[test]
fn one_message_says_of_each_invoice_only_what_is_so() {
    for language in LANGUAGES {
        let joined = Letter {
            items: vec![item("2026-0117", "2026-10-31", 121_000)],
            also: vec![
                Section {
                    items: vec![item("2026-0140", "2026-11-14", 48_400)],
                    deadline: Some(day("2026-12-05")),
                },
                Section {
                    items: vec![
                        item("2026-0141", "2026-11-15", 10_000),
                        item("2026-0142", "2026-11-16", 20_000),
                    ],
                    deadline: None,
                },
            ],
            ..letter("reminder-2.neutral", language)
        };
        insta::assert_snapshot!(
            format!("joined-{}", language.tag()),
            told(std::slice::from_ref(&joined))
        );
        let html = compose(&joined).unwrap().html;
        let (above, below) = html.split_once("2026-0140").unwrap();
        assert!(
            above.contains("2026-0117") && below.contains("2026-0142"),
            "{html}"
        );
        assert_eq!(html.matches("<table").count(), 3, "each list by itself");
    }
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

#[test]
fn law_3_a_copy_is_the_letter_with_one_line_in_front() {
    let posted = |registered| Posted {
        on: day("2026-11-21"),
        registered,
    };
    let said = [
        (
            "Dit is een kopie van de brief die wij op 21 november 2026 per post hebben verstuurd.",
            "Dit is een kopie van de brief die wij op 21 november 2026 aangetekend hebben verstuurd.",
        ),
        (
            "This is a copy of the letter that we sent by post on 21 November 2026.",
            "This is a copy of the letter that we sent by registered post on 21 November 2026.",
        ),
        (
            "Dies ist eine Kopie des Briefes, den wir am 21. November 2026 per Post versandt haben.",
            "Dies ist eine Kopie des Briefes, den wir am 21. November 2026 per Einschreiben versandt haben.",
        ),
        (
            "Ceci est une copie de la lettre que nous avons envoyée par la poste le 21 novembre 2026.",
            "Ceci est une copie de la lettre que nous avons envoyée par courrier recommandé le 21 novembre 2026.",
        ),
    ];
    for (language, (plain, registered)) in LANGUAGES.into_iter().zip(said) {
        let letter = letter("formal-notice.neutral", language);
        let text = compose(&letter).unwrap();
        for (line, way) in [(plain, false), (registered, true)] {
            let copy = compose_copy(&letter, posted(way)).unwrap();
            let (front, rest) = copy.body.split_once("\n\n").unwrap();
            assert_eq!(
                (front.replace('\n', " ").as_str(), rest),
                (line, text.body.as_str())
            );
            assert!(copy.html.contains(&format!("<p>{line}</p>")), "{}", copy.html);
            assert!(copy.subject.ends_with(&text.subject) && copy.subject != text.subject);
        }
    }
}
