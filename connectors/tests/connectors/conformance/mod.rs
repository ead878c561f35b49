//! One ledger, many dialects: the same administration, served in each platform's dialect, must give the same facts, in
//! full and by increments, whatever the page size and whatever goes wrong.

mod business_central;
mod desk;
mod erpnext;
mod exact_online;
mod moneybird;
mod odoo;
pub(crate) mod picture;
mod quickbooks;
mod suite;
mod table;
mod tryton;
mod twinfield;
mod xero;
