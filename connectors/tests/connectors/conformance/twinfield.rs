use maan_connectors::{WriteBack, Written, twinfield};
use maan_dialects::twinfield::Twinfield;
use maan_ledger::{Currency, Money};
use serde_json::json;

use super::desk::Desk;
use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &twinfield::CONNECTOR,
    dialect: || Box::new(Twinfield),
    parameters: &[],
    // the list of customers, each of seven, and one browse
    first_calls: 9,
    quiet_calls: 2,
    message: None,
};

#[tokio::test]
async fn twinfield_conforms() {
    conforms(&SUBJECT).await;
}

/// What has no stamp is seen within a week, also when the name of its customer stays.
#[tokio::test]
async fn twinfield_reads_every_customer_once_a_week() {
    let mut desk = Desk::open(&SUBJECT, 1_000).await;
    desk.read().await.unwrap();
    desk.server.adjust(|world| {
        for customer in &mut world.model.customers {
            customer.limit = Some(123_400);
        }
    });
    let added = desk.books.added;
    desk.read().await.unwrap();
    assert_eq!(desk.books.added, added);
    let customers = 7;
    for _ in 0..7 {
        desk.pass(std::time::Duration::from_secs(86_400));
        let calls = desk.server.calls();
        desk.read().await.unwrap();
        assert!(desk.server.calls() - calls < 2 + customers, "all on one day");
    }
    assert_eq!(desk.books.added, added + 7);
}

/// An administration is named by its organisation and office, and written to as it is.
#[tokio::test]
async fn twinfield_writes_what_it_was_told_and_says_what_is_refused() {
    let desk = Desk::open(&SUBJECT, 1_000).await;
    assert!(desk.platform.administration().id.ends_with("/001"));
    let limit = |contact: &str, limit| WriteBack::CreditLimit {
        contact: contact.to_owned(),
        limit,
    };
    let amount = Money::new(750_050, Currency::EUR);
    for (change, limit, comment) in [
        (limit("1001", Some(amount)), json!("7500.50"), json!(null)),
        (limit("1001", None), json!("0.00"), json!(null)),
        (
            WriteBack::Note {
                contact: "1001".to_owned(),
                invoice: None,
                text: "zegt: \"<betaald> & klaar\"".to_owned(),
                todo: false,
            },
            json!(null),
            json!("zegt: \"<betaald> & klaar\""),
        ),
    ] {
        assert_eq!(desk.platform.write(&change).await.unwrap(), Written::Done(None));
        let written = desk.server.adjust(|world| world.written.pop()).unwrap().1;
        assert_eq!(
            (&written["basecreditlimit"], &written["comment"]),
            (&limit, &comment)
        );
    }
    let error = desk.platform.write(&limit("nobody", None)).await.unwrap_err();
    assert!(
        error.to_string().contains("The dimension nobody does not exist"),
        "{error}"
    );
}
