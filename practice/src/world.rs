//! All administrations of the server, on one practice clock, and what reaches their debtors.

use crate::api::{Delivery, Webhook, webhooks};
use crate::mailbox::{Mail, reading};
use crate::portfolio::{Home, Played, Portfolio, Touch};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// One administration to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministrationConfig {
    /// Name, as a user sees it.
    pub name: String,
    /// `NL` or `BE`: where the administration and most of its debtors are.
    pub country: String,
    /// All records follow from it.
    pub seed: u64,
    /// How many debtors.
    pub debtors: usize,
}

/// An administration with its webhooks.
pub(crate) struct Administration {
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) portfolio: Portfolio,
    pub(crate) webhooks: Vec<Webhook>,
}

/// Everything that the practice server knows about money.
pub(crate) struct World {
    pub(crate) administrations: Vec<Administration>,
}

/// Id of the first administration, and the distance to the next.
const FIRST_ID: u64 = 420_000_000_000_000_000;
const ID_STEP: u64 = 1_000_000_000_000_000;

impl World {
    pub(crate) fn generate(configs: &[AdministrationConfig], today: NaiveDate) -> Self {
        let ids = (FIRST_ID..).step_by(usize::try_from(ID_STEP).unwrap_or(usize::MAX));
        let make = |(place, (id, config)): (usize, (u64, &AdministrationConfig))| {
            let tag = if place == 0 {
                String::new()
            } else {
                format!("-{}", place + 1)
            };
            let home = Home {
                country: config.country.clone(),
                tag,
            };
            Administration {
                name: config.name.clone(),
                country: config.country.clone(),
                portfolio: Portfolio::generate(id, config.seed, config.debtors, &home, today),
                webhooks: Vec::new(),
            }
        };
        Self {
            administrations: ids.zip(configs).enumerate().map(make).collect(),
        }
    }

    pub(crate) fn administration(&mut self, id: u64) -> Option<&mut Administration> {
        self.administrations.iter_mut().find(|one| one.portfolio.id == id)
    }

    pub(crate) fn now(&self) -> NaiveDateTime {
        self.administrations
            .iter()
            .map(|one| one.portfolio.now)
            .max()
            .unwrap_or_default()
    }

    /// Lets the debtors read their new mail, then plays all administrations up to a moment.
    pub(crate) fn play_until(&mut self, moment: NaiveDateTime, mut new: Vec<Mail>) -> Vec<Played> {
        // mails that arrived at the same time in another order have the same effect
        new.sort_by(|a, b| (a.day, &a.to, &a.subject).cmp(&(b.day, &b.to, &b.subject)));
        for one in &mut self.administrations {
            for touch in new
                .iter()
                .flat_map(|mail| reading::touches(&one.portfolio, mail))
                .collect::<Vec<Touch>>()
            {
                one.portfolio.touch(&touch);
            }
        }
        self.administrations
            .iter_mut()
            .map(|one| one.portfolio.play_until(moment))
            .collect()
    }

    pub(crate) fn take_deliveries(&mut self) -> Vec<Delivery> {
        self.administrations
            .iter_mut()
            .flat_map(webhooks::take_deliveries)
            .collect()
    }
}
