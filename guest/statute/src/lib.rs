//! The default statute policy.
