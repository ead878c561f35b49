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

impl Platform {
    /// A token of the platform itself, to look up what the program does not show. The verifier and its challenge
    /// are those of RFC 7636, appendix B.
    async fn token(&self, browser: &reqwest::Client) -> String {
        let client = self.practice.client();
        let redirect = client.redirect_uris[0].clone();
        let mut url: url::Url = self.practice.authorize_url().parse().unwrap();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &client.id)
            .append_pair("redirect_uri", &redirect)
            .append_pair("scope", "sales_invoices settings")
            .append_pair("state", "any")
            .append_pair("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
            .append_pair("code_challenge_method", "S256");
        let back: url::Url = self.give_access(url.as_str()).await.parse().unwrap();
        let code = back
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap()
            .1
            .into_owned();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &redirect),
            ("client_id", &client.id),
            ("client_secret", &client.secret),
            ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        ];
        let tokens = browser
            .post(self.practice.token_url())
            .form(&form)
            .send()
            .await
            .unwrap();
        let tokens: serde_json::Value = tokens.json().await.unwrap();
        tokens["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{tokens}"))
            .to_owned()
    }

    /// The debtor pays the invoice with this number; the bank has it since an hour.
    pub(crate) async fn pay(&self, number: &str) {
        let browser = reqwest::Client::new();
        let token = self.token(&browser).await;
        let administration = &self.practice.status().administrations[0].id;
        let api = self.practice.api_url();
        let url = format!("{api}/{administration}/sales_invoices/find_by_invoice_id/{number}.json");
        let found = browser.get(url).bearer_auth(token).send().await.unwrap();
        let invoice: serde_json::Value = found.json().await.unwrap();
        self.practice
            .pay_invoice(invoice["id"].as_str().unwrap(), 60)
            .unwrap();
    }

    /// The debtor of some open invoice pays it; the bank has it since an hour.
    pub(crate) async fn pay_any(&self) {
        let ids = self.looked_up("sales_invoices/synchronization").await;
        let ids = ids.as_array().unwrap().iter();
        let mut ids = ids.map(|one| one["id"].as_str().unwrap());
        assert!(ids.any(|id| self.practice.pay_invoice(id, 60).is_ok()));
    }

    /// The addresses to which the platform tells of changes.
    pub(crate) async fn webhooks(&self) -> Vec<String> {
        let all = self.looked_up("webhooks").await;
        let all = all.as_array().unwrap().iter();
        all.map(|one| one["url"].as_str().unwrap().to_owned()).collect()
    }

    /// What the platform answers to its own user, about its first administration.
    async fn looked_up(&self, what: &str) -> serde_json::Value {
        let browser = reqwest::Client::new();
        let token = self.token(&browser).await;
        let administration = &self.practice.status().administrations[0].id;
        let url = format!("{}/{administration}/{what}.json", self.practice.api_url());
        let found = browser.get(url).bearer_auth(token).send().await.unwrap();
        found.json().await.unwrap()
    }

    /// The notes on all contacts of the first administration, at most a hundred contacts.
    pub(crate) async fn notes(&self) -> Vec<String> {
        let browser = reqwest::Client::new();
        let token = self.token(&browser).await;
        let administration = &self.practice.status().administrations[0].id;
        let url = format!(
            "{}/{administration}/contacts.json?per_page=100",
            self.practice.api_url()
        );
        let found = browser.get(url).bearer_auth(token).send().await.unwrap();
        let contacts: Vec<serde_json::Value> = found.json().await.unwrap();
        let notes = contacts
            .iter()
            .flat_map(|contact| contact["notes"].as_array().unwrap());
        notes
            .map(|note| note["note"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Faults that were ordered and did not come yet are forgotten.
    pub(crate) async fn heal(&self) {
        let url = format!("{}/practice/faults", self.practice.base_url());
        let healed = reqwest::Client::new().delete(url).send().await.unwrap();
        assert!(healed.status().is_success());
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
