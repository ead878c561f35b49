//! Plays stories of debtors through policies, on a calendar of its own, and says whether what came of them is what
//! the stories expect.
//!
//! The stories are files that a credit controller can read; `scenarios/README.md` describes them. What is played is
//! the host's own run without database and network: facts, snapshot, views, the four slots, the guard, the last look.

mod cast;
mod check;
mod play;
mod run;
mod settings;
mod stand_in;
mod story;
mod table;
mod tell;
mod timeline;
mod words;

pub use cast::Cast;
pub use check::Miss;
pub use run::{Report, test};
pub use story::{Located, OneOrMore, ReadError, Story, read_all};
pub use table::{Coverage, Requirements, RequirementsError};
pub use timeline::{Line, Mark, Timeline};
