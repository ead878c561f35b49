//! The default workflow policy.
