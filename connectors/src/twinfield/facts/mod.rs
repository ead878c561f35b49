//! From Twinfield's records to facts: pure, one file per kind of record.

mod customer;
mod entry;
mod settled;
mod transactions;

pub(super) use customer::customer;
pub(super) use transactions::transactions;

/// Longest number or reference.
const LONGEST: usize = 500;
