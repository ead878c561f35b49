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

/// Holds when it is late or too much, after a lead in which it can be told; releases at once when all is well again.
pub(crate) fn advise(settings: &Settings, context: &Context, position: &Position, held: bool) -> Advice {
    let hold = &settings.hold;
    let reaches = |share: u16| {
        let limit = i128::from(position.limit) * i128::from(share);
        position.exposure > 0 && i128::from(position.exposure) * 1000 > limit
    };
    let late = hold.after_days > 0 && position.oldest >= i32::from(hold.after_days);
    if !held && (late || reaches(hold.above)) {
        let code = if late { "hold.late" } else { "hold.exposure" };
        return Advice {
            hold: HoldAdvice::Hold,
            effective_on: Some(context.creditor.add_working_days(context.today, hold.lead_days)),
            reason: Some(Reason::plain(code)),
        };
    }
    let well = !position.none
        && position.oldest <= i32::from(settings.terms.late_days)
        && !reaches(hold.release_below);
    if held && well {
        return Advice {
            hold: HoldAdvice::Release,
            effective_on: Some(context.today),
            reason: Some(Reason::plain("hold.release")),
        };
    }
    Advice {
        hold: HoldAdvice::Keep,
        effective_on: None,
        reason: None,
    }
}
