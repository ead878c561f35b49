use std::path::Path;

use maan_connectors::credit::{Client, Insolvency, Kbo, KboError, Service, Subject, Why};
use maan_connectors::http::Timer;
use maan_ledger::{Clock, DebtorKind, LegalSituation, Moment};
use tempfile::TempDir;

use super::support::{access, asked, belgian, clock, dutch, is_none, row};

const SERVICE: Service = Service::Kbo;

const CODES: &str = "\"Category\",\"Code\",\"Language\",\"Description\"
\"JuridicalSituation\",\"000\",\"NL\",\"Normale toestand\"
\"JuridicalSituation\",\"050\",\"NL\",\"Opening faillissement\"
\"JuridicalSituation\",\"012\",\"NL\",\"Vervroegde ontbinding - vereffening\"
\"JuridicalSituation\",\"020\",\"NL\",\"Fusie door overneming\"
\"JuridicalForm\",\"014\",\"NL\",\"Naamloze vennootschap\"
";

fn write(folder: &Path, file: &str, text: &str) {
    std::fs::write(folder.join(file), text).unwrap();
}

fn meta(folder: &Path, kind: &str, number: u32, day: &str) {
    let text = format!(
        "\"Variable\",\"Value\"\n\"SnapshotDate\",\"{day}\"\n\"ExtractType\",\"{kind}\"\n\"ExtractNumber\",\"{number}\"\n"
    );
    write(folder, "meta.csv", &text);
    write(folder, "code.csv", CODES);
}

fn enterprises(rows: &[(&str, &str)]) -> String {
    let mut text = "\"EnterpriseNumber\",\"Status\",\"JuridicalSituation\",\"TypeOfEnterprise\",\"JuridicalForm\",\"JuridicalFormCAC\",\"StartDate\"\n".to_owned();
    for (number, situation) in rows {
        text.push_str(&format!(
            "\"{number}\",\"AC\",\"{situation}\",\"2\",\"014\",,\"09-08-1960\"\n"
        ));
    }
    text
}

fn names(rows: &[(&str, &str)]) -> String {
    let mut text = "\"EntityNumber\",\"Language\",\"TypeOfDenomination\",\"Denomination\"\n".to_owned();
    for (number, name) in rows {
        text.push_str(&format!("\"{number}\",\"2\",\"001\",\"{name}\"\n"));
    }
    text
}

/// A full extract of a handful of enterprises.
fn full(folder: &Path) {
    meta(folder, "full", 140, "01-11-2026");
    let rows = [
        ("0403.170.701", "000"),
        ("0202.239.951", "050"),
        ("0200.065.765", "012"),
        ("0400.378.485", "020"),
    ];
    write(folder, "enterprise.csv", &enterprises(&rows));
    let long = "n".repeat(10 << 20);
    write(
        folder,
        "denomination.csv",
        &names(&[
            ("0403.170.701", "Peeters NV"),
            ("0202.239.951", &long),
            ("2.345.678.901", "a branch"),
        ]),
    );
}

fn client(folder: &Path, clock: Clock) -> Client {
    let url = "http://localhost/".parse().unwrap();
    Client::new(SERVICE, access(url), folder, clock, Timer::skipping()).unwrap()
}

fn about(number: &str) -> Subject {
    Subject {
        registration: number.into(),
        ..belgian()
    }
}

#[tokio::test]
async fn the_files_tell_the_situation_and_every_no_answer_is_its_own() {
    let (data, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let ask = async |subject: &Subject| asked(&client(data.path(), clock()), subject).await;
    is_none(SERVICE, "nothing loaded", ask(&belgian()).await, |why| {
        *why == Why::NotLoaded
    });
    full(files.path());
    let loaded = Kbo::at(data.path(), clock()).load(files.path()).await.unwrap();
    assert_eq!((loaded.extract, loaded.enterprises), (140, 4));
    let clean = ask(&belgian()).await.unwrap();
    assert_eq!(
        (clean.insolvency, clean.company.name.as_str()),
        (Insolvency::None, "Peeters NV")
    );
    row(SERVICE, "a normal situation", &clean.original);
    let bankrupt = ask(&about("0202239951")).await.unwrap();
    assert_eq!(bankrupt.company.name.len(), 120, "a name of 10 MB is cut");
    let Insolvency::Situations(cases) = &bankrupt.insolvency else {
        panic!()
    };
    assert_eq!(
        (cases[0].0, cases[0].1.to_string()),
        (LegalSituation::Bankruptcy, "2026-11-01".into())
    );
    row(SERVICE, "a bankruptcy", &bankrupt.original);
    let dissolved = ask(&about("0200065765")).await.unwrap();
    assert_eq!(
        dissolved.dissolved_since.map(|day| day.to_string()),
        Some("2026-11-01".into())
    );
    row(SERVICE, "a dissolution", &dissolved.original);
    is_none(
        SERVICE,
        "a situation for a person",
        ask(&about("0400378485")).await,
        |why| matches!(why, Why::NotUnderstood(_)),
    );
    is_none(SERVICE, "not found", ask(&about("0416375270")).await, |why| {
        matches!(why, Why::NotFound(_))
    });
    is_none(SERVICE, "a Dutch company", ask(&dutch()).await, |why| {
        matches!(why, Why::NothingToAskBy(_))
    });
    let person = Subject {
        kind: DebtorKind::Consumer,
        ..belgian()
    };
    is_none(SERVICE, "Consumer", ask(&person).await, |why| {
        *why == Why::NaturalPerson
    });
    let later = Clock::standing_at(Moment::from_utc("2026-12-20T09:00:00Z".parse().unwrap()));
    let answer = asked(&client(data.path(), later), &belgian()).await;
    is_none(SERVICE, "files of seven weeks ago", answer, |why| {
        matches!(why, Why::Unavailable(_))
    });
}

#[tokio::test]
async fn updates_follow_each_other_and_a_broken_one_changes_nothing() {
    let (data, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let kbo = Kbo::at(data.path(), clock());
    meta(files.path(), "update", 141, "02-11-2026");
    assert!(matches!(
        kbo.load(files.path()).await,
        Err(KboError::NothingBefore)
    ));
    full(files.path());
    kbo.load(files.path()).await.unwrap();
    meta(files.path(), "update", 142, "03-11-2026");
    let error = kbo.load(files.path()).await.unwrap_err();
    assert!(
        matches!(
            error,
            KboError::OutOfOrder {
                found: 142,
                wanted: 141
            }
        ),
        "{error}"
    );
    meta(files.path(), "update", 141, "02-11-2026");
    write(
        files.path(),
        "enterprise_delete.csv",
        "\"EnterpriseNumber\"\n\"0403.170.701\"\n",
    );
    let error = kbo.load(files.path()).await.unwrap_err();
    assert!(matches!(error, KboError::File { .. }), "{error}");
    let clean = asked(&client(data.path(), clock()), &belgian()).await.unwrap();
    assert_eq!(
        clean.insolvency,
        Insolvency::None,
        "half an update changed nothing"
    );
    write(
        files.path(),
        "enterprise_insert.csv",
        &enterprises(&[("0403.170.701", "050")]),
    );
    write(files.path(), "denomination_delete.csv", "\"EntityNumber\"\n");
    write(files.path(), "denomination_insert.csv", &names(&[]));
    let loaded = kbo.load(files.path()).await.unwrap();
    assert_eq!((loaded.extract, loaded.enterprises), (141, 4));
    let failed = asked(&client(data.path(), clock()), &belgian()).await.unwrap();
    assert!(
        matches!(failed.insolvency, Insolvency::Situations(_)),
        "{failed:?}"
    );
    write(
        files.path(),
        "meta.csv",
        "\"Variable\",\"Value\"\n\"ExtractType\",\"weekly\"\n",
    );
    let error = kbo.load(files.path()).await.unwrap_err();
    assert!(matches!(error, KboError::NotUnderstood { .. }), "{error}");
    row(SERVICE, "updates", "in order, whole or not at all");
}
