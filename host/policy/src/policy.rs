//! A component configured for one slot, and the batches that it decides.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use wasmtime::Engine;

use crate::call::{Call, Configured, Grant, Halt};
use crate::checks::cut;
use crate::component::Component;
use crate::contract::{Block, Context, Failure, Problem};
use crate::digest::Digest;
use crate::error::{PolicyError, Stop, Undecided};
use crate::limits::{Budget, Limits};
use crate::slots::{Slot, Workflow};

/// Fuel of a call with several cases: what a machine does in some seconds, so that one case on which a policy is slow
/// cannot bring the others to the wall clock. It shapes calls only; a record names the bytes of its own.
const MOST_FUEL: u64 = 4_000_000_000;

/// A component with settings that it accepted, for one slot.
pub struct Policy<S: Slot> {
    pub(crate) engine: Engine,
    pub(crate) limits: Arc<Limits>,
    pub(crate) component: Arc<Component>,
    pub(crate) settings: String,
    pub(crate) settings_digest: Digest,
    pub(crate) slot: PhantomData<S>,
}

impl<S: Slot> Clone for Policy<S> {
    fn clone(&self) -> Self {
        Self {
            engine: self.engine.clone(),
            limits: Arc::clone(&self.limits),
            component: Arc::clone(&self.component),
            settings: self.settings.clone(),
            settings_digest: self.settings_digest,
            slot: PhantomData,
        }
    }
}

/// The answer to one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<O> {
    /// The outcome, or why there is none and the case is held.
    pub outcome: Result<O, Undecided>,
    /// Bytes of all cases of the call in which this answer came. Its budgets follow from them,
    /// and replay grants the same.
    pub call_bytes: u64,
}

impl<O: Serialize> Decision<O> {
    /// Canonical bytes of the outcome, or of why there is none.
    pub fn canonical(&self) -> Vec<u8> {
        crate::record::canonical(&self.outcome.as_ref().map_err(|undecided| &undecided.stop))
    }
}

impl<S: Slot> Policy<S> {
    /// The component.
    pub fn component(&self) -> &Arc<Component> {
        &self.component
    }

    /// The settings as canonical JSON.
    pub fn settings(&self) -> &str {
        &self.settings
    }

    /// Digest of the settings' canonical JSON.
    pub fn settings_digest(&self) -> Digest {
        self.settings_digest
    }

    /// Decides each case, in the same order. Where a call stops, by the wall clock too, its cases are halved until
    /// the guilty one stands alone; only that one is undecided. Each call is processor work on a fresh instance; run
    /// batches on several threads to use several processors.
    ///
    /// # Errors
    /// Only incidents of the host, such as the wall clock: nothing was decided, run the batch again.
    pub fn decide(
        &self,
        context: &Context,
        cases: &[S::Case],
    ) -> Result<Vec<Decision<S::Outcome>>, PolicyError> {
        let sizes: Vec<u64> = cases.iter().map(crate::size::size).collect();
        let mut decisions = Vec::with_capacity(cases.len());
        let (mut cases, mut sizes) = (cases, sizes.as_slice());
        while !cases.is_empty() {
            let (call, rest) = cases.split_at(self.fitting(sizes));
            let (call_sizes, rest_sizes) = sizes.split_at(call.len());
            self.halve(context, call, call_sizes, &mut decisions)?;
            (cases, sizes) = (rest, rest_sizes);
        }
        Ok(decisions)
    }

    /// How many of the first cases share a call: all whose fuel stays below [`MOST_FUEL`], and at least one.
    fn fitting(&self, sizes: &[u64]) -> usize {
        let mut bytes = 0_u64;
        let fits = sizes.iter().take_while(|size| {
            bytes = bytes.saturating_add(**size);
            self.grant(bytes).fuel <= MOST_FUEL
        });
        fits.count().clamp(1, sizes.len().max(1))
    }

    fn halve(
        &self,
        context: &Context,
        cases: &[S::Case],
        sizes: &[u64],
        decisions: &mut Vec<Decision<S::Outcome>>,
    ) -> Result<(), PolicyError> {
        if cases.is_empty() {
            return Ok(());
        }
        let call_bytes = sizes.iter().sum();
        let grant = self.grant(call_bytes);
        let alone = cases.len() == 1;
        let attempts = if alone { self.limits.wall_attempts } else { 1 };
        let result = self.run(attempts, |configured| configured.decide(grant, context, cases));
        let result = match result {
            Err(Halt::WallClock) if !alone => None,
            result => Some(self.settle(result)?),
        };
        match result {
            Some(Ok(answers)) => {
                let settled = cases
                    .iter()
                    .zip(answers)
                    .map(|(case, answer)| self.decision(context, case, answer, call_bytes));
                decisions.extend(settled);
                Ok(())
            }
            Some(Err(stop)) if alone => {
                decisions.push(Decision {
                    outcome: Err(self.undecided(stop)),
                    call_bytes,
                });
                Ok(())
            }
            _ => {
                let middle = cases.len() / 2;
                let (left, right) = cases.split_at(middle);
                let (left_sizes, right_sizes) = sizes.split_at(middle);
                self.halve(context, left, left_sizes, decisions)?;
                self.halve(context, right, right_sizes, decisions)
            }
        }
    }

    /// Decides one case alone, with the budgets of the call that a record names.
    pub(crate) fn decide_alone(
        &self,
        context: &Context,
        case: &S::Case,
        call_bytes: u64,
    ) -> Result<Decision<S::Outcome>, PolicyError> {
        let grant = self.grant(call_bytes);
        let result = self.run(self.limits.wall_attempts, |configured| {
            configured.decide(grant, context, std::slice::from_ref(case))
        });
        let answer = self.settle(result)?.map(|mut answers| answers.pop());
        Ok(match answer {
            Ok(Some(answer)) => self.decision(context, case, answer, call_bytes),
            Ok(None) => Decision {
                outcome: Err(self.undecided(Stop::WrongLength { asked: 1, got: 0 })),
                call_bytes,
            },
            Err(stop) => Decision {
                outcome: Err(self.undecided(stop)),
                call_bytes,
            },
        })
    }

    fn decision(
        &self,
        context: &Context,
        case: &S::Case,
        answer: Result<S::Outcome, Failure>,
        call_bytes: u64,
    ) -> Decision<S::Outcome> {
        let outcome = match answer {
            Ok(mut outcome) => match S::check(context, case, &mut outcome) {
                Ok(()) => Ok(outcome),
                Err(found) => Err(Stop::Nonsense {
                    field: found.field,
                    what: found.what,
                }),
            },
            Err(Failure { mut message }) => {
                cut(&mut message);
                Err(Stop::Failure(message))
            }
        };
        Decision {
            outcome: outcome.map_err(|stop| self.undecided(stop)),
            call_bytes,
        }
    }

    /// Asks the component whether it accepts the settings.
    pub(crate) fn accepts(&self) -> Result<Result<(), Vec<Problem>>, PolicyError> {
        let accepted = self.attempt(self.limits.wall_attempts, || {
            self.configured().map(|configured| configured.map(drop))
        });
        self.settle(accepted)?.map_err(|stop| self.stopped(stop))
    }

    /// Sets up a fresh instance, configures it and works with it.
    fn run<T>(
        &self,
        attempts: u32,
        work: impl Fn(&mut Configured<'_, S>) -> Result<T, Halt>,
    ) -> Result<T, Halt> {
        self.attempt(attempts, || match self.configured()? {
            Ok(mut configured) => work(&mut configured),
            Err(problems) => Err(Stop::Refused(crate::error::list(&problems)).into()),
        })
    }

    fn configured(&self) -> Result<Result<Configured<'_, S>, Vec<Problem>>, Halt> {
        let call = Call::new(&self.engine, &self.limits, &self.component.pre, self.grant(0))?;
        call.configure(
            &self.component.exports,
            &self.settings,
            self.grant(self.settings.len() as u64),
        )
    }

    /// Tries again after the wall clock: it says nothing about the component.
    fn attempt<T>(&self, attempts: u32, work: impl Fn() -> Result<T, Halt>) -> Result<T, Halt> {
        for _ in 1..attempts {
            match work() {
                Err(Halt::WallClock) => {
                    tracing::warn!(component = %self.component.name(), "stopped by the wall clock")
                }
                result => return result,
            }
        }
        work()
    }

    /// Keeps what the component did apart from incidents of the host.
    fn settle<T>(&self, result: Result<T, Halt>) -> Result<Result<T, Stop>, PolicyError> {
        let component = self.component.name();
        match result {
            Ok(value) => Ok(Ok(value)),
            Err(Halt::Stop(stop)) => Ok(Err(stop)),
            Err(Halt::Busy(cause)) => Err(PolicyError::Busy { component, cause }),
            Err(Halt::WallClock) => Err(PolicyError::WallClock {
                component,
                slot: S::SLOT,
                limit_ms: u64::try_from(self.limits.wall.as_millis()).unwrap_or(u64::MAX),
                attempts: self.limits.wall_attempts,
            }),
        }
    }

    fn grant(&self, bytes: u64) -> Grant {
        Grant {
            fuel: Budget::fuel(self.component.description.fuel).of(bytes),
            answer: usize::try_from(Budget::answer().of(bytes)).unwrap_or(usize::MAX),
        }
    }

    fn undecided(&self, stop: Stop) -> Undecided {
        Undecided {
            component: self.component.name(),
            slot: S::SLOT,
            stop,
        }
    }

    fn stopped(&self, stop: Stop) -> PolicyError {
        PolicyError::Stopped {
            component: self.component.name(),
            slot: S::SLOT,
            stop,
        }
    }
}

impl Policy<Workflow> {
    /// The clause for contract and invoice, in a language (BCP 47).
    ///
    /// # Errors
    /// The call stopped, or an incident of the host.
    pub fn terms_clause(&self, language: &str) -> Result<Block, PolicyError> {
        let grant = self.grant(language.len() as u64);
        let result = self.run(self.limits.wall_attempts, |configured| {
            configured.call(grant, |bound, store, policy| {
                bound.policy().call_terms_clause(store, policy, language)
            })
        });
        self.settle(result)?.map_err(|stop| self.stopped(stop))
    }

    /// A block for the newsletter on the risk of arrears, in a language (BCP 47), for a segment.
    ///
    /// # Errors
    /// The call stopped, or an incident of the host.
    pub fn newsletter_block(&self, language: &str, segment: &str) -> Result<Block, PolicyError> {
        let grant = self.grant((language.len() + segment.len()) as u64);
        let result = self.run(self.limits.wall_attempts, |configured| {
            configured.call(grant, |bound, store, policy| {
                bound
                    .policy()
                    .call_newsletter_block(store, policy, language, segment)
            })
        });
        self.settle(result)?.map_err(|stop| self.stopped(stop))
    }
}
