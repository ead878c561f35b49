//! Credit information: reports are ordered from a bureau within the month's budget, registers are asked before a formal
//! step, and when a person asks. What they say becomes facts with their source; that nobody answered becomes a fact as
//! well, never a clean one.
//!
//! An order is an action like a message: claimed by one worker, its price set aside, marked as leaving, then asked for,
//! once. A process that dies in between leaves an order whose outcome is unknown; its price counts until a person
//! found out.

mod desk;
mod facts;
mod look_up;
mod orders;
mod registers;

pub use desk::{Desk, ServiceConfig};
pub use look_up::LookedUp;
pub use orders::{OrderLine, OrdersDone};
pub use registers::{RegisterLine, RegistersAsked};
