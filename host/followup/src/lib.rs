//! The run of an administration: changed facts become decisions, decisions become guarded proposals, proposals
//! become a worklist and an outbox.

mod actions;
mod by_hand;
mod context;
mod copy;
mod credit;
mod decide;
mod done;
mod error;
mod explain;
mod export;
mod followup;
mod groups;
mod guard;
mod import;
mod letter;
mod listen;
mod look;
mod note;
mod phase;
mod phrases;
mod policies;
mod preview;
mod promise;
mod record;
mod registers;
mod replay;
mod reports;
mod run;
#[cfg(test)]
mod samples;
mod send;
mod standing;
mod sync;
mod views;
mod worklist;
mod write_back;

pub use actions::{Prepared, level_name, speaks};
pub use by_hand::ByHand;
pub use copy::{Copied, copy_channel};
pub use done::{Did, Told};
pub use error::RunError;
pub use explain::{
    Change, Ending, Explained, ExplainedAction, Explanation, Flip, Forbidden, Lever, NotChosen, Outcome,
    Part, Report, Said, Step, Stop, Waits,
};
pub use export::ExportReport;
pub use followup::Followup;
pub use guard::{Guarded, Stopped};
pub use import::{
    Asked, Assigned, FileReport, ImportError, ImportOptions, ImportReport, Mapped, Skipped, Unsure,
};
pub use listen::{After, Answered, Board, Happened, Happening, Listener, ListenerConfig};
pub use phrases::Phrases;
pub use policies::Policies;
pub use preview::{Comparison, Proposed, compare};
pub use promise::{PromiseError, Promised};
pub use registers::{Register, registers_of};
pub use replay::{Different, ReplayReport};
pub use reports::{Desk, LookedUp, OrderLine, OrdersDone, RegisterLine, RegistersAsked, ServiceConfig};
pub use run::{BATCH, RunReport};
pub use send::{NotSent, SendReport};
pub use standing::{Held, Standing};
pub use sync::{
    Access, Disconnected, Door, Health, Link, LinkError, Messages, SyncReport, consent_end, ends_soon,
    last_read,
};
pub use worklist::Moved;
pub use write_back::{NotWritten, WriteBackReport};

/// What a run is made of, without database, network or clock: for playing policies on a calendar of one's own.
pub mod parts {
    pub use crate::actions::{Rejected, asked, kind_name, new_actions};
    pub use crate::by_hand::by_hand;
    pub use crate::context::context;
    pub use crate::credit::ask_credit;
    pub use crate::decide::{Asked, Decided, Due, decide};
    pub use crate::groups::{news, stated};
    pub use crate::guard::leaves;
    pub use crate::look::{Look, Ready, look, settled, words};
    pub use crate::policies::Answers;
    pub use crate::run::judged;
    pub use crate::send::{books_behind, steps_done};
    pub use crate::views::{credit, item_ids, statute};
}
