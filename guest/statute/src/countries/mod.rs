//! The law of each country that is covered, what holds in the rest of the Union, and what holds everywhere else.

pub mod be;
pub mod de;
pub mod elsewhere;
pub mod eu;
pub mod fr;
pub mod gb;
pub mod lu;
pub mod nl;
