//! What a developer runs: `cargo xtask demo`, `test`, `bench` and `policies`.
//!
//! Each command first makes sure of what it needs (the Wasm target, the policy components, a
//! PostgreSQL) and says in one line what it is doing. Exit code 0 means that all went well.

mod bench;
mod components;
mod demo;
mod helper;
mod node;
mod oidc;
mod policies;
mod postgres;
mod prism;
mod run;
mod target;
mod test;
mod tryton;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Build, test and show maan",
    version
)]
struct Cli {
    /// Build the wasm32-unknown-unknown target from source and prove that it works, even when there is one
    #[arg(long, global = true)]
    rebuild_target: bool,
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the policies and maan, then run `maan demo`
    Demo {
        /// Passed on to `maan demo`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Run all tests against a throw-away PostgreSQL, then format, lint and licence checks
    Test(test::Options),
    /// Build the policies, run the benches and say which targets are met; fails when one is missed
    Bench {
        /// Passed on to the benches: `--json` prints the figures of the nights and readings as JSON
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Build the policy components, the default ones and the example, into target/policies
    Policies,
}

fn main() -> ExitCode {
    match start(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(cli: Cli) -> Result<ExitCode> {
    let full = matches!(&cli.command, Task::Test(options) if options.full);
    target::ensure(cli.rebuild_target || full)?;
    let policies = policies::build()?;
    match cli.command {
        Task::Demo { args } => match demo::start(&policies, &args)? {},
        Task::Test(options) => test::start(&policies, &options),
        Task::Bench { args } => bench::start(&policies, &args),
        Task::Policies => Ok(ExitCode::SUCCESS),
    }
}
