//! The segmentation as its users see it: cases in, segments out.

#[cfg(test)]
mod common;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod segments;
#[cfg(test)]
mod willingness;
