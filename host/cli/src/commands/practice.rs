//! `maan practice`: serve a practice administration to try things on.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use chrono::NaiveDate;
use maan_practice::{AdministrationConfig, Config, Practice as Server};

use crate::arguments::Practice;
use crate::output::Output;
use crate::problem::Problem;

pub(crate) async fn run(options: &Practice, output: Output) -> Result<ExitCode, Problem> {
    let today: NaiveDate = options.today.parse().map_err(|_| {
        Problem::failed(format!(
            "`{}` is not a day; write it as 2026-11-23",
            options.today
        ))
    })?;
    let here = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let server = Server::start(Config {
        administrations: vec![AdministrationConfig {
            name: "Practice administration".into(),
            country: "NL".into(),
            seed: options.seed,
            debtors: options.debtors as usize,
        }],
        today,
        http: here(options.port),
        smtp: here(options.mail_port),
        mailbox_log: options.mailbox.clone(),
        ..Config::default()
    })
    .await?;
    let client = server.client();
    let facts = serde_json::json!({
        "platform": server.base_url(),
        "control": format!("{}/practice", server.base_url()),
        "mail_server": server.smtp().to_string(),
        "client_id": client.id,
        "client_secret": client.secret,
        "redirect_uris": client.redirect_uris,
        "today": options.today,
    });
    output.answer(&facts, |_| {
        format!(
            "A practice administration, invented from seed {}; nothing here is real.\n\
             platform     {}\ncontrol      {}/practice\nmail server  {}\nclient id    {}\nsecret       {}\n\
             Ctrl-C stops it.",
            options.seed,
            server.base_url(),
            server.base_url(),
            server.smtp(),
            client.id,
            client.secret
        )
    })?;
    // A failed wait means that no signal can come: then it runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    server.stop().await;
    Ok(ExitCode::SUCCESS)
}
