//! The letter that must precede collection costs towards a consumer: art. 6:96 lid 6 BW.
//!
//! The debtor has fourteen full days, from the day after the letter arrived. A letter by post is presumed to
//! arrive on the second day after it was sent on which post is delivered: Sundays, Mondays and holidays do not
//! count (HR 25 November 2016, ECLI:NL:HR:2016:2704). A date that is one day too early voids the costs.

use super::holidays::{is_rest_day, working_day_from};
use crate::calendar::{Day, is_sunday};
use crate::letters::Carrier;

/// Days that the debtor has.
const DAYS: Day = 14;

/// The day on which the letter counts as received. An e-mail counts from the day after it was sent, since the
/// proof of its arrival may bear that day.
pub fn received(sent: Day, carrier: Carrier) -> Day {
    match carrier {
        Carrier::Email => sent + 1,
        Carrier::Post => {
            let first = delivery_day_from(sent + 1);
            delivery_day_from(first + 1)
        }
    }
}

/// The first day from `from` on that post is presumed to be delivered.
fn delivery_day_from(from: Day) -> Day {
    let mut day = from;
    // The day after a Sunday is a Monday.
    while is_sunday(day) || is_sunday(day - 1) || is_rest_day(day) {
        day += 1;
    }
    day
}

/// Last day to pay without costs. A term that ends on a Saturday, Sunday or holiday ends on the next working
/// day (art. 1 Algemene termijnenwet); `margin` are days that the creditor grants for slow post.
pub fn last_day(sent: Day, carrier: Carrier, margin: u8) -> Day {
    working_day_from(received(sent, carrier) + DAYS + Day::from(margin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;
    use proptest::prelude::*;

    fn post(sent: Day) -> (Day, Day) {
        (received(sent, Carrier::Post), last_day(sent, Carrier::Post, 0))
    }

    #[test]
    fn posted_on_a_monday() {
        assert_eq!(post(day(2026, 11, 2)), (day(2026, 11, 4), day(2026, 11, 18)));
    }

    #[test]
    fn posted_on_a_thursday_arrives_on_saturday_and_ends_on_monday() {
        assert_eq!(post(day(2026, 11, 12)), (day(2026, 11, 14), day(2026, 11, 30)));
    }

    #[test]
    fn posted_on_a_friday_takes_eighteen_days() {
        assert_eq!(post(day(2026, 11, 6)), (day(2026, 11, 10), day(2026, 11, 24)));
        assert_eq!(day(2026, 11, 6) + 18, day(2026, 11, 24));
    }

    #[test]
    fn posted_before_christmas_skips_the_holidays_twice() {
        // 25 and 26 December, Sunday and Monday bring no post.
        assert_eq!(post(day(2026, 12, 23)), (day(2026, 12, 29), day(2027, 1, 12)));
        // Day fourteen would be Christmas Day.
        assert_eq!(post(day(2026, 12, 9)), (day(2026, 12, 11), day(2026, 12, 28)));
    }

    #[test]
    fn kings_day_is_no_delivery_day() {
        // Friday 23 April 2027; post on Saturday and, after King's Day on Tuesday, on Wednesday.
        assert_eq!(received(day(2027, 4, 23), Carrier::Post), day(2027, 4, 28));
        // Day fourteen is Saturday 25 April 2026; Monday is King's Day.
        assert_eq!(last_day(day(2026, 4, 9), Carrier::Post, 0), day(2026, 4, 28));
    }

    #[test]
    fn an_email_arrives_the_next_day() {
        assert_eq!(last_day(day(2026, 11, 2), Carrier::Email, 0), day(2026, 11, 17));
    }

    #[test]
    fn a_margin_lengthens_the_term() {
        assert_eq!(last_day(day(2026, 11, 2), Carrier::Post, 2), day(2026, 11, 20));
        assert_eq!(last_day(day(2026, 11, 2), Carrier::Post, 3), day(2026, 11, 23));
    }

    proptest! {
        #[test]
        fn there_are_always_fourteen_full_days_after_arrival(sent in day(2020, 1, 1)..day(2100, 1, 1)) {
            let (received, last) = post(sent);
            prop_assert!(received >= sent + 2);
            prop_assert!(last - received >= 14);
            prop_assert_eq!(working_day_from(last), last);
            prop_assert!(last >= last_day(sent, Carrier::Email, 0));
        }
    }
}
