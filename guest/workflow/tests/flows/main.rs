//! The workflow policy as its users see it: cases in, plans of action out.

#[cfg(test)]
mod common;
#[cfg(test)]
mod holds;
#[cfg(test)]
mod ladder;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod settings;
