//! One ledger, many dialects: the same administration, served in each platform's dialect, must give the same facts, in
//! full and by increments, whatever the page size and whatever goes wrong.

mod business_central;
mod desk;
mod exact_online;
mod moneybird;
mod picture;
mod quickbooks;
mod suite;
mod table;
mod twinfield;
mod xero;
