use serde_json::json;

use super::{Files, LIST};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_makes_an_administration_that_runs_and_the_same_list_again_brings_nothing() {
    let files = Files::new().await;
    let report = files.begin(LIST).await;
    assert_eq!(report["new_debtors"], 2, "{report}");
    assert_eq!(report["files"][0]["counts"]["invoices"], 3);
    assert_eq!(report["files"][0]["sums"]["open"], json!(["EUR 1141.00"]));
    assert_eq!(files.open("2026-0002").await, "20.00");
    let run = files.0.ask(&["run", "--no-send"]).await;
    assert_eq!(run["run"]["decided"], 2, "{run}");
    let again = files.import(LIST, &[]).await;
    assert_eq!(
        (&again["facts"], &again["changed_debtors"]),
        (&json!(0), &json!(0)),
        "{again}"
    );
    assert_eq!(again["files"][0]["known"], 3);
    files.0.ask(&["replay", "--all"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_corrected_list_corrects_and_a_complete_one_closes_what_it_does_not_name() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let corrected = LIST
        .replace("50,00;20,00", "60,00;0,00")
        .replace("30-09-2026", "15-10-2026");
    let report = files.import(&corrected, &[]).await;
    assert_eq!(
        (&report["new_debtors"], &report["changed_debtors"]),
        (&json!(0), &json!(1)),
        "{report}"
    );
    assert_eq!(files.open("2026-0002").await, "0.00");
    let rest: String = LIST
        .lines()
        .filter(|line| !line.contains("0003"))
        .map(|line| format!("{line}\n"))
        .collect();
    let rest = rest
        .replace("50,00;20,00", "60,00;0,00")
        .replace("30-09-2026", "15-10-2026");
    let told = files.import(&rest, &[]).await;
    assert_eq!(
        (&told["not_named"], &told["not_named_open"]),
        (&json!(1), &json!(["EUR 1000.00"])),
        "{told}"
    );
    assert_eq!(files.open("2026-0003").await, "1000.00");
    files.import(&rest, &["--complete"]).await;
    assert_eq!(files.open("2026-0003").await, "0.00");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trial_keeps_nothing_and_says_the_same() {
    let files = Files::new().await;
    let file = files.file("begin.csv", LIST);
    let trial = [
        "import",
        "--new",
        "Zonneveld",
        "--dry-run",
        file.to_str().unwrap(),
    ];
    let said = files.0.ask(&trial).await;
    assert_eq!(
        (&said["dry_run"], &said["new_debtors"]),
        (&json!(true), &json!(2))
    );
    assert_eq!(files.0.number("SELECT count(*) FROM tenant").await, 0);
    files.begin(LIST).await;
    let more = LIST.replace("2026-0003", "2026-0004");
    files.import(&more, &["--dry-run"]).await;
    assert!(!files.exported("invoices.csv").await.contains("2026-0004"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_told_is_asked_and_the_answer_is_remembered_for_the_same_headers() {
    let files = Files::new().await;
    let text = "debiteur;nummer;datum;factuurbedrag\nJansen;1001;03-04-2026;1.234\n";
    files.begin(LIST).await;
    files.answer(text, &[]).await.problem(
        4,
        &[
            "`1.234`",
            "--decimals comma",
            "`03-04-2026`",
            "--dates day-first",
            "`nummer` left out",
        ],
    );
    let answered = [
        "--decimals",
        "comma",
        "--dates",
        "day-first",
        "--column",
        "nummer=invoice-number",
    ];
    let report = files.import(text, &answered).await;
    assert_eq!(
        report["files"][0]["sums"]["invoices"],
        json!(["EUR 1234.00"]),
        "{report}"
    );
    let next = text.replace("1001;03-04-2026;1.234", "1002;05-06-2026;2.000");
    let report = files.import(&next, &[]).await;
    assert_eq!(
        report["files"][0]["sums"]["invoices"],
        json!(["EUR 2000.00"]),
        "{report}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_is_said_in_words() {
    let files = Files::new().await;
    let text = format!("{LIST}200;Pieters;2026-0005;31-02-2026;;10,00;10,00;\n;;;;;1.151,00;1.151,00;\n");
    let file = files.file("posten.csv", text);
    let answer = files
        .0
        .maan(&["import", "--new", "Zonneveld", file.to_str().unwrap()])
        .await
        .good();
    let said = answer.out.replace(file.to_str().unwrap(), "posten.csv");
    insta::assert_snapshot!(said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_import_has_taken_in_nothing() {
    let files = Files::new().await;
    files.begin(LIST).await;
    let mut list = String::from("klantnummer;klant;factuurnummer;factuurdatum;bedrag\n");
    for number in 0..60_000 {
        list.push_str(&format!(
            "{};Klant {};F{number};13-10-2026;10,00\n",
            number % 5000,
            number % 5000
        ));
    }
    let file = files.file("large.csv", list);
    let before = files.0.number("SELECT count(*) FROM fact_page").await;
    let began = std::time::Instant::now();
    files
        .0
        .ask(&["import", "--dry-run", file.to_str().unwrap()])
        .await;
    let whole = began.elapsed();
    for part in [4, 2] {
        let mut child = files
            .0
            .command(&["import", file.to_str().unwrap()])
            .spawn()
            .unwrap();
        tokio::time::sleep(whole / part).await;
        child.kill().await.unwrap();
        assert_eq!(
            files.0.number("SELECT count(*) FROM fact_page").await,
            before,
            "1/{part}"
        );
    }
    let report = files.0.ask(&["import", file.to_str().unwrap()]).await;
    assert_eq!(report["files"][0]["counts"]["invoices"], 60_000);
}
