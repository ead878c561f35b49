use serde_json::json;

use super::{Files, LIST};
use crate::support::{Installation, Kind, Platform};

const HISTORY: &str = "klantnummer;factuurnummer;gebeurtenis;datum actie;kanaal;bewijs;uiterlijk;event-amount;plan;reden\n\
    100;2026-0001;Eerste herinnering;2026-10-05;e-mail;;;;;\n\
    100;2026-0001;14-dagenbrief;2026-10-20;brief;;2026-11-05;40,00;;\n\
    100;2026-0002;Betwist;2026-11-10;;;;20,00;;prijs klopt niet\n\
    200;2026-0003;Toezegging;2026-11-16;telefoon;;2026-11-30;400,00;;\n\
    200;;Termijn;2026-11-17;;;2026-12-01;300,00;R1;\n\
    200;;Termijn;2026-11-17;;;2027-01-01;300,00;R1;\n\
    200;;On hold;2026-11-18;;;2026-12-15;;;overleg loopt\n\
    300;2026-0099;Aanmaning;2026-11-01;brief;;;;;\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn live_2_what_another_tool_did_comes_along() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let report = files.import(HISTORY, &[]).await;
    let counts = &report["files"][0]["counts"];
    for (what, count) in [
        ("steps", 2),
        ("promises", 1),
        ("disputes", 1),
        ("pauses", 1),
        ("instalments", 2),
        ("plans", 1),
    ] {
        assert_eq!(counts[what], count, "{what}: {report}");
    }
    assert!(
        report["files"][0]["skipped_lines"][0]["why"]
            .as_str()
            .unwrap()
            .contains("300"),
        "{report}"
    );
    let events = files.exported("events.csv").await;
    for words in [
        "reminder1,2026-10-05,email,no",
        "promise,2026-11-16,,,2026-11-30,EUR,400.00",
        "instalment,2026-11-17,,,2027-01-01,EUR,300.00",
        "dispute,2026-11-10,,,,EUR,20.00",
        "pause,2026-11-18,,,2026-12-15",
    ] {
        assert!(events.contains(words), "`{words}` is not in {events}");
    }
    assert_eq!(files.import(HISTORY, &[]).await["facts"], 0);
    files.0.ask(&["run", "--no-send"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn live_1_an_imported_letter_without_proof_founds_no_cost() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let report = files.import(HISTORY, &[]).await;
    assert_eq!(
        report["files"][0]["counts"]["letters without proof, which found no costs"], 1,
        "{report}"
    );
    let events = files.exported("events.csv").await;
    // it counts as a last reminder, so that a letter with proof can still follow
    assert!(
        events.contains("last-reminder,2026-10-20,letter,no,2026-11-05,,,"),
        "{events}"
    );
    assert!(!events.contains("formal-notice"), "{events}");
    let proven = HISTORY.replace("20;brief;;2026-11-05", "20;brief;ja;2026-11-05");
    files.import(&proven, &[]).await;
    let events = files.exported("events.csv").await;
    assert!(
        events.contains("formal-notice,2026-10-20,letter,yes,2026-11-05,EUR,40.00"),
        "{events}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_a_platform_files_bring_only_what_was_done_before() {
    let platform = Platform::start(10).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["sync"]).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("all");
    installation.ask(&["export", to.to_str().unwrap()]).await;
    let invoices = std::fs::read_to_string(to.join("invoices.csv")).unwrap();
    let number = invoices
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .nth(2)
        .unwrap()
        .to_owned();
    let events = folder.path().join("done.csv");
    std::fs::write(
        &events,
        format!("invoice-number,event,event-date\n{number},reminder,2026-11-01\n"),
    )
    .unwrap();
    let report = installation
        .ask(&[
            "import",
            to.join("invoices.csv").to_str().unwrap(),
            events.to_str().unwrap(),
        ])
        .await;
    assert_eq!(
        (&report["facts"], &report["new_debtors"]),
        (&json!(1), &json!(0)),
        "{report}"
    );
    let left = report["files"][0]["counts"]["left to the platform"]
        .as_u64()
        .unwrap();
    assert_eq!(left, invoices.lines().count() as u64 - 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invoice_of_another_business_is_not_followed_up() {
    let files = Files::new().await;
    files.begin(LIST).await;
    files.0.ask(&["settings", "vat_number=NL001234567B01"]).await;
    let invoice = |vat: &str| {
        format!(
            r#"<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>2026-0010</ID><IssueDate>2026-11-01</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode>
            <AccountingSupplierParty><Party><PartyTaxScheme><CompanyID>{vat}</CompanyID><TaxScheme><ID>VAT</ID></TaxScheme></PartyTaxScheme></Party></AccountingSupplierParty>
            <AccountingCustomerParty><Party><PartyLegalEntity><RegistrationName>Jansen BV</RegistrationName></PartyLegalEntity></Party></AccountingCustomerParty>
            <LegalMonetaryTotal><PayableAmount currencyID="EUR">10.00</PayableAmount></LegalMonetaryTotal></Invoice>"#
        )
    };
    let report = files.import(&invoice("BE0123456789"), &[]).await;
    assert!(
        report["files"][0]["skipped_lines"][0]["why"]
            .as_str()
            .unwrap()
            .contains("BE0123456789"),
        "{report}"
    );
    let report = files.import(&invoice("NL001234567B01"), &[]).await;
    assert_eq!(
        (&report["new_debtors"], &report["changed_debtors"]),
        (&json!(0), &json!(1)),
        "{report}"
    );
    assert_eq!(files.open("2026-0010").await, "10.00");
}
