//! From Xero's records to facts: pure, one file per kind of record.

mod contact;
mod document;
mod money;
mod quote;

pub(super) use contact::{contact, described};
pub(super) use document::{credit_note, invoice};
pub(super) use money::{payment, unused};
pub(super) use quote::quote;

/// Longest number or reference.
const LONGEST: usize = 500;
