//! The `maan` program: follow up unpaid invoices on top of the accounting platform.

mod arguments;
mod commands;
mod config;
mod output;
mod place;
mod problem;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use crate::arguments::{Arguments, Command};
use crate::problem::Problem;

/// Nights allocate much on many threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Command::CompileComponent = arguments.command {
        return maan_policy_host::compile_worker();
    }
    // Databases, keys and logs are for their owner alone.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    output::start_log(&arguments);
    let json = arguments.json;
    match run(arguments) {
        Ok(code) => code,
        Err(problem) => problem.tell(json),
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::failed(format!("the program could not start its threads: {error}")))?;
    runtime.block_on(commands::run(arguments))
}
