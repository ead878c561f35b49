//! The maan program.
fn main() {}
