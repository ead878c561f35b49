//! Chances for generated cases: the same seed gives the same cases on every machine and in every release.

use std::ops::RangeInclusive;

/// A stream of bytes drawn from a seed.
pub struct Entropy(blake3::OutputReader);

impl Entropy {
    pub(super) fn new(seed: u64, purpose: &str) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("maan policy host, generated cases, version 1");
        hasher.update(&seed.to_le_bytes()).update(purpose.as_bytes());
        Self(hasher.finalize_xof())
    }

    /// A number within bounds. Not perfectly even, which cases do not need.
    pub(super) fn number(&mut self, bounds: RangeInclusive<i64>) -> i64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        let span = bounds.end().abs_diff(*bounds.start()).saturating_add(1);
        bounds
            .start()
            .wrapping_add_unsigned(u64::from_le_bytes(bytes) % span)
    }

    /// As [`Self::number`], in a smaller type; bounds beyond it give its largest value.
    pub(super) fn small<T: TryFrom<i64>>(&mut self, bounds: RangeInclusive<i64>, largest: T) -> T {
        T::try_from(self.number(bounds)).unwrap_or(largest)
    }

    /// A day within bounds.
    pub(super) fn day(&mut self, bounds: RangeInclusive<i32>) -> i32 {
        self.small(i64::from(*bounds.start())..=i64::from(*bounds.end()), i32::MAX)
    }

    /// True once in so many times.
    pub(super) fn once_in(&mut self, times: i64) -> bool {
        self.number(1..=times) == 1
    }

    /// Something, once in so many times.
    pub(super) fn maybe<T>(&mut self, times: i64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.once_in(times).then(|| make(self))
    }

    /// One of several.
    pub(super) fn one<T: Clone>(&mut self, first: T, others: &[T]) -> T {
        let place: usize = self.small(0..=i64::try_from(others.len()).unwrap_or(0), 0);
        place
            .checked_sub(1)
            .and_then(|place| others.get(place).cloned())
            .unwrap_or(first)
    }

    /// Several of what `make` makes.
    pub(super) fn several<T>(
        &mut self,
        number: RangeInclusive<i64>,
        mut make: impl FnMut(&mut Self) -> T,
    ) -> Vec<T> {
        (0..self.number(number)).map(|_| make(self)).collect()
    }

    /// A shuffled order of `0..length`.
    pub(super) fn order(&mut self, length: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..length).collect();
        for last in (1..length).rev() {
            let other = self.small(0..=i64::try_from(last).unwrap_or(0), 0);
            order.swap(last, other);
        }
        order
    }
}
