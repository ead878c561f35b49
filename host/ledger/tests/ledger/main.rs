//! What the ledger promises, from outside.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong says so by panicking"
)]

mod account;
mod agreements;
mod calendar;
mod every_fact;
mod items;
mod metrics;
mod page;
mod properties;
mod support;
mod talk;
