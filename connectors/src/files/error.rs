//! Why a file is not read.

use thiserror::Error;

/// Why a file, or the rest of it, cannot be read. Nothing of it is taken in.
#[derive(Debug, Error)]
pub enum FileError {
    /// The file cannot be opened or read.
    #[error("it cannot be read: {0}; check the path and the rights on it")]
    Unreadable(#[from] std::io::Error),
    /// Nothing that is known.
    #[error("{0}")]
    Unknown(String),
    /// XML or an export that is broken.
    #[error("near line {line} it is broken: {why}; ask for the file again")]
    Broken {
        /// Where.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// XML or an archive that would take more than it may.
    #[error("{0}; files of this kind never need that, so it is refused")]
    Hostile(String),
    /// A table of which it cannot be told what is in it.
    #[error("{0}")]
    Table(String),
    /// Whoever asked for the reading wants no more of it.
    #[error("the reading was stopped")]
    Stopped,
}

/// The one who takes what is found wants no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

impl From<Stop> for FileError {
    fn from(Stop: Stop) -> Self {
        Self::Stopped
    }
}

/// Takes what is found, one by one.
pub type Take<'a> = &'a mut dyn FnMut(super::Found) -> Result<(), Stop>;
