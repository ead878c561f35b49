#![doc = include_str!("../README.md")]

mod admission;
mod cache;
mod call;
mod checks;
mod component;
pub mod conformance;
pub mod contract;
mod digest;
mod engine;
mod error;
mod host;
mod limits;
mod memory;
mod policy;
pub mod record;
mod replay;
mod settings;
mod size;
mod slots;

pub use self::admission::{Compiler, compile_worker};
pub use self::component::Component;
pub use self::digest::{Digest, NoDigest};
pub use self::error::{ComponentName, PolicyError, Refusal, Stop, Undecided};
pub use self::host::{HostConfig, PolicyHost};
pub use self::limits::{Budget, FUEL_SCHEDULE, Limits};
pub use self::policy::{Decision, Policy};
pub use self::replay::{Impossible, Kept, Replay};
pub use self::settings::canonical as canonical_settings;
pub use self::slots::{CreditCheck, Segmentation, Slot, Statute, Workflow};
