use maan_connectors::files::Entry;
use maan_ledger::ItemKind;

use super::{eur, example, says, zipped};

fn ubl(root: &str, inner: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<ubl:{root} xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">{inner}</ubl:{root}>"#
    )
}

fn invoice(number: &str, payable: &str, more: &str) -> String {
    ubl(
        "Invoice",
        &format!(
            "<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{more}
  <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Koper &amp; Zoon</cbc:RegistrationName>
  </cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID=\"EUR\">{payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>"
        ),
    )
}

#[test]
fn the_examples_of_peppol_are_read_as_their_specification_says() {
    let Some(bytes) = example("peppol/base-example.xml") else {
        return;
    };
    let entries = says(bytes);
    let [Entry::Invoice(invoice)] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(
        (invoice.number.as_str(), invoice.kind),
        ("Snippet1", ItemKind::Invoice)
    );
    assert_eq!(invoice.issued.to_string(), "2017-11-13");
    assert_eq!(invoice.due.unwrap().to_string(), "2017-12-01");
    assert_eq!((invoice.amount, invoice.open), (Some(eur("1656.25")), None));
    assert_eq!(invoice.payment_reference, "Snippet1");
    let buyer = &invoice.party;
    assert_eq!(
        (buyer.number.as_str(), buyer.name.as_str()),
        ("FR23342", "Buyer Official Name")
    );
    assert_eq!(
        (buyer.vat_number.as_str(), buyer.registration.as_str()),
        ("SE4598375937", "39937423947")
    );
    assert_eq!(buyer.country.to_string(), "SE");
    assert_eq!(buyer.address, "Hovedgatan 32\nPo box 878\n456 34 Stockholm");
    assert_eq!(
        (buyer.contact.as_str(), buyer.email.as_str()),
        ("Lisa Johnson", "lj@buyer.se")
    );
    assert_eq!(invoice.issuer.vat_number, "GB1232434");

    let Some(bytes) = example("peppol/base-creditnote-correction.xml") else {
        return;
    };
    let entries = says(bytes);
    let [Entry::Invoice(note)] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(
        (note.kind, note.amount),
        (ItemKind::CreditNote, Some(eur("-1656.25")))
    );
}

#[test]
fn what_was_prepaid_is_not_open_and_a_negative_invoice_is_a_credit_note() {
    let prepaid = invoice("2026-1", "700.00", "").replace(
        "<cbc:PayableAmount",
        "<cbc:PrepaidAmount currencyID=\"EUR\">300.00</cbc:PrepaidAmount><cbc:PayableAmount",
    );
    let entries = says(prepaid);
    let [Entry::Invoice(invoice_read)] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(
        (invoice_read.amount, invoice_read.open),
        (Some(eur("1000")), Some(eur("700")))
    );
    assert_eq!(invoice_read.party.name, "Koper & Zoon");
    let entries = says(invoice("2026-2", "-50.00", ""));
    assert!(
        matches!(entries.as_slice(), [Entry::Invoice(one)] if one.kind == ItemKind::CreditNote && one.amount == Some(eur("-50")))
    );
}

#[test]
fn a_document_that_cannot_be_taken_in_is_left_out_with_the_reason() {
    let why = |text: String| match says(text).as_slice() {
        [Entry::Skipped(why)] => why.clone(),
        other => panic!("{other:?}"),
    };
    assert!(why(invoice("", "1.00", "")).contains("no number"));
    assert!(why(invoice("7", "1,00", "")).contains("`1,00` is not an amount"));
    assert!(why(invoice("7", "1.001", "")).contains("more digits"));
    assert!(why(invoice("7", "1.00", "<cbc:DueDate>soon</cbc:DueDate>")).contains("`soon` is no date"));
    assert!(
        why(invoice("7", "1.00", "").replace("currencyID=\"EUR\"", "currencyID=\"USD\""))
            .contains("another currency")
    );
    assert!(why(invoice("7", "1.00", "").replace("Koper &amp; Zoon", "")).contains("names no buyer"));
}

#[test]
fn attached_documents_are_passed_over_however_long() {
    let attachment = format!(
        "<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject>{}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>",
        "QUJD".repeat(1 << 20)
    );
    let entries = says(invoice("2026-3", "12.10", &attachment));
    assert!(matches!(entries.as_slice(), [Entry::Invoice(one)] if one.amount == Some(eur("12.10"))));
}

#[test]
fn all_invoices_of_a_zip_are_read() {
    let (one, two) = (invoice("2026-4", "1.00", ""), invoice("2026-5", "2.00", ""));
    let entries = says(zipped(&[("a/4.xml", one.as_bytes()), ("5", two.as_bytes())]));
    let numbers: Vec<_> = entries
        .iter()
        .map(|entry| match entry {
            Entry::Invoice(invoice) => invoice.number.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(numbers, ["2026-4", "2026-5"]);
}
