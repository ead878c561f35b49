//! The term of the first reminder: art. XIX.2 WER. It begins on the third working day after the reminder was sent by
//! post, and on the calendar day after it was sent electronically, and lasts fourteen calendar days.

use crate::calendar::Day;
use crate::holidays::working_day_from;
use crate::letters::Carrier;
use maan_policy::country::BE;

/// Calendar days that the debtor has.
const DAYS: Day = 14;
/// Working day after sending by post on which the term begins.
const FIRST_WORKING_DAY: usize = 3;

/// First day of the term. Working days are those of art. 1.7 BW; that they are meant here favours the debtor.
pub fn first_day(sent: Day, carrier: Carrier) -> Day {
    match carrier {
        Carrier::Email => sent + 1,
        Carrier::Post => (0..FIRST_WORKING_DAY).fold(sent, |day, _| working_day_from(BE, day + 1)),
    }
}

/// Last day to pay without costs. A term that ends on a Saturday, Sunday or holiday ends on the next working day
/// (art. 1.7 § 4 BW); `margin` are days that the creditor grants for slow post.
pub fn last_day(sent: Day, carrier: Carrier, margin: u8) -> Day {
    working_day_from(BE, first_day(sent, carrier) + DAYS - 1 + Day::from(margin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;
    use proptest::prelude::*;

    fn term(sent: Day, carrier: Carrier) -> (Day, Day) {
        (first_day(sent, carrier), last_day(sent, carrier, 0))
    }

    #[test]
    fn by_email_the_term_begins_the_next_calendar_day() {
        let expected = (day(2026, 11, 21), day(2026, 12, 4));
        assert_eq!(term(day(2026, 11, 20), Carrier::Email), expected);
    }

    #[test]
    fn by_post_the_term_begins_on_the_third_working_day() {
        let expected = (day(2026, 11, 24), day(2026, 12, 7));
        assert_eq!(term(day(2026, 11, 19), Carrier::Post), expected);
    }

    #[test]
    fn holidays_and_weekends_are_no_working_days() {
        // Friday 17 July 2026: Monday 20, Wednesday 22 (21 is the national day), Thursday 23.
        let expected = (day(2026, 7, 23), day(2026, 8, 5));
        assert_eq!(term(day(2026, 7, 17), Carrier::Post), expected);
    }

    #[test]
    fn a_term_that_ends_on_a_rest_day_is_longer() {
        // The fourteenth day is Saturday 5 December 2026.
        assert_eq!(last_day(day(2026, 11, 21), Carrier::Email, 0), day(2026, 12, 7));
        // The fourteenth day is Christmas Day, a Friday.
        assert_eq!(last_day(day(2026, 12, 11), Carrier::Email, 0), day(2026, 12, 28));
        assert_eq!(last_day(day(2026, 11, 20), Carrier::Email, 1), day(2026, 12, 7));
    }

    proptest! {
        #[test]
        fn there_are_always_fourteen_days(sent in day(2020, 1, 1)..day(2100, 1, 1)) {
            for carrier in [Carrier::Post, Carrier::Email] {
                let (first, last) = term(sent, carrier);
                prop_assert!(first > sent);
                prop_assert!(last - first >= 13);
                prop_assert_eq!(working_day_from(BE, last), last);
            }
        }
    }
}
