//! One administration in the dialect of each accounting platform, for tests.
//!
//! - [`model`] is the administration: customers of every kind, invoices in every state, and changes that come later.
//! - [`expected`] is what every connector must find in it, written by hand.
//! - [`case`](mod@case) names what a platform may be unable to express.
//! - [`server`] serves it: tokens, pages, throttling and faults are the same for all; a [`server::Dialect`] says
//!   the rest in the words of its platform, from that platform's specification and not from our connector.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "serves tests: a world that does not hold together ends the test"
)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "amounts stand as whole units and cents: 1_500_00"
)]

pub mod business_central;
pub mod case;
pub mod erpnext;
pub mod exact_online;
pub mod expected;
pub mod model;
pub mod moneybird;
pub mod odoo;
pub mod quickbooks;
pub mod server;
pub mod spec;
pub mod tryton;
pub mod twinfield;
pub mod xero;
