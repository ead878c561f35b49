//! What a law gives against one kind of debtor, as data: each country's folder holds its regimes.

use crate::calendar::{Day, day};
use crate::inquiry::Inquiry;
use crate::interest::{Method, Order, Year};
use crate::letters::LetterRule;
use crate::rates::{REFERENCE, Table, VERIFIED_THROUGH};
use crate::verdict::Source;
use maan_policy::types::Currency;

/// What may be charged to one kind of debtor. Where a field is none the law gives nothing of it.
#[derive(Debug)]
pub struct Regime {
    /// The letter that must precede costs; its costs are the only ones.
    pub letter: Option<&'static LetterRule>,
    /// Fixed sum for late payment.
    pub lump_sum: Option<LumpSum>,
    /// Costs after a formal demand ran out, the fixed sum included, over what is unpaid.
    pub demand_costs: Option<fn(&Inquiry, i64) -> i64>,
    /// The interest that runs by itself.
    pub interest: Option<Interest>,
    /// The general statutory interest, where it is another and is asked.
    pub statutory: Option<Interest>,
    /// Payments count towards costs before anything else.
    pub costs_first: bool,
    /// Articles on costs, or on why there are none.
    pub costs: &'static [Source],
    /// Article on the order in which payments count.
    pub imputation: &'static [Source],
    /// How an agreed rate changes the interest.
    pub agreed: Agreed,
    /// Longest term of payment that can be agreed, in days.
    pub longest_term: Option<u16>,
    /// When claims lapse, where that is known.
    pub limitation: Option<Limitation>,
    /// Codes of what must be said with every answer: where a weak rule was taken at its lowest.
    pub warnings: &'static [&'static str],
}

impl Regime {
    /// Nothing is charged, on these articles.
    pub const fn nothing(costs: &'static [Source], limitation: Option<Limitation>) -> Self {
        Self {
            letter: None,
            lump_sum: None,
            demand_costs: None,
            interest: None,
            statutory: None,
            costs_first: false,
            costs,
            imputation: &[],
            agreed: Agreed::OnlyLowers,
            longest_term: None,
            limitation,
            warnings: &[],
        }
    }
}

/// A fixed sum for late payment, due from the day after the due date.
#[derive(Clone, Copy, Debug)]
pub struct LumpSum {
    /// The sum for a claim of a size, in minor units.
    pub amount: fn(i64) -> i64,
    /// Each claim bears it; else it is counted once, the lowest reading.
    pub for_each: bool,
    /// The currency that the law names; in others there is none.
    pub currency: Currency,
    /// Articles.
    pub sources: &'static [Source],
}

/// Interest that a law gives.
#[derive(Clone, Copy, Debug)]
pub struct Interest {
    /// Its rates by date.
    pub table: Table,
    /// The rate of the day on which interest starts holds for the whole debt.
    pub of_start: bool,
    /// Lower rates of older contracts.
    pub older: Option<Older>,
    /// How it is counted.
    pub method: Method,
    /// The day of payment bears interest. Where the law does not say so it does not, the lower reading.
    pub through_payment: bool,
    /// First day.
    pub start: Start,
    /// Articles.
    pub sources: &'static [Source],
    /// Code of its reason.
    pub code: &'static str,
    /// Last day for which the table is known to be complete.
    pub verified_through: Day,
    /// From this day on the table rests on the law's formula, not on a publication.
    pub by_formula_from: Option<Day>,
}

impl Interest {
    /// Simple interest by half-years from the day after the due date, as Directive 2011/7/EU has it.
    pub const fn simple(table: Table, sources: &'static [Source]) -> Self {
        Self {
            table,
            of_start: false,
            older: None,
            method: SIMPLE,
            through_payment: false,
            start: Start::AfterDue,
            sources,
            code: "interest-commercial",
            verified_through: VERIFIED_THROUGH,
            by_formula_from: None,
        }
    }
}

/// Simple interest over the days of the calendar year; payments count towards interest first.
pub const SIMPLE: Method = Method {
    compounds: false,
    year: Year::Calendar,
    order: Order::InterestFirst,
};

/// Reference rate plus 8 points, the least that Directive 2011/7/EU gives between businesses.
pub const REFERENCE_AND_EIGHT: Table = Table {
    rows: &REFERENCE,
    plus: 8_00,
};

/// Rates of contracts from before a day.
#[derive(Clone, Copy, Debug)]
pub struct Older {
    /// Contracts from before this day; one of unknown day counts by its oldest invoice.
    pub than: Day,
    /// Their rates.
    pub table: Table,
    /// Code of a warning, empty for none.
    pub warning: &'static str,
}

/// Contracts from before the Directive applied: reference rate plus 7 points, as Directive 2000/35/EC gave.
pub const OF_OLD_DIRECTIVE: Older = Older {
    than: DIRECTIVE_APPLIES,
    table: Table {
        rows: &REFERENCE,
        plus: 7_00,
    },
    warning: "",
};

/// First day of interest on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The day after the due date.
    AfterDue,
    /// The day after the due date where a term was agreed, else the day after the first reminder ran out.
    AfterDueOrReminder,
    /// The day after the first formal demand ran out.
    AfterDemand,
    /// The day after the term of the letter that must precede costs.
    AfterLetter,
    /// The day after the third month that follows the invoice.
    AfterThirdMonth,
}

/// How an agreed rate changes the interest.
#[derive(Clone, Copy, Debug)]
pub enum Agreed {
    /// It replaces the statutory rate.
    Replaces,
    /// It can only lower it.
    OnlyLowers,
    /// It replaces it where it is no higher than a maximum; a higher one is void and the statutory rate runs.
    UpTo(Table, &'static [Source]),
    /// Interest is due only where a rate was agreed, and at most the statutory one.
    Needed,
}

/// When a claim lapses.
#[derive(Clone, Copy, Debug)]
pub struct Limitation {
    /// The term.
    pub term: LimitationTerm,
    /// The term for goods sold to a consumer.
    pub sale: LimitationTerm,
    /// The day from which they count.
    pub from: LimitationStart,
    /// A written demand starts the term again.
    pub letter_interrupts: bool,
}

/// A term of limitation.
#[derive(Clone, Copy, Debug)]
pub struct LimitationTerm {
    /// Years, at least one.
    pub years: u32,
    /// Article.
    pub source: Source,
}

/// From when a term of limitation counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitationStart {
    /// The due date.
    Due,
    /// The date of the invoice.
    Issued,
    /// The end of the year of the due date.
    YearEnd,
}

/// EUR 40 where anything is owed.
pub const fn forty(owed: i64) -> i64 {
    if owed > 0 { 40_00 } else { 0 }
}

/// First day of the margin of at least 8 points in the laws that follow Directive 2011/7/EU.
pub const DIRECTIVE_APPLIES: Day = day(2013, 3, 16);
