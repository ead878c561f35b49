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
//!
//! A whole policy, with its test:
//!
//! ```
//! use maan_policy::manifest::{Manifest, Slot, preset, texts};
//! use maan_policy::slots::{Segment, SegmentationCase};
//! use maan_policy::types::{Context, Failure, Problem, Willingness};
//! use maan_policy::{MajorAmount, Money, Segmentation, reason, testkit};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Default, Serialize, Deserialize, schemars::JsonSchema)]
//! #[serde(default, deny_unknown_fields)]
//! struct Settings {
//!     /// Large from this overdue amount.
//!     large: MajorAmount,
//! }
//!
//! struct BySize(Settings);
//!
//! impl Segmentation for BySize {
//!     type Settings = Settings;
//!
//!     fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
//!         Ok(Self(settings))
//!     }
//!
//!     fn decide(&self, context: &Context, case: &SegmentationCase) -> Result<Segment, Failure> {
//!         let overdue = Money::new(case.account.overdue, context.creditor.currency);
//!         let large = overdue.minor >= self.0.large.minor(overdue.currency);
//!         Ok(Segment {
//!             key: if large { "large" } else { "small" }.into(),
//!             traits: vec![],
//!             willingness: Willingness::Unknown,
//!             confidence: 1000,
//!             evidence: vec![],
//!             rank: overdue.minor,
//!             at_risk: overdue.minor,
//!             reasons: vec![reason!("overdue", overdue)],
//!         })
//!     }
//! }
//!
//! maan_policy::export! {
//!     manifest: Manifest {
//!         name: "by-size",
//!         version: "1.0.0",
//!         publisher: "example",
//!         presets: vec![preset(Slot::Segmentation, "default", &Settings::default())],
//!         texts: texts(["en"], &[("large", ["Large"]), ("small", ["Small"]), ("overdue", ["Overdue: {0}"])]),
//!     },
//!     segmentation: BySize,
//! }
//!
//! fn main() {
//!     let policy = BySize::configure(r#"{"large":"1000"}"#).unwrap_or_else(|problems| panic!("{problems:?}"));
//!     let case = testkit::case("2026-10-15").invoice(|i| i.due("2026-10-01").open(testkit::eur("1210.00")));
//!     assert_eq!(policy.decide(&case.context, &case.segmentation()).unwrap().key, "large");
//!     assert_eq!(BySize::configure(r#"{"large":-1}"#).err().unwrap()[0].path, "/large");
//!     assert!(describe().slots[0].schema.contains("Large from this overdue amount."));
//! }
//! ```

#[cfg(any(target_arch = "wasm32", test))]
mod allocator;
mod amount;
#[doc(hidden)]
pub mod bindings;
pub mod country;
pub mod day;
mod days_late;
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
pub use days_late::DaysLate;
pub use manifest::Manifest;
pub use money::{EUR, Money};
pub use slots::{CreditCheck, Exported, Segmentation, Statute, Workflow};
