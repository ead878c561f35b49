//! The whole program from outside: real processes of `maan`, real databases, a practice platform over HTTP and a
//! mail server over SMTP.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test ends where something is not as it should be"
)]

mod support;

mod bad_input;
mod by_person;
mod charges;
mod connecting;
mod credit_reports;
mod explain;
mod hostile_policy;
mod importing;
mod kill;
mod listening;
mod look_ups;
mod mail_server;
mod main_job;
mod paid_meanwhile;
mod platforms;
mod scenarios;
mod two_administrations;
mod written_back;
