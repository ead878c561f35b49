//! Every function of the store, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where something is not as it should be"
)]

mod support;

mod actions;
mod connections;
mod credit_information;
mod decisions;
mod deployments;
mod facts;
mod groups;
mod hooks;
mod isolation;
mod kill;
mod opening;
mod outbox;
mod schema;
mod write_backs;
