//! Whether deliveries are held or released, and from which day.

use maan_policy::day::WorkingDays;
use maan_policy::types::{Context, Day, HoldAdvice, Reason};

use crate::settings::Settings;
use crate::verdict::Position;

/// Advice with its first day.
pub(crate) struct Advice {
    pub hold: HoldAdvice,
    pub effective_on: Option<Day>,
    pub reason: Option<Reason>,
}

impl Advice {
    fn keep(code: Option<&str>) -> Self {
        Self {
            hold: HoldAdvice::Keep,
            effective_on: None,
            reason: code.map(Reason::plain),
        }
    }
}

/// Holds when it is late or too much, after a lead in which it can be told; releases when all is well again. Where a
/// person decides, a reason to hold is named and nothing is held.
pub(crate) fn advise(
    settings: &Settings,
    context: &Context,
    position: &Position,
    held: bool,
    person_decides: bool,
) -> Advice {
    let rules = &settings.hold;
    let exceeds = |share: u16| {
        let limit = i128::from(position.limit) * i128::from(share);
        position.exposure > 0 && i128::from(position.exposure) * 1000 > limit
    };
    let late = rules.after_days > 0 && position.oldest >= i32::from(rules.after_days);
    let too_much = rules.above > 0 && exceeds(rules.above);
    let from = |lead| Some(context.creditor.add_working_days(context.today, lead));
    if late || too_much {
        return match (held, person_decides) {
            (true, _) => Advice::keep(None),
            (false, true) if late => Advice::keep(Some("hold.late-person")),
            (false, true) => Advice::keep(Some("hold.exposure-person")),
            (false, false) => Advice {
                hold: HoldAdvice::Hold,
                effective_on: from(rules.lead_days),
                reason: Some(Reason::plain(if late { "hold.late" } else { "hold.exposure" })),
            },
        };
    }
    let well = !position.none && !position.late && !exceeds(rules.release_below);
    if held && well && rules.release {
        return Advice {
            hold: HoldAdvice::Release,
            effective_on: from(rules.release_lead_days),
            reason: Some(Reason::plain("hold.release")),
        };
    }
    Advice::keep(None)
}
