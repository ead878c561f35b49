//! Xero's records as it sends them. Missing fields are empty; amounts, days and ids stay text until they are mapped, so
//! that one odd value spoils one record and not the whole page.

use serde::Deserialize;

use crate::mapping::{Text, list};

/// What every record has of its place in a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    #[serde(
        rename = "ContactID",
        alias = "InvoiceID",
        alias = "CreditNoteID",
        alias = "PaymentID",
        alias = "OverpaymentID",
        alias = "PrepaymentID",
        alias = "QuoteID"
    )]
    pub(super) id: Text,
    #[serde(rename = "Type", alias = "PaymentType")]
    pub(super) of_type: Text,
    #[serde(rename = "UpdatedDateUTC")]
    pub(super) updated: Text,
    #[serde(rename = "Status")]
    pub(super) status: Text,
    #[serde(rename = "ContactStatus")]
    pub(super) contact_status: Text,
    #[serde(rename = "Balances")]
    pub(super) balances: Option<Balances>,
}

impl Head {
    /// Voided or deleted, or an archived contact that owes nothing.
    pub(super) fn is_gone(&self) -> bool {
        let owes = self.balances.as_ref().is_some_and(|balances| {
            let outstanding = &balances.accounts_receivable.outstanding;
            outstanding.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
        });
        matches!(&*self.status, "VOIDED" | "DELETED")
            || (matches!(&*self.contact_status, "ARCHIVED" | "GDPRREQUEST") && !owes)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Balances {
    pub(super) accounts_receivable: Receivable,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Receivable {
    pub(super) outstanding: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Contact {
    #[serde(rename = "ContactID")]
    pub(super) contact_id: Text,
    pub(super) contact_number: Text,
    pub(super) account_number: Text,
    pub(super) name: Text,
    pub(super) first_name: Text,
    pub(super) last_name: Text,
    pub(super) company_number: Text,
    pub(super) email_address: Text,
    pub(super) tax_number: Text,
    pub(super) is_supplier: Text,
    pub(super) is_customer: Text,
    #[serde(rename = "UpdatedDateUTC")]
    pub(super) updated: Text,
    #[serde(deserialize_with = "list")]
    pub(super) addresses: Vec<Address>,
    #[serde(deserialize_with = "list")]
    pub(super) phones: Vec<Phone>,
    #[serde(deserialize_with = "list")]
    pub(super) contact_persons: Vec<Person>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    #[serde(rename = "AddressLine1")]
    pub(super) line1: Text,
    #[serde(rename = "AddressLine2")]
    pub(super) line2: Text,
    #[serde(rename = "AddressLine3")]
    pub(super) line3: Text,
    #[serde(rename = "City")]
    pub(super) city: Text,
    #[serde(rename = "PostalCode")]
    pub(super) postal_code: Text,
    #[serde(rename = "Country")]
    pub(super) country: Text,
    #[serde(rename = "AttentionTo")]
    pub(super) attention: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Phone {
    pub(super) phone_type: Text,
    pub(super) phone_number: Text,
    pub(super) phone_area_code: Text,
    pub(super) phone_country_code: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Person {
    pub(super) first_name: Text,
    pub(super) last_name: Text,
    pub(super) email_address: Text,
    /// Invoices go to this person too.
    pub(super) include_in_emails: Text,
}

/// An invoice; within other records only its ids, type and currency.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Invoice {
    #[serde(rename = "InvoiceID")]
    pub(super) invoice_id: Text,
    pub(super) invoice_number: Text,
    pub(super) contact: Contact,
    pub(super) reference: Text,
    pub(super) status: Text,
    pub(super) date: Text,
    pub(super) due_date: Text,
    pub(super) expected_payment_date: Text,
    pub(super) currency_code: Text,
    pub(super) total: Text,
    pub(super) amount_due: Text,
    #[serde(rename = "UpdatedDateUTC")]
    pub(super) updated: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct CreditNote {
    #[serde(rename = "CreditNoteID")]
    pub(super) credit_note_id: Text,
    pub(super) credit_note_number: Text,
    pub(super) contact: Contact,
    pub(super) reference: Text,
    pub(super) status: Text,
    pub(super) date: Text,
    pub(super) due_date: Text,
    pub(super) currency_code: Text,
    pub(super) total: Text,
    #[serde(deserialize_with = "list")]
    pub(super) allocations: Vec<Allocation>,
}

/// Credit, or money, that was set off against an invoice.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Allocation {
    pub(super) amount: Text,
    pub(super) date: Text,
    pub(super) invoice: Invoice,
    pub(super) is_deleted: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Payment {
    #[serde(rename = "PaymentID")]
    pub(super) payment_id: Text,
    pub(super) payment_type: Text,
    pub(super) date: Text,
    pub(super) amount: Text,
    /// The invoice, or the credit note that was paid back.
    pub(super) invoice: Invoice,
}

/// An overpayment or a prepayment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Unused {
    #[serde(rename = "OverpaymentID", alias = "PrepaymentID")]
    pub(super) id: Text,
    pub(super) contact: Contact,
    pub(super) date: Text,
    pub(super) reference: Text,
    pub(super) currency_code: Text,
    pub(super) remaining_credit: Text,
    #[serde(deserialize_with = "list")]
    pub(super) allocations: Vec<Allocation>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Quote {
    #[serde(rename = "QuoteID")]
    pub(super) quote_id: Text,
    pub(super) quote_number: Text,
    pub(super) contact: Contact,
    pub(super) status: Text,
    pub(super) date: Text,
    pub(super) currency_code: Text,
    pub(super) total: Text,
    #[serde(rename = "UpdatedDateUTC")]
    pub(super) updated: Text,
}
