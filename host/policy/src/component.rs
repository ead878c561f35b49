//! A component that passed the door.

use std::sync::OnceLock;

use wasmtime::component::InstancePre;

use crate::conformance::Exercised;
use crate::contract::{Description, Slot};
use crate::digest::Digest;
use crate::error::ComponentName;
use crate::memory::Guest;
use crate::slots::Exports;

/// An admitted component: compiled, linked, its manifest read. Cheap to share between threads.
pub struct Component {
    pub(crate) digest: Digest,
    pub(crate) description: Description,
    pub(crate) exports: Exports,
    pub(crate) pre: InstancePre<Guest>,
    pub(crate) conformance: OnceLock<Vec<Exercised>>,
}

impl Component {
    /// Digest of the component's bytes.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// What the component says of itself.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// The slots that it fills.
    pub fn slots(&self) -> Vec<Slot> {
        self.exports.slots()
    }

    /// What it showed at the door, in this process: each rule with the number of cases that exercised it. Empty for a
    /// component that was admitted before.
    pub fn conformance(&self) -> &[Exercised] {
        self.conformance.get().map(Vec::as_slice).unwrap_or_default()
    }

    /// How messages name it.
    pub fn name(&self) -> ComponentName {
        ComponentName {
            name: self.description.name.clone(),
            digest: self.digest,
        }
    }
}

impl std::fmt::Debug for Component {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name(), self.description.version)
    }
}
