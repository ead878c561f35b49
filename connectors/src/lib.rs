#![doc = include_str!("../README.md")]

mod changes;
pub mod credit;
pub mod files;
pub mod http;
mod language;
pub mod moneybird;
pub mod oauth;
mod reading;
mod remedy;

pub use changes::changes;
pub use reading::{Batch, Entity, Ids, KnownRecord, KnownVersions, Progress, ReadRecord};
pub use remedy::Remedy;
