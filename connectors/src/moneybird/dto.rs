//! Moneybird's records as it sends them. Unknown fields are skipped, missing ones are empty; amounts, days and ids
//! stay text until they are mapped, so that one odd value spoils one record and not the whole answer.

use serde::Deserialize;

use crate::mapping::{Text, list};

/// Line of a list for synchronization.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Version {
    pub(super) id: Text,
    #[serde(default)]
    pub(super) version: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Contact {
    pub(super) id: Text,
    pub(super) version: Text,
    pub(super) customer_id: Text,
    pub(super) company_name: Text,
    pub(super) firstname: Text,
    pub(super) lastname: Text,
    pub(super) attention: Text,
    pub(super) address1: Text,
    pub(super) address2: Text,
    pub(super) zipcode: Text,
    pub(super) city: Text,
    pub(super) country: Text,
    pub(super) phone: Text,
    pub(super) email: Text,
    pub(super) send_invoices_to_attention: Text,
    pub(super) send_invoices_to_email: Text,
    pub(super) delivery_method: Text,
    pub(super) tax_number: Text,
    pub(super) chamber_of_commerce: Text,
    pub(super) bank_account: Text,
    pub(super) sepa_iban: Text,
    pub(super) created_at: Text,
    pub(super) updated_at: Text,
    #[serde(deserialize_with = "list")]
    pub(super) contact_people: Vec<Person>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Person {
    pub(super) firstname: Text,
    pub(super) lastname: Text,
    pub(super) phone: Text,
    pub(super) email: Text,
    pub(super) department: Text,
}

/// A sales invoice, or an external one (which has `date` and `reference` for `invoice_date` and `invoice_id`).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Invoice {
    pub(super) id: Text,
    pub(super) version: Text,
    pub(super) contact_id: Text,
    pub(super) contact: Option<Contact>,
    pub(super) invoice_id: Text,
    pub(super) reference: Text,
    pub(super) state: Text,
    pub(super) invoice_date: Text,
    pub(super) date: Text,
    pub(super) due_date: Text,
    pub(super) language: Text,
    pub(super) currency: Text,
    pub(super) original_sales_invoice_id: Text,
    pub(super) total_price_incl_tax: Text,
    pub(super) total_unpaid: Text,
    pub(super) sent_at: Text,
    pub(super) marked_uncollectible_on: Text,
    pub(super) payment_url: Text,
    pub(super) created_at: Text,
    pub(super) updated_at: Text,
    #[serde(deserialize_with = "list")]
    pub(super) payments: Vec<Payment>,
    #[serde(deserialize_with = "list")]
    pub(super) notes: Vec<Note>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Payment {
    pub(super) id: Text,
    pub(super) price: Text,
    pub(super) payment_date: Text,
    pub(super) credit_invoice_id: Text,
    pub(super) financial_account_id: Text,
    pub(super) financial_mutation_id: Text,
    pub(super) transaction_identifier: Text,
    pub(super) manual_payment_action: Text,
    pub(super) created_at: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Note {
    pub(super) todo_type: Text,
    pub(super) created_at: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Estimate {
    pub(super) id: Text,
    pub(super) version: Text,
    pub(super) contact_id: Text,
    pub(super) estimate_id: Text,
    pub(super) state: Text,
    pub(super) estimate_date: Text,
    pub(super) currency: Text,
    pub(super) total_price_incl_tax: Text,
    pub(super) accepted_at: Text,
    pub(super) rejected_at: Text,
    pub(super) archived_at: Text,
    pub(super) created_at: Text,
    pub(super) updated_at: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Mutation {
    pub(super) id: Text,
    pub(super) version: Text,
    pub(super) date: Text,
    pub(super) message: Text,
    pub(super) contra_account_number: Text,
    pub(super) amount_open: Text,
    pub(super) settlement_state: Text,
    pub(super) currency: Text,
    pub(super) created_at: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_amounts_may_be_text_or_numbers() {
        let invoice: Invoice = serde_json::from_str(
            r#"{"id": 42, "version": "7", "total_price_incl_tax": 12.5, "payments": null, "paused": {"new": 1}}"#,
        )
        .unwrap();
        assert_eq!(
            (&*invoice.id, &*invoice.version, &*invoice.total_price_incl_tax),
            ("42", "7", "12.5")
        );
        assert!(invoice.payments.is_empty() && invoice.currency.is_empty());
    }
}
