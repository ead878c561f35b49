//! What every test needs: a practice platform, an installation of `maan`, and both databases.

mod database;
mod dice;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the policy host's tests, which use all of it"
)]
#[path = "../../host/policy/tests/support/hostile.rs"]
pub(crate) mod hostile;
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
