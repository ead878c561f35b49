//! From Tryton's records to facts: pure, one file per kind of record.

mod invoice;
mod money;
mod party;
mod sale;
mod settle;

pub(super) use invoice::invoice;
pub(super) use money::money;
pub(super) use party::{described, party};
pub(super) use sale::sale;

/// Longest number or reference.
const LONGEST: usize = 500;
