//! Specifications of the platforms, where they are at hand: answers are checked against them, so that connector and
//! dialect do not share one mistake.
//!
//! They are no part of this project. They are looked for in the folder that `MAAN_SPECS` names, else in one beside the
//! project; without them the checks are skipped, and a line says so.

mod fields;
mod openapi;
mod yaml;

use std::path::PathBuf;

pub use fields::Fields;
pub use openapi::OpenApi;
pub use yaml::parse as yaml;

/// The folder of specifications, which are no part of the project: where `MAAN_SPECS` says, else beside it.
pub fn folder() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/specs");
    std::env::var_os("MAAN_SPECS").map_or_else(beside, PathBuf::from)
}

/// A file of the folder of specifications, or `None` with a line that says that checks are skipped.
pub fn file(name: &str) -> Option<Vec<u8>> {
    match std::fs::read(folder().join(name)) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            println!("SKIPPED: answers are not checked against the specification {name}: {error}");
            None
        }
    }
}
