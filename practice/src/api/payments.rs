//! Payments of invoices.

use super::json::{Fixed, id, moment, money};
use super::{Answer, ApiError};
use crate::portfolio::{Invoice, Payment, Portfolio};
use crate::world::Administration;
use serde_json::{Value, json};

pub(super) fn show(one: &Administration, payment: &str) -> Result<Answer, ApiError> {
    let wanted: u64 = payment.parse().unwrap_or_default();
    let all = one
        .portfolio
        .invoices
        .iter()
        .flat_map(|invoice| invoice.payments.iter().map(move |paid| (invoice, paid)));
    let found = all.into_iter().find(|(_, payment)| payment.id == wanted);
    found
        .map(|(invoice, payment)| Answer::ok(of_invoice(&one.portfolio, invoice, payment)))
        .ok_or_else(|| ApiError::not_found("id"))
}

pub(super) fn of_invoice(portfolio: &Portfolio, invoice: &Invoice, payment: &Payment) -> Value {
    let administration = portfolio.id;
    json!({
        "id": id(payment.id),
        "administration_id": id(administration),
        "invoice_type": "SalesInvoice",
        "invoice_id": id(invoice.id),
        "financial_account_id": payment.mutation.map(|_| Fixed::BankAccount.id(administration)),
        "user_id": Fixed::User.id(administration),
        "payment_transaction_id": null,
        "transaction_identifier": null,
        "price": money(payment.cents),
        "price_base": money(payment.cents),
        "payment_date": payment.date.to_string(),
        "credit_invoice_id": payment.credit_invoice.map(id),
        "financial_mutation_id": payment.mutation.map(id),
        "ledger_account_id": Fixed::DebtorsAccount.id(administration),
        "linked_payment_id": null,
        "manual_payment_action": null,
        "created_at": moment(payment.at),
        "updated_at": moment(payment.at),
    })
}
