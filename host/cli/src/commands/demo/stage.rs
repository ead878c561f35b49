//! What the demonstration plays on: a practice server, an installation, two administrations.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use chrono::{NaiveDate, NaiveDateTime};
use maan_followup::{Door, Followup, Link, Phrases, Policies};
use maan_ledger::{Clock, Moment, TenantId};
use maan_outreach::{Language, Mailer, MailerSettings, Protection};
use maan_policy_host::contract::Slot;
use maan_practice::{AdministrationConfig, Config, Practice, Role, Showcase};
use maan_store::Tenant;
use secrecy::SecretString;

use super::meeting::give_access;
use crate::arguments::Demo;
use crate::commands::{connect, policy};
use crate::place::Place;
use crate::problem::Problem;

/// The Monday on which the demonstration begins.
const FIRST_DAY: (i32, u32, u32) = (2026, 11, 23);

pub(super) struct Stage {
    pub(super) practice: Practice,
    pub(super) place: Place,
    /// The administration that is shown.
    pub(super) shown: Followup,
    /// Another one beside it, with other policies.
    pub(super) other: Followup,
    pub(super) mailer: Mailer,
    pub(super) language: Language,
    names: Vec<(TenantId, String)>,
    temporary: Option<Temporary>,
}

/// A folder that nobody keeps: it goes when the demonstration ends, however that ends.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // What stays behind in the temporary place does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Stage {
    pub(super) async fn set(options: &Demo) -> Result<Self, Problem> {
        let (folder, temporary) = folder(options)?;
        let (year, month, day) = FIRST_DAY;
        let today = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let practice = Practice::start(Config {
            administrations: administrations(options),
            today,
            throttle: None,
            mailbox_log: folder.join("mailbox.jsonl"),
            ..Config::default()
        })
        .await?;
        let clock = Clock::standing_at(at(practice.status().now));
        let place = Place::at(folder, None, clock).await?;
        let mut opened = Vec::with_capacity(2);
        for (administration, preset) in practice
            .status()
            .administrations
            .iter()
            .zip(["process", "strict"])
        {
            opened.push(connected(&practice, &place, &administration.id, preset).await?);
        }
        let (Some((other, other_name)), Some((shown, shown_name))) = (opened.pop(), opened.pop()) else {
            return Err(Problem::failed("the practice server has no two administrations"));
        };
        let smtp = practice.smtp();
        let mailer = Mailer::new(MailerSettings {
            host: smtp.ip().to_string(),
            port: smtp.port(),
            protection: Protection::None,
            login: None,
        });
        let names = vec![(shown.tenant.id(), shown_name), (other.tenant.id(), other_name)];
        let stage = Self {
            practice,
            place,
            shown,
            other,
            mailer,
            language: Language::En,
            names,
            temporary,
        };
        stage.partner_policy().await?;
        Ok(stage)
    }

    /// The other administration replaces one slot by a partner's component, and nothing else.
    async fn partner_policy(&self) -> Result<(), Problem> {
        let file = policy::default_policies()?.join("house-limits.wasm");
        let component = policy::install(&self.place, &file, false).await?;
        let settings = policy::settings_of(&component, Slot::CreditCheck, None, None)?;
        let reason = ("demo", "limits of the house instead of the default ones");
        policy::put_in_use(
            &self.place,
            &self.other.tenant,
            &component,
            Slot::CreditCheck,
            &settings,
            reason,
        )
        .await
    }

    pub(super) fn followups(&self) -> [&Followup; 2] {
        [&self.shown, &self.other]
    }

    pub(super) fn name(&self, followup: &Followup) -> &str {
        let found = self.names.iter().find(|(id, _)| *id == followup.tenant.id());
        found.map_or("", |(_, name)| name.as_str())
    }

    pub(super) async fn policies(&self, followup: &Followup) -> Result<Arc<Policies>, Problem> {
        Ok(Arc::new(followup.policies().await?))
    }

    pub(super) async fn phrases(&self) -> Result<Phrases, Problem> {
        Ok(Phrases::of(&*self.policies(&self.shown).await?))
    }

    /// A debtor of the shown administration who shows one situation.
    pub(super) fn showcase(&self, role: Role) -> Result<Showcase, Problem> {
        let status = self.practice.status();
        let found = status.administrations.first().and_then(|one| {
            one.showcase
                .iter()
                .find(|showcase| showcase.role == role)
                .cloned()
        });
        found.ok_or_else(|| Problem::failed("the practice administration lacks a debtor to show"))
    }

    /// Plays through a moment: the practice world and our clock move together.
    pub(super) fn play_to(&self, moment: NaiveDateTime) -> Result<Vec<maan_practice::Played>, Problem> {
        let played = tokio::task::block_in_place(|| self.practice.advance_to(moment))?;
        self.place.clock.set(at(moment));
        Ok(played)
    }

    pub(super) async fn end(self, started: Instant) {
        println!("\nDone in {} seconds.", started.elapsed().as_secs());
        let folder = self.place.folder.display().to_string();
        self.practice.stop().await;
        match self.temporary {
            Some(_) => {
                println!("Keep the data with `--keep FOLDER`, then look further:");
                println!(
                    "  maan --data FOLDER -a \"{}\" worklist",
                    self.names.first().map_or("", |(_, name)| name)
                );
                println!("  maan --data FOLDER replay --all --json");
            }
            None => println!(
                "The data are in {folder}: `maan --data {folder} replay --all --json` makes every decision again."
            ),
        }
    }
}

/// A moment a minute past what the practice clock shows, so that what the platform has now counts as settled.
fn at(moment: NaiveDateTime) -> Moment {
    Moment::from_utc(moment.and_utc()).plus_seconds(60)
}

fn administrations(options: &Demo) -> Vec<AdministrationConfig> {
    let one = |name: &str, country: &str, seed: u64, debtors: u32| AdministrationConfig {
        name: name.to_owned(),
        country: country.to_owned(),
        seed,
        debtors: debtors as usize,
    };
    vec![
        one("Zonneveld Groothandel", "NL", options.seed, options.debtors),
        one(
            "Drukkerij Vermeulen",
            "BE",
            options.seed.wrapping_add(1),
            options.debtors.div_ceil(4),
        ),
    ]
}

fn folder(options: &Demo) -> Result<(PathBuf, Option<Temporary>), Problem> {
    let (folder, temporary) = match &options.keep {
        Some(folder) => (folder.clone(), None),
        None => {
            // Data that nobody keeps need no disk: every message is made durable several times.
            let memory = PathBuf::from("/dev/shm");
            let base = if memory.is_dir() {
                memory
            } else {
                std::env::temp_dir()
            };
            let folder = base.join(format!("maan-demo-{}", std::process::id()));
            (folder.clone(), Some(Temporary(folder)))
        }
    };
    if folder.join("maan.db").exists() {
        let message = format!(
            "`{}` holds data already; choose an empty folder for the demonstration",
            folder.display()
        );
        return Err(Problem::failed(message));
    }
    std::fs::create_dir_all(&folder)
        .map_err(|error| Problem::failed(format!("`{}` cannot be made: {error}", folder.display())))?;
    Ok((folder, temporary))
}

/// Signs in, connects one administration and reads nothing yet.
async fn connected(
    practice: &Practice,
    place: &Place,
    administration: &str,
    preset: &str,
) -> Result<(Followup, String), Problem> {
    let client = practice.client();
    let secret = SecretString::from(client.secret.clone());
    let door = Door {
        platform: "moneybird".to_owned(),
        site: practice.base_url().to_owned(),
        parameters: BTreeMap::new(),
        client_id: client.id,
    };
    let endpoint = door.endpoint(secret.clone())?;
    let redirect = client.redirect_uris.first().cloned().unwrap_or_default();
    let tokens = give_access(&endpoint, &redirect, administration).await?;
    let opened = door.administrations(&secret, tokens.clone()).await?;
    let found = opened.into_iter().find(|one| one.id == administration);
    let found = found.ok_or_else(|| Problem::failed("the consent does not open the administration"))?;
    let name = found.name.clone();
    let link = Link {
        door,
        administration: found,
    };
    let id = connect::keep(place, &link, &secret, &tokens, preset).await?;
    let mut settings = place.store.tenant(id).settings().await?;
    settings.sender_address = format!("debiteuren@{}.example", name.to_lowercase().replace(' ', "-"));
    settings.iban = Some("NL91ABNA0417164300".to_owned());
    place.store.tenant(id).set_settings(&settings).await?;
    let tenant = Tenant {
        id,
        name: name.clone(),
        settings,
    };
    Ok((place.followup_of(&tenant).await?, name))
}
