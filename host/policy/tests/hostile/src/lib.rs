//! A segmentation policy that misbehaves as its settings say: `{"do":"loop"}` and so on.
//!
//! It does so only for debtors of the sector `hostile`, or, with `{"do":"loop@1234"}`, for those with 12.34 overdue;
//! all others get a plain answer. Tests patch the words of [`PRESET`] and [`DESCRIBE`] in the built file, to have
//! components that are hostile from the start.
#![cfg(target_arch = "wasm32")]
#![allow(
    missing_docs,
    unsafe_code,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "this crate does what must not be done"
)]

use std::hint::black_box;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::exports::maan::policy::manifest::{
    Description, FuelClass, Guest as Manifest, Preset, Slot, SlotSettings,
};
use crate::exports::maan::policy::segmentation::{Guest, GuestPolicy, Policy, Segment, SegmentationCase};
use crate::maan::policy::types::{Context, Failure, Problem, Willingness};

wit_bindgen::generate!({ path: "../../../../wit", world: "segmentation-policy" });
export!(Hostile);

/// Patched by tests, in equal length.
const PRESET: &str = r#"{"do":"benign"}"#;
/// Patched by tests, in equal length.
const DESCRIBE: &str = "describe benign";

struct Hostile {
    does: String,
    /// In minor units.
    to_overdue: Option<i64>,
}

impl Manifest for Hostile {
    fn describe() -> Description {
        match black_box(DESCRIBE) {
            "describe loops!" => spin(),
            "describe huge!!" => return description("x".repeat(4 << 20)),
            "describe nobody" => return description(String::new()),
            _ => {}
        }
        description("hostile".into())
    }
}

fn description(name: String) -> Description {
    Description {
        name,
        version: "1.0.0".into(),
        publisher: "tests".into(),
        fuel: FuelClass::Compiled,
        slots: vec![SlotSettings {
            slot: Slot::Segmentation,
            schema: "{}".into(),
        }],
        presets: vec![Preset {
            name: "preset".into(),
            slot: Slot::Segmentation,
            settings: black_box(PRESET).into(),
        }],
        texts: Vec::new(),
    }
}

impl Guest for Hostile {
    type Policy = Self;
}

impl GuestPolicy for Hostile {
    fn configure(settings: String) -> Result<Policy, Vec<Problem>> {
        let does = settings
            .trim_start_matches(r#"{"do":""#)
            .trim_end_matches(r#""}"#);
        let (does, to_overdue) = match does.split_once('@') {
            Some((does, overdue)) => (does, overdue.parse().ok()),
            None => (does, None),
        };
        match does {
            "configure-nothing" => Err(Vec::new()),
            "configure-loop" => spin(),
            "unknown" | "refuse" => Err(vec![Problem {
                path: "/do".into(),
                message: "is not known".into(),
            }]),
            _ => Ok(Policy::new(Self {
                does: does.to_owned(),
                to_overdue,
            })),
        }
    }

    fn decide(&self, _: Context, cases: Vec<SegmentationCase>) -> Vec<Result<Segment, Failure>> {
        static CALLS: AtomicI64 = AtomicI64::new(0);
        let mut answers: Vec<_> = cases.iter().map(|case| Ok(plain(case))).collect();
        for (place, case) in cases.iter().enumerate() {
            if self.does == "places" {
                answers[place] = Ok(Segment {
                    rank: CALLS.fetch_add(1, Ordering::Relaxed),
                    ..plain(case)
                });
            }
            if !self.is_for(case) {
                continue;
            }
            match self.misbehave(case) {
                Some(answer) => answers[place] = answer,
                None => answers.truncate(cases.len() - 1),
            }
        }
        answers
    }
}

impl Hostile {
    fn is_for(&self, case: &SegmentationCase) -> bool {
        case.debtor.sector == "hostile" || self.to_overdue == Some(case.account.overdue)
    }

    /// `None` leaves an answer out.
    fn misbehave(&self, case: &SegmentationCase) -> Option<Result<Segment, Failure>> {
        let plain = plain(case);
        Some(match self.does.as_str() {
            "loop" => spin(),
            "memory" => Ok(Segment {
                rank: exhaust(),
                ..plain
            }),
            "huge" => Ok(Segment {
                key: "x".repeat(20 << 20),
                ..plain
            }),
            "strings" => Ok(Segment {
                traits: same_bytes(1_000_000),
                ..plain
            }),
            "recursion" => Ok(Segment {
                rank: descend(0),
                ..plain
            }),
            "trap" => panic!("on purpose"),
            "short" => return None,
            "failure" => Err(Failure {
                message: "é".repeat(400),
            }),
            "weight" => Ok(Segment {
                confidence: 1001,
                ..plain
            }),
            "empty" => Ok(Segment {
                key: String::new(),
                ..plain
            }),
            "risk" => Ok(Segment { at_risk: -1, ..plain }),
            _ => Ok(plain),
        })
    }
}

fn plain(case: &SegmentationCase) -> Segment {
    Segment {
        key: "regular".into(),
        traits: Vec::new(),
        willingness: Willingness::Unknown,
        confidence: 0,
        evidence: Vec::new(),
        rank: case.items.len() as i64,
        at_risk: case.account.overdue,
        reasons: Vec::new(),
    }
}

fn spin() -> ! {
    loop {
        black_box(());
    }
}

fn exhaust() -> i64 {
    let mut kept = Vec::new();
    loop {
        kept.push(Vec::<u8>::with_capacity(1 << 20));
        black_box(&kept);
    }
}

/// The work after the inner call keeps each frame on the stack.
#[inline(never)]
fn descend(depth: i64) -> i64 {
    static END: AtomicI64 = AtomicI64::new(i64::MAX);
    if depth == END.load(Ordering::Relaxed) {
        0
    } else {
        descend(depth + 1).wrapping_mul(3) ^ depth
    }
}

/// Strings that all lie over the same bytes: small in the guest, large once copied.
fn same_bytes(number: usize) -> Vec<String> {
    let bytes = Box::leak("y".repeat(1 << 10).into_boxed_str());
    // SAFETY: none. The test proves that the host needs none.
    let string = || unsafe { String::from_raw_parts(bytes.as_ptr().cast_mut(), bytes.len(), bytes.len()) };
    (0..number).map(|_| string()).collect()
}
