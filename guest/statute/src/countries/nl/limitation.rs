//! Limitation: five years from the day after a claim fell due (art. 3:307 and 3:308 BW), two for the price of a
//! sale to a consumer (art. 7:28 BW). A written demand starts the term again (art. 3:317 and 3:319 BW).

use crate::calendar::{Day, years_after};
use maan_policy::types::{Channel, Level, StepDone};

/// The shortest term less the days of warning: claims younger than this need no look.
pub const NEVER_WITHIN: Day = 2 * 365 - WARNING_DAYS;
/// Days before the end from which it is said.
pub const WARNING_DAYS: Day = 90;

/// Last day of the term of a claim that was due on `due`. Demands count only where their arrival can be shown.
pub fn last_day(due: Day, consumer_sale: bool, demands: impl Iterator<Item = Day>) -> Day {
    let years = if consumer_sale { 2 } else { 5 };
    demands
        .chain([due])
        .map(|from| years_after(from, years))
        .max()
        .unwrap_or(due)
}

/// Whether a step interrupts the limitation.
pub fn interrupts(step: &StepDone) -> bool {
    let written = matches!(
        step.channel,
        Channel::Letter | Channel::RegisteredLetter | Channel::Bailiff
    );
    step.level >= Level::Reminder1 && (written || (step.proof && step.channel == Channel::Email))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;

    #[test]
    fn five_years_and_two_for_a_consumer_sale() {
        let due = day(2024, 2, 29);
        assert_eq!(last_day(due, false, [].into_iter()), day(2029, 2, 28));
        assert_eq!(last_day(due, true, [].into_iter()), day(2026, 2, 28));
    }

    #[test]
    fn a_demand_starts_the_term_again() {
        let demands = [day(2025, 6, 1), day(2024, 6, 1)];
        assert_eq!(
            last_day(day(2024, 1, 1), true, demands.into_iter()),
            day(2027, 6, 1)
        );
    }

    #[test]
    fn a_demand_never_shortens_the_term() {
        assert_eq!(
            last_day(day(2024, 1, 1), false, [day(2023, 1, 1)].into_iter()),
            day(2029, 1, 1)
        );
    }
}
