//! From an agency's score to the chance of failing within a year, per mille.
//!
//! The agencies of this folder sell a score or class, no chance. These chances are this project's own assumption, rough
//! and on the careful side, so that scores of different agencies can be compared; the original score is kept beside.

use rust_decimal::Decimal;

use super::information::Report;

/// Creditsafe's international rating: A very low risk, B low, C moderate, D high, E not rated.
pub(super) fn creditsafe(rating: &str) -> Option<Option<u16>> {
    Some(match rating {
        "A" => Some(5),
        "B" => Some(15),
        "C" => Some(40),
        "D" => Some(150),
        "E" => None,
        _ => return None,
    })
}

/// Dun & Bradstreet's failure score class: 1 the least risk, 5 the most.
pub(super) fn dun_bradstreet(class: Decimal) -> Option<u16> {
    let classes = [(1, 5), (2, 15), (3, 30), (4, 60), (5, 150)];
    let found = classes.iter().find(|(number, _)| Decimal::from(*number) == class);
    found.map(|(_, chance)| *chance)
}

/// Companyweb's barometer: from -10, the most risk, to 10.
pub(super) fn companyweb(score: Decimal) -> u16 {
    let steps = [(6, 5), (1, 15), (-3, 40), (-6, 80)];
    let found = steps.iter().find(|(least, _)| score >= Decimal::from(*least));
    found.map_or(200, |(_, chance)| *chance)
}

/// A rise from one chance to another.
pub(super) fn worsened(before: Option<u16>, now: Option<u16>) -> i16 {
    match (before, now) {
        (Some(before), Some(now)) => i16::try_from(i32::from(now) - i32::from(before)).unwrap_or(i16::MAX),
        _ => 0,
    }
}

impl Report {
    /// A report of a company without a score: that is said, and is no chance of zero.
    pub(super) fn marked(mut self) -> Self {
        if self.failure_per_mille.is_none() {
            self.marks.push("not-rated".to_owned());
        }
        self.marks.sort_unstable();
        self.marks.dedup();
        self.marks.truncate(20);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_risk_is_never_a_smaller_chance() {
        let ratings: Vec<_> = ["A", "B", "C", "D"]
            .map(|rating| creditsafe(rating).unwrap())
            .to_vec();
        assert!(ratings.is_sorted());
        assert_eq!((creditsafe("E"), creditsafe("F")), (Some(None), None));
        let classes: Vec<_> = (1..=5)
            .map(|class| dun_bradstreet(Decimal::from(class)).unwrap())
            .collect();
        assert!(classes.is_sorted());
        let scores: Vec<_> = (-10..=10)
            .rev()
            .map(|score| companyweb(Decimal::from(score)))
            .collect();
        assert!(scores.is_sorted());
    }
}
