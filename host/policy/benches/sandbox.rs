//! What the sandbox costs: the default policies natively and as components, on the same generated debtors.
//!
//! `cargo xtask bench` runs it. All limits are on; each sandboxed batch has a fresh instance, configured anew,
//! and its cases and answers cross the border. Targets are judged by the least of many rounds, which other
//! programs on the machine disturb least; the median stands beside it. Compare ratios, as machines differ.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark may fail, and shares files with the crate"
)]

use std::fmt::Debug;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use maan_policy_host::conformance::{Cases, generate};
use maan_policy_host::{
    Compiler, Component, CreditCheck, Digest, HostConfig, Limits, PolicyHost, Segmentation, Statute,
    Workflow, compile_worker,
};

/// The contract as the guests know it, for the files below that make the same cases of it.
mod contract {
    pub(crate) use maan_policy::actions::{ActionKind, Automation, Particulars, Proposal, Tone};
    pub(crate) use maan_policy::slots::{
        CreditCase, ItemPayments, Question, SegmentationCase, StatuteCase, WorkflowCase,
    };
    pub(crate) use maan_policy::types::*;
}
#[path = "../src/conformance/entropy.rs"]
#[allow(dead_code, reason = "shared with the crate, which uses all of it")]
mod entropy;
#[path = "../src/conformance/facts.rs"]
mod facts;
#[path = "../src/conformance/history.rs"]
mod history;
#[path = "../src/conformance/items.rs"]
mod items;
#[path = "../src/conformance/views.rs"]
mod views;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BATCH: usize = 256;
const ROUNDS: usize = 401;
const LOADS: usize = 21;
const SEED: u64 = 7;
/// Over native, for all slots together, per debtor.
const ALLOWED: Duration = Duration::from_micros(10);
/// To load a compiled policy from the cache, the slowest of the four.
const LOADING: Duration = Duration::from_millis(5);

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("compile") {
        return compile_worker();
    }
    let folder = std::env::temp_dir().join(format!("maan-bench-{}", std::process::id()));
    let host = open(&folder);
    println!("per debtor, batches of {BATCH}; least (and median) of {ROUNDS} rounds\n");
    println!(
        "{:14} {:>21} {:>21} {:>7} {:>10}",
        "slot", "native", "sandboxed", "ratio", "overhead"
    );
    let overhead = segmentation(&host) + credit_check(&host) + workflow(&host) + statute(&host);
    println!("\nall slots together: {} over native", shown(overhead));
    let load = loading(&folder);
    drop(std::fs::remove_dir_all(folder));
    eprintln!();
    let met = [
        target(
            "sandbox over native, four slots, per debtor, least",
            overhead,
            ALLOWED,
        ),
        target("load from the cache, the slowest policy, least", load, LOADING),
    ];
    if met.contains(&false) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Says whether a target is met.
fn target(what: &str, found: Duration, allowed: Duration) -> bool {
    let met = found <= allowed;
    let word = if met { "met" } else { "missed" };
    eprintln!("{word:7} {what}: {}, {} allowed", shown(found), shown(allowed));
    met
}

fn open(folder: &std::path::Path) -> PolicyHost {
    let program = std::env::current_exe().expect("the path of this program");
    let config = HostConfig {
        cache: folder.to_owned(),
        key: [0; 32],
        compiler: Compiler::new(program, ["compile"]),
        limits: Limits::default(),
        trusted_statutes: Default::default(),
    };
    PolicyHost::new(config).expect("a policy host")
}

fn bytes(name: &str) -> Vec<u8> {
    let built = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/policies");
    let folder = std::env::var_os("MAAN_POLICIES").map_or_else(built, PathBuf::from);
    std::fs::read(folder.join(format!("{name}.wasm"))).expect("a policy; `cargo xtask policies` builds it")
}

/// Times one slot both ways, turn by turn, and gives the overhead per debtor.
fn compare<S: Cases, A: Debug>(
    host: &PolicyHost,
    native: impl Fn(&str) -> Box<dyn Fn() -> Vec<A>>,
) -> Duration {
    let component = host.admit(&bytes(S::SLOT.name())).expect("an admitted policy");
    host.trust_statute(component.digest());
    let settings = preset(&component, S::SLOT);
    let policy = host
        .configure::<S>(&component, &settings)
        .expect("accepted settings");
    let (context, cases) = generate::<S>(SEED, BATCH);
    let sandboxed = || policy.decide(&context, &cases).expect("no incident");
    let native = native(&settings);

    let outcomes = sandboxed()
        .into_iter()
        .map(|decision| decision.outcome.expect("an outcome"));
    let pairs = outcomes.map(|outcome| format!("{outcome:?}")).zip(
        native()
            .iter()
            .map(|answer| format!("{answer:?}"))
            .collect::<Vec<_>>(),
    );
    for (inside, outside) in pairs {
        assert_eq!(inside, outside, "the sandbox must not change an answer");
    }

    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        outside.push(time(&native));
        inside.push(time(sandboxed));
    }
    let (inside, outside) = (Times::of(inside, BATCH), Times::of(outside, BATCH));
    let ratio = inside.least.as_secs_f64() / outside.least.as_secs_f64();
    let overhead = inside.least.saturating_sub(outside.least);
    println!(
        "{:14} {:>21} {:>21} {ratio:>6.1}x {:>10}",
        S::SLOT.name(),
        outside.shown(),
        inside.shown(),
        shown(overhead)
    );
    overhead
}

fn preset(component: &Arc<Component>, slot: maan_policy_host::contract::Slot) -> String {
    let presets = &component.description().presets;
    presets
        .iter()
        .find(|preset| preset.slot == slot)
        .map_or("{}".into(), |preset| preset.settings.clone())
}

/// The same debtors in the guests' own types.
fn guests<C>(make: fn(facts::Facts, &mut entropy::Entropy) -> C) -> Vec<C> {
    let mut chances = entropy::Entropy::new(SEED, "cases");
    (0..BATCH)
        .map(|_| make(facts::Facts::of(&mut chances), &mut chances))
        .collect()
}

macro_rules! native {
    ($function:ident, $slot:ident, $policy:ty) => {
        fn $function(host: &PolicyHost) -> Duration {
            compare::<$slot, _>(host, |settings| {
                let policy = <$policy as maan_policy::$slot>::configure(settings).expect("accepted settings");
                let (context, cases) = (facts::context(), guests(views::$function));
                Box::new(move || {
                    let decide =
                        |case| maan_policy::$slot::decide(&policy, &context, case).expect("an outcome");
                    cases.iter().map(decide).collect()
                })
            })
        }
    };
}

native!(
    segmentation,
    Segmentation,
    maan_policy_segmentation::DefaultSegmentation
);
native!(
    credit_check,
    CreditCheck,
    maan_policy_credit_check::DefaultCreditCheck
);
native!(workflow, Workflow, maan_policy_workflow::DefaultWorkflow);
native!(statute, Statute, maan_policy_statute::DefaultStatute);

/// Times what happens before the first batch; gives the time to load the policy that takes longest.
fn loading(folder: &std::path::Path) -> Duration {
    let mut longest = Duration::ZERO;
    println!(
        "\n{:14} {:>24} {:>24}",
        "slot", "load from the cache", "instance, configured"
    );
    for slot in maan_policy_host::contract::SLOTS {
        let bytes = bytes(slot.name());
        let digest = Digest::of(&bytes);
        let load = |host: &PolicyHost| {
            host.load(digest, || panic!("the compiled form is in the cache"))
                .expect("a component")
        };
        let loaded = (0..LOADS).map(|_| open(folder)).map(|host| time(|| load(&host)));
        let loaded = Times::of(loaded.collect(), 1);
        longest = longest.max(loaded.least);
        let host = open(folder);
        let component = load(&host);
        host.trust_statute(digest);
        let settings = preset(&component, slot);
        let configure = || {
            host.validate_settings(&component, slot, &settings)
                .expect("accepted settings")
        };
        let configured = Times::of((0..ROUNDS).map(|_| time(configure)).collect(), 1);
        println!(
            "{:14} {:>24} {:>24}",
            slot.name(),
            loaded.shown(),
            configured.shown()
        );
    }
    longest
}

fn time<T>(work: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// What many rounds of the same took.
struct Times {
    least: Duration,
    median: Duration,
}

impl Times {
    /// Of rounds that each did as many `things`: per thing.
    fn of(mut rounds: Vec<Duration>, things: usize) -> Self {
        rounds.sort_unstable();
        let per_thing = |at: usize| rounds.get(at).copied().unwrap_or_default() / things as u32;
        Self {
            least: per_thing(0),
            median: per_thing(rounds.len() / 2),
        }
    }

    fn shown(&self) -> String {
        format!("{} ({:.2})", shown(self.least), self.median.as_secs_f64() * 1e6)
    }
}

fn shown(time: Duration) -> String {
    format!("{:.2} µs", time.as_secs_f64() * 1e6)
}
