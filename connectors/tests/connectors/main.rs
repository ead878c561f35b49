//! Connectors against the practice administration: a foreign platform with a strict OAuth server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod conformance;
mod consent;
mod credit;
mod faults;
mod files;
mod hostile;
mod oidc;
mod platform;
mod prism;
mod reading;
mod records;
mod secrets;
mod support;
mod tryton;
mod webhooks;
