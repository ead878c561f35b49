//! Days late weighted by amount: the one measure of delay that every policy here uses.

use crate::types::{Day, Minor};

/// A weighted mean under construction. Early counts as zero days; a negative amount as nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaysLate {
    /// Wide enough for anything that 64 bits of minor units can bring.
    days: i128,
    amount: i128,
    number: u32,
}

impl DaysLate {
    /// One more invoice.
    pub fn add(&mut self, days: Day, amount: Minor) {
        let amount = i128::from(amount.max(0));
        self.days += i128::from(days.max(0)) * amount;
        self.amount += amount;
        self.number += 1;
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            days: self.days + other.days,
            amount: self.amount + other.amount,
            number: self.number + other.number,
        }
    }

    /// Days late by weight; 0 where nothing was added.
    pub fn mean(self) -> u32 {
        if self.amount == 0 {
            0
        } else {
            u32::try_from(self.days / self.amount).unwrap_or(u32::MAX)
        }
    }

    /// By how many days this is later than `before`; negative is earlier. None with fewer than `least` on either side.
    pub fn later_than(self, before: Self, least: u32) -> Option<i32> {
        let known = self.number >= least && before.number >= least;
        known.then(|| i32::try_from(i64::from(self.mean()) - i64::from(before.mean())).unwrap_or(i32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_by_amount_and_early_is_no_day() {
        let mut days = DaysLate::default();
        assert_eq!(days.mean(), 0);
        days.add(10, 300);
        days.add(-40, 100);
        days.add(2, -5);
        assert_eq!(days.mean(), 7);
    }

    #[test]
    fn a_trend_needs_enough_on_both_sides() {
        let of = |days: &[i32]| {
            days.iter().fold(DaysLate::default(), |mut sum, &one| {
                sum.add(one, 100);
                sum
            })
        };
        assert_eq!(of(&[20, 10]).later_than(of(&[1, 3]), 2), Some(13));
        assert_eq!(of(&[1]).later_than(of(&[21]), 1), Some(-20));
        assert_eq!(of(&[20]).later_than(of(&[1, 3]), 2), None);
        assert_eq!(of(&[20]).and(of(&[10])).mean(), 15);
    }
}
