use serde_json::{Value, json};

use super::{Files, LIST};

struct Payment {
    amount: &'static str,
    name: &'static str,
    account: &'static str,
    text: &'static str,
    more: &'static str,
}

const PAYMENT: Payment = Payment {
    amount: "121.00",
    name: "",
    account: "",
    text: "",
    more: "",
};

fn statement(payments: &[Payment]) -> String {
    let entries: String = payments
        .iter()
        .map(|payment| {
            let direction = if payment.more.contains("RtrInf") { "DBIT" } else { "CRDT" };
            format!(
                "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-19</Dt></BookgDt><NtryDtls><TxDtls>\
                 <RltdPties><Dbtr><Nm>{}</Nm></Dbtr><DbtrAcct><Id><IBAN>{}</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{}</Ustrd></RmtInf>{}</TxDtls></NtryDtls></Ntry>",
                payment.amount, payment.name, payment.account, payment.text, payment.more
            )
        })
        .collect();
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"
    )
}

const JANSEN: &str = "BE68539007547034";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_what_is_certain_is_used_and_the_same_statement_again_brings_nothing() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let text = statement(&[
        Payment {
            text: "uw factuur 2026-0001",
            account: JANSEN,
            ..PAYMENT
        },
        Payment {
            amount: "400.00",
            name: "PIETERS",
            text: "2026 0003 deel",
            ..PAYMENT
        },
    ]);
    let report = files.import(&text, &[]).await;
    assert_eq!(report["for_a_person"], json!([]), "{report}");
    assert_eq!(files.open("2026-0001").await, "0.00");
    assert_eq!(files.open("2026-0003").await, "600.00");
    let again = files.import(&text, &[]).await;
    assert_eq!(
        (&again["facts"], &again["files"][0]["known"]),
        (&json!(0), &json!(2)),
        "{again}"
    );
    // the list of before says that all is open; the bank knows better
    assert_eq!(files.import(LIST, &[]).await["facts"], 0);
    // an account that paid before and the exact amount of its only such invoice
    let next = statement(&[Payment {
        amount: "20.00",
        account: JANSEN,
        ..PAYMENT
    }]);
    files.import(&next, &[]).await;
    assert_eq!(files.open("2026-0002").await, "0.00");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_structured_reference_finds_the_invoice_that_it_holds() {
    let files = Files::new().await;
    let list = LIST
        .replace("2026-0001", "2026000123")
        .replace(";e-mail\n", ";e-mail;betalingskenmerk\n")
        .replace(
            "20,00;jansen@example.com\n",
            "20,00;jansen@example.com;RF18539007547034\n",
        );
    files.begin(&list).await;
    let structured = |reference: &str| {
        format!("<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf>").leak()
            as &str
    };
    let text = statement(&[
        Payment {
            amount: "21.00",
            more: structured("RF462026000123"),
            ..PAYMENT
        },
        Payment {
            amount: "20.00",
            more: structured("RF18539007547034"),
            ..PAYMENT
        },
        Payment {
            amount: "40.00",
            text: "+++202/6000/12320+++",
            ..PAYMENT
        },
        Payment {
            amount: "50.00",
            text: "502026000123",
            ..PAYMENT
        },
    ]);
    let report = files.import(&text, &[]).await;
    assert_eq!(report["for_a_person"], json!([]), "{report}");
    assert_eq!(files.open("2026000123").await, "10.00");
    assert_eq!(files.open("2026-0002").await, "0.00");
}

fn unsure<'a>(report: &'a Value, why: &str) -> &'a Value {
    let all = report["for_a_person"].as_array().unwrap();
    let found = all.iter().find(|one| one["why"].as_str().unwrap().contains(why));
    found.unwrap_or_else(|| panic!("`{why}` is not in {report}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_what_is_not_certain_is_shown_to_a_person_who_decides() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let text = statement(&[
        Payment {
            amount: "1000.00",
            name: "Onbekend",
            ..PAYMENT
        },
        Payment {
            amount: "30.00",
            name: "Pieters",
            text: "bedankt",
            ..PAYMENT
        },
        Payment {
            amount: "99.00",
            name: "Iemand",
            text: "2026-0001",
            ..PAYMENT
        },
        Payment {
            amount: "7.00",
            name: "Niemand",
            text: "-",
            ..PAYMENT
        },
    ]);
    let report = files.import(&text, &[]).await;
    let by_amount = unsure(&report, "only the amount fits");
    assert_eq!(
        by_amount["candidates"],
        json!(["2026-0003 of Pieters: EUR 1000.00 open"])
    );
    unsure(&report, "only the name points to Pieters");
    unsure(&report, "neither amount nor payer fits");
    unsure(&report, "nothing in it is known");
    for number in ["2026-0001", "2026-0003"] {
        assert!(files.open(number).await.parse::<f64>().unwrap() > 100.0);
    }
    let id = by_amount["id"].as_str().unwrap();
    let allocated = format!("{}=2026-0003", &id[..8]);
    let report = files.0.ask(&["import", "--allocate", &allocated]).await;
    assert_eq!(report["for_a_person"].as_array().unwrap().len(), 3, "{report}");
    assert_eq!(files.open("2026-0003").await, "0.00");
    files
        .0
        .maan(&["import", "--allocate", &allocated])
        .await
        .problem(1, &["no payment that waits"]);
    files
        .0
        .maan(&["import", "--allocate", "abcd=nobody"])
        .await
        .problem(1, &["`nobody` is neither"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mon_1_money_that_goes_back_opens_its_invoice_again() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let paid = Payment {
        account: JANSEN,
        name: "Jansen",
        text: "2026-0001",
        ..PAYMENT
    };
    files.import(&statement(&[paid]), &[]).await;
    assert_eq!(files.open("2026-0001").await, "0.00");
    let back = || Payment {
        account: JANSEN,
        more: "<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>",
        ..PAYMENT
    };
    let report = files.import(&statement(&[back()]), &[]).await;
    assert_eq!(report["for_a_person"], json!([]), "{report}");
    assert_eq!(files.open("2026-0001").await, "121.00");
    assert!(
        files
            .exported("facts.jsonl")
            .await
            .contains("\"return_code\":\"AM04\"")
    );
    // nothing is left that could go back once more
    let report = files.import(&statement(&[back(), back()]), &[]).await;
    unsure(&report, "no payment of this amount");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_came_before_its_invoice_is_placed_once_the_invoice_is_there() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let early = statement(&[Payment {
        amount: "75.00",
        text: "factuur 2026-0009",
        ..PAYMENT
    }]);
    let report = files.import(&early, &[]).await;
    unsure(&report, "nothing in it is known");
    let later = format!("{LIST}200;Pieters;2026-0009;15-11-2026;15-12-2026;75,00;75,00;\n");
    let report = files.import(&later, &[]).await;
    assert_eq!(report["for_a_person"], json!([]), "{report}");
    assert_eq!(files.open("2026-0009").await, "0.00");
}
