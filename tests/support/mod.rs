//! What every test needs: a practice platform, an installation of `maan`, and both databases.

mod database;
mod dice;
mod installation;
mod phases;
mod platform;
mod tamper;

pub(crate) use database::{Database, Kind};
pub(crate) use dice::Dice;
pub(crate) use installation::{Answer, Installation};
pub(crate) use phases::Process;
pub(crate) use platform::{Platform, mailbox};
pub(crate) use tamper::Spot;
