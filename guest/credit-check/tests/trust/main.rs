//! The credit check as its users see it: cases in, decisions out.

#[cfg(test)]
mod common;
#[cfg(test)]
mod holds;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod verdicts;
