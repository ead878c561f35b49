//! A practice platform and mail servers in this process.

use std::path::Path;

use chrono::NaiveDate;
use maan_practice::{AdministrationConfig, Config, Practice};
use reqwest::header::LOCATION;
use tempfile::TempDir;

/// A practice platform with its own mail server.
pub(crate) struct Platform {
    pub(crate) practice: Practice,
    _folder: TempDir,
}

impl Platform {
    /// A platform with one Dutch administration on Friday 20 November 2026, not throttled.
    pub(crate) async fn start(debtors: usize) -> Self {
        Self::with(&[("Noord", debtors)]).await
    }

    /// A platform with several administrations, each of another seed.
    pub(crate) async fn with(administrations: &[(&str, usize)]) -> Self {
        let made = |(seed, (name, debtors)): (u64, &(&str, usize))| AdministrationConfig {
            name: (*name).to_owned(),
            country: "NL".to_owned(),
            seed,
            debtors: *debtors,
        };
        let (practice, folder) = serve((1..).zip(administrations).map(made).collect()).await;
        Self {
            practice,
            _folder: folder,
        }
    }

    /// What a person does in the browser: gives access, and returns the address to which the platform redirects.
    pub(crate) async fn give_access(&self, authorize: &str) -> String {
        let browser = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let page = browser.get(authorize).send().await.unwrap();
        let consent = page.headers()["x-practice-consent"].to_str().unwrap().to_owned();
        let form = [("consent", consent.as_str()), ("decision", "allow")];
        let redirect = browser
            .post(self.practice.authorize_url())
            .form(&form)
            .send()
            .await
            .unwrap();
        redirect.headers()[LOCATION].to_str().unwrap().to_owned()
    }
}

/// A mail server alone, with an empty log.
pub(crate) async fn mailbox() -> Platform {
    Platform::with(&[]).await
}

async fn serve(administrations: Vec<AdministrationConfig>) -> (Practice, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        administrations,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        throttle: None,
        mailbox_log: log(folder.path()),
        ..Config::default()
    };
    (Practice::start(config).await.unwrap(), folder)
}

fn log(folder: &Path) -> std::path::PathBuf {
    folder.join("mailbox.jsonl")
}
