//! From Odoo's records to facts: pure, one file per kind of record.

mod invoice;
mod money;
mod partner;
mod sale;

pub(super) use invoice::invoice;
pub(super) use money::{matched, money};
pub(super) use partner::partner;
pub(super) use sale::sale;

/// Longest number or reference.
const LONGEST: usize = 500;
