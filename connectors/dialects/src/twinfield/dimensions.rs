//! Customers: dimensions of type DEB.

use maan_ledger::Money;
use serde_json::json;

use super::{OFFICE, between, escape, unescaped};
use crate::model::{Administration, Customer};
use crate::server::World;

/// A name of a million letters.
pub(super) const ABSURD: usize = 1;
/// Which of the absurd records it is.
const AT: usize = super::browse::ABSURD;

fn customers(world: &World) -> Vec<Customer> {
    let mut all = world.model.customers.clone();
    if world.absurd.contains(&AT) {
        let mut absurd = world.model.customer("1001").clone();
        absurd.number = "absurd";
        all.push(absurd);
    }
    all
}

fn name(customer: &Customer) -> String {
    match customer.company {
        _ if customer.number == "absurd" => "é".repeat(1_000_000),
        "" => format!("{} {}", customer.first_name, customer.last_name),
        company => company.to_owned(),
    }
}

/// The list, with the type itself at its end.
pub(super) fn list(world: &World) -> String {
    let line = |customer: &Customer| {
        format!(
            "<dimension name=\"{}\" shortname=\"\">{}</dimension>",
            escape(&name(customer)),
            customer.number
        )
    };
    let lines: String = customers(world).iter().map(line).collect();
    format!(
        "<dimensions office=\"{OFFICE}\" type=\"DEB\" result=\"1\">{lines}<dimension name=\"\" \
         shortname=\"\">DEB</dimension></dimensions>"
    )
}

pub(super) fn read(world: &World, code: &str) -> String {
    let all = customers(world);
    match all.iter().find(|one| one.number == unescaped(code)) {
        Some(customer) => dimension(customer),
        None => missing(code),
    }
}

fn missing(code: &str) -> String {
    format!(
        "<dimension result=\"0\"><type>DEB</type><code msgtype=\"error\" msg=\"The dimension {code} does not \
         exist.\">{code}</code></dimension>"
    )
}

fn dimension(customer: &Customer) -> String {
    let limit = Money::new(customer.limit.unwrap_or_default(), Administration::CURRENCY);
    format!(
        "<dimension status=\"active\" result=\"1\"><office name=\"{OFFICE}\" shortname=\"{OFFICE}\">{OFFICE}</office>\
         <type name=\"Debiteuren\" shortname=\"Debiteuren\">DEB</type><name>{name}</name><shortname></shortname>\
         <cocnumber>{coc}</cocnumber><vatnumber>{vat}</vatnumber><financials><duedays>30</duedays>\
         <ebilling>false</ebilling><ebillmail></ebillmail></financials><addresses>\
         <address id=\"2\" type=\"postal\" default=\"false\"><name>{name}</name><country>XX</country><city>Elders</city>\
         <email>niet@hier.example</email></address>\
         <address id=\"1\" type=\"invoice\" default=\"true\"><name>{name}</name>\
         <country name=\"\" shortname=\"\">{country}</country><city>{city}</city><postcode>{postcode}</postcode>\
         <telephone></telephone><email>{email}</email><contact></contact><field1>{name}</field1>\
         <field2>{street}</field2><field3></field3><field4>{vat}</field4><field5></field5><field6></field6></address>\
         </addresses><code>{code}</code><uid></uid><inuse>true</inuse><creditmanagement>\
         <responsibleuser name=\"\" shortname=\"\"></responsibleuser><basecreditlimit>{limit}</basecreditlimit>\
         <sendreminder>true</sendreminder><reminderemail></reminderemail>\
         <blocked locked=\"false\" modified=\"\">{held}</blocked><freetext1></freetext1><freetext2></freetext2>\
         <freetext3></freetext3><comment></comment></creditmanagement></dimension>",
        name = escape(&name(customer)),
        coc = customer.registration,
        vat = customer.vat,
        country = customer.country,
        city = escape(customer.city),
        postcode = customer.postal_code,
        email = customer.email,
        street = escape(customer.street),
        code = customer.number,
        limit = limit.decimal(),
        held = customer.held,
    )
}

/// A dimension is changed in the fields that are sent; office, code and name must be among them.
pub(super) fn write(world: &mut World, request: &str) -> String {
    let code = between(request, "code").to_owned();
    let known = world.model.customers.iter().any(|one| one.number == code);
    if between(request, "office") != OFFICE || between(request, "name").is_empty() || !known {
        return missing(&code);
    }
    let management = between(request, "creditmanagement");
    let field = |name: &str| {
        management
            .contains(&format!("<{name}>"))
            .then(|| unescaped(between(management, name)))
    };
    let body = json!({
        "code": code, "comment": field("comment"), "basecreditlimit": field("basecreditlimit"),
    });
    world.written.push(("dimension".to_owned(), body));
    format!("<dimension status=\"active\" result=\"1\"><type>DEB</type><code>{code}</code></dimension>")
}
