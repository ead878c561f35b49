//! The default segmentation policy: who is this debtor to us now?
//!
//! Measures how a debtor pays, judges willingness on evidence, and gives one segment with its traits and reasons.
//! A debtor moves to a harder segment at once, and leaves it with a margin and after some days, so that nobody
//! flickers.

mod own;
mod payments;
mod rank;
mod segment;
mod settings;
mod texts;
mod threshold;
mod traits;
mod willingness;

use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::slots::{Segment, SegmentationCase};
use maan_policy::types::{Context, Failure, Problem};

use crate::own::Seen;

pub use settings::{OwnSegment, OwnTrait, RankBy, Settings, When, Willingness};

/// The policy with its settings.
#[derive(Clone, Debug)]
pub struct DefaultSegmentation {
    settings: Settings,
}

impl maan_policy::Segmentation for DefaultSegmentation {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        let problems = settings::problems(&settings);
        if problems.is_empty() {
            Ok(Self { settings })
        } else {
            Err(problems)
        }
    }

    fn decide(&self, context: &Context, case: &SegmentationCase) -> Result<Segment, Failure> {
        let settings = &self.settings;
        let payments = payments::measure(settings, context, &case.behaviour, &case.items);
        let judgement = willingness::judge(settings, context, case, &payments);
        let at_risk = rank::at_risk(&case.account, judgement.willingness);
        let seen = Seen {
            context,
            case,
            payments: &payments,
        };
        let choice = segment::choose(settings, seen, &judgement);
        Ok(Segment {
            key: choice.key,
            traits: traits::traits(settings, seen),
            willingness: judgement.willingness,
            confidence: choice.confidence,
            evidence: judgement.evidence,
            rank: rank::rank(settings.rank, &payments, &case.account, at_risk),
            at_risk,
            reasons: choice.reasons,
        })
    }
}

fn manifest() -> Manifest {
    let by_amount = Settings {
        rank: RankBy::AmountAtRisk,
        ..Settings::default()
    };
    Manifest {
        name: "maan-segmentation",
        version: env!("CARGO_PKG_VERSION"),
        publisher: "maan",
        presets: vec![
            preset(Slot::Segmentation, "default", &Settings::default()),
            preset(Slot::Segmentation, "amount-at-risk", &by_amount),
        ],
        texts: texts::texts(),
    }
}

maan_policy::export! {
    manifest: manifest(),
    segmentation: DefaultSegmentation,
}
