//! What the debtors of a group owe together, stated to each of them as a fact: a decision rests on the debtor's own
//! facts alone, so that it can be made again.

use maan_ledger::{Body, Currency, Day, DebtorId, Fact, GroupExposure, Known, Money};
use maan_store::{GroupMember, GroupStatement};

use crate::RunError;
use crate::followup::Followup;

impl Followup {
    /// States to every debtor of a group what the group owes, where that differs from what was stated before.
    /// Returns how many debtors it was stated to; they are due.
    ///
    /// # Errors
    /// The database.
    pub(crate) async fn state_groups(&self) -> Result<usize, RunError> {
        let members = self.tenant.group_members().await?;
        if members.is_empty() {
            return Ok(0);
        }
        let settings = self.tenant.settings().await?;
        let at = self.moment();
        let today = Day::at(at, settings.tz()?);
        let statements: Vec<GroupStatement> = news(&members, settings.currency)
            .into_iter()
            .map(|(debtor, open)| GroupStatement {
                debtor,
                open,
                fact: stated(open, settings.currency, today, Known::At(at)),
            })
            .collect();
        if !statements.is_empty() {
            self.tenant.state_groups(&statements, at).await?;
        }
        Ok(statements.len())
    }
}

/// The fact that the group of a debtor owes this much; none outside a group.
pub fn stated(open: Option<i64>, home: Currency, today: Day, known: Known) -> Fact {
    let open = open.map(|open| Money::new(open, home));
    Fact {
        happened: today,
        known,
        body: Body::GroupExposureStated(GroupExposure { open }),
    }
}

/// To whom something else must be stated, and what: the sum over the group in the currency of the books. A debtor
/// without others in its group has none. `members` are sorted by group.
pub fn news(members: &[GroupMember], home: Currency) -> Vec<(DebtorId, Option<i64>)> {
    let groups = members.chunk_by(|one, other| one.group == other.group);
    let told = groups.flat_map(|group| {
        let alone = group.len() < 2 || group.iter().all(|member| member.group.is_empty());
        let open = group.iter().filter_map(|member| member.open);
        let sum = open
            .filter(|open| open.currency == home)
            .fold(0i64, |sum, open| sum.saturating_add(open.minor));
        let together = (!alone).then_some(sum);
        group.iter().map(move |member| (member, together))
    });
    told.filter(|(member, together)| member.stated != *together)
        .map(|(member, together)| (member.debtor, together))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(debtor: u128, group: &str, open: Option<i64>, stated: Option<i64>) -> GroupMember {
        GroupMember {
            debtor: DebtorId(uuid::Uuid::from_u128(debtor)),
            group: group.into(),
            open: open.map(|open| Money::new(open, Currency::EUR)),
            stated,
        }
    }

    fn told(members: &[GroupMember]) -> Vec<(u128, Option<i64>)> {
        let news = news(members, Currency::EUR);
        news.into_iter()
            .map(|(debtor, open)| (debtor.0.as_u128(), open))
            .collect()
    }

    #[test]
    fn each_of_a_group_is_told_what_all_of_it_owe_once() {
        let group = [member(1, "a", Some(100), None), member(2, "a", Some(250), None)];
        assert_eq!(told(&group), [(1, Some(350)), (2, Some(350))]);
        let again = [
            member(1, "a", Some(100), Some(350)),
            member(2, "a", Some(250), Some(350)),
        ];
        assert_eq!(told(&again), []);
        let paid = [
            member(1, "a", Some(0), Some(350)),
            member(2, "a", Some(250), Some(350)),
        ];
        assert_eq!(told(&paid), [(1, Some(250)), (2, Some(250))]);
    }

    #[test]
    fn groups_do_not_mix_and_currencies_are_not_added() {
        let mut foreign = member(3, "b", Some(900), None);
        foreign.open = Some(Money::new(900, Currency::GBP));
        let members = [
            member(1, "a", Some(100), None),
            member(2, "a", None, None),
            foreign,
            member(4, "b", Some(5), None),
        ];
        assert_eq!(
            told(&members),
            [(1, Some(100)), (2, Some(100)), (3, Some(5)), (4, Some(5))]
        );
    }

    #[test]
    fn who_is_alone_or_left_has_no_group() {
        assert_eq!(told(&[member(1, "a", Some(100), None)]), []);
        assert_eq!(told(&[member(1, "a", Some(100), Some(350))]), [(1, None)]);
        let left = [
            member(1, "", Some(100), Some(350)),
            member(2, "", Some(1), Some(7)),
        ];
        assert_eq!(told(&left), [(1, None), (2, None)]);
    }

    #[test]
    fn a_sum_beyond_all_amounts_stays_the_largest() {
        let members = [
            member(1, "a", Some(i64::MAX), None),
            member(2, "a", Some(1), None),
        ];
        assert_eq!(told(&members)[0], (1, Some(i64::MAX)));
    }
}
