//! The credit check as its users see it: cases in, decisions out.

#[cfg(test)]
mod common;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod verdicts;
