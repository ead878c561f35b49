//! The platform, in a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use maan_dialects::server::{CLIENT, Server};
use maan_ledger::Clock;

use crate::books::nothing;
use crate::prepared::Prepared;

/// A running platform, ended when it is dropped.
pub(crate) struct Serving {
    child: Child,
    pub(crate) site: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) access: String,
}

impl Serving {
    pub(crate) fn start(invoices: u64) -> Self {
        let program = std::env::current_exe().expect("the path of this program");
        let mut child = Command::new(program)
            .args(["serve", &invoices.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a child process");
        let mut told = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut told).expect("its address");
        let (site, access) = told.trim().split_once(' ').expect("its address and a token");
        Self {
            child,
            site: site.to_owned(),
            client_id: CLIENT.0.to_owned(),
            client_secret: CLIENT.1.to_owned(),
            access: access.to_owned(),
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

/// Serves until the input ends; says the address and an access token.
pub(crate) async fn serve(invoices: u64) {
    let server = Server::start(Box::new(Prepared::of(invoices)), Clock::System, usize::MAX).await;
    server.adjust(|world| world.model = nothing());
    println!("{} {}", server.base(), server.tokens().access);
    let wait = || std::io::stdin().lines().for_each(drop);
    tokio::task::spawn_blocking(wait)
        .await
        .expect("the end of the input");
}
