//! What a platform may be unable to express.

/// Something in the administration that not every platform has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// That a customer is a consumer.
    Consumers,
    /// A language of the customer.
    Languages,
    /// Credit limits.
    Limits,
    /// Deliveries held.
    Holds,
    /// VAT numbers.
    VatNumbers,
    /// Numbers in the trade register.
    Registrations,
    /// The customer's order reference.
    References,
    /// Instalments of an invoice.
    Instalments,
    /// Disputes noted on an invoice.
    Disputes,
    /// Days by which an invoice is promised to be paid.
    Promises,
    /// Invoices written off.
    WriteOffs,
    /// Which invoice a credit note corrects.
    Corrections,
    /// Which credit note was set off against an invoice.
    CreditUsed,
    /// Money that was not used yet.
    UnusedMoney,
    /// Quotations.
    Quotations,
    /// Orders.
    Orders,
}

impl Case {
    /// All.
    pub const ALL: [Case; 16] = [
        Self::Consumers,
        Self::Languages,
        Self::Limits,
        Self::Holds,
        Self::VatNumbers,
        Self::Registrations,
        Self::References,
        Self::Instalments,
        Self::Disputes,
        Self::Promises,
        Self::WriteOffs,
        Self::Corrections,
        Self::CreditUsed,
        Self::UnusedMoney,
        Self::Quotations,
        Self::Orders,
    ];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Consumers => "consumers are told apart",
            Self::Languages => "language of the customer",
            Self::Limits => "credit limit",
            Self::Holds => "hold on deliveries",
            Self::VatNumbers => "VAT number",
            Self::Registrations => "trade register number",
            Self::References => "order reference",
            Self::Instalments => "instalments",
            Self::Disputes => "disputes",
            Self::Promises => "promised dates",
            Self::WriteOffs => "write-offs",
            Self::Corrections => "credit note names its invoice",
            Self::CreditUsed => "which credit note paid what",
            Self::UnusedMoney => "money not yet used",
            Self::Quotations => "quotations",
            Self::Orders => "orders",
        }
    }

    /// Documents that are there for this case alone: a platform that cannot express it does not get them.
    pub fn documents(self) -> &'static [&'static str] {
        match self {
            Self::Instalments => &["20260008"],
            Self::WriteOffs => &["20260010"],
            Self::UnusedMoney => &["40010"],
            Self::Quotations => &["30001"],
            Self::Orders => &["31001"],
            _ => &[],
        }
    }

    /// Aspects of the expectation that it is about.
    pub fn aspects(self) -> &'static [&'static str] {
        match self {
            Self::Consumers => &["kind"],
            Self::Languages => &["language"],
            Self::Limits => &["limit"],
            Self::Holds => &["held"],
            Self::VatNumbers => &["vat"],
            Self::Registrations => &["registration"],
            Self::References => &["reference"],
            Self::Disputes => &["disputed"],
            Self::Promises => &["promised"],
            Self::Corrections => &["corrects"],
            Self::CreditUsed => &["by"],
            _ => &[],
        }
    }

    /// Lines of the expectation that are there for this case alone.
    pub fn lines(self) -> &'static [&'static str] {
        match self {
            Self::UnusedMoney => &["1002 unused 50.00 EUR"],
            _ => &[],
        }
    }
}
