//! From Moneybird's records to facts: pure, one file per kind of record.

mod contact;
mod estimate;
mod invoice;
mod mutation;
#[cfg(test)]
mod tests;

pub(super) use contact::{contact, debtor};
pub(super) use estimate::estimate;
pub(super) use invoice::invoice;
pub(super) use mutation::mutation;
