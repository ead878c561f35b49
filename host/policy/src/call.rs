//! One fresh instance with the limits of its calls.

use wasmtime::component::{Instance, InstancePre, ResourceAny};
use wasmtime::{Engine, PoolConcurrencyLimitError, Store, Trap};

use crate::contract::{Context, Description, Failure, Problem};
use crate::engine::TICK;
use crate::error::Stop;
use crate::limits::{Limits, MANIFEST_ANSWER, MANIFEST_FUEL};
use crate::memory::{Guest, MemoryExceeded};
use crate::slots::{Exports, Slot};

/// Why a call gave nothing.
#[derive(Debug)]
pub(crate) enum Halt {
    /// A result of the component.
    Stop(Stop),
    /// The wall clock: says nothing about the component.
    WallClock,
    /// All instances are in use.
    Busy(String),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// What one call is granted.
#[derive(Clone, Copy)]
pub(crate) struct Grant {
    /// Units of fuel.
    pub(crate) fuel: u64,
    /// Bytes of the answer.
    pub(crate) answer: usize,
}

/// A fresh instance, dropped with its store after use.
pub(crate) struct Call<'a> {
    limits: &'a Limits,
    store: Store<Guest>,
    instance: Instance,
    grant: Grant,
}

impl<'a> Call<'a> {
    /// Sets up an instance. Its start functions run under the grant.
    pub(crate) fn new(
        engine: &Engine,
        limits: &'a Limits,
        pre: &InstancePre<Guest>,
        grant: Grant,
    ) -> Result<Self, Halt> {
        let mut store = Store::new(engine, Guest::new(limits.memory));
        store.limiter(|guest| guest);
        limit(&mut store, limits, grant);
        match pre.instantiate(&mut store) {
            Ok(instance) => Ok(Self {
                limits,
                store,
                instance,
                grant,
            }),
            Err(e) => Err(halt(&e, limits, grant)),
        }
    }

    /// Reads the manifest.
    pub(crate) fn describe(
        engine: &Engine,
        limits: &'a Limits,
        pre: &InstancePre<Guest>,
        exports: &Exports,
    ) -> Result<Description, Halt> {
        let grant = Grant {
            fuel: MANIFEST_FUEL,
            answer: MANIFEST_ANSWER,
        };
        let mut call = Self::new(engine, limits, pre, grant)?;
        let described = exports
            .manifest
            .load(&mut call.store, &call.instance)
            .and_then(|m| m.call_describe(&mut call.store));
        described.map_err(|e| call.halt(&e))
    }

    /// Configures the slot. The inner error lists what the component does not accept.
    pub(crate) fn configure<S: Slot>(
        mut self,
        exports: &Exports,
        settings: &str,
        grant: Grant,
    ) -> Result<Result<Configured<'a, S>, Vec<Problem>>, Halt> {
        self.grant(grant);
        let bound = match S::bind(exports, &mut self.store, &self.instance) {
            Some(bound) => bound.map_err(|e| self.halt(&e))?,
            None => return Err(Stop::Malformed(format!("no slot {}", S::SLOT)).into()),
        };
        match S::configure(&bound, &mut self.store, settings) {
            Ok(Ok(policy)) => Ok(Ok(Configured {
                call: self,
                bound,
                policy,
            })),
            Ok(Err(problems)) if problems.is_empty() => Err(Stop::EmptyProblems.into()),
            Ok(Err(problems)) => Ok(Err(problems)),
            Err(e) => Err(self.halt(&e)),
        }
    }

    fn grant(&mut self, grant: Grant) {
        self.grant = grant;
        limit(&mut self.store, self.limits, grant);
    }

    fn halt(&self, error: &wasmtime::Error) -> Halt {
        halt(error, self.limits, self.grant)
    }
}

/// An instance with one slot configured.
pub(crate) struct Configured<'a, S: Slot> {
    call: Call<'a>,
    bound: S::Bound,
    policy: ResourceAny,
}

impl<S: Slot> Configured<'_, S> {
    /// Decides cases, one answer for each.
    pub(crate) fn decide(
        &mut self,
        grant: Grant,
        context: &Context,
        cases: &[S::Case],
    ) -> Result<Vec<Result<S::Outcome, Failure>>, Halt> {
        let answers = self.call(grant, |bound, store, policy| {
            S::decide(bound, store, policy, context, cases)
        })?;
        if answers.len() == cases.len() {
            Ok(answers)
        } else {
            Err(Stop::WrongLength {
                asked: cases.len() as u64,
                got: answers.len() as u64,
            }
            .into())
        }
    }

    /// Any other call of the slot.
    pub(crate) fn call<T>(
        &mut self,
        grant: Grant,
        call: impl FnOnce(&S::Bound, &mut Store<Guest>, ResourceAny) -> wasmtime::Result<T>,
    ) -> Result<T, Halt> {
        self.call.grant(grant);
        call(&self.bound, &mut self.call.store, self.policy).map_err(|e| self.call.halt(&e))
    }
}

fn limit(store: &mut Store<Guest>, limits: &Limits, grant: Grant) {
    // Fuel is always on in this engine, and only without it could this fail.
    store.set_fuel(grant.fuel).unwrap_or_default();
    store.set_hostcall_fuel(grant.answer);
    // The current tick is already running.
    let ticks = limits
        .wall
        .as_millis()
        .div_ceil(TICK.as_millis())
        .saturating_add(1);
    store.set_epoch_deadline(u64::try_from(ticks).unwrap_or(u64::MAX >> 1));
}

/// Tells the limits apart.
fn halt(error: &wasmtime::Error, limits: &Limits, grant: Grant) -> Halt {
    if let Some(exceeded) = error.downcast_ref::<MemoryExceeded>() {
        return Stop::Memory {
            limit: exceeded.0 as u64,
        }
        .into();
    }
    if error.is::<PoolConcurrencyLimitError>() {
        return Halt::Busy(error.to_string());
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Stop::Fuel { budget: grant.fuel }.into(),
        Some(Trap::Interrupt) => Halt::WallClock,
        Some(Trap::StackOverflow) => Stop::Stack {
            limit: limits.stack as u64,
        }
        .into(),
        Some(trap) => Stop::Trap(trap.to_string()).into(),
        // The engine's own type for this is private; a test holds on to its words.
        None if error
            .to_string()
            .contains("fuel allocated for hostcalls has been exhausted") =>
        {
            Stop::AnswerTooLarge {
                limit: grant.answer as u64,
            }
            .into()
        }
        None => Stop::Malformed(error.to_string()).into(),
    }
}
