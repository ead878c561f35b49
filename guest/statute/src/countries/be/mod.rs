//! Belgium. Towards consumers Book XIX of the Code of economic law: nothing without a penalty clause, a first reminder
//! that is free, and fourteen days; between businesses the law of 2 August 2002.
//!
//! Choices where the law is silent or sources differ: interest runs after the term of the reminder for creditors of
//! every size; all reminders are free; payments count towards interest, then principal; between businesses EUR 40 is
//! counted once and no agreed indemnity is added, since a judge may lower it.

pub mod articles;
pub mod indemnity;
pub mod rates;
pub mod reminder;
pub mod wording;

use crate::holidays::Feast;
use crate::inquiry::Inquiry;
use crate::letters::LetterRule;
use crate::rates::{Table, VERIFIED_THROUGH};
use crate::regime::{
    Agreed, DIRECTIVE_APPLIES, Interest, Limitation, LimitationStart, LimitationTerm, LumpSum, Older, Regime,
    Start, forty,
};
use articles as law;
use maan_policy::EUR;
use maan_policy::reason;
use maan_policy::types::Reason;

/// Public holidays: art. 1.7 BW names the legal ones.
pub const HOLIDAYS: [Feast; 10] = [
    Feast::On(1, 1),
    Feast::Easter(1),
    Feast::On(5, 1),
    Feast::Easter(39),
    Feast::Easter(50),
    Feast::On(7, 21),
    Feast::On(8, 15),
    Feast::On(11, 1),
    Feast::On(11, 11),
    Feast::On(12, 25),
];

/// The first reminder of art. XIX.2 WER.
const REMINDER: LetterRule = LetterRule {
    last_day: reminder::last_day,
    costs: indemnity::indemnity,
    cap: |_, _, _| None,
    unclaimed,
    phrases: wording::phrases,
    defect: wording::defect,
    remarks: wording::remarks,
    letter: &[law::REMINDER, law::WORKING_DAYS],
    amount: &[law::MAXIMUM],
    capped: &[],
    threats: &[law::THREATS, law::REMINDER],
    verified_through: VERIFIED_THROUGH,
};

fn unclaimed(inquiry: &Inquiry) -> Option<Reason> {
    if inquiry.currency() != EUR {
        Some(reason!("costs-in-other-currency"))
    } else if !inquiry.case.agreement.costs_clause {
        Some(reason!("no-penalty-clause"))
    } else {
        None
    }
}

const BUSINESS_INTEREST: Interest = Interest {
    older: Some(Older {
        than: DIRECTIVE_APPLIES,
        table: Table::of(&rates::OLD_CONTRACTS),
        warning: "",
    }),
    by_formula_from: Some(rates::BY_FORMULA_FROM),
    ..Interest::simple(Table::of(&rates::BUSINESS), &[law::INTEREST])
};

const LEGAL_INTEREST: Interest = Interest {
    code: "interest-statutory",
    ..Interest::simple(Table::of(&rates::LEGAL), &[law::LEGAL_INTEREST])
};

/// Consumers: the ordinary legal rate, or the agreed one up to that between businesses.
pub const CONSUMER: Regime = Regime {
    letter: Some(&REMINDER),
    interest: Some(Interest {
        start: Start::AfterLetter,
        ..LEGAL_INTEREST
    }),
    imputation: &[law::IMPUTATION],
    agreed: Agreed::UpTo(Table::of(&rates::BUSINESS), &[law::MAXIMUM, law::INTEREST]),
    ..Regime::nothing(&[law::REMINDER, law::MAXIMUM], LIMITATION)
};

/// Businesses, sole traders and public bodies.
pub const BUSINESS: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: forty,
        for_each: false,
        currency: EUR,
        sources: &[law::LUMP_SUM],
    }),
    interest: Some(BUSINESS_INTEREST),
    statutory: Some(LEGAL_INTEREST),
    imputation: &[law::IMPUTATION],
    agreed: Agreed::Replaces,
    longest_term: Some(60),
    ..Regime::nothing(&[law::LUMP_SUM], LIMITATION)
};

/// Only a court, a bailiff's or lawyer's formal notice or an acknowledgement interrupts, no plain letter.
const LIMITATION: Option<Limitation> = Some(Limitation {
    term: LimitationTerm {
        years: 10,
        source: law::LIMITATION,
    },
    sale: LimitationTerm {
        years: 1,
        source: law::SALE_LIMITATION,
    },
    from: LimitationStart::Due,
    letter_interrupts: false,
});
