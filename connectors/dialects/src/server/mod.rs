//! Serving an administration: what is the same for all platforms.
//!
//! Tokens are checked, calls are counted, faults happen at the calls that a test names, and every answer can be checked
//! against the platform's specification. What is asked and told is the [`Dialect`]'s.

mod access;
mod faults;
mod request;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use maan_ledger::Clock;
use serde_json::Value;
use url::Url;

pub use access::{Access, CLIENT, Renewal, Tokens};
pub use faults::Fault;
pub use request::{Asked, Told};

use crate::case::Case;
use crate::model::{self, Change};

/// A platform's way of speaking.
pub trait Dialect: Send + Sync {
    /// The platform's word.
    fn word(&self) -> &'static str;

    /// What it cannot express, each with the reason, for a person.
    fn cannot(&self) -> &'static [(Case, &'static str)];

    /// How access is renewed.
    fn renewal(&self) -> Renewal;

    /// Path of the token endpoint; empty when there is none.
    fn token_path(&self) -> &'static str;

    /// Path at which a consent is ended (RFC 7009); empty when there is none.
    fn revoke_path(&self) -> &'static str {
        ""
    }

    /// A person gave access again: what an ended consent had closed is open.
    fn consented(&self, _: &mut World) {}

    /// Answers a call whose token is good.
    fn answer(&self, world: &mut World, asked: &Asked) -> Told;

    /// That there were too many calls, in its own form: the next is taken after so many seconds.
    fn throttled(&self, world: &World, seconds: u64) -> Told;

    /// Another record of it that no connector should take in whole, with what follows for its reader; see
    /// [`World::absurd`].
    fn absurdities(&self) -> usize;

    /// Which of them is an invoice with a negative total; none where a negative total is what makes a credit note.
    fn negative(&self) -> Option<usize>;

    /// What of an answer is not as the platform's specification says; nothing where none can be had.
    fn complaints(&self, asked: &Asked, told: &Told) -> Vec<String> {
        let _ = (asked, told);
        Vec::new()
    }
}

/// What is served and what was written.
pub struct World {
    /// The administration.
    pub model: model::Administration,
    /// Most records of a page.
    pub page: usize,
    /// What was written back: method with path, and body.
    pub written: Vec<(String, Value)>,
    /// Which absurd records are served beside the administration's: year 9999, negative totals, megabytes of name,
    /// unknown currency, an unknown state. Each dialect has its own list.
    pub absurd: Vec<usize>,
    /// The clock of the platform.
    pub clock: Clock,
    /// The address of the server.
    pub base: String,
}

/// A dialect server on this machine, which ends with the test.
pub struct Server {
    shared: Arc<Shared>,
    serving: tokio::task::JoinHandle<()>,
}

struct Shared {
    dialect: Box<dyn Dialect>,
    state: Mutex<Inside>,
}

struct Inside {
    world: World,
    access: Access,
    calls: u64,
    log: Vec<String>,
    complaints: Vec<String>,
    faults: Vec<(u64, Fault)>,
}

impl Server {
    /// Serves the administration, without what the dialect cannot express.
    pub async fn start(dialect: Box<dyn Dialect>, clock: Clock, page: usize) -> Self {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await;
        let listener = listener.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let mut model = model::administration();
        let cannot: Vec<Case> = dialect.cannot().iter().map(|(case, _)| *case).collect();
        model.without(&cannot);
        let world = World {
            model,
            page,
            written: Vec::new(),
            absurd: Vec::new(),
            clock: clock.clone(),
            base,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(Inside {
                world,
                access: Access::new(dialect.renewal(), clock),
                calls: 0,
                log: Vec::new(),
                complaints: Vec::new(),
                faults: Vec::new(),
            }),
            dialect,
        });
        let app = Router::new().fallback(serve).with_state(shared.clone());
        let serving = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("the server runs");
        });
        Self { shared, serving }
    }

    fn state(&self) -> MutexGuard<'_, Inside> {
        self.shared.state()
    }

    /// Its address.
    pub fn base(&self) -> String {
        self.state().world.base.clone()
    }

    /// Fresh tokens, as a consent gives them.
    pub fn tokens(&self) -> Tokens {
        self.state().access.consent()
    }

    /// What a person does at the address for consent: gives access. The address to which the browser is sent back,
    /// with what else the platform tells there.
    ///
    /// # Panics
    /// It is no address for consent.
    pub fn give_access(&self, authorize: &str, told: &[(&str, &str)]) -> String {
        let authorize = Url::parse(authorize).expect("an address");
        let code = {
            let mut inside = self.state();
            self.shared.dialect.consented(&mut inside.world);
            inside.access.code(&authorize)
        };
        let asked = |name: &str| {
            let found = authorize.query_pairs().find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        let mut back = Url::parse(&asked("redirect_uri")).expect("a redirect address");
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &asked("state"))
            .extend_pairs(told);
        back.into()
    }

    /// Whether the program ended its consent.
    pub fn is_revoked(&self) -> bool {
        self.state().access.is_revoked()
    }

    /// Makes a change in the administration.
    pub fn change(&self, change: Change) {
        self.state().world.model.change(change);
    }

    /// Changes anything else of what is served.
    pub fn adjust<T>(&self, adjust: impl FnOnce(&mut World) -> T) -> T {
        adjust(&mut self.state().world)
    }

    /// Has something go wrong at the call of a number from now on, 1 being the next.
    pub fn fail(&self, call: u64, fault: Fault) {
        let mut inside = self.state();
        let at = inside.calls + call;
        inside.faults.push((at, fault));
    }

    /// Ends all access tokens, or the whole consent.
    pub fn end_access(&self, consent: bool) {
        self.state().access.end(consent);
    }

    /// The answers to so many renewals get lost on the way.
    pub fn lose_renewals(&self, count: usize) {
        self.state().access.lose(count);
    }

    /// Calls so far; those for tokens are not among them.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// Renewals so far, refused ones included.
    pub fn renewals(&self) -> u64 {
        self.state().access.renewals()
    }

    /// What was not as the platform's specification says.
    pub fn complaints(&self) -> Vec<String> {
        self.state().complaints.clone()
    }

    /// Method and address of each call so far.
    pub fn log(&self) -> Vec<String> {
        self.state().log.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, Inside> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to answer, and what happens to it on the way.
    fn told(&self, method: Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> (Told, Option<Fault>) {
        let mut inside = self.state();
        let inside = &mut *inside;
        let asked = Asked::new(method, uri, headers, body);
        if !self.dialect.token_path().is_empty() && asked.path == self.dialect.token_path() {
            return inside.access.renew(&asked);
        }
        if !self.dialect.revoke_path().is_empty() && asked.path == self.dialect.revoke_path() {
            return (inside.access.revoke(&asked), None);
        }
        inside.calls += 1;
        inside.log.push(format!("{} {uri}", asked.method));
        let now = inside.calls;
        let at = inside.faults.iter().position(|(call, _)| *call == now);
        let fault = at.map(|at| inside.faults.remove(at).1);
        match &fault {
            Some(Fault::Change(change)) => inside.world.model.change(*change),
            Some(Fault::Expire) => inside.access.end(false),
            Some(Fault::Throttle(seconds)) => return (self.dialect.throttled(&inside.world, *seconds), None),
            Some(Fault::Status(status)) => return (Told::status(*status), None),
            _ => {}
        }
        if !inside.access.admits(&asked) {
            return (Told::status(401), None);
        }
        let told = self.dialect.answer(&mut inside.world, &asked);
        // absurd records are not as specified on purpose
        if inside.world.absurd.is_empty() {
            inside.complaints.extend(self.dialect.complaints(&asked, &told));
        }
        (told, fault)
    }
}

async fn serve(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (told, fault) = shared.told(method, &uri, &headers, &body);
    let now = shared.state().world.clock.now();
    let told = told.with_header("date", now.to_utc().to_rfc2822());
    if let Some(Fault::Slow(millis)) = fault {
        tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
    }
    told.response(fault == Some(Fault::Cut))
}

impl Told {
    /// A bare status.
    pub fn status(status: u16) -> Self {
        let text = StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason());
        Self {
            status,
            headers: Vec::new(),
            body: Value::String(text.unwrap_or_default().to_owned()).to_string(),
        }
    }
}
