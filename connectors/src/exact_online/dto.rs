//! Exact Online's rows as it sends them. Missing columns are empty; amounts, days and ids stay text until they are
//! mapped, so that one odd value spoils one row and not the whole page.

use serde::Deserialize;

use crate::mapping::Text;

/// Columns of an account.
pub(super) const ACCOUNT: &str = "ID,Timestamp,AddressLine1,AddressLine2,AddressLine3,Blocked,ChamberOfCommerce,City,\
    Code,Country,Created,CreditLineSales,Email,InvoicingMethod,IsSales,Language,Modified,Name,Phone,Postcode,Status,VATNumber";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Account {
    #[serde(rename = "ID")]
    pub(super) id: Text,
    pub(super) address_line1: Text,
    pub(super) address_line2: Text,
    pub(super) address_line3: Text,
    pub(super) blocked: Text,
    pub(super) chamber_of_commerce: Text,
    pub(super) city: Text,
    pub(super) code: Text,
    pub(super) country: Text,
    pub(super) created: Text,
    pub(super) credit_line_sales: Text,
    pub(super) email: Text,
    pub(super) invoicing_method: Text,
    pub(super) is_sales: Text,
    pub(super) language: Text,
    pub(super) modified: Text,
    pub(super) name: Text,
    pub(super) phone: Text,
    pub(super) postcode: Text,
    pub(super) status: Text,
    #[serde(rename = "VATNumber")]
    pub(super) vat_number: Text,
}

/// Columns of a payment term.
pub(super) const TERM: &str = "ID,Timestamp,Account,AccountCode,AccountName,AmountFC,Created,Currency,Description,DueDate,\
    EndDate,InvoiceDate,InvoiceNumber,LastPaymentDate,LineType,Modified,Status,TransactionAmountFC,TransactionDueDate,\
    TransactionEntryID,TransactionType,YourRef";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Term {
    #[serde(rename = "ID")]
    pub(super) id: Text,
    pub(super) account: Text,
    pub(super) account_code: Text,
    pub(super) account_name: Text,
    #[serde(rename = "AmountFC")]
    pub(super) amount: Text,
    pub(super) created: Text,
    pub(super) currency: Text,
    pub(super) description: Text,
    pub(super) due_date: Text,
    pub(super) end_date: Text,
    pub(super) invoice_date: Text,
    pub(super) invoice_number: Text,
    pub(super) last_payment_date: Text,
    pub(super) line_type: Text,
    pub(super) modified: Text,
    pub(super) status: Text,
    #[serde(rename = "TransactionAmountFC")]
    pub(super) transaction_amount: Text,
    pub(super) transaction_due_date: Text,
    #[serde(rename = "TransactionEntryID")]
    pub(super) transaction: Text,
    pub(super) transaction_type: Text,
    pub(super) your_ref: Text,
}

/// Columns of a quotation.
pub(super) const QUOTATION: &str = "QuotationID,AmountFC,CloseDate,Created,Currency,Modified,OrderAccount,QuotationDate,QuotationNumber,Status";
/// Columns of an order.
pub(super) const ORDER: &str =
    "OrderID,AmountFC,Created,Currency,InvoiceStatus,Modified,OrderDate,OrderNumber,OrderedBy,Status";

/// A quotation or an order, which name the same things differently.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Order {
    #[serde(alias = "QuotationID", rename = "OrderID")]
    pub(super) id: Text,
    #[serde(rename = "AmountFC")]
    pub(super) amount: Text,
    pub(super) close_date: Text,
    pub(super) created: Text,
    pub(super) currency: Text,
    pub(super) invoice_status: Text,
    pub(super) modified: Text,
    #[serde(alias = "QuotationNumber")]
    pub(super) order_number: Text,
    #[serde(alias = "QuotationDate")]
    pub(super) order_date: Text,
    #[serde(alias = "OrderAccount")]
    pub(super) ordered_by: Text,
    pub(super) status: Text,
}

/// A row of the list of removals.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Removal {
    pub(super) entity_type: Text,
    pub(super) entity_key: Text,
}

/// What every row has of its place in a feed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Head {
    #[serde(rename = "ID", alias = "QuotationID", alias = "OrderID")]
    pub(super) id: Text,
    pub(super) timestamp: Text,
    pub(super) modified: Text,
}
