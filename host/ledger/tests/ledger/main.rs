//! What the ledger promises, from outside.

mod agreements;
mod items;
mod support;
mod talk;
