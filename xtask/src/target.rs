//! Makes sure that the compiler can build for `wasm32-unknown-unknown`.
//!
//! Three ways, the first that works: the target is there; rustup adds it; Rust's standard library is
//! built from the source package that Debian has of exactly this compiler's version.

mod archive;
mod probe;
mod sources;
mod standard_library;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run::{self, output, run_within, rustc, say};

/// What the policies are compiled for.
pub(crate) const TRIPLE: &str = "wasm32-unknown-unknown";

const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// Makes sure of the target; `rebuild` also builds it from source and proves the result.
pub(crate) fn ensure(rebuild: bool) -> Result<()> {
    let present = probe::target_works();
    if rebuild {
        return from_source(present);
    }
    if present || add_with_rustup() {
        return Ok(());
    }
    from_source(false)
}

fn add_with_rustup() -> bool {
    if !run::has("rustup") {
        say(format!(
            "the {TRIPLE} target is missing and there is no rustup to add it"
        ));
        return false;
    }
    say(format!("adding the {TRIPLE} target with rustup"));
    let mut rustup = Command::new("rustup");
    rustup
        .args(["target", "add", TRIPLE])
        .env("RUSTUP_MAX_RETRIES", "0");
    match run_within(RUSTUP_LIMIT, &mut rustup) {
        Ok(()) => probe::target_works(),
        Err(error) => {
            say(format!("rustup cannot add it ({error:#})"));
            false
        }
    }
}

fn from_source(present: bool) -> Result<()> {
    let start = Instant::now();
    let version = compiler_version()?;
    let scratch = run::target_dir().join("wasm-target");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).with_context(|| format!("cannot clear {}", scratch.display()))?;
    }
    fs::create_dir_all(&scratch).with_context(|| format!("cannot create {}", scratch.display()))?;

    say(format!(
        "looking for the source of Rust {version} in the Debian archive"
    ));
    let library = archive::fetch_library(&version, &scratch)?;
    say(format!(
        "building Rust's standard library for {TRIPLE} (once, about a minute)"
    ));
    let built = standard_library::build(&library, &scratch)?;
    probe::library_works(&built, &scratch)?;
    say(format!(
        "the built {TRIPLE} target works ({} s)",
        start.elapsed().as_secs()
    ));

    if present {
        say(format!(
            "the installed {TRIPLE} target works too and stays in place"
        ));
    } else {
        install(&built)?;
        if !probe::target_works() {
            bail!("the {TRIPLE} target was installed, but the compiler cannot use it");
        }
    }
    fs::remove_dir_all(&scratch).with_context(|| format!("cannot clear {}", scratch.display()))
}

/// Puts the built libraries in the compiler's own folder, whole or not at all.
fn install(built: &Path) -> Result<()> {
    let folder = sysroot()?.join("lib/rustlib");
    let place = folder.join(TRIPLE);
    let fresh = folder.join(format!(".{TRIPLE}.{}", process::id()));
    let installed = copy_files(built, &fresh.join("lib")).and_then(|()| replace(&place, &fresh));
    if installed.is_err() && fresh.exists() {
        fs::remove_dir_all(&fresh).with_context(|| format!("cannot remove {}", fresh.display()))?;
    }
    installed.with_context(|| {
        format!(
            "cannot write to {folder}: run `cargo xtask policies` once as the user who owns it, \
             or copy the target there yourself: sudo mkdir -p {place}/lib && sudo cp {built}/* {place}/lib/",
            folder = folder.display(),
            place = place.display(),
            built = built.display(),
        )
    })?;
    say(format!("installed the {TRIPLE} target in {}", place.display()));
    Ok(())
}

fn replace(place: &Path, fresh: &Path) -> Result<()> {
    let stale = fresh.with_extension("old");
    if place.exists() {
        fs::rename(place, &stale)?;
    }
    fs::rename(fresh, place)?;
    if stale.exists() {
        fs::remove_dir_all(&stale)?;
    }
    Ok(())
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

fn sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(
        output(rustc().args(["--print", "sysroot"]))?.trim(),
    ))
}

fn compiler_version() -> Result<String> {
    let said = output(rustc().arg("-vV"))?;
    let release = said.lines().find_map(|line| line.strip_prefix("release: "));
    Ok(release.context("`rustc -vV` names no release")?.to_owned())
}
