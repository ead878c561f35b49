//! A practice administration: a living portfolio behind Moneybird's API, for demonstration, tests and trying policies.
//!
//! It is honest about being one: its root page and a header on every answer say so, its debtors live below
//! `.example`, and its mailbox delivers nothing.
//!
//! - [`Practice::start`] makes administrations from seeds, with eighteen months of history, and serves them: the
//!   platform's API version 2 below `/api/v2`, a strict OAuth 2 server below `/oauth`, and control below `/practice`.
//! - The same seed and day give the same records, byte for byte.
//! - Debtors have a hidden [`Character`]. [`Practice::advance`] plays days: they buy, pay, pay a part, complain or do
//!   nothing, by their character and by what they received. Mail reaches them through the SMTP server at
//!   [`Practice::smtp`]; calls and letters are told with [`Practice::contacted`].
//! - [`Practice::fail_next`] and its kin make the platform, the grants and the mail server fail on demand.
//!
//! ```
//! use maan_practice::{Config, Practice};
//!
//! # #[tokio::main] async fn main() -> Result<(), maan_practice::PracticeError> {
//! # let folder = tempfile::tempdir().unwrap();
//! # let mailbox_log = folder.path().join("mailbox.jsonl");
//! let practice = Practice::start(Config { mailbox_log, ..Config::default() }).await?;
//! let before = practice.status();
//! let tomorrow = before.now.date() + chrono::Days::new(1);
//! practice.advance(tomorrow)?;
//! assert_eq!(practice.status().now.date(), tomorrow);
//! assert!(before.administrations[0].overdue > 0);
//! practice.stop().await;
//! # Ok(()) }
//! ```

#![recursion_limit = "256"]

mod actions;
mod api;
mod control;
mod deliveries;
mod faults;
mod mailbox;
mod oauth;
mod portfolio;
mod practice;
mod server;
mod status;
mod throttle;
mod world;

pub use actions::Contacted;
pub use faults::Fault;
pub use mailbox::{Mail, MailFault};
pub use portfolio::{Channel, Character, Level, Played, Role, Showcase};
pub use practice::{Client, Config, Practice, PracticeError};
pub use status::{AdministrationStatus, Status};
pub use throttle::Throttle;
pub use world::AdministrationConfig;
