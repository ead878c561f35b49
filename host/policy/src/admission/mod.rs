//! The door for components: what a component must be before it can be run at all.
//!
//! The bytes are parsed fully, imports are refused by name, compiling happens in a child process under
//! limits, the manifest is read and checked, and the component shows on generated cases that each answer
//! depends on its own case alone.

mod compile;
mod interfaces;
mod manifest;

pub(crate) use self::compile::NotCompiled;
pub use self::compile::{Compiler, compile_worker};
pub(crate) use self::interfaces::inspect;
pub(crate) use self::manifest::check;
