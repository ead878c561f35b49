//! Facts of accounts receivable and what follows from them.
//!
//! Facts are kept with two times, when they happened and when they became known; every state is derived from
//! them. This crate does no input or output, and nothing derived here asks what time it is; whoever needs the
//! present takes it from a [`Clock`].

mod calendar;
mod facts;
mod ids;
mod money;
mod snapshot;
mod time;

pub use calendar::*;
pub use facts::*;
pub use ids::*;
pub use money::*;
pub use snapshot::*;
pub use time::*;
