//! The default credit-check policy.
