//! Hearing of changes: platforms send messages, which have a connection be read again soon.
//!
//! A message is a hint and never a fact, so one that is repeated, late or lost does no harm: every connection is also
//! read regularly. One task looks after each connection: it asks for messages, renews that before it ends, reads when
//! something was heard or it is time, and tries again with growing pauses where reading fails.

mod bell;
mod board;
mod hearing;
mod keeper;
mod listener;
mod schedule;
mod tell;

use bell::Bell;
pub use board::{Answered, Board};
pub use listener::{Listener, ListenerConfig};
pub use tell::{After, Happened, Happening};
