use std::path::Path;
use std::time::Duration;

use maan_connectors::credit::{Access, Candidate, Client, Credentials, NoAnswer, Service, Subject, Why};
use maan_connectors::http::Timer;
use maan_ledger::{DebtorKind, Money, Snapshot};
use maan_store::{CreditService, CreditSettings};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::RunError;
use crate::followup::Followup;

/// What is kept of a bureau or register in the clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceConfig {
    /// Its address; empty where there is none to call.
    pub url: String,
    /// What one report or question costs, in the currency of the books.
    pub price: Money,
    /// Longest wait for one answer, in seconds.
    #[serde(default = "half_a_minute")]
    pub patience_seconds: u64,
}

fn half_a_minute() -> u64 {
    30
}

/// The bureaux and registers that an administration asks.
#[derive(Debug)]
pub struct Desk {
    pub(super) settings: CreditSettings,
    offers: Vec<Offer>,
}

/// A bureau or register, and whether it can be asked.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) service: Service,
    pub(super) price: Money,
    client: Result<Client, NoAnswer>,
}

impl ServiceConfig {
    /// What was kept.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(kept: &CreditService) -> Result<Self, RunError> {
        serde_json::from_str(&kept.config).map_err(unreadable)
    }
}

fn unreadable(error: impl std::fmt::Display) -> RunError {
    RunError::Unreadable {
        what: "a credit bureau or register",
        why: error.to_string(),
    }
}

impl Desk {
    /// The bureau that reports are ordered from.
    pub(super) fn bureau(&self) -> Option<&Offer> {
        let chosen = self.settings.bureau.as_deref()?;
        self.offers.iter().find(|offer| offer.service.word() == chosen)
    }

    /// A service that is in use.
    pub(super) fn offer(&self, service: Service) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.service == service)
    }

    /// The registers that tell the insolvencies of a debtor's country, or whether its companies still exist.
    pub(super) fn registers_of(&self, subject: &Subject) -> impl Iterator<Item = &Offer> {
        let country = subject.country.to_string();
        self.offers.iter().filter(move |offer| {
            let tells = [offer.service.insolvencies_of(), offer.service.registrations_of()];
            tells.contains(&Some(country.as_str()))
        })
    }
}

impl Offer {
    /// The company as the service knows it, and whom to ask for what is told of it.
    pub(super) async fn find(&self, subject: &Subject) -> Result<(&Client, Candidate), NoAnswer> {
        let client = self.client.as_ref().map_err(Clone::clone)?;
        Ok((client, client.find(subject).await?))
    }
}

impl Followup {
    /// The bureaux and registers of the administration. `folder` holds the files of those that are no server.
    ///
    /// # Errors
    /// The database, or what is kept of one cannot be read.
    pub async fn desk(&self, folder: &Path, timer: &Timer) -> Result<Desk, RunError> {
        let mut offers = Vec::new();
        for kept in self.tenant.credit_services().await? {
            let Some(service) = Service::from_word(&kept.service) else {
                continue;
            };
            let config = ServiceConfig::read(&kept)?;
            let credentials = self.tenant.credit_credentials(&kept.service).await?;
            let credentials = credentials.unwrap_or_else(|| SecretString::from(""));
            let credentials = Credentials::from_json(&credentials).map_err(unreadable)?;
            let client = match address(service, &config.url) {
                Some(url) => {
                    let access = Access {
                        url,
                        credentials,
                        patience: Duration::from_secs(config.patience_seconds),
                    };
                    Client::new(service, access, folder, self.clock.clone(), timer.clone())
                }
                None => Err(NoAnswer {
                    service,
                    why: Why::Unsafe,
                }),
            };
            offers.push(Offer {
                service,
                price: config.price,
                client,
            });
        }
        Ok(Desk {
            settings: self.tenant.credit_settings().await?,
            offers,
        })
    }
}

/// Files on this machine have no address to call; theirs is this machine.
fn address(service: Service, url: &str) -> Option<Url> {
    match service {
        Service::Kbo => Url::parse("http://localhost/").ok(),
        _ => Url::parse(url).ok(),
    }
}

/// Whom a service is asked about.
pub(super) fn subject(snapshot: &Snapshot<'_>) -> Option<Subject> {
    let debtor = snapshot.debtor?;
    Some(Subject {
        kind: debtor.kind,
        name: debtor.name.clone(),
        country: debtor.country,
        registration: debtor.registration.clone(),
        vat_number: debtor.vat_number.clone(),
    })
}

/// Whether registers of insolvency can be asked about a debtor: they know a business by its number, and a private
/// person only by a birthday.
pub(super) fn is_registered(kind: DebtorKind) -> bool {
    matches!(kind, DebtorKind::Business | DebtorKind::SoleTrader)
}
