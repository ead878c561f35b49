//! The host of all policies of a process.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use wasmtime::Engine;
use wasmtime::component::{InstancePre, Linker};

use crate::admission::{self, Compiler, NotCompiled};
use crate::cache::{self, Cache};
use crate::call::{Call, Halt};
use crate::component::Component;
use crate::conformance::{self, Exercised};
use crate::contract::{self, Description, Problem};
use crate::digest::Digest;
use crate::engine;
use crate::error::{ComponentName, PolicyError, Refusal};
use crate::limits::Limits;
use crate::memory::Guest;
use crate::policy::Policy;
use crate::settings;
use crate::slots::{CreditCheck, Exports, Segmentation, Slot, Statute, Workflow};

/// What an embedder gives.
pub struct HostConfig {
    /// Folder for compiled components, private to this host.
    pub cache: PathBuf,
    /// The host's secret key, by which it knows its own compiled files.
    pub key: [u8; 32],
    /// The command that compiles in a child process.
    pub compiler: Compiler,
    /// Limits on components.
    pub limits: Limits,
    /// Digests of the components that may fill the statute slot.
    pub trusted_statutes: HashSet<Digest>,
}

/// Admits, loads and configures components. Share one between all threads.
pub struct PolicyHost {
    engine: Engine,
    linker: Linker<Guest>,
    cache: Cache,
    compiler: Compiler,
    limits: Arc<Limits>,
    trusted_statutes: RwLock<HashSet<Digest>>,
    loaded: RwLock<HashMap<Digest, Arc<Component>>>,
}

impl PolicyHost {
    /// Sets up the engine and opens the cache.
    ///
    /// # Errors
    /// The engine cannot be set up on this machine, or the cache's folder cannot be used.
    pub fn new(config: HostConfig) -> Result<Self, PolicyError> {
        let engine = engine::running(&config.limits)?;
        Ok(Self {
            // A policy imports nothing, so nothing is ever linked.
            linker: Linker::new(&engine),
            cache: Cache::open(&config.cache, config.key, &engine)?,
            engine,
            compiler: config.compiler,
            limits: Arc::new(config.limits),
            trusted_statutes: RwLock::new(config.trusted_statutes),
            loaded: RwLock::default(),
        })
    }

    /// Admits a component: checks its bytes, compiles it, reads its manifest, and lets it show on generated
    /// cases, with each of its presets, that an answer depends on its own case alone and keeps the rules of fairness.
    ///
    /// # Errors
    /// Why the component is refused, or what is wrong with this host.
    pub fn admit(&self, bytes: &[u8]) -> Result<Arc<Component>, PolicyError> {
        let digest = Digest::of(bytes);
        self.inspect(digest, bytes)?;
        let admitted = Arc::new(match self.cache.get(&self.engine, digest) {
            Some((compiled, _)) => self.examine(digest, &compiled)?,
            None => self.prepare(digest, bytes)?,
        });
        let exercised = self.try_presets(&admitted)?;
        admitted.conformance.get_or_init(|| exercised);
        self.keep(&admitted);
        Ok(admitted)
    }

    /// Loads a component that was admitted earlier. `fetch` gives its bytes; it is asked only where there is
    /// no compiled form.
    ///
    /// # Errors
    /// The bytes are not those of `digest`, or as for [`Self::admit`].
    pub fn load(
        &self,
        digest: Digest,
        fetch: impl FnOnce() -> Result<Vec<u8>, PolicyError>,
    ) -> Result<Arc<Component>, PolicyError> {
        if let Some(component) = self.get(digest) {
            return Ok(component);
        }
        let component = match self.cache.get(&self.engine, digest) {
            Some((compiled, description)) => self.link(digest, &compiled, |_, _| Ok(description))?,
            None => {
                let bytes = fetch()?;
                let found = Digest::of(&bytes);
                if found != digest {
                    return Err(PolicyError::WrongBytes {
                        wanted: digest,
                        found,
                    });
                }
                self.inspect(digest, &bytes)?;
                self.prepare(digest, &bytes)?
            }
        };
        let component = Arc::new(component);
        self.keep(&component);
        Ok(component)
    }

    /// A component that is loaded already.
    pub fn get(&self, digest: Digest) -> Option<Arc<Component>> {
        self.loaded
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&digest)
            .map(Arc::clone)
    }

    /// Configures a component for a slot, after the component itself accepted the settings.
    ///
    /// # Errors
    /// The slot is not filled, the statute pack is not trusted, or the settings are not accepted.
    pub fn configure<S: Slot>(
        &self,
        component: &Arc<Component>,
        settings: &str,
    ) -> Result<Policy<S>, PolicyError> {
        if S::SLOT == contract::Slot::Statute && !self.trusts(component.digest()) {
            return Err(PolicyError::UntrustedStatute {
                component: component.name(),
            });
        }
        self.accepted(component, settings)
    }

    /// As [`Self::configure`], for whichever slot: what is wrong with these settings?
    ///
    /// # Errors
    /// [`PolicyError::Problems`] lists what the component does not accept.
    pub fn validate_settings(
        &self,
        component: &Arc<Component>,
        slot: contract::Slot,
        settings: &str,
    ) -> Result<(), PolicyError> {
        match slot {
            contract::Slot::Segmentation => self.configure::<Segmentation>(component, settings).map(drop),
            contract::Slot::CreditCheck => self.configure::<CreditCheck>(component, settings).map(drop),
            contract::Slot::Workflow => self.configure::<Workflow>(component, settings).map(drop),
            contract::Slot::Statute => self.configure::<Statute>(component, settings).map(drop),
        }
    }

    /// From now on this component may fill the statute slot. Trust is the operator's to give, by digest.
    pub fn trust_statute(&self, digest: Digest) {
        self.trusted_statutes
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(digest);
    }

    fn trusts(&self, digest: Digest) -> bool {
        self.trusted_statutes
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&digest)
    }

    fn keep(&self, component: &Arc<Component>) {
        let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        loaded.insert(component.digest(), Arc::clone(component));
    }

    fn inspect(&self, digest: Digest, bytes: &[u8]) -> Result<(), PolicyError> {
        admission::inspect(bytes, self.limits.component_bytes).map_err(|refusal| refused(digest, refusal))
    }

    /// Compiles a component, examines it and keeps the compiled form.
    fn prepare(&self, digest: Digest, bytes: &[u8]) -> Result<Component, PolicyError> {
        let code = self.compile(digest, bytes)?;
        let component = self.examine(digest, &cache::compiled(&self.engine, digest, &code)?)?;
        self.cache.put(digest, &component.description, &code)?;
        Ok(component)
    }

    /// Links a component, reads its manifest and checks it.
    fn examine(
        &self,
        digest: Digest,
        compiled: &wasmtime::component::Component,
    ) -> Result<Component, PolicyError> {
        let component = self.link(digest, compiled, |pre, exports| {
            self.describe(digest, pre, exports)
        })?;
        admission::check(&component.description, &component.slots())
            .map_err(|refusal| refused(digest, refusal))?;
        Ok(component)
    }

    fn link(
        &self,
        digest: Digest,
        compiled: &wasmtime::component::Component,
        describe: impl FnOnce(&InstancePre<Guest>, &Exports) -> Result<Description, PolicyError>,
    ) -> Result<Component, PolicyError> {
        let interface = |e: wasmtime::Error| refused(digest, Refusal::Interface(format!("{e:#}")));
        let pre = self.linker.instantiate_pre(compiled).map_err(interface)?;
        let exports = Exports::of(&pre).map_err(interface)?;
        Ok(Component {
            digest,
            description: describe(&pre, &exports)?,
            exports,
            pre,
            conformance: OnceLock::new(),
        })
    }

    fn compile(&self, digest: Digest, bytes: &[u8]) -> Result<Vec<u8>, PolicyError> {
        self.compiler
            .compile(bytes, &self.limits)
            .map_err(|error| match error {
                NotCompiled::Refused(refusal) => refused(digest, refusal),
                NotCompiled::Unusable(cause) => PolicyError::Compiler {
                    program: self.compiler.program(),
                    cause,
                },
            })
    }

    fn describe(
        &self,
        digest: Digest,
        pre: &InstancePre<Guest>,
        exports: &Exports,
    ) -> Result<Description, PolicyError> {
        Call::describe(&self.engine, &self.limits, pre, exports).map_err(|halt| match halt {
            Halt::Stop(stop) => refused(digest, Refusal::Stopped(stop)),
            Halt::Busy(cause) => PolicyError::Busy {
                component: ComponentName::unnamed(digest),
                cause,
            },
            Halt::WallClock => refused(digest, Refusal::Slow(self.limits.wall)),
        })
    }

    fn try_presets(&self, component: &Arc<Component>) -> Result<Vec<Exercised>, PolicyError> {
        let mut exercised = Vec::new();
        for slot in component.slots() {
            let tried = match slot {
                contract::Slot::Segmentation => self.try_slot::<Segmentation>(component)?,
                contract::Slot::CreditCheck => self.try_slot::<CreditCheck>(component)?,
                contract::Slot::Workflow => self.try_slot::<Workflow>(component)?,
                contract::Slot::Statute => self.try_slot::<Statute>(component)?,
            };
            exercised.extend(tried);
        }
        Ok(exercised)
    }

    /// Tries a slot with each preset. Each rule must have been exercised with one of them at least.
    fn try_slot<S: conformance::Cases>(
        &self,
        component: &Arc<Component>,
    ) -> Result<Vec<Exercised>, PolicyError> {
        let presets = component
            .description()
            .presets
            .iter()
            .filter(|preset| preset.slot == S::SLOT);
        let mut settings: Vec<&str> = presets.map(|preset| preset.settings.as_str()).collect();
        if settings.is_empty() {
            settings.push("{}");
        }
        let mut exercised = Vec::new();
        for settings in settings {
            let tried = conformance::rehearse(&self.accepted::<S>(component, settings)?)?;
            conformance::add(&mut exercised, tried);
        }
        match exercised.iter().find(|rule| rule.cases == 0) {
            None => Ok(exercised),
            Some(idle) => Err(PolicyError::NotConformant {
                component: component.name(),
                slot: S::SLOT,
                account: format!(
                    "with none of its presets did a generated case exercise the rule that {}; a policy that does \
                     nothing shows nothing",
                    idle.rule
                ),
            }),
        }
    }

    pub(crate) fn accepted<S: Slot>(
        &self,
        component: &Arc<Component>,
        json: &str,
    ) -> Result<Policy<S>, PolicyError> {
        if !component.slots().contains(&S::SLOT) {
            return Err(PolicyError::NoSuchSlot {
                component: component.name(),
                slot: S::SLOT,
            });
        }
        let settings = settings::canonical(json)?;
        let policy = Policy {
            engine: self.engine.clone(),
            limits: Arc::clone(&self.limits),
            component: Arc::clone(component),
            settings_digest: Digest::of(settings.as_bytes()),
            settings,
            slot: PhantomData,
        };
        match policy.accepts()? {
            Ok(()) => Ok(policy),
            Err(problems) => Err(problem(component, S::SLOT, problems)),
        }
    }
}

fn problem(component: &Component, slot: contract::Slot, problems: Vec<Problem>) -> PolicyError {
    PolicyError::Problems {
        component: component.name(),
        slot,
        problems,
    }
}

fn refused(digest: Digest, refusal: Refusal) -> PolicyError {
    PolicyError::Refused {
        component: ComponentName::unnamed(digest),
        refusal,
    }
}
