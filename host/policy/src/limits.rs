//! The limits on components.
//!
//! What a call is granted is part of what a decision can depend on, so the schedule of [`Budget`]s is pinned
//! and numbered: a record names the schedule and the bytes from which the budgets of its call follow.

use std::time::Duration;

use crate::contract::FuelClass;

/// Number of the schedule of [`Budget::fuel`] and [`Budget::answer`]. It rises with any change of a value there, of how
/// the bytes of a case are counted, and of what an instruction costs.
pub const FUEL_SCHEDULE: u32 = 2;

/// Units for setting up an instance and reading its manifest, before its class is known.
pub(crate) const MANIFEST_FUEL: u64 = 1_000_000_000;

/// Bytes that a manifest may take.
pub(crate) const MANIFEST_ANSWER: usize = 1 << 20;

/// A budget `base + per_byte * bytes`, where bytes are those of the cases (or of the settings) that the call is
/// given, each number counted with its full width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Granted to each call.
    pub base: u64,
    /// Granted per byte of input.
    pub per_byte: u64,
}

impl Budget {
    /// Fuel by the engine inside the component; a unit is about one WebAssembly instruction.
    ///
    /// A case has some 800 bytes. Measured per case: compiled policies take some 10,000 units,
    /// QuickJS 430,000, other interpreters up to 1,700,000.
    pub fn fuel(class: FuelClass) -> Self {
        match class {
            FuelClass::Compiled => Self {
                base: 5_000_000,
                per_byte: 1_000,
            },
            FuelClass::Quickjs => Self {
                base: 100_000_000,
                per_byte: 20_000,
            },
            FuelClass::Interpreter => Self {
                base: 400_000_000,
                per_byte: 80_000,
            },
        }
    }

    /// Bytes of an answer, as they are in the host's memory. They are counted before anything is copied.
    pub fn answer() -> Self {
        Self {
            base: 256 << 10,
            per_byte: 64,
        }
    }

    /// The budget of a call with this many bytes of input.
    pub fn of(&self, bytes: u64) -> u64 {
        self.per_byte.saturating_mul(bytes).saturating_add(self.base)
    }
}

/// Limits of the host, the same for all components.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a component.
    pub component_bytes: usize,
    /// Bytes of all memories and tables of one instance together.
    pub memory: usize,
    /// Bytes of call stack. Threads that run policies need this much and some hundreds of kilobytes more.
    pub stack: usize,
    /// Time for one call. A call that takes longer is an incident and never a decision.
    pub wall: Duration,
    /// How often a case that alone hit the wall clock is tried.
    pub wall_attempts: u32,
    /// Instances that can run at the same time.
    pub instances: u32,
    /// Seconds of processor time for compiling one component.
    pub compile_cpu_seconds: u64,
    /// Bytes of address space for compiling one component.
    pub compile_memory: u64,
    /// Time for compiling one component.
    pub compile_wall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            component_bytes: 32 << 20,
            memory: 64 << 20,
            stack: 512 << 10,
            wall: Duration::from_secs(10),
            wall_attempts: 3,
            instances: 64,
            compile_cpu_seconds: 300,
            compile_memory: 4 << 30,
            compile_wall: Duration::from_secs(600),
        }
    }
}
