//! Chance that a seed repeats.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Dice that fall the same for the same seed.
pub(crate) struct Dice(StdRng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// A number from `low` up to and including `high`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0.random_range(low..=high)
    }
}
