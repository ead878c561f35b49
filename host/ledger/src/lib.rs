#![doc = include_str!("../README.md")]

mod calendar;
mod facts;
mod ids;
pub mod metrics;
mod money;
pub mod snapshot;
mod time;

pub use calendar::*;
pub use facts::*;
pub use ids::*;
pub use metrics::*;
pub use money::*;
pub use snapshot::*;
pub use time::*;
