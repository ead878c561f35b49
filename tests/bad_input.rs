//! Bad input and bad circumstances: one clear message with what to do, an exit code, and nothing lost.

mod circumstances;
mod configuration;
mod policies;
