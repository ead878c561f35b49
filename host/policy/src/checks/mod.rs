//! Looks for nonsense in answers. An answer that fails here is no answer: the case is held.
//!
//! What is only too long to be read, a diagnostic, is cut instead.

mod credit_check;
mod field;
mod segmentation;
mod statute;
mod workflow;

pub(crate) use self::credit_check::credit_check;
pub(crate) use self::field::{Nonsense, cut};
pub(crate) use self::segmentation::segmentation;
pub(crate) use self::statute::statute;
pub(crate) use self::workflow::workflow;

#[cfg(test)]
mod tests;
