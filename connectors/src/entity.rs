use serde::{Deserialize, Serialize};

/// What a platform keeps records of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entity {
    /// Customers, and whoever else is in the address book.
    Contact,
    /// Invoices and credit notes made on the platform.
    Invoice,
    /// Invoices made elsewhere and booked on the platform.
    ExternalInvoice,
    /// Credit notes, where the platform keeps them apart from invoices.
    CreditNote,
    /// Payments and settlements, where the platform keeps them apart from what they pay.
    Payment,
    /// Quotations, where the platform keeps them apart from orders.
    Quotation,
    /// Orders, and quotations where both are one.
    Order,
    /// Money on the bank account that was not used for anything yet.
    BankTransaction,
    /// What was removed, of all kinds, where the platform tells that in a list of its own.
    Removal,
}

impl Entity {
    /// All, in the order of reading: contacts before what refers to them, items before what pays them.
    pub const ALL: [Entity; 9] = [
        Self::Contact,
        Self::Invoice,
        Self::ExternalInvoice,
        Self::CreditNote,
        Self::Payment,
        Self::Quotation,
        Self::Order,
        Self::BankTransaction,
        Self::Removal,
    ];

    /// The word under which an embedder keeps it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Invoice => "invoice",
            Self::ExternalInvoice => "external-invoice",
            Self::CreditNote => "credit-note",
            Self::Payment => "payment",
            Self::Quotation => "quotation",
            Self::Order => "order",
            Self::BankTransaction => "bank-transaction",
            Self::Removal => "removal",
        }
    }

    /// Its records describe open items, and several may describe one together.
    pub(crate) fn is_item(self) -> bool {
        matches!(self, Self::Invoice | Self::ExternalInvoice | Self::CreditNote)
    }

    /// The entity of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity| entity.word() == word)
    }
}
