//! Thresholds that are lower for whoever has crossed them already, so that nobody flickers around one.

use maan_policy::types::PerMille;

/// How much of a threshold must still be reached, in thousandths.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Threshold(PerMille);

impl Threshold {
    /// For whoever stands above it already (`within`) the margin is taken off.
    pub(crate) fn new(margin: PerMille, within: bool) -> Self {
        Self(if within { 1000 - margin.min(1000) } else { 1000 })
    }

    /// What is left of a threshold, in thousandths.
    pub(crate) const fn kept(self) -> PerMille {
        self.0
    }

    /// Whether the value reaches what is left of the threshold.
    pub(crate) fn reached(self, value: u32, threshold: u16) -> bool {
        u64::from(value) * 1000 >= u64::from(threshold) * u64::from(self.0)
    }
}
