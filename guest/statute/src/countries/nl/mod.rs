//! The Netherlands.
//!
//! Not covered: contracts that give a business other collection costs than the decree, and the transition of the
//! commercial rate for contracts from before 16 March 2013.

pub mod announcement;
pub mod articles;
pub mod charges;
pub mod collection_costs;
pub mod consumer;
pub mod contact_time;
pub mod fourteen_day_letter;
pub mod guard;
pub mod holidays;
pub mod imputation;
pub mod interest;
pub mod letters_sent;
pub mod limitation;
pub mod rate_choice;
pub mod rates;
pub mod terms;
pub mod warnings;
pub mod wording;
