//! What a policy author in Rust depends on.
