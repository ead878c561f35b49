//! The law of each country that is covered, and what holds everywhere else.

pub mod elsewhere;
pub mod nl;
