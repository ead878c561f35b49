//! What the tests of the segmentation share.

use maan_policy::Segmentation;
use maan_policy::slots::Segment;
use maan_policy::testkit::{Case, eur};
use maan_policy_segmentation::{DefaultSegmentation, Settings};

pub(crate) const TODAY: &str = "2026-10-15";

pub(crate) fn decide_by(settings: Settings, case: &Case) -> Segment {
    DefaultSegmentation::new(settings)
        .unwrap()
        .decide(&case.context, &case.segmentation())
        .unwrap()
}

pub(crate) fn decide(case: &Case) -> Segment {
    decide_by(Settings::default(), case)
}

pub(crate) fn codes(segment: &Segment) -> Vec<&str> {
    segment
        .reasons
        .iter()
        .map(|reason| reason.code.as_str())
        .collect()
}

pub(crate) fn trait_of<'a>(segment: &'a Segment, key: &str) -> &'a str {
    let mut pairs = segment.traits.iter().filter_map(|pair| pair.split_once('='));
    pairs.find(|(own, _)| *own == key).map_or("", |(_, value)| value)
}

pub(crate) fn overdue(case: Case) -> Case {
    case.invoice(|i| i.due("2026-09-20").open(eur("1000")))
}
