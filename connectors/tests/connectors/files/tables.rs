use maan_connectors::files::{
    Answers, DateOrder, DecimalSign, Entry, Event, Field, Happening, Invoice, Question,
};
use maan_ledger::{Channel, Level};

use super::{Folder, eur, refused, said, says, surveyed, zipped};

fn invoices(entries: &[Entry]) -> Vec<&Invoice> {
    let invoices = entries.iter().filter_map(|entry| match entry {
        Entry::Invoice(invoice) => Some(invoice),
        _ => None,
    });
    invoices.collect()
}

#[test]
fn a_dutch_list_with_semicolons_in_windows_1252_is_read() {
    let text = "Openstaande posten;;;;\r\nKlant;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand\r\n\
                Café Zürich B.V.;2026-1;01-11-2026;30-11-2026;€ 1.234,56;1.000,00\r\n\
                \"Jansen; Zoon\";2026-2;13-11-2026;13-12-2026;12,50;12,50\r\n;;;;1.247,06;1.012,50\r\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let entries = says(&*bytes);
    let read = invoices(&entries);
    assert_eq!(read.len(), 2, "{entries:?}");
    assert_eq!(
        (read[0].party.name.as_str(), read[0].amount, read[0].open),
        ("Café Zürich B.V.", Some(eur("1234.56")), Some(eur("1000")))
    );
    assert_eq!(read[0].issued.to_string(), "2026-11-01");
    assert_eq!(read[1].party.name, "Jansen; Zoon");
    // the row with the sums names nobody
    assert!(matches!(entries.last(), Some(Entry::Skipped(why)) if why.contains("no customer")));
}

#[test]
fn an_english_list_with_a_byte_order_mark_and_a_utf_16_one_are_read() {
    let text = "Customer,Invoice No,Invoice Date,Due Date,Amount Due\nAcme Ltd,INV-1,11/02/2026,11/30/2026,\"1,234.50\"\n";
    let read = says(format!("\u{feff}{text}"));
    assert_eq!(invoices(&read)[0].open, Some(eur("1234.50")));
    assert_eq!(invoices(&read)[0].issued.to_string(), "2026-11-02");
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(says(wide), read);
}

#[test]
fn what_means_two_things_is_asked_and_an_answer_is_taken() {
    let folder = Folder::new();
    let file = folder.file(
        "list.csv",
        "klant;factuurnr;datum;bedrag\nJansen;1;03-04-2026;1.234\n",
    );
    let asked = surveyed(&file, &Answers::default())
        .unwrap()
        .table
        .unwrap()
        .questions;
    assert_eq!(
        asked,
        [
            Question::Amounts {
                example: Some("1.234".into())
            },
            Question::Dates {
                example: Some("03-04-2026".into())
            },
        ]
    );
    let answers = Answers {
        decimal_sign: Some(DecimalSign::Comma),
        date_order: Some(DateOrder::DayFirst),
        ..Answers::default()
    };
    let entries = said(&file, &answers).unwrap();
    assert_eq!(
        (
            invoices(&entries)[0].amount,
            invoices(&entries)[0].issued.to_string()
        ),
        (Some(eur("1234")), "2026-04-03".into())
    );
}

#[test]
fn one_row_can_settle_what_another_leaves_open() {
    let entries =
        says("klant;factuurnr;datum;bedrag\nJansen;1;03-04-2026;1.234\nPieters;2;28-04-2026;10,50\n");
    assert_eq!(invoices(&entries)[0].amount, Some(eur("1234")));
    assert_eq!(invoices(&entries)[0].issued.to_string(), "2026-04-03");
    let folder = Folder::new();
    let mixed = folder.file(
        "list.csv",
        "klant;factuurnr;datum;bedrag\nJansen;1;2026-04-03;1.234,00\nPieters;2;2026-04-03;1,234.00\n",
    );
    let asked = surveyed(&mixed, &Answers::default())
        .unwrap()
        .table
        .unwrap()
        .questions;
    assert_eq!(asked, [Question::Amounts { example: None }]);
}

#[test]
fn columns_are_named_by_a_person_where_their_headers_are_not_known() {
    let folder = Folder::new();
    let file = folder.file("list.csv", "wie,wat\nJansen,12\n");
    assert_eq!(
        surveyed(&file, &Answers::default())
            .unwrap()
            .table
            .unwrap()
            .questions,
        [Question::Columns]
    );
    let mut answers = Answers::default();
    answers.columns.insert("Wie".into(), Some(Field::DebtorName));
    assert!(
        matches!(said(&file, &answers).unwrap().as_slice(), [Entry::Debtor(party)] if party.name == "Jansen")
    );
    answers.columns.insert("waar".into(), Some(Field::City));
    let why = said(&file, &answers).unwrap_err().to_string();
    assert!(why.contains("no column `waar`") && why.contains("`wie`"), "{why}");
}

#[test]
fn what_another_tool_did_is_read_from_the_same_list() {
    let entries = says(
        "klantnummer;factuurnummer;gebeurtenis;datum actie;kanaal;bewijs;uiterlijk;toegezegd bedrag;reden\n\
         100;2026-1;Tweede herinnering;2026-10-01;e-mail;;;;\n\
         100;2026-1;14-dagenbrief;2026-10-20;aangetekend;ja;2026-11-05;40,00;\n\
         100;2026-1;Betaalbelofte;2026-10-21;telefoon;;2026-11-15;121,00;\n\
         100;2026-2;Betwist;2026-10-22;;;;;levering onvolledig\n\
         100;;On hold;2026-10-23;;;2026-12-31;;loopt gesprek\n\
         100;2026-3;zomaar iets;2026-10-23;;;;;\n",
    );
    let events: Vec<&Event> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Event(event) => Some(event),
            _ => None,
        })
        .collect();
    assert_eq!(events.len(), 5, "{entries:?}");
    assert!(matches!(
        &events[0].what,
        Happening::Step {
            level: Level::Reminder2,
            channel: Channel::Email,
            proof: false,
            ..
        }
    ));
    assert!(
        matches!(&events[1].what, Happening::Step { level: Level::FormalNotice, channel: Channel::RegisteredLetter, proof: true, costs: Some(costs), .. } if *costs == eur("40"))
    );
    assert!(
        matches!(&events[2].what, Happening::Promise { amount: Some(amount), .. } if *amount == eur("121"))
    );
    assert!(matches!(&events[3].what, Happening::Dispute { .. }));
    assert!(
        matches!(&events[4].what, Happening::Pause { until: Some(_), .. }) && events[4].invoices.is_empty()
    );
    assert!(matches!(entries.last(), Some(Entry::Skipped(why)) if why.contains("zomaar iets")));
}

/// The smallest workbook: numbers, shared and inline texts, a date by its format.
fn workbook(rows: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#),
        ("_rels/.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Posten" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#),
        ("xl/styles.xml", br#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
        ("xl/worksheets/sheet1.xml", format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#).as_bytes()),
    ])
}

#[test]
fn a_workbook_is_read_by_its_content_with_exact_amounts_and_dates() {
    let text = |cell: &str, text: &str| format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let rows = format!(
        r#"<row r="1">{}{}{}{}</row><row r="3">{}{}<c r="C3" s="1"><v>46354</v></c><c r="D3"><v>1210.1</v></c></row>"#,
        text("A1", "Klant"),
        text("B1", "Factuurnummer"),
        text("C1", "Vervaldatum"),
        text("D1", "Openstaand"),
        text("A3", "Jansen"),
        text("B3", "2026-1"),
    );
    let entries = says(workbook(&rows));
    let [invoice] = invoices(&entries)[..] else {
        panic!("{entries:?}")
    };
    assert_eq!(
        (invoice.open, invoice.due.unwrap().to_string()),
        (Some(eur("1210.10")), "2026-11-28".into())
    );
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    for (content, words) in [
        (&b"%PDF-1.7"[..], "PDF"),
        (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1][..], "save it as .xlsx"),
        (b"", "nothing in it"),
        (b"{\"a\":1}", "none of the files"),
        (&[0, 1, 2, 3, 4, 5, 6, 7, 8][..], "none of the files"),
        (b"<html><body/></html>", "`html`"),
    ] {
        let why = refused(content);
        assert!(why.contains(words), "{why}");
    }
}
