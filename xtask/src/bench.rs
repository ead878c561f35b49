//! Measures the hot paths.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;

use crate::run::{cargo, run, say};

/// Runs the benches of the policy host and of the follow-up.
pub(crate) fn start(policies: &Path, args: &[OsString]) -> Result<()> {
    say("running the benches of maan-policy-host and maan-followup");
    run(cargo()
        .args([
            "bench",
            "--package",
            "maan-policy-host",
            "--package",
            "maan-followup",
        ])
        .args(args)
        .env("MAAN_POLICIES", policies))
}
