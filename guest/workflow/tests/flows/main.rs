//! The workflow policy as its users see it: cases in, plans of action out.

mod common;
mod holds;
mod ladder;
mod properties;
mod settings;
