//! What can go wrong, and what to do about it.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::contract::{Problem, Slot};
use crate::digest::Digest;

/// A component as messages name it: the manifest's name and the digest's first digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentName {
    /// Name from the manifest; empty before the manifest was read.
    pub name: String,
    /// Digest of the component's bytes.
    pub digest: Digest,
}

impl ComponentName {
    /// A component whose manifest was not read yet.
    pub(crate) fn unnamed(digest: Digest) -> Self {
        Self {
            name: String::new(),
            digest,
        }
    }
}

impl fmt::Display for ComponentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            write!(f, "component {}", self.digest.short())
        } else {
            write!(f, "policy `{}` ({})", self.name, self.digest.short())
        }
    }
}

/// Why a call into a component gave no usable answer. The same call stops the same way each time,
/// so a stop is a result that is recorded and replayed like any other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Stop {
    /// The limit on instructions.
    #[error("used up its fuel of {budget} units; the policy loops or does too much work for one case")]
    Fuel {
        /// Units granted to the call.
        budget: u64,
    },
    /// The limit on memory.
    #[error("asked for more than {limit} bytes of memory in all")]
    Memory {
        /// Bytes for all memories and tables of the instance together.
        limit: u64,
    },
    /// The limit on depth.
    #[error("went deeper than the call stack of {limit} bytes; the policy recurses without end")]
    Stack {
        /// Bytes of stack.
        limit: u64,
    },
    /// The limit on the answer, applied before it is copied out.
    #[error("answered with more than {limit} bytes")]
    AnswerTooLarge {
        /// Bytes granted to the answer.
        limit: u64,
    },
    /// The component crashed.
    #[error("crashed: {0}")]
    Trap(String),
    /// The answer is no value of the contract's types.
    #[error("answered with bytes that are no value of the contract: {0}")]
    Malformed(String),
    /// As many answers as cases were due.
    #[error("answered {got} cases where {asked} were asked")]
    WrongLength {
        /// Cases in the batch.
        asked: u64,
        /// Answers that came.
        got: u64,
    },
    /// `configure` refused without naming a problem.
    #[error("refused its settings without naming a problem; that counts as a crash")]
    EmptyProblems,
    /// `configure` refused settings that were accepted earlier.
    #[error("refused its settings: {0}")]
    Refused(String),
    /// The policy itself says that it could not decide this case.
    #[error("could not decide: {0}")]
    Failure(String),
    /// The answer makes no sense.
    #[error("answered nonsense in `{field}`: {what}")]
    Nonsense {
        /// Path of the field in the answer.
        field: String,
        /// What is wrong with it.
        what: String,
    },
}

/// One case that a policy could not decide. It is held; its neighbours are not touched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{component} in slot {slot} {stop}; the case is held")]
pub struct Undecided {
    /// Which component.
    pub component: ComponentName,
    /// In which slot.
    pub slot: Slot,
    /// Why.
    pub stop: Stop,
}

/// Errors of admitting, configuring and running components.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The component was not admitted.
    #[error("{component} is refused: {refusal}")]
    Refused {
        /// Which component.
        component: ComponentName,
        /// Why.
        refusal: Refusal,
    },
    /// The component lacks the slot.
    #[error("{component} does not fill slot {slot}; choose a component that does")]
    NoSuchSlot {
        /// Which component.
        component: ComponentName,
        /// The slot that was asked for.
        slot: Slot,
    },
    /// Only packs that the operator trusts may guard the law.
    #[error("{component} is no trusted statute pack; the operator of this host must trust digest {} first", component.digest)]
    UntrustedStatute {
        /// Which component.
        component: ComponentName,
    },
    /// The settings are no JSON object.
    #[error("the settings are not usable: {0}")]
    Settings(String),
    /// The component does not accept the settings.
    #[error(
        "{component} does not accept the settings for slot {slot}: {}",
        list(problems)
    )]
    Problems {
        /// Which component.
        component: ComponentName,
        /// In which slot.
        slot: Slot,
        /// What is wrong, by JSON pointer.
        problems: Vec<Problem>,
    },
    /// A call outside of a batch stopped.
    #[error("{component} in slot {slot} {stop}")]
    Stopped {
        /// Which component.
        component: ComponentName,
        /// In which slot.
        slot: Slot,
        /// Why.
        stop: Stop,
    },
    /// The answers depend on more than the case.
    #[error("{component} in slot {slot} is refused: {account}")]
    NotConformant {
        /// Which component.
        component: ComponentName,
        /// In which slot.
        slot: Slot,
        /// A readable account of what differed.
        account: String,
    },
    /// The wall clock ran out, several times. Never a decision: run the batch again later.
    #[error(
        "{component} in slot {slot} was stopped by the wall clock of {limit_ms} ms, {attempts} times; nothing was decided, run it again when the machine is less busy"
    )]
    WallClock {
        /// Which component.
        component: ComponentName,
        /// In which slot.
        slot: Slot,
        /// Milliseconds for one call.
        limit_ms: u64,
        /// How often it was tried.
        attempts: u32,
    },
    /// More instances at a time than the host was set up for.
    #[error(
        "no free instance for {component}: {cause}; run fewer batches at a time or raise `Limits::instances`"
    )]
    Busy {
        /// Which component.
        component: ComponentName,
        /// What was exhausted.
        cause: String,
    },
    /// The bytes given do not belong to the digest asked for.
    #[error("the stored bytes of component {wanted} have digest {found}; restore them from a copy")]
    WrongBytes {
        /// Digest asked for.
        wanted: Digest,
        /// Digest of the bytes.
        found: Digest,
    },
    /// The compiler process could not be used.
    #[error("the compiler `{program}` could not be run: {cause}")]
    Compiler {
        /// The program.
        program: PathBuf,
        /// Why.
        cause: String,
    },
    /// The cache of compiled components could not be used.
    #[error("the cache of compiled components at {}: {cause}", path.display())]
    Cache {
        /// File or folder.
        path: PathBuf,
        /// Why.
        cause: String,
    },
    /// The engine could not be set up on this machine.
    #[error("the engine for policies could not be set up: {0}")]
    Engine(String),
}

/// Why a component is not admitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The limit on bytes.
    #[error("it has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// No valid component.
    #[error("it is no valid component: {0}")]
    Invalid(String),
    /// A core module where a component is due.
    #[error(
        "it is a core module; make it a component first (`wasm-tools component new`, or the SDK's build command)"
    )]
    CoreModule,
    /// It imports something.
    #[error("it imports `{name}`: {what}; a policy is pure and imports nothing but the contract's types")]
    Import {
        /// The import as named in the component.
        name: String,
        /// What that is.
        what: String,
    },
    /// It lacks exports.
    #[error("it exports no `{0}`; build it against the contract `maan:policy@{version}`", version = crate::contract::VERSION)]
    MissingExport(String),
    /// Compiling hit a limit.
    #[error("compiling it hit the limit of {0}")]
    CompileLimit(String),
    /// Compiling failed.
    #[error("it could not be compiled: {0}")]
    Compile(String),
    /// It is made of more parts than an instance may have.
    #[error("it needs more than this host gives an instance: {0}")]
    Needs(String),
    /// Its interfaces differ from the contract's.
    #[error("its interfaces are not those of the contract: {0}")]
    Interface(String),
    /// It stopped while it was set up or asked for its manifest.
    #[error("asked for its manifest, it {0}")]
    Stopped(Stop),
    /// The wall clock ran out while it was asked for its manifest.
    #[error("asked for its manifest, it was stopped by the wall clock of {} ms; try again when the machine is less busy", .0.as_millis())]
    Slow(std::time::Duration),
    /// Its manifest is wrong.
    #[error("its manifest is wrong in `{field}`: {what}")]
    Manifest {
        /// Path of the field.
        field: String,
        /// What is wrong with it.
        what: String,
    },
}

/// Problems in one line.
pub(crate) fn list(problems: &[Problem]) -> String {
    let line = |p: &Problem| format!("{} {}", if p.path.is_empty() { "/" } else { &p.path }, p.message);
    problems.iter().map(line).collect::<Vec<_>>().join("; ")
}
