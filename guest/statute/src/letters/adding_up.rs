//! What one more letter announces beside those that were sent.

use super::LetterRule;
use super::sent::Letters;
use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;

/// Costs of a letter that is about to leave, in euro cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewCosts {
    /// What it announces.
    pub costs: i64,
    /// What it would announce alone, where earlier letters lower it.
    pub added_up: Option<i64>,
    /// A cap lowers it.
    pub capped: bool,
}

impl Letters {
    /// Costs that a new letter on `claims` announces: over their principals, those that letters on the same claims made
    /// due included. With what letters on the others of `all` announced, principals are added up as if one letter had
    /// gone about all (art. 6:96 lid 7 BW; elsewhere the lower reading), so the new one announces what it adds.
    pub fn new_costs(&self, inquiry: &Inquiry, all: &[Claim], claims: &[Claim], on: Day) -> NewCosts {
        let Some(rule) = self.rule else {
            return NewCosts::default();
        };
        let principals: Vec<i64> = claims.iter().map(|claim| claim.open).collect();
        let alone = (rule.costs)(inquiry, &principals);
        let left = (rule.cap)(inquiry, claims, on).unwrap_or(alone);
        let added = match self.is_empty() {
            true => alone,
            false => alone.min(self.added(rule, inquiry, all, claims, principals)),
        };
        NewCosts {
            costs: added.min(left),
            added_up: (added < alone).then_some(alone),
            capped: left < added,
        }
    }

    /// What principals add to the costs that letters on other claims make due if nothing more is paid.
    fn added(
        &self,
        rule: &LetterRule,
        inquiry: &Inquiry,
        all: &[Claim],
        claims: &[Claim],
        principals: Vec<i64>,
    ) -> i64 {
        let other = |claim: &&Claim| claims.iter().all(|one| one.item != claim.item);
        let others: Vec<&Claim> = all.iter().filter(other).collect();
        let (mut of_all, announced) = self.principals_and_costs(inquiry, &others, Day::MAX);
        of_all.extend(principals);
        let announced = announced
            .iter()
            .fold(0i64, |sum, (_, costs)| sum.saturating_add(*costs));
        ((rule.costs)(inquiry, &of_all) - announced).max(0)
    }
}
