//! The run of an administration: changed facts become decisions, decisions become guarded proposals, proposals
//! become a worklist and an outbox.

mod actions;
mod by_hand;
mod context;
mod credit;
mod decide;
mod error;
mod explain;
mod followup;
mod guard;
mod letter;
mod look;
mod phase;
mod phrases;
mod policies;
mod preview;
mod record;
mod replay;
mod run;
#[cfg(test)]
mod samples;
mod send;
mod standing;
mod sync;
mod views;
mod worklist;

pub use actions::{Prepared, level_name};
pub use by_hand::ByHand;
pub use error::RunError;
pub use explain::{
    Change, Ending, Explained, ExplainedAction, Explanation, Flip, Forbidden, Lever, NotChosen, Outcome,
    Part, Report, Step, Stop,
};
pub use followup::Followup;
pub use guard::{Guarded, Stopped};
pub use phrases::Phrases;
pub use policies::Policies;
pub use preview::{Comparison, Proposed, compare};
pub use replay::{Different, ReplayReport};
pub use run::{BATCH, RunReport};
pub use send::{NotSent, SendReport};
pub use standing::{Held, Standing};
pub use sync::{Link, LinkError, SyncReport};
pub use worklist::Moved;

/// What a run is made of, without database, network or clock: for playing policies on a calendar of one's own.
pub mod parts {
    pub use crate::actions::{asked, kind_name, new_actions};
    pub use crate::by_hand::by_hand;
    pub use crate::context::context;
    pub use crate::credit::ask_credit;
    pub use crate::decide::{Asked, Decided, Due, decide};
    pub use crate::guard::leaves;
    pub use crate::look::{Look, Ready, look, settled, words};
    pub use crate::policies::Answers;
    pub use crate::run::judged;
    pub use crate::send::{books_behind, step_done};
    pub use crate::views::{credit, item_ids, statute};
}
