//! An installation: its folder, its database, its policies.

use std::collections::HashSet;
use std::io::Write;
use std::ops::RangeInclusive;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Datelike, Utc};
use maan_followup::{Followup, Link};
use maan_ledger::{Clock, Moment};
use maan_policy_host::{Compiler, Digest, HostConfig, Limits, PolicyHost};
use maan_store::{HostKey, Store, Tenant};

use crate::arguments::Arguments;
use crate::config::Config;
use crate::output::plain;
use crate::problem::{Code, Problem};

/// An open installation.
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) host: Arc<PolicyHost>,
    pub(crate) clock: Clock,
    pub(crate) interrupted: Arc<AtomicBool>,
    administration: Option<String>,
}

impl Place {
    /// Opens the installation that the arguments name; a new one is made.
    pub(crate) async fn open(arguments: &Arguments) -> Result<Self, Problem> {
        let clock = clock(arguments.at.as_deref())?;
        let mut place = Self::at(arguments.data.clone(), arguments.database.as_deref(), clock).await?;
        place.administration = arguments.administration.clone();
        Ok(place)
    }

    /// Opens the installation in a folder.
    pub(crate) async fn at(folder: PathBuf, database: Option<&str>, clock: Clock) -> Result<Self, Problem> {
        std::fs::create_dir_all(&folder).map_err(|error| {
            let folder = folder.display();
            Problem::failed(format!(
                "the folder `{folder}` cannot be made: {error}; choose another with --data"
            ))
        })?;
        let config = Config::read(&folder.join("maan.toml"))?;
        let database = database.map(str::to_owned).or_else(|| config.database.clone());
        let file = folder.join("maan.db");
        let key = folder.join("host.key");
        if database.is_none() && file.exists() && !key.exists() {
            return Err(Problem::failed(format!(
                "the host key `{}` is missing, and without it nothing sealed in `{}` opens; put it back from the backup",
                key.display(),
                file.display()
            )));
        }
        let database = database.unwrap_or_else(|| sqlite(&file));
        let key = HostKey::read_or_create(&key)?;
        let store = Store::open(&database, &key).await?;
        let host = Arc::new(policy_host(&folder)?);
        Ok(Self {
            config,
            store,
            host,
            clock,
            interrupted: interruption(),
            administration: None,
            folder,
        })
    }

    /// The administration that is meant: the one named, or the only one.
    pub(crate) async fn tenant(&self) -> Result<Tenant, Problem> {
        if let Some(named) = &self.administration {
            return self.tenant_named(named).await;
        }
        let mut tenants = self.store.tenants().await?;
        let names: Vec<_> = tenants
            .iter()
            .map(|tenant| format!("`{}`", plain(&tenant.name)))
            .collect();
        match (tenants.pop(), names.len()) {
            (Some(only), 1) => Ok(only),
            (None, _) => Err(Problem::new(
                Code::NotFound,
                "no administration is connected yet; connect one with `maan connect PLATFORM`, or make one from files with `maan \
                 import --new NAME FILE…`",
            )),
            (Some(_), _) => Err(Problem::new(
                Code::NotFound,
                format!(
                    "there are several administrations; choose one with -a: {}",
                    names.join(", ")
                ),
            )),
        }
    }

    /// Whether one administration was chosen by name or id.
    pub(crate) fn is_chosen(&self) -> bool {
        self.administration.is_some()
    }

    /// The administration that is named, or all of them.
    pub(crate) async fn administrations(&self) -> Result<Vec<Tenant>, Problem> {
        match self.administration {
            Some(_) => Ok(vec![self.tenant().await?]),
            None => Ok(self.store.tenants().await?),
        }
    }

    /// The administration of a name or id.
    pub(crate) async fn tenant_named(&self, named: &str) -> Result<Tenant, Problem> {
        let tenants = self.store.tenants().await?;
        let names: Vec<_> = tenants
            .iter()
            .map(|tenant| format!("`{}`", plain(&tenant.name)))
            .collect();
        let found = tenants
            .into_iter()
            .find(|tenant| tenant.name == named || tenant.id.to_string() == named);
        found.ok_or_else(|| {
            let there = if names.is_empty() {
                "none is connected yet".into()
            } else {
                names.join(", ")
            };
            Problem::new(
                Code::NotFound,
                format!("there is no administration `{}`; there is: {there}", plain(named)),
            )
        })
    }

    /// The follow-up of the administration that is meant.
    pub(crate) async fn followup(&self) -> Result<Followup, Problem> {
        let tenant = self.tenant().await?;
        self.followup_of(&tenant).await
    }

    /// The follow-up of an administration.
    pub(crate) async fn followup_of(&self, tenant: &Tenant) -> Result<Followup, Problem> {
        if matches!(self.clock, Clock::Set(_)) {
            self.only_practice(tenant).await?;
        }
        let opened = Followup::open(
            &self.store,
            self.store.tenant(tenant.id),
            self.host.clone(),
            self.clock.clone(),
            self.interrupted.clone(),
        );
        Ok(opened.await?)
    }

    /// Another day than today is for practice administrations: what is decided for a later day is not looked at again
    /// until that day.
    async fn only_practice(&self, tenant: &Tenant) -> Result<(), Problem> {
        for connection in self.store.tenant(tenant.id).connections().await? {
            let link = Link::read(&connection)?;
            if !link.is_here() {
                return Err(Problem::new(
                    Code::NotFound,
                    format!(
                        "`--at` plays another moment, which is for practice administrations; {} is read from {}",
                        plain(&tenant.name),
                        link.door.site
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Waits until Ctrl-C was pressed.
    pub(crate) async fn until_interrupted(&self) {
        while !self.interrupted.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Lets a component guard the law, from now on and in later processes.
    pub(crate) fn trust_statute(&self, digest: Digest) -> Result<(), Problem> {
        let path = self.folder.join(TRUSTED);
        let mut digests = trusted(&path)?;
        digests.insert(digest);
        let mut lines: Vec<_> = digests.iter().map(|digest| format!("{digest}\n")).collect();
        lines.sort();
        // A file that is written whole or not at all.
        let new = path.with_extension("new");
        std::fs::File::create(&new)
            .and_then(|mut file| {
                file.write_all(lines.concat().as_bytes())?;
                file.sync_all()
            })
            .and_then(|()| std::fs::rename(&new, &path))
            .map_err(unusable(&path))?;
        self.host.trust_statute(digest);
        Ok(())
    }
}

/// Digests of the components that may guard the law, a line each.
const TRUSTED: &str = "trusted-statutes";

/// A host of policies that keeps what it compiles in a folder.
pub(crate) fn policy_host(folder: &Path) -> Result<PolicyHost, Problem> {
    let program = std::env::current_exe()
        .map_err(|error| Problem::failed(format!("the program cannot find itself: {error}")))?;
    let host = PolicyHost::new(HostConfig {
        cache: folder.join("compiled"),
        key: cache_key(&folder.join("compiled.key"))?,
        compiler: Compiler::new(program, ["compile-component"]),
        limits: Limits::default(),
        trusted_statutes: trusted(&folder.join(TRUSTED))?,
    })?;
    Ok(host)
}

fn trusted(path: &Path) -> Result<HashSet<Digest>, Problem> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unusable(path)(error)),
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            line.parse()
                .map_err(|error| Problem::failed(format!("`{}`, `{}`: {error}", path.display(), plain(line))))
        })
        .collect()
}

/// The key by which compiled policies are known as our own; made once, readable by the owner alone.
fn cache_key(path: &Path) -> Result<[u8; 32], Problem> {
    match std::fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| {
            let path = path.display();
            Problem::failed(format!(
                "`{path}` is damaged; remove it, the policies are compiled again"
            ))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key: [u8; 32] = rand::random();
            let mut file = std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)
                .map_err(unusable(path))?;
            file.write_all(&key)
                .and_then(|()| file.sync_all())
                .map_err(unusable(path))?;
            Ok(key)
        }
        Err(error) => Err(unusable(path)(error)),
    }
}

fn unusable(path: &Path) -> impl FnOnce(std::io::Error) -> Problem {
    let path = path.display().to_string();
    move |error| {
        Problem::failed(format!(
            "`{path}` cannot be used: {error}; check the folder's owner and free space"
        ))
    }
}

/// The address of a database file, whatever characters its path has.
fn sqlite(file: &Path) -> String {
    let path = file.display().to_string();
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite:{path}")
}

/// Years that can be played.
const YEARS: RangeInclusive<i32> = 2000..=2099;

fn clock(at: Option<&str>) -> Result<Clock, Problem> {
    let Some(at) = at else { return Ok(Clock::System) };
    let moment: Option<DateTime<Utc>> = at.parse().ok();
    let moment = moment
        .filter(|moment| YEARS.contains(&moment.year()))
        .ok_or_else(|| {
            Problem::failed(format!(
                "`{}` is not a moment from {} to {}; write it as 2026-11-23T09:00:00Z",
                plain(at),
                YEARS.start(),
                YEARS.end()
            ))
        })?;
    Ok(Clock::standing_at(Moment::from_utc(moment)))
}

/// Ctrl-C, or SIGTERM as service managers send it, asks to stop at the next safe place; a second one stops at once.
fn interruption() -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = interrupted.clone();
    tokio::spawn(async move {
        while asked_to_stop().await.is_ok() {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(Code::Interrupted as i32);
            }
            eprintln!("maan: stopping; press Ctrl-C again to stop at once");
        }
    });
    interrupted
}

async fn asked_to_stop() -> std::io::Result<()> {
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminated.recv() => Ok(()),
    }
}
