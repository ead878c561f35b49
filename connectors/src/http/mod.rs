//! Calls to a platform, the same for all: paced, repeated where that is right, bounded, with errors that say what
//! to do.

mod budget;
mod call;
mod connection;
mod error;
mod pace;
mod timer;
mod transport;
mod waits;

pub use budget::ErrorBudget;
pub use call::{Answer, Call, Repeat};
pub use connection::Connection;
pub use error::CallError;
pub use pace::Allowance;
pub use timer::Timer;
pub use transport::transport;
pub(crate) use transport::{BodyError, body, cause, is_safe};
