use maan_ledger::{Currency, Day, Moment, Money};

use super::{Administration, Customer, Invoice, Order, OrderKind, Payment, Settlement, Stamp, State};

/// When the administration is first read: 21 November 2026, 09:00 UTC.
const NOW: Moment = Moment(1_795_251_600_000_000);

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn stamp(sequence: u64, day: &str) -> Stamp {
    let at = Moment::from_utc(format!("{day}T10:00:00Z").parse().unwrap()).plus_seconds(sequence as i64);
    Stamp {
        created: at,
        changed: at,
        sequence,
    }
}

const NOBODY: Customer = Customer {
    number: "",
    company: "",
    first_name: "",
    last_name: "",
    street: "Dorpsstraat 1",
    postal_code: "1234 AB",
    city: "Waterdam",
    country: "NL",
    language: "",
    email: "",
    vat: "",
    registration: "",
    iban: "",
    limit: None,
    held: false,
    stamp: Stamp {
        created: NOW,
        changed: NOW,
        sequence: 0,
    },
};

/// The administration at its first reading.
pub fn administration() -> Administration {
    let mut sequence = 0;
    let mut next = |day: &str| {
        sequence += 1;
        stamp(sequence, day)
    };
    let customers = customers(&mut next);
    let invoices = invoices(&mut next);
    let payments = payments(&mut next);
    let settlements = vec![Settlement {
        number: "50001",
        credit_note: "20260105",
        invoice: "20260005",
        amount: eur(500_00),
        on: day("2026-10-12"),
        stamp: next("2026-10-12"),
    }];
    let orders = vec![
        Order {
            number: "30001",
            customer: "1002",
            kind: OrderKind::Quotation,
            accepted: false,
            amount: eur(1_500_00),
            on: day("2026-11-05"),
            stamp: next("2026-11-05"),
        },
        Order {
            number: "31001",
            customer: "1004",
            kind: OrderKind::Order,
            accepted: true,
            amount: eur(640_00),
            on: day("2026-11-10"),
            stamp: next("2026-11-10"),
        },
    ];
    Administration {
        id: "734512",
        name: "Noorderlicht Handel BV",
        customers,
        invoices,
        payments,
        settlements,
        orders,
        removed: Vec::new(),
        sequence,
        now: NOW,
    }
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn in_currency(code: &str, minor: i64) -> Money {
    Money::new(minor, Currency::from_code(code).unwrap())
}

fn customers(next: &mut impl FnMut(&str) -> Stamp) -> Vec<Customer> {
    vec![
        Customer {
            number: "1001",
            company: "Bakkerij De Korst BV",
            language: "nl",
            email: "crediteuren@dekorst.example",
            vat: "NL001234567B01",
            registration: "12345678",
            limit: Some(5_000_00),
            stamp: next("2025-01-15"),
            ..NOBODY
        },
        // its language follows from the postal code
        Customer {
            number: "1002",
            company: "Brasserie du Parc SA",
            street: "Rue du Parc 5",
            postal_code: "4000",
            city: "Liège",
            country: "BE",
            email: "compta@duparc.example",
            vat: "BE0123456749",
            registration: "0123456749",
            iban: "BE68539007547034",
            stamp: next("2025-02-10"),
            ..NOBODY
        },
        Customer {
            number: "1003",
            first_name: "Jan",
            last_name: "van der Berg",
            email: "jan@berg.example",
            stamp: next("2025-03-01"),
            ..NOBODY
        },
        // is written to in another language than that of its country
        Customer {
            number: "1004",
            company: "Müller Maschinenbau GmbH",
            street: "Hauptstraße 7",
            postal_code: "10115",
            city: "Berlin",
            country: "DE",
            language: "en",
            email: "ap@mueller.example",
            vat: "DE123456789",
            registration: "HRB 1234",
            limit: Some(10_000_00),
            stamp: next("2025-04-20"),
            ..NOBODY
        },
        Customer {
            number: "1005",
            company: "Café 't Hoekje & Zn. <VOF>",
            email: "info@hoekje.example",
            vat: "NL009876543B01",
            registration: "87654321",
            held: true,
            stamp: next("2025-05-05"),
            ..NOBODY
        },
        Customer {
            number: "1006",
            company: "Smith & Sons Ltd",
            street: "1 High Street",
            postal_code: "SW1A 1AA",
            city: "London",
            country: "GB",
            email: "accounts@smith.example",
            vat: "GB123456789",
            registration: "01234567",
            stamp: next("2025-06-30"),
            ..NOBODY
        },
        // nothing was ever sold to it
        Customer {
            number: "1008",
            company: "Nooit Besteld BV",
            email: "info@nooitbesteld.example",
            vat: "NL005555555B01",
            registration: "55555555",
            stamp: next("2025-07-01"),
            ..NOBODY
        },
    ]
}

fn invoices(next: &mut impl FnMut(&str) -> Stamp) -> Vec<Invoice> {
    let mut made = |number, customer, issued: &str, due, amount| Invoice {
        number,
        customer,
        issued: day(issued),
        due: day(due),
        amount,
        reference: "",
        corrects: None,
        state: State::Issued,
        instalments: Vec::new(),
        disputed: false,
        promised: None,
        stamp: next(issued),
    };
    let mut all = vec![
        made("20260001", "1001", "2026-09-01", "2026-10-01", eur(1_210_00)),
        made("20260002", "1001", "2026-09-02", "2026-10-02", eur(363_00)),
        made("20260003", "1002", "2026-09-03", "2026-10-03", eur(1_000_00)),
        made("20260004", "1003", "2026-09-04", "2026-09-18", eur(100_00)),
        made("20260005", "1001", "2026-09-05", "2026-10-05", eur(500_00)),
        made("20260105", "1001", "2026-10-12", "2026-10-12", eur(-500_00)),
        made("20260106", "1001", "2026-10-13", "2026-10-13", eur(-100_00)),
        made(
            "20260006",
            "1004",
            "2026-10-21",
            "2026-11-20",
            in_currency("USD", 2_500_00),
        ),
        made(
            "20260007",
            "1006",
            "2026-10-22",
            "2026-11-21",
            in_currency("GBP", 800_00),
        ),
        made("20260008", "1005", "2026-09-15", "2026-12-01", eur(900_00)),
        made("20260009", "1005", "2026-09-16", "2026-10-16", eur(250_00)),
        made("20260010", "1003", "2026-05-04", "2026-05-18", eur(75_00)),
        made("20260011", "1001", "2026-11-20", "2026-12-20", eur(42_00)),
        made("20260012", "1002", "2026-10-30", "2026-11-29", eur(60_00)),
    ];
    for invoice in &mut all {
        match invoice.number {
            "20260001" => invoice.reference = "PO-77",
            "20260105" => invoice.corrects = Some("20260005"),
            "20260008" => {
                let parts = ["2026-10-01", "2026-11-01", "2026-12-01"];
                invoice.instalments = parts.map(|due| (day(due), 300_00)).to_vec();
            }
            "20260009" => invoice.disputed = true,
            "20260010" => invoice.state = State::Uncollectible,
            "20260011" => invoice.state = State::Draft,
            _ => {}
        }
    }
    all
}

fn payments(next: &mut impl FnMut(&str) -> Stamp) -> Vec<Payment> {
    let mut made = |number, customer, invoice, on: &str, amount| Payment {
        number,
        customer,
        invoice,
        amount,
        on: day(on),
        stamp: next(on),
    };
    vec![
        made("40001", "1001", Some("20260002"), "2026-09-20", eur(363_00)),
        made("40002", "1002", Some("20260003"), "2026-10-05", eur(400_00)),
        made("40003", "1003", Some("20260004"), "2026-10-10", eur(120_00)),
        made(
            "40004",
            "1006",
            Some("20260007"),
            "2026-11-12",
            in_currency("GBP", 300_00),
        ),
        made("40010", "1002", None, "2026-11-16", eur(50_00)),
    ]
}

impl Administration {
    /// A customer that was made just now.
    pub(super) fn newcomer(&mut self, number: &'static str, company: &'static str) -> Customer {
        Customer {
            number,
            company,
            email: "boekhouding@nieuw.example",
            vat: "NL007777777B01",
            registration: "77777777",
            stamp: self.touch(),
            ..NOBODY
        }
    }
}
