//! One file per command.

mod charges;
mod connect;
mod connections;
mod credit_information;
mod demo;
mod disconnect;
mod explain;
mod export;
mod import;
mod legal;
mod listen;
mod look_up;
mod policy;
mod policy_test;
mod practice;
mod promise;
mod replay;
mod run;
mod secret;
mod settings;
mod sync;
mod worklist;
mod workshop;

use std::process::ExitCode;

use crate::arguments::{Arguments, Command, Policy};
use crate::output::Output;
use crate::place::Place;
use crate::problem::Problem;

/// Runs the command that the arguments name.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Problem> {
    let output = Output { json: arguments.json };
    match &arguments.command {
        Command::Demo(demo) => return demo::run(demo, output).await,
        Command::Practice(practice) => return practice::run(practice, output).await,
        Command::Policy(Policy::Test(options)) => return policy_test::run(&arguments.data, options, output),
        Command::Charges(charges) => return charges::run(&arguments.data, charges, output),
        Command::CompileComponent => return Ok(maan_policy_host::compile_worker()),
        _ => {}
    }
    let place = Place::open(&arguments).await?;
    match &arguments.command {
        Command::Connect(connect) => connect::run(&place, connect, output).await,
        Command::Connections => connections::run(&place, output).await,
        Command::Disconnect(options) => disconnect::run(&place, options, output).await,
        Command::Sync => sync::run(&place, output).await,
        Command::Listen(options) => listen::run(&place, options, output).await,
        Command::Import(options) => import::run(&place, options, output).await,
        Command::Export(options) => export::run(&place, options, output).await,
        Command::Run(options) => run::run(&place, options, output).await,
        Command::Send => run::send(&place, output).await,
        Command::Worklist(options) => worklist::list(&place, options, output).await,
        Command::Text(options) => worklist::text(&place, options, output).await,
        Command::Approve(options) => worklist::approve(&place, options, output).await,
        Command::Reject(options) => worklist::reject(&place, options, output).await,
        Command::Done(options) => worklist::done(&place, options, output).await,
        Command::Promise(options) => promise::run(&place, options, output).await,
        Command::Resolve(options) => worklist::resolve(&place, options, output).await,
        Command::Explain(options) => explain::run(&place, options, output).await,
        Command::Legal(options) => legal::legal(&place, options, output).await,
        Command::Register(options) => legal::register(&place, options, output).await,
        Command::Replay(options) => replay::run(&place, options, output).await,
        Command::Settings(options) => settings::run(&place, options, output).await,
        Command::CreditInformation(options) => credit_information::run(&place, options, output).await,
        Command::Reports => credit_information::reports(&place, output).await,
        Command::Policy(options) => policy::run(&place, options, output).await,
        Command::Charges(_) | Command::Demo(_) | Command::Practice(_) | Command::CompileComponent => {
            Ok(ExitCode::SUCCESS)
        }
    }
}
