//! `maan listen`: take the messages of the platforms, and read what changed.

mod secrets;
mod server;
mod words;

use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Duration;

use maan_followup::{Listener, ListenerConfig};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use url::{Host, Url};

use crate::arguments::Listen;
use crate::output::Output;
use crate::place::Place;
use crate::problem::{Code, Problem};

/// That it listens.
#[derive(Serialize)]
struct Ready {
    event: &'static str,
    address: String,
    public: String,
    connections: usize,
}

pub(crate) async fn run(place: &Place, options: &Listen, output: Output) -> Result<ExitCode, Problem> {
    let public = reachable(&options.public)?;
    let secrets = secrets::told(&options.secret_file).await?;
    let mut connections = 0;
    for tenant in place.administrations().await? {
        // another day than today is for practice administrations
        let followup = place.followup_of(&tenant).await?;
        connections += followup.tenant.connections().await?.len();
    }
    let only = match place.is_chosen() {
        true => Some(place.tenant().await?.id),
        false => None,
    };
    let socket = TcpListener::bind(options.address).await.map_err(|error| {
        Problem::new(
            Code::TryAgain,
            format!(
                "`{}` cannot be listened on: {error}; choose another with --address, or stop what uses it",
                options.address
            ),
        )
    })?;
    let address = socket.local_addr().unwrap_or(options.address);
    let ready = Ready {
        event: "ready",
        address: address.to_string(),
        public: public.to_string(),
        connections,
    };
    output.answer(&ready, words::ready)?;

    let (tell, mut told) = mpsc::unbounded_channel();
    let listener = Listener::new(
        ListenerConfig {
            store: place.store.clone(),
            host: place.host.clone(),
            clock: place.clock.clone(),
            interrupted: place.interrupted.clone(),
            only,
            public,
            every: Duration::from_secs(options.every * 60),
            secrets,
        },
        tell,
    );
    let board = listener.board();
    let telling = async {
        while let Some(happening) = told.recv().await {
            output.answer(&happening, words::happening)?;
        }
        Ok::<(), Problem>(())
    };
    let working = async {
        let served = server::serve(socket, board, place.until_interrupted());
        let looked_after = async {
            let ended = listener.run().await;
            // one that failed does not go on taking messages
            place.interrupted.store(true, Ordering::SeqCst);
            ended
        };
        let (ended, ()) = tokio::join!(looked_after, served);
        ended
    };
    let (worked, told) = tokio::join!(working, telling);
    worked?;
    told?;
    Ok(ExitCode::SUCCESS)
}

/// The address at which platforms reach this program: what they send must not be read on the way.
fn reachable(public: &Url) -> Result<Url, Problem> {
    let here = match public.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    let is_safe = public.scheme() == "https" || (public.scheme() == "http" && here);
    let is_bare = public.query().is_none() && public.fragment().is_none() && public.username().is_empty();
    if is_safe && is_bare && !public.cannot_be_a_base() {
        return Ok(public.clone());
    }
    Err(Problem::failed(format!(
        "`{}{}` cannot be given to a platform; --public takes an address such as https://example.com/hooks, of the web \
         server that passes messages on",
        public.origin().ascii_serialization(),
        public.path()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_address_is_one_that_nobody_reads_along() {
        for good in [
            "https://books.example/hooks",
            "https://books.example",
            "http://127.0.0.1:8312/x",
        ] {
            assert!(reachable(&Url::parse(good).unwrap()).is_ok(), "{good}");
        }
        for bad in [
            "http://books.example/hooks",
            "https://books.example/hooks?a=b",
            "https://me:secret@books.example/",
            "mailto:me@books.example",
        ] {
            let problem = reachable(&Url::parse(bad).unwrap());
            assert!(problem.is_err(), "{bad}");
            assert!(!format!("{problem:?}").contains("secret"), "{bad}");
        }
    }
}
