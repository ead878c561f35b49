//! Serves two practice administrations until Ctrl-C: `cargo run -p maan-practice --example serve`.

use maan_practice::{AdministrationConfig, Config, Practice, PracticeError};
use std::net::{Ipv4Addr, SocketAddr};

#[tokio::main]
async fn main() -> Result<(), PracticeError> {
    let administration = |name: &str, country: &str, seed| AdministrationConfig {
        name: name.to_owned(),
        country: country.to_owned(),
        seed,
        debtors: 1_200,
    };
    let config = Config {
        administrations: vec![administration("Noord", "NL", 1), administration("Zuid", "BE", 2)],
        http: SocketAddr::from((Ipv4Addr::LOCALHOST, 8310)),
        smtp: SocketAddr::from((Ipv4Addr::LOCALHOST, 8325)),
        ..Config::default()
    };
    let mailbox_log = config.mailbox_log.clone();
    let practice = Practice::start(config).await?;
    let client = practice.client();
    println!("practice server, fictional debtors: {}", practice.base_url());
    println!("control: {}/practice", practice.base_url());
    println!(
        "mailbox: smtp://{}, kept in {}",
        practice.smtp(),
        mailbox_log.display()
    );
    println!(
        "client:  {} / {}, redirect {}",
        client.id,
        client.secret,
        client.redirect_uris.join(" ")
    );
    for one in practice.status().administrations {
        println!(
            "{} {}: {} debtors, {} invoices, {} overdue",
            one.id, one.name, one.debtors, one.invoices, one.overdue
        );
    }
    // without a signal handler the system ends the program on Ctrl-C all the same
    let _ = tokio::signal::ctrl_c().await;
    practice.stop().await;
    Ok(())
}
