//! Words for steps, reasons, tasks and the call guide.

mod calls;
mod ends;
mod reasons;
mod rests;
mod steps;
mod tasks;

use maan_policy::manifest::{Text, texts as table};

/// A code and its words in Dutch, English, German and French.
type Row = (&'static str, [&'static str; 4]);

pub(crate) fn texts() -> Vec<Text> {
    [
        steps::TEXTS,
        reasons::TEXTS,
        rests::TEXTS,
        ends::TEXTS,
        tasks::TEXTS,
        calls::TEXTS,
    ]
    .into_iter()
    .flat_map(|rows| table(["nl", "en", "de", "fr"], rows))
    .collect()
}
