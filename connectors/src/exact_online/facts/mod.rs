//! From Exact Online's rows to facts: pure, one file per kind of row.

mod account;
mod order;
mod term;

pub(super) use account::{account, account_of};
pub(super) use order::{order, quotation};
pub(super) use term::term;

pub(super) use crate::mapping::json_day as day;
use crate::mapping::optional_json_day as optional_day;

/// Longest number or reference.
const LONGEST: usize = 500;
