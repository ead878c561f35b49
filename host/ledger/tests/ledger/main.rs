//! What the ledger promises, from outside.

mod agreements;
mod calendar;
mod every_fact;
mod items;
mod page;
mod properties;
mod support;
mod talk;
