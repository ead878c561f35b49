//! Dated interest rates. They are tables and are never extrapolated by a formula: the rate of art. 6:119 BW is
//! set by decree with damping, and the reference rate of art. 6:119a BW is known only when it is published.

use crate::calendar::{Day, day};
use crate::rates::{REFERENCE, Row, Table};

/// Statutory interest, art. 6:119 jo. 6:120 lid 1 BW (Besluiten wettelijke rente, latest change Stb. 2025).
pub const STATUTORY: [Row; 10] = [
    (day(2009, 7, 1), 4_00),
    (day(2010, 1, 1), 3_00),
    (day(2011, 7, 1), 4_00),
    (day(2012, 7, 1), 3_00),
    (day(2015, 1, 1), 2_00),
    (day(2023, 1, 1), 4_00),
    (day(2023, 7, 1), 6_00),
    (day(2024, 1, 1), 7_00),
    (day(2025, 1, 1), 6_00),
    (day(2026, 1, 1), 4_00),
];

/// Commercial interest, art. 6:119a and 6:119b jo. 6:120 lid 2 BW: main refinancing rate of the European Central
/// Bank plus 8 points (7 points until 15 March 2013).
pub const COMMERCIAL: [Row; 17] = [
    (day(2010, 1, 1), 8_00),
    (day(2011, 7, 1), 8_25),
    (day(2012, 1, 1), 8_00),
    (day(2013, 1, 1), 7_75),
    (day(2013, 3, 16), 8_75),
    (day(2013, 7, 1), 8_50),
    (day(2014, 1, 1), 8_25),
    (day(2014, 7, 1), 8_15),
    (day(2015, 1, 1), 8_05),
    (day(2016, 7, 1), 8_00),
    (day(2023, 1, 1), 10_50),
    (day(2023, 7, 1), 12_00),
    (day(2024, 1, 1), 12_50),
    (day(2024, 7, 1), 12_25),
    (day(2025, 1, 1), 11_15),
    (day(2025, 7, 1), 10_15),
    (day(2026, 7, 1), 10_40),
];

/// The same before the margin rose: its transition for contracts from before 16 March 2013 is not verified, so they
/// keep the margin of 7 points, the lower reading.
pub const COMMERCIAL_OF_OLD_CONTRACTS: Table = Table {
    rows: &REFERENCE,
    plus: 7_00,
};

/// First day of the margin of 8 points.
pub const MARGIN_ROSE: Day = day(2013, 3, 16);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_change_on_their_day() {
        let (statutory, commercial) = (Table::of(&STATUTORY), Table::of(&COMMERCIAL));
        assert_eq!(statutory.on(day(2025, 12, 31)).0, 6_00);
        assert_eq!(statutory.on(day(2026, 1, 1)).0, 4_00);
        assert_eq!(statutory.on(day(2026, 11, 21)), (4_00, Day::MAX));
        assert_eq!(commercial.on(day(2026, 6, 30)), (10_15, day(2026, 7, 1)));
        assert_eq!(commercial.on(day(2026, 7, 1)).0, 10_40);
        assert_eq!(commercial.on(day(2013, 3, 15)).0, 7_75);
        assert_eq!(commercial.on(day(2013, 3, 16)).0, 8_75);
        assert_eq!(commercial.on(day(2009, 12, 31)), (0, day(2010, 1, 1)));
    }

    #[test]
    fn the_commercial_rate_is_the_reference_rate_and_its_margin() {
        let (commercial, reference) = (Table::of(&COMMERCIAL), Table::of(&REFERENCE));
        for on in day(2010, 1, 1)..day(2027, 1, 1) {
            let margin = if on < MARGIN_ROSE { 7_00 } else { 8_00 };
            assert_eq!(commercial.on(on).0, reference.on(on).0 + margin);
            assert!(COMMERCIAL_OF_OLD_CONTRACTS.on(on).0 <= commercial.on(on).0);
        }
    }

    #[test]
    fn rows_rise_in_time() {
        for table in [&STATUTORY[..], &COMMERCIAL[..]] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
