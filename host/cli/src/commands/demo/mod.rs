//! `maan demo`: the whole main job on a practice administration, in the words of a credit controller.

mod meeting;
mod months;
mod scenes;
mod stage;

use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Instant;

use crate::arguments::Demo;
use crate::output::Output;
use crate::problem::Problem;

use stage::Stage;

pub(crate) async fn run(options: &Demo, output: Output) -> Result<ExitCode, Problem> {
    let started = Instant::now();
    println!(
        "maan follows up unpaid invoices on top of the accounting platform that a business already uses.\n\
         This demonstration runs on a practice administration: {} invented debtors from seed {}, served on this\n\
         machine through Moneybird's API, with a real OAuth sign-in and a real mail server. Nothing leaves it.",
        options.debtors, options.seed
    );
    let stage = Stage::set(options).await?;
    scenes::connected(&stage).await?;
    let night = scenes::first_night(&stage, output).await?;
    scenes::standing(&stage).await?;
    scenes::tonight(&stage).await?;
    scenes::law(&stage).await?;
    let paid = scenes::pays_now(&stage).await?;
    scenes::send(&stage, &paid).await?;
    scenes::opened(&stage)?;
    scenes::two_texts(&stage).await?;
    months::play(&stage, options.days, output).await?;
    scenes::other_preset(&stage, night).await?;
    stage.end(started).await;
    Ok(ExitCode::SUCCESS)
}

/// A heading between two scenes.
fn heading(number: u8, text: &str) {
    let (bold, plain) = match std::io::stdout().is_terminal() {
        true => ("\x1b[1m", "\x1b[0m"),
        false => ("", ""),
    };
    println!("\n{bold}{number}. {text}{plain}");
}
