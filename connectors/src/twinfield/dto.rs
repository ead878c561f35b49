//! Twinfield's records as it sends them. Amounts and days stay text until they are mapped, so that one odd value spoils
//! one record.

use roxmltree::Node;

use super::xml::{at, find, value};
use crate::mapping::Text;

/// A customer.
#[derive(Clone, Debug, Default)]
pub(super) struct Customer {
    pub(super) code: Text,
    pub(super) name: Text,
    pub(super) registration: Text,
    pub(super) vat_number: Text,
    pub(super) invoice_email: Text,
    pub(super) sends_by_email: bool,
    pub(super) email: Text,
    pub(super) telephone: Text,
    pub(super) contact: Text,
    pub(super) street: [Text; 2],
    pub(super) postal_code: Text,
    pub(super) city: Text,
    pub(super) country: Text,
    pub(super) limit: Text,
    pub(super) comment: String,
}

impl Customer {
    /// The customer in a dimension. VAT and trade register number also stand with the address, where older versions of
    /// Twinfield kept them.
    pub(super) fn of(dimension: Node<'_, '_>) -> Self {
        let of = |path: &[&str]| Text::from(value(dimension, path));
        let address = invoice_address(dimension);
        let there = |name: &str| Text::from(address.map(|node| value(node, &[name])).unwrap_or_default());
        let first = |own: Text, other: Text| if own.is_empty() { other } else { own };
        Self {
            code: of(&["code"]),
            name: of(&["name"]),
            registration: first(of(&["cocnumber"]), there("field5")),
            vat_number: first(of(&["vatnumber"]), there("field4")),
            invoice_email: of(&["financials", "ebillmail"]),
            sends_by_email: &*of(&["financials", "ebilling"]) == "true",
            email: there("email"),
            telephone: there("telephone"),
            contact: there("contact"),
            street: [there("field2"), there("field3")],
            postal_code: there("postcode"),
            city: there("city"),
            country: there("country"),
            limit: of(&["creditmanagement", "basecreditlimit"]),
            comment: value(dimension, &["creditmanagement", "comment"]).to_owned(),
        }
    }
}

/// The address for invoices, else the default one, else the first.
fn invoice_address<'a, 'i>(dimension: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let all: Vec<Node<'_, '_>> = at(dimension, &["addresses"])?
        .children()
        .filter(|child| child.tag_name().name() == "address")
        .collect();
    let with = |name: &str, value: &str| all.iter().find(|one| one.attribute(name) == Some(value));
    with("type", "invoice")
        .or_else(|| with("default", "true"))
        .or(all.first())
        .copied()
}

/// Columns of a line, in the order of [`Line`].
pub(super) const COLUMNS: [&str; 12] = [
    "fin.trs.head.code",
    "fin.trs.head.number",
    "fin.trs.head.date",
    "fin.trs.head.curcode",
    "fin.trs.line.dim2",
    "fin.trs.line.dim2name",
    "fin.trs.line.invnumber",
    "fin.trs.line.datedue",
    "fin.trs.line.valuesigned",
    "fin.trs.line.openvaluesigned",
    "fin.trs.line.matchnumber",
    "fin.trs.line.matchdate",
];

/// A line of a transaction of a customer.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Book, transaction and line: `SLS/201300080/1`.
    pub(super) key: String,
    pub(super) date: Text,
    pub(super) currency: Text,
    pub(super) customer: Text,
    pub(super) customer_name: Text,
    pub(super) invoice: Text,
    pub(super) due: Text,
    pub(super) amount: Text,
    pub(super) open: Text,
    pub(super) match_number: Text,
    pub(super) matched_on: Text,
}

impl Line {
    /// The line of a row; none of a row without a key.
    pub(super) fn of(row: Node<'_, '_>) -> Option<Self> {
        let key = find(row, "key")?;
        let part = |name: &str| value(key, &[name]);
        let cell = |field: &str| {
            let mut cells = row.children();
            let cell = cells.find(|cell| cell.attribute("field") == Some(field));
            Text::from(cell.and_then(|cell| cell.text()).unwrap_or_default())
        };
        let [
            _,
            _,
            date,
            currency,
            customer,
            customer_name,
            invoice,
            due,
            amount,
            open,
            number,
            on,
        ] = COLUMNS.map(cell);
        Some(Self {
            key: format!("{}/{}/{}", part("code"), part("number"), part("line")),
            date,
            currency,
            customer,
            customer_name,
            invoice,
            due,
            amount,
            open,
            match_number: number,
            matched_on: on,
        })
    }
}
