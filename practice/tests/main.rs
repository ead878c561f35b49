//! The practice server from outside: real HTTP and SMTP over loopback.

mod api;
mod faults;
mod living;
mod mailbox;
mod oauth;
mod portfolio;
mod spec;
mod support;
mod webhooks;
