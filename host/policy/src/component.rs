//! A component that passed the door.

use wasmtime::component::InstancePre;

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
