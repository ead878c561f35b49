//! The default segmentation policy: who is this debtor to us now?
//!
//! Measures how a debtor pays ([`payments`](self)), judges willingness on recorded evidence, and gives
//! one segment with its reasons. A debtor leaves a segment with a margin, so that nobody flickers.

mod payments;
mod rank;
mod segment;
mod settings;
mod texts;
mod willingness;

use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::slots::{Segment, SegmentationCase};
use maan_policy::types::{Context, Failure, Problem};

pub use settings::{OwnSegment, RankBy, Settings, WillingnessSettings};

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
        let judgement = willingness::judge(
            &settings.willingness,
            settings.margin,
            context.today,
            &case.conversation,
            case.in_force.willingness,
        );
        let at_risk = rank::at_risk(&case.account, judgement.willingness);
        let choice = segment::choose(settings, context, case, &payments, &judgement);
        Ok(Segment {
            key: choice.key,
            traits: segment::traits(settings, context, case, &payments),
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
