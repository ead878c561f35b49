//! Checks of a segment.

use super::field::{Bounds, Checked, ENTRIES, each, key, nonsense, not_negative, per_mille, within, wording};
use crate::contract::{Context, Segment, SegmentationCase};

pub(crate) fn segmentation(context: &Context, case: &SegmentationCase, segment: &mut Segment) -> Checked {
    let bounds = Bounds::new(context, case.items.len());
    key("key", &segment.key)?;
    each("traits", &segment.traits, ENTRIES, |pair| wording("", pair))?;
    per_mille("confidence", segment.confidence)?;
    each("evidence", &segment.evidence, bounds.entries(), |weighed| {
        if weighed.weight.unsigned_abs() > 1000 {
            return nonsense(
                "weight",
                format!("{} is not within -1000 to 1000", weighed.weight),
            );
        }
        within("reason", bounds.reason(&weighed.reason))
    })?;
    not_negative("at-risk", segment.at_risk)?;
    bounds.reasons("reasons", &segment.reasons)?;
    bounds.volume(segment, 1)
}
