//! The Netherlands.
//!
//! Interest is added to the base after each full year counted from the default date (art. 6:119 lid 2 and 6:119a
//! lid 3 BW), never on 1 January; its days are counted over the days of that year.
//!
//! Not covered: contracts that give a business other collection costs than the decree.

pub mod articles;
pub mod collection_costs;
pub mod fourteen_day_letter;
pub mod holidays;
pub mod instalments;
pub mod rates;
pub mod wording;

use crate::inquiry::Inquiry;
use crate::interest::{Method, Order, Year};
use crate::law::has_consumer_protection;
use crate::letters::LetterRule;
use crate::rates::{Table, VERIFIED_THROUGH};
use crate::regime::{
    Agreed, Interest, Limitation, LimitationStart, LimitationTerm, LumpSum, Older, Regime, forty,
};
use articles as law;
use maan_policy::EUR;
use maan_policy::reason;
use maan_policy::types::{DebtorKind, Reason};
use rates::{COMMERCIAL, COMMERCIAL_OF_OLD_CONTRACTS, MARGIN_ROSE, STATUTORY};

/// The letter of art. 6:96 lid 6 BW.
const FOURTEEN_DAY_LETTER: LetterRule = LetterRule {
    last_day: fourteen_day_letter::last_day,
    costs: collection_costs::costs,
    cap: instalments::cap,
    unclaimed,
    phrases: |_, notice| wording::phrases(notice.language, notice.costs),
    defect: |_, notice, text| wording::defect(text, notice.language, notice.costs),
    remarks: |_| Vec::new(),
    letter: &[law::LETTER, law::LETTER_CASE_LAW],
    amount: &[law::ADDED_UP, law::TABLE],
    capped: &[law::INSTALMENTS],
    threats: &[law::THREATS, law::LETTER],
    verified_through: VERIFIED_THROUGH,
};

fn unclaimed(inquiry: &Inquiry) -> Option<Reason> {
    (inquiry.currency() != EUR).then(|| reason!("costs-in-other-currency"))
}

const METHOD: Method = Method {
    compounds: true,
    year: Year::FromStart,
    order: Order::InterestFirst,
};

/// Statutory interest; the day of payment does not count, the lower reading.
const STATUTORY_INTEREST: Interest = Interest {
    method: METHOD,
    code: "interest-statutory",
    ..Interest::simple(Table::of(&STATUTORY), &[law::STATUTORY_INTEREST, law::RATES])
};

/// Commercial interest runs through the day of payment (art. 6:119a lid 1 BW).
const COMMERCIAL_INTEREST: Interest = Interest {
    method: METHOD,
    through_payment: true,
    older: Some(Older {
        than: MARGIN_ROSE,
        table: COMMERCIAL_OF_OLD_CONTRACTS,
        warning: "old-contract-lower-rate",
    }),
    ..Interest::simple(Table::of(&COMMERCIAL), &[law::COMMERCIAL_INTEREST, law::RATES])
};

const CONSUMER: Regime = Regime {
    letter: Some(&FOURTEEN_DAY_LETTER),
    interest: Some(STATUTORY_INTEREST),
    costs_first: true,
    imputation: &[law::IMPUTATION],
    ..Regime::nothing(&[law::TABLE], LIMITATION)
};

const BUSINESS: Regime = Regime {
    lump_sum: Some(LumpSum {
        amount: forty,
        for_each: false,
        currency: EUR,
        sources: &[law::LUMP_SUM],
    }),
    demand_costs: Some(collection_costs::after_demand),
    interest: Some(COMMERCIAL_INTEREST),
    statutory: Some(STATUTORY_INTEREST),
    costs_first: true,
    imputation: &[law::IMPUTATION],
    agreed: Agreed::Replaces,
    longest_term: Some(60),
    ..Regime::nothing(&[law::LUMP_SUM, law::TABLE], LIMITATION)
};

const PUBLIC_BODY: Regime = Regime {
    interest: Some(Interest {
        sources: &[law::PUBLIC_INTEREST, law::RATES],
        ..COMMERCIAL_INTEREST
    }),
    longest_term: Some(30),
    ..BUSINESS
};

const LIMITATION: Option<Limitation> = Some(Limitation {
    term: LimitationTerm {
        years: 5,
        source: law::LIMITATION,
    },
    sale: LimitationTerm {
        years: 2,
        source: law::SALE_LIMITATION,
    },
    from: LimitationStart::Due,
    letter_interrupts: true,
});

/// What Dutch law gives against a kind of debtor.
pub fn regime(kind: DebtorKind) -> &'static Regime {
    match kind {
        DebtorKind::PublicBody => &PUBLIC_BODY,
        _ if has_consumer_protection(kind) => &CONSUMER,
        _ => &BUSINESS,
    }
}
