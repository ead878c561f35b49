//! The ledger's words in the contract's language, and back.

use maan_ledger as ledger;
use maan_policy_host::contract;

/// One word of the ledger for one word of the contract.
macro_rules! words {
    ($name:ident: $from:ty => $to:ty { $($variant:ident),+ $(,)? }) => {
        pub(crate) fn $name(word: $from) -> $to {
            match word {
                $(<$from>::$variant => <$to>::$variant,)+
            }
        }
    };
}

words!(kind: ledger::DebtorKind => contract::DebtorKind { Unknown, Consumer, SoleTrader, Business, PublicBody });
words!(size: ledger::CompanySize => contract::CompanySize { Unknown, Micro, Small, Medium, Large });
words!(language_source: ledger::LanguageSource => contract::LanguageSource {
    Unknown, Stated, Platform, Country, Invoice, Person
});
words!(relation: ledger::Relation => contract::Relation { Customer, OwnCompany, Staff });
words!(role: ledger::ContactRole => contract::ContactRole {
    Unknown, AccountsPayable, Decider, Owner, Representative, Other
});
words!(consent: ledger::Consent => contract::Consent { NotAsked, Given, Withdrawn });
words!(legal: ledger::LegalSituation => contract::LegalSituation {
    Bankruptcy, Moratorium, DebtScheme, Guardianship, Deceased, Dissolved
});
words!(report_answer: ledger::ReportAnswer => contract::ReportAnswer { Present, NoAnswer, NotFound });
words!(item_kind: ledger::ItemKind => contract::ItemKind { Invoice, CreditNote, Instalment });
words!(channel: ledger::Channel => contract::Channel {
    Email, Letter, RegisteredLetter, Sms, Whatsapp, Phone, Portal, Bailiff
});
words!(channel_of: contract::Channel => ledger::Channel {
    Email, Letter, RegisteredLetter, Sms, Whatsapp, Phone, Portal, Bailiff
});
words!(level: ledger::Level => contract::Level {
    None, Notice1, Notice2, Notice3, Reminder1, Reminder2, Reminder3, Call1, Call2, LastReminder, FormalNotice,
    HandOver, WriteOff
});
words!(level_of: contract::Level => ledger::Level {
    None, Notice1, Notice2, Notice3, Reminder1, Reminder2, Reminder3, Call1, Call2, LastReminder, FormalNotice,
    HandOver, WriteOff
});
words!(delivery_state: ledger::DeliveryState => contract::DeliveryState {
    Sent, Delivered, Bounced, Rejected, Unknown
});
words!(withheld_cause: ledger::WithheldCause => contract::WithheldCause {
    CreditExpected, Retention, BlockedAccount, Factored, Prepaid, SetOff
});
words!(promise_state: ledger::PromiseState => contract::PromiseState { Open, Kept, Broken, Withdrawn });
words!(outcome: ledger::Outcome => contract::ContactOutcome {
    NoAnswer, Voicemail, ThirdParty, Reached, Promised, Disputes, CannotPay, WillNotPay, NotReceived,
    PaidAlready, AsksPlan, AsksCopy, WrongPerson, DebtHelp, Other
});
words!(criterion: ledger::Criterion => contract::Criterion {
    BeliefsAboutPaying, SelfDirection, WillingnessToConcede, FinancialRoom
});
words!(willingness: ledger::Willingness => contract::Willingness { Unknown, Pays, Cannot, WillNot });
words!(willingness_of: contract::Willingness => ledger::Willingness { Unknown, Pays, Cannot, WillNot });
words!(verdict: ledger::Verdict => contract::Verdict { Accept, AcceptOnConditions, Review, Decline });
words!(verdict_of: contract::Verdict => ledger::Verdict { Accept, AcceptOnConditions, Review, Decline });

/// The code of a dispute's cause, as the contract names it.
pub(crate) fn dispute_cause(cause: ledger::DisputeCause) -> &'static str {
    match cause {
        ledger::DisputeCause::Goods => "goods",
        ledger::DisputeCause::Price => "price",
        ledger::DisputeCause::Quantity => "quantity",
        ledger::DisputeCause::Service => "service",
        ledger::DisputeCause::NotOrdered => "not-ordered",
        ledger::DisputeCause::NotReceived => "not-received",
        ledger::DisputeCause::Other => "other",
    }
}

/// An amount of an answer as money.
pub(crate) fn money(minor: i64, currency: ledger::Currency) -> ledger::Money {
    ledger::Money::new(minor, currency)
}
