//! The practice server from outside: real HTTP and SMTP over loopback.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on fails"
)]

mod api;
mod faults;
mod living;
mod mailbox;
mod oauth;
mod portfolio;
mod spec;
mod support;
mod webhooks;
