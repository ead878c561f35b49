//! Measures the hot paths.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::postgres::Postgres;
use crate::run::{cargo, run, say};
use crate::tryton;

const BENCHES: [&str; 3] = ["sandbox", "night", "reading"];
/// How the lines begin that are repeated at the end.
const SAID: [&str; 3] = ["met ", "missed ", "yardstick"];

/// Builds and runs the benches of the policy host and of the follow-up, and repeats at the end which targets
/// were met and which missed, and how the nights compare with Tryton. Fails when a target was missed.
pub(crate) fn start(policies: &Path, args: &[OsString]) -> Result<ExitCode> {
    say("building the benches; the first time this takes long");
    run(bench()
        .args(["--quiet", "--no-run"])
        .args(BENCHES.map(|name| format!("--bench={name}"))))?;
    let postgres = Postgres::start()?;
    let tryton = tryton::installed()
        .inspect_err(|error| say(format!("the nights are not compared with Tryton: {error:#}")))
        .ok();
    let mut said = Vec::new();
    for name in BENCHES {
        say(format!("running the bench {name}"));
        let mut command = bench();
        command
            .args(["--quiet", "--bench", name, "--"])
            .args(args)
            .env("MAAN_POLICIES", policies)
            .env("MAAN_BENCH_POSTGRES", postgres.url());
        if let Some(python) = &tryton {
            command
                .env("MAAN_BENCH_TRYTON", python)
                .env("MAAN_BENCH_TRYTON_BOOKS", tryton::home());
        }
        said.extend(targets(&mut command).with_context(|| format!("the bench {name} did not run"))?);
    }
    say("targets");
    said.iter().for_each(|line| eprintln!("{line}"));
    let missed = said.is_empty() || said.iter().any(|line| line.starts_with("missed"));
    Ok(if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// One choice of packages for every call, so that nothing is built twice with other features.
fn bench() -> Command {
    let mut cargo = cargo();
    cargo.args(["bench", "--package=maan-policy-host", "--package=maan-followup"]);
    cargo
}

/// Runs a bench with its output shown; gives the lines in which it says whether a target is met or missed, and
/// what it compares with.
fn targets(command: &mut Command) -> Result<Vec<String>> {
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let mut targets = Vec::new();
    for line in child
        .stderr
        .take()
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufRead::lines)
    {
        let line = line?;
        eprintln!("{line}");
        if SAID.iter().any(|word| line.starts_with(word)) {
            targets.push(line);
        }
    }
    let status = child.wait()?;
    anyhow::ensure!(status.success() || !targets.is_empty(), "it ended with {status}");
    Ok(targets)
}
