//! Invoices and credit notes in UBL 2.1, as Peppol BIS Billing 3 uses it (EN 16931; the business terms are named).

use maan_ledger::{Country, Currency, Day, DebtorKind, ItemKind, Money};

use super::xml::{Step, Xml};
use super::{Entry, FileError, Found, Invoice, Issuer, Party, Take};

/// Reads the document whose root element was opened.
pub(crate) fn read(xml: &mut Xml, take: Take<'_>) -> Result<(), FileError> {
    let credit_note = xml.path().ends_with("/CreditNote");
    let root = xml.path().len();
    let mut document = Document::default();
    loop {
        match xml.step()? {
            Step::Opened => {}
            Step::Closed if xml.path().len() > root => {
                let path = xml.path().get(root..).unwrap_or_default();
                document.say(path, xml.text(), xml.attribute("currencyID"));
            }
            Step::Closed | Step::End => break,
        }
    }
    let entry = match document.invoice(credit_note) {
        Ok(invoice) => Entry::Invoice(invoice),
        Err(why) => Entry::Skipped(why),
    };
    Ok(take(Found { line: 1, entry })?)
}

/// What a document says, in its own words.
#[derive(Default)]
struct Document {
    number: String,
    issued: String,
    due: String,
    type_code: String,
    currency: String,
    buyer_reference: String,
    order: String,
    corrects: String,
    payment_reference: String,
    total: String,
    prepaid: String,
    payable: String,
    amount_currency: String,
    seller: Side,
    buyer: Side,
}

/// A party of a document.
#[derive(Default)]
struct Side {
    identification: String,
    trading_name: String,
    name: String,
    legal_id: String,
    vat_number: String,
    tax_scheme: String,
    street: [String; 3],
    city: String,
    zone: String,
    country: String,
    contact: String,
    phone: String,
    email: String,
}

impl Document {
    fn say(&mut self, path: &str, text: &str, currency: Option<&str>) {
        if text.is_empty() {
            return;
        }
        let parties = [
            ("/AccountingSupplierParty/Party/", &mut self.seller),
            ("/AccountingCustomerParty/Party/", &mut self.buyer),
        ];
        for (prefix, side) in parties {
            if let Some(path) = path.strip_prefix(prefix) {
                return side.say(path, text);
            }
        }
        let field = match path {
            "/ID" => &mut self.number,                                             // BT-1
            "/IssueDate" => &mut self.issued,                                      // BT-2
            "/DueDate" | "/PaymentMeans/PaymentDueDate" => &mut self.due,          // BT-9
            "/InvoiceTypeCode" | "/CreditNoteTypeCode" => &mut self.type_code,     // BT-3
            "/DocumentCurrencyCode" => &mut self.currency,                         // BT-5
            "/BuyerReference" => &mut self.buyer_reference,                        // BT-10
            "/OrderReference/ID" => &mut self.order,                               // BT-13
            "/BillingReference/InvoiceDocumentReference/ID" => &mut self.corrects, // BT-25
            "/PaymentMeans/PaymentID" => &mut self.payment_reference,              // BT-83
            "/LegalMonetaryTotal/TaxInclusiveAmount" => &mut self.total,           // BT-112
            "/LegalMonetaryTotal/PrepaidAmount" => &mut self.prepaid,              // BT-113
            "/LegalMonetaryTotal/PayableAmount" => {
                self.amount_currency = currency.unwrap_or_default().to_owned();
                &mut self.payable // BT-115
            }
            _ => return,
        };
        // the first of several counts: a second means of payment asks for the same money
        if field.is_empty() {
            text.clone_into(field);
        }
    }

    fn invoice(self, credit_note: bool) -> Result<Invoice, String> {
        let number = self.number;
        if number.is_empty() {
            return Err("the document has no number".into());
        }
        let of = |what: &str| format!("{number}: {what}");
        let code = if self.currency.is_empty() {
            &self.amount_currency
        } else {
            &self.currency
        };
        let currency = Currency::from_code(code).map_err(|error| of(&error.to_string()))?;
        if !self.amount_currency.is_empty() && !self.amount_currency.eq_ignore_ascii_case(code) {
            return Err(of("the amount to pay is in another currency than the document"));
        }
        let money = |text: &str| Money::parse(text, currency).map_err(|error| of(&error.to_string()));
        let payable = if self.payable.is_empty() {
            &self.total
        } else {
            &self.payable
        };
        let payable = money(payable)?;
        let prepaid = match self.prepaid.as_str() {
            "" => Money::zero(currency),
            text => money(text)?,
        };
        let amount = payable.plus(prepaid).map_err(|error| of(&error.to_string()))?;
        // type code 381 in an invoice, 261 and 396: other forms of a credit note (UNTDID 1001)
        let credit_note = credit_note || matches!(self.type_code.as_str(), "381" | "261" | "396");
        let (kind, amount, open) = match credit_note {
            true => (ItemKind::CreditNote, negative(amount), negative(payable)),
            false if amount.minor < 0 => (ItemKind::CreditNote, amount, payable),
            false => (ItemKind::Invoice, amount, payable),
        };
        let day = |text: &str, what: &str| {
            let date = text.get(..10).unwrap_or(text);
            let day = date.parse::<Day>().ok().filter(|day| day.is_plausible());
            day.ok_or_else(|| {
                of(&format!(
                    "{what} `{}` is no date",
                    date.chars().take(16).collect::<String>()
                ))
            })
        };
        let issued = day(&self.issued, "its date")?;
        let due = match self.due.as_str() {
            "" => None,
            text => Some(day(text, "its last day to pay")?),
        };
        let order_reference = if self.order.is_empty() {
            self.buyer_reference
        } else {
            self.order
        };
        let party = self.buyer.party();
        if party.name.is_empty() {
            return Err(of("it names no buyer"));
        }
        Ok(Invoice {
            party,
            number,
            kind,
            issued,
            due,
            amount: Some(amount),
            open: (prepaid.minor != 0).then_some(open),
            payment_reference: self.payment_reference,
            order_reference,
            corrects: self.corrects,
            issuer: Issuer {
                vat_number: self.seller.vat_number,
                registration: self.seller.legal_id,
                name: if self.seller.name.is_empty() {
                    self.seller.trading_name
                } else {
                    self.seller.name
                },
            },
        })
    }
}

fn negative(amount: Money) -> Money {
    Money::new(-amount.minor.abs(), amount.currency)
}

impl Side {
    fn say(&mut self, path: &str, text: &str) {
        let field = match path {
            "PartyIdentification/ID" => &mut self.identification, // BT-46
            "PartyName/Name" => &mut self.trading_name,           // BT-45
            "PartyLegalEntity/RegistrationName" => &mut self.name, // BT-44
            "PartyLegalEntity/CompanyID" => &mut self.legal_id,   // BT-47
            "PartyTaxScheme/CompanyID" => &mut self.tax_scheme,   // BT-48
            "PartyTaxScheme/TaxScheme/ID" => {
                if text == "VAT" {
                    self.vat_number = std::mem::take(&mut self.tax_scheme);
                }
                return;
            }
            "PostalAddress/StreetName" => &mut self.street[0], // BT-50
            "PostalAddress/AdditionalStreetName" => &mut self.street[1], // BT-51
            "PostalAddress/AddressLine/Line" => &mut self.street[2], // BT-163
            "PostalAddress/CityName" => &mut self.city,        // BT-52
            "PostalAddress/PostalZone" => &mut self.zone,      // BT-53
            "PostalAddress/Country/IdentificationCode" => &mut self.country, // BT-55
            "Contact/Name" => &mut self.contact,               // BT-56
            "Contact/Telephone" => &mut self.phone,            // BT-57
            "Contact/ElectronicMail" => &mut self.email,       // BT-58
            _ => return,
        };
        text.clone_into(field);
    }

    fn party(self) -> Party {
        let place = [self.zone.as_str(), self.city.as_str()].join(" ");
        let lines = self.street.iter().map(String::as_str).chain([place.trim()]);
        let address: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        // without a legal entity or VAT number the buyer may be a consumer
        let kind = if self.vat_number.is_empty() && self.legal_id.is_empty() {
            DebtorKind::Unknown
        } else {
            DebtorKind::Business
        };
        Party {
            // the seller's own number for the buyer
            number: self.identification,
            name: if self.name.is_empty() {
                self.trading_name
            } else {
                self.name
            },
            kind,
            country: Country::from_code(&self.country),
            vat_number: self.vat_number,
            registration: self.legal_id,
            contact: self.contact,
            email: self.email,
            phone: self.phone,
            address: address.join("\n"),
            ..Party::default()
        }
    }
}
