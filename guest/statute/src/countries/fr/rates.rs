//! Dated French rates.

use crate::calendar::{Day, day};
use crate::rates::Row;

/// Legal rate where the creditor acts in business ("tous les autres cas"). Before the table begins it is not known.
pub const LEGAL: [Row; 4] = [
    (day(2024, 7, 1), 4_92),
    (day(2025, 1, 1), 3_71),
    (day(2025, 7, 1), 2_76),
    (day(2026, 1, 1), 2_62),
];

/// The rate of the second half of 2026 is not known.
pub const LEGAL_VERIFIED_THROUGH: Day = day(2026, 6, 30);
