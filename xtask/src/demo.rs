//! Shows the product on a practice platform.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::run::{cargo, run, say, target_dir};

/// Builds `maan` and runs `maan demo`; its exit code is the command's.
pub(crate) fn start(policies: &Path, args: &[OsString]) -> Result<ExitCode> {
    say("building maan");
    run(cargo().args(["build", "--quiet", "--package", "maan", "--bin", "maan"]))?;
    say("starting maan demo");
    let program = target_dir().join("debug/maan");
    let status = Command::new(&program)
        .arg("demo")
        .args(args)
        .env("MAAN_POLICIES", policies)
        .status()
        .with_context(|| format!("cannot start {}", program.display()))?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}
