//! What a policy author in Rust depends on.
//!
//! A policy is one settings type and one trait per slot: [`Segmentation`], [`CreditCheck`],
//! [`Workflow`], [`Statute`]. [`export!`] makes a component of it; natively the same code is plain
//! Rust. Nothing in an author's crate is unsafe.
//!
//! - [`types`], [`actions`], [`slots`]: the records of the contract, the same Rust types in all slots
//! - [`Money`], [`mod@day`], [`country`]: exact amounts, days and working days, countries
//! - [`reason!`], [`mod@reason`]: why something was decided
//! - [`settings`], [`manifest`]: settings with their JSON Schema, presets, texts
//! - `testkit` (native only): cases in a few lines

#[cfg(any(target_arch = "wasm32", test))]
mod allocator;
mod amount;
#[doc(hidden)]
pub mod bindings;
pub mod country;
pub mod day;
mod export;
pub mod manifest;
pub mod money;
pub mod reason;
pub mod settings;
pub mod slots;
#[cfg(not(target_arch = "wasm32"))]
pub mod testkit;

pub use amount::MajorAmount;
pub use bindings::shared::{actions, types};
pub use manifest::Manifest;
pub use money::{EUR, Money};
pub use slots::{CreditCheck, Exported, Segmentation, Statute, Workflow};
