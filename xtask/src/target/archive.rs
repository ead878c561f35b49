//! Fetches Rust's library source from the Debian archive that apt is configured with.
//!
//! Debian keeps several Rust versions, each in another suite. Their indexes are read with a private
//! apt state, so that the machine's own package lists stay as they are. Authenticity is apt's own:
//! nothing is trusted that is not signed by the distribution's keyring. When that keyring is too old
//! to know a newer suite's key, the newer keyring is taken from the installed release, which is signed
//! with a key that it does know.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::sources::{self, Source};
use crate::run::{output, run, say};

const PACKAGE: &str = "rust-src";
const KEYRING_PACKAGE: &str = "debian-archive-keyring";
const KEYRING: &str = "usr/share/keyrings/debian-archive-keyring.gpg";
/// Debian's releases, oldest first.
const RELEASES: [&str; 5] = ["bullseye", "bookworm", "trixie", "forky", "duke"];

/// Fetches the source of exactly this Rust version below `scratch`; returns its `library` folder.
pub(crate) fn fetch_library(rust: &str, scratch: &Path) -> Result<PathBuf> {
    let release = debian_release()?;
    let configured = sources::configured(Path::new("/etc/apt"));
    let (uri, keyring) = archive_of(&configured, &release)
        .with_context(|| format!("apt is configured with no source of Debian {release}, component main"))?;
    let mut apt = Apt {
        folder: scratch.join("apt"),
        uri,
        keyring,
    };
    let mut seen = Vec::new();
    let mut renewed = false;
    for suite in suites_to_search(&release) {
        let mut updated = apt.update(&suite);
        if !renewed
            && updated
                .as_ref()
                .is_err_and(|error| unknown_key(&format!("{error:#}")))
        {
            renewed = true;
            apt.renew_keyring(&release, scratch)?;
            updated = apt.update(&suite);
        }
        if let Err(error) = updated {
            seen.push(format!("{suite}: no index ({error:#})"));
            continue;
        }
        let versions = apt.versions()?;
        if let Some(version) = choose(&versions, rust) {
            say(format!("unpacking {PACKAGE} {version} of {suite}"));
            return unpack_library(&apt.download(PACKAGE, Some(version))?, scratch);
        }
        seen.push(format!(
            "{suite}: {}",
            if versions.is_empty() {
                "none".into()
            } else {
                versions.join(", ")
            }
        ));
    }
    bail!(
        "no suite of the Debian archive holds {PACKAGE} {rust}. Either add the target to this compiler \
         (`rustup target add {triple}`; `apt-get install libstd-rust-dev-wasm32` for Debian's own compiler), \
         or use a compiler whose version is among these versions of {PACKAGE}:\n  {seen}",
        triple = super::TRIPLE,
        seen = seen.join("\n  "),
    )
}

/// A private apt: its own sources, lists and downloads.
struct Apt {
    folder: PathBuf,
    uri: String,
    keyring: Option<String>,
}

impl Apt {
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.arg("-q").arg("-c").arg(self.folder.join("apt.conf"));
        command.env("LC_ALL", "C").current_dir(&self.folder);
        command
    }

    /// Fetches and verifies the package index of this suite, and forgets any other.
    fn update(&self, suite: &str) -> Result<()> {
        for part in ["state/lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(self.folder.join(part))?;
        }
        let signed_by = self
            .keyring
            .as_ref()
            .map(|file| format!(" signed-by={file}"))
            .unwrap_or_default();
        let source = format!("deb [target=Packages{signed_by}] {} {suite} main\n", self.uri);
        fs::write(self.folder.join("sources.list"), source)?;
        fs::write(self.folder.join("status"), "")?;
        fs::write(self.folder.join("apt.conf"), self.settings())?;
        output(self.command("apt-get").arg("update")).map(drop)
    }

    /// What turns the machine's apt into a private one; its mirrors and proxies stay.
    fn settings(&self) -> String {
        let folder = self.folder.display();
        format!(
            r#"
Dir::State "{folder}/state";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
// apt's own user need not have the right to enter the checkout
APT::Sandbox::User "root";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"#
        )
    }

    fn versions(&self) -> Result<Vec<String>> {
        Ok(versions_in(&output(
            self.command("apt-cache").args(["madison", PACKAGE]),
        )?))
    }

    /// Downloads one package; apt compares its hash with the signed index.
    fn download(&self, package: &str, version: Option<&str>) -> Result<PathBuf> {
        let wanted = version.map_or_else(|| package.to_owned(), |version| format!("{package}={version}"));
        output(self.command("apt-get").args(["download", &wanted]))?;
        let files = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.path());
        let mut debs = files.filter(|file| {
            let name = file
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            name.starts_with(&format!("{package}_")) && name.ends_with(".deb")
        });
        debs.next()
            .with_context(|| format!("apt-get download left no {package} in {}", self.folder.display()))
    }

    /// Takes the newest keyring that the installed release holds, whose key the old keyring knows.
    fn renew_keyring(&mut self, release: &str, scratch: &Path) -> Result<()> {
        say(format!(
            "fetching {KEYRING_PACKAGE}: the installed one does not know the keys of newer suites"
        ));
        self.update(release)
            .with_context(|| format!("cannot verify Debian {release} itself"))?;
        let package = self.download(KEYRING_PACKAGE, None)?;
        let unpacked = scratch.join("keyring");
        run(Command::new("dpkg-deb")
            .arg("--extract")
            .args([&package, &unpacked]))?;
        self.keyring = Some(unpacked.join(KEYRING).display().to_string());
        Ok(())
    }
}

fn unpack_library(package: &Path, scratch: &Path) -> Result<PathBuf> {
    let source = scratch.join("source");
    run(Command::new("dpkg-deb").arg("--extract").args([package, &source]))?;
    let roots = fs::read_dir(source.join("usr/src")).context("the package holds no usr/src")?;
    let mut libraries = roots.flatten().map(|root| root.path().join("library"));
    libraries
        .find(|library| library.join("std/Cargo.toml").exists())
        .context("the package holds no library source")
}

/// The archive and keyring of the source that serves this release.
fn archive_of(configured: &[Source], release: &str) -> Option<(String, Option<String>)> {
    let serves = |source: &&Source| {
        source.suites.iter().any(|suite| suite == release)
            && source.components.iter().any(|part| part == "main")
    };
    let source = configured.iter().find(serves)?;
    let packaged = Path::new("/").join(KEYRING);
    let keyring = source
        .keyring
        .clone()
        .or_else(|| packaged.exists().then(|| packaged.display().to_string()));
    Some((source.uris.first()?.clone(), keyring))
}

/// Suites that may hold a Rust version, the small indexes (backports) first.
fn suites_to_search(release: &str) -> Vec<String> {
    let newer = || RELEASES.iter().skip_while(move |known| **known != release);
    let backports = newer().map(|name| format!("{name}-backports"));
    backports
        .chain(newer().map(|name| (*name).to_owned()))
        .chain(["sid".to_owned()])
        .collect()
}

/// The versions in what `apt-cache madison` says: `package | version | source`.
fn versions_in(madison: &str) -> Vec<String> {
    madison
        .lines()
        .filter_map(|line| line.split('|').nth(1))
        .map(|version| version.trim().to_owned())
        .collect()
}

/// The first package version made from exactly this Rust version; a pre-release is none.
fn choose<'a>(versions: &'a [String], rust: &str) -> Option<&'a str> {
    versions
        .iter()
        .map(String::as_str)
        .find(|version| upstream(version) == rust)
}

/// The upstream part of a Debian version, `[epoch:]upstream[+dfsg][-revision]`.
fn upstream(version: &str) -> &str {
    let version = version.split_once(':').map_or(version, |(_, rest)| rest);
    let version = version.rsplit_once('-').map_or(version, |(upstream, _)| upstream);
    version.split_once('+').map_or(version, |(upstream, _)| upstream)
}

fn unknown_key(error: &str) -> bool {
    error.contains("NO_PUBKEY") || error.contains("Missing key")
}

fn debian_release() -> Result<String> {
    let text = fs::read_to_string("/etc/os-release").context("cannot read /etc/os-release")?;
    release_in(&text).context(
        "this is no Debian, so the standard library's source cannot be fetched: \
         add the target to the compiler (`rustup target add wasm32-unknown-unknown`)",
    )
}

/// The code name in an `os-release(5)` file of Debian itself.
fn release_in(os_release: &str) -> Option<String> {
    let field = |name: &str| {
        let line = os_release
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.map(|value| value.trim_matches('"').to_owned())
    };
    (field("ID")? == "debian")
        .then(|| field("VERSION_CODENAME"))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upstream_part_of_debian_versions() {
        assert_eq!(upstream("1.95.0+dfsg1-2~bpo13+1"), "1.95.0");
        assert_eq!(upstream("1:1.95.0-1"), "1.95.0");
        assert_eq!(upstream("1.95.0"), "1.95.0");
        assert_eq!(upstream("1.95.0~beta.3+dfsg1-1~exp1"), "1.95.0~beta.3");
    }

    #[test]
    fn only_exactly_the_same_version_is_chosen() {
        let madison = " rust-src | 1.95.1+dfsg1-1 | http://mirror.example/debian sid/main amd64 Packages\n \
             rust-src | 1.95.0~beta.3+dfsg1-1 | http://mirror.example/debian sid/main amd64 Packages\n \
             rust-src | 1.95.0+dfsg1-2~bpo13+1 | http://mirror.example/debian sid/main amd64 Packages\n";
        let versions = versions_in(madison);
        assert_eq!(versions.len(), 3);
        assert_eq!(choose(&versions, "1.95.0"), Some("1.95.0+dfsg1-2~bpo13+1"));
        assert_eq!(choose(&versions, "1.95"), None);
        assert_eq!(choose(&versions, "1.97.0-nightly"), None);
    }

    #[test]
    fn suites_run_from_the_installed_release_to_the_newest() {
        let suites = ["forky-backports", "duke-backports", "forky", "duke", "sid"];
        assert_eq!(suites_to_search("forky"), suites);
        assert_eq!(suites_to_search("sid"), ["sid"]);
    }

    #[test]
    fn the_archive_is_the_one_that_serves_the_release_itself() {
        let source = |uri: &str, suite: &str, component: &str| Source {
            uris: vec![uri.to_owned()],
            suites: vec![suite.to_owned()],
            components: vec![component.to_owned()],
            keyring: Some("/keys/debian.gpg".to_owned()),
        };
        let configured = [
            source("http://security.example", "bookworm-security", "main"),
            source("http://vendor.example", "bookworm", "vendor"),
            source("http://mirror.example/debian", "bookworm", "main"),
        ];
        let archive = (
            "http://mirror.example/debian".to_owned(),
            Some("/keys/debian.gpg".to_owned()),
        );
        assert_eq!(archive_of(&configured, "bookworm"), Some(archive));
        assert_eq!(archive_of(&configured, "trixie"), None);
    }

    #[test]
    fn the_release_is_read_only_from_debian_itself() {
        assert_eq!(
            release_in("ID=debian\nVERSION_CODENAME=bookworm\n").as_deref(),
            Some("bookworm")
        );
        assert_eq!(
            release_in("VERSION_CODENAME=\"noble\"\nID=ubuntu\nID_LIKE=debian\n"),
            None
        );
    }
}
