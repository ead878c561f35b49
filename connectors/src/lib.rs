//! Accounting platforms: OAuth, rate limits and retries once, one folder per platform.
//!
//! A person gives consent ([`oauth::Authorization`]); the tokens go to the embedder's [`oauth::TokenVault`] and are
//! renewed by one holder at a time ([`oauth::Session`]); every call goes through an [`http::Connection`], which
//! paces and repeats. A platform reads what changed since the versions that the embedder knows and gives it in
//! [`Batch`]es of facts; [`changes`] tells which of those facts are new.

mod changes;
pub mod http;
mod language;
pub mod moneybird;
pub mod oauth;
mod reading;
mod remedy;

pub use changes::changes;
pub use reading::{Batch, Entity, Ids, KnownRecord, KnownVersions, Progress, ReadRecord};
pub use remedy::Remedy;
