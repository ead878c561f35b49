//! All tests and checks, with what they need.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::Result;
use clap::Args;

use crate::oidc::Oidc;
use crate::postgres::Postgres;
use crate::prism::Prism;
use crate::run::{cargo, output, run, say};
use crate::tryton::Tryton;

const NEXTEST: &str = "cargo-nextest@0.9.143";
const DENY: &str = "cargo-deny@0.20.2";

#[derive(Args)]
pub(crate) struct Options {
    /// Also rebuild the Wasm target from source, run the long fault suites and install cargo-deny
    #[arg(long)]
    pub(crate) full: bool,
    /// Leave out the format, lint and licence checks
    #[arg(long)]
    no_lints: bool,
    /// Passed on to `cargo nextest run`, for example `-p maan-ledger`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    nextest: Vec<OsString>,
}

/// What came of one check.
enum Outcome {
    Passed,
    Failed,
    Skipped,
}

/// Runs every check, also after a failed one, and ends with one line that sums up.
pub(crate) fn start(policies: &Path, options: &Options) -> Result<ExitCode> {
    let start = Instant::now();
    let tryton = wanted("a real Tryton", Tryton::start());
    let oidc = wanted("a real OAuth server", Oidc::start());
    let prism = wanted("mocks from specifications", Prism::start());
    let mut servers = Vec::new();
    servers.extend(
        tryton
            .iter()
            .map(|tryton| ("MAAN_TEST_TRYTON", tryton.folder().into())),
    );
    servers.extend(
        oidc.iter()
            .map(|oidc| ("MAAN_TEST_OIDC", OsString::from(oidc.url()))),
    );
    servers.extend(prism.iter().flat_map(Prism::variables));
    let mut outcomes = vec![("tests", tests(policies, options, &servers)?)];
    if tryton.is_none() || oidc.is_none() || prism.is_none() {
        outcomes.push(("some other servers", Outcome::Skipped));
    }
    if options.nextest.is_empty() {
        outcomes.push((
            "doc tests",
            check(cargo().args(["test", "--quiet", "--workspace", "--doc"])),
        ));
    }
    if !options.no_lints {
        outcomes.push(("format", check(cargo().args(["fmt", "--all", "--check"]))));
        let clippy = [
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ];
        outcomes.push(("lints", check(cargo().args(clippy))));
        outcomes.push(("licences", licences(options.full)?));
    }
    let (summary, failed) = sum_up(&outcomes);
    say(format!("{summary} ({} s)", start.elapsed().as_secs()));
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn tests(policies: &Path, options: &Options, servers: &[(&str, OsString)]) -> Result<Outcome> {
    if !has("nextest") {
        install(NEXTEST)?;
    }
    let postgres = Postgres::start()?;
    let mut nextest = cargo();
    nextest
        .args(["nextest", "run"])
        .env("MAAN_POLICIES", policies)
        .env("MAAN_TEST_POSTGRES", postgres.url())
        .envs(servers.iter().cloned());
    if options.full {
        nextest.args(["--profile", "full"]).env("MAAN_FULL", "1");
    } else if in_ci() {
        nextest.args(["--profile", "ci"]);
    }
    if !names_packages(&options.nextest) {
        nextest.arg("--workspace");
    }
    Ok(check(nextest.args(&options.nextest)))
}

/// A server that the tests can do without; they say what they skip.
fn wanted<T>(name: &str, server: Result<T>) -> Option<T> {
    server
        .map_err(|error| say(format!("SKIPPED {name}: {error:#}")))
        .ok()
}

fn names_packages(args: &[OsString]) -> bool {
    args.iter()
        .filter_map(|arg| arg.to_str())
        .any(|arg| arg.starts_with("-p") || arg.starts_with("--package"))
}

fn licences(full: bool) -> Result<Outcome> {
    if !has("deny") {
        if !full && !in_ci() {
            say("SKIPPED licences: cargo-deny is not installed (`cargo xtask test --full` installs it)");
            return Ok(Outcome::Skipped);
        }
        install(DENY)?;
    }
    Ok(check(cargo().args([
        "deny",
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    ])))
}

fn in_ci() -> bool {
    env::var_os("CI").is_some()
}

/// Whether cargo has this subcommand.
fn has(subcommand: &str) -> bool {
    output(cargo().args([subcommand, "--version"])).is_ok()
}

fn install(package: &str) -> Result<()> {
    say(format!("installing {package} (takes minutes, once)"));
    run(cargo().args(["install", "--quiet", "--locked", package]))
}

fn check(command: &mut Command) -> Outcome {
    let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
    say(format!("cargo {}", args.join(" ")));
    match run(command) {
        Ok(()) => Outcome::Passed,
        Err(error) => {
            say(format!("FAILED {error:#}"));
            Outcome::Failed
        }
    }
}

/// The summary line, and whether a check failed.
fn sum_up(outcomes: &[(&str, Outcome)]) -> (String, bool) {
    let words = outcomes.iter().map(|(name, outcome)| match outcome {
        Outcome::Passed => format!("{name} passed"),
        Outcome::Failed => format!("{name} FAILED"),
        Outcome::Skipped => format!("{name} SKIPPED"),
    });
    let failed = outcomes
        .iter()
        .any(|(_, outcome)| matches!(outcome, Outcome::Failed));
    let verdict = if failed { "FAILED" } else { "OK" };
    (
        format!("{verdict}: {}", words.collect::<Vec<_>>().join(", ")),
        failed,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_check_fails_the_whole() {
        let (summary, failed) = sum_up(&[("tests", Outcome::Passed), ("lints", Outcome::Failed)]);
        assert_eq!(summary, "FAILED: tests passed, lints FAILED");
        assert!(failed);
    }

    #[test]
    fn a_skipped_check_is_visible_and_fails_nothing() {
        let (summary, failed) = sum_up(&[("tests", Outcome::Passed), ("licences", Outcome::Skipped)]);
        assert_eq!(summary, "OK: tests passed, licences SKIPPED");
        assert!(!failed);
    }

    #[test]
    fn named_packages_replace_the_whole_workspace() {
        let names = |args: &[&str]| names_packages(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert!(names(&["-p", "maan-ledger"]));
        assert!(names(&["--package=maan-ledger"]));
        assert!(!names(&["--profile", "ci", "due_date"]));
    }
}
