//! Shows the product on a practice platform.

use std::convert::Infallible;
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{cargo, run, say, target_dir};

/// Builds `maan` and becomes `maan demo`, so that signals and the exit code are its own.
pub(crate) fn start(policies: &Path, args: &[OsString]) -> Result<Infallible> {
    say("building maan");
    run(cargo().args(["build", "--quiet", "--package", "maan", "--bin", "maan"]))?;
    say("starting maan demo");
    let program = target_dir().join("debug/maan");
    let error = Command::new(&program)
        .arg("demo")
        .args(args)
        .env("MAAN_POLICIES", policies)
        .exec();
    Err(error).with_context(|| format!("cannot start {}", program.display()))
}
