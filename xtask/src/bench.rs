//! Measures the hot paths.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::postgres::Postgres;
use crate::run::{cargo, run, say};

const BENCHES: [&str; 3] = ["sandbox", "night", "reading"];

/// Builds and runs the benches of the policy host and of the follow-up, and repeats at the end which targets
/// were met and which missed. Fails when one was missed.
pub(crate) fn start(policies: &Path, args: &[OsString]) -> Result<ExitCode> {
    say("building the benches; the first time this takes long");
    run(bench()
        .args(["--quiet", "--no-run"])
        .args(BENCHES.map(|name| format!("--bench={name}"))))?;
    let postgres = Postgres::start()?;
    let mut said = Vec::new();
    for name in BENCHES {
        say(format!("running the bench {name}"));
        let mut command = bench();
        command
            .args(["--quiet", "--bench", name, "--"])
            .args(args)
            .env("MAAN_POLICIES", policies)
            .env("MAAN_BENCH_POSTGRES", postgres.url());
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

/// Runs a bench with its output shown; gives the lines in which it says whether a target is met or missed.
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
        if ["met ", "missed "].iter().any(|word| line.starts_with(word)) {
            targets.push(line);
        }
    }
    let status = child.wait()?;
    anyhow::ensure!(status.success() || !targets.is_empty(), "it ended with {status}");
    Ok(targets)
}
