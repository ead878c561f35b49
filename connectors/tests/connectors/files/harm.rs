use proptest::prelude::*;

use super::{Folder, refused, said, zipped};

const ROOT: &str = r#"xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2""#;

#[test]
fn no_entity_is_expanded_and_no_other_file_is_read() {
    let laughs = format!(
        r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><Invoice {ROOT}><ID>&lol2;</ID></Invoice>"#
    );
    assert!(refused(laughs).contains("document type"));
    let outside = format!(
        r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice {ROOT}><ID>&x;</ID></Invoice>"#
    );
    assert!(refused(outside).contains("document type"));
    assert!(refused(format!("<Invoice {ROOT}><ID>&x;</ID></Invoice>")).contains("entity of its own"));
    assert!(refused(format!("<Invoice {ROOT}><ID a=\"&x;\"></ID></Invoice>")).contains("entity of its own"));
}

#[test]
fn names_texts_and_depth_are_bounded() {
    let long = "n".repeat(10 << 20);
    for (text, words) in [
        (
            format!("<Invoice {ROOT}><{long}/></Invoice>"),
            "longer than 1 MiB",
        ),
        (
            format!("<Invoice {ROOT}><ID>{long}</ID></Invoice>"),
            "longer than 1 MiB",
        ),
        (
            format!("<Invoice {ROOT}><ID a=\"{long}\"/></Invoice>"),
            "longer than 1 MiB",
        ),
        (
            format!("<Invoice {ROOT}><!--{long}--></Invoice>"),
            "longer than 1 MiB",
        ),
        (
            format!("<Invoice {ROOT}><{}/></Invoice>", "n".repeat(300)),
            "256 bytes",
        ),
        (format!("<Invoice {ROOT}>{}", "<a>".repeat(100)), "deeper than 64"),
        (
            format!(
                "<Invoice {ROOT}><ID>{}</ID></Invoice>",
                "text<!-- -->".repeat(400_000)
            ),
            "longer than 1 MiB",
        ),
    ] {
        let why = refused(text);
        assert!(why.contains(words) && why.len() < 300, "{words}: {why}");
    }
}

#[test]
fn broken_xml_is_told_with_its_place() {
    for text in [
        format!("<Invoice {ROOT}>\n<ID>1</I></Invoice>"),
        format!("<Invoice {ROOT}>\n<ID>1"),
        format!("<Invoice {ROOT}>\n<ID>1</ID>"),
    ] {
        let why = refused(&text);
        assert!(why.contains("near line 2"), "{why}");
    }
}

#[test]
fn archives_that_grow_without_end_are_refused() {
    let zeros = vec![b' '; 96 << 20];
    let why = refused(zipped(&[("a.xml", &zeros)]));
    assert!(why.contains("unpacks to more than"), "{why}");
    let nested = zipped(&[("a.zip", &zipped(&[("a", b"x")]))]);
    assert!(refused(nested).contains("archive within an archive"));
    let workbook = zipped(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", &zeros),
    ]);
    assert!(refused(workbook).contains("unpacks to more than"));
}

#[test]
fn a_row_that_never_ends_is_refused() {
    let endless = format!("klant;factuur\nJansen;\"{}", "x\n".repeat(4 << 20));
    let why = refused(endless);
    assert!(why.contains("longer than 1 MiB"), "{why}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_end_the_program(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0_usize..6) {
        let starts: [&[u8]; 6] = [
            b"",
            b"PK\x03\x04",
            b"<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">",
            b"<auditfile xmlns=\"http://www.auditfiles.nl/XAF/3.2\">",
            b"klant;factuurnummer;bedrag;datum\n",
            b"{\"maan-export\":1",
        ];
        let folder = Folder::new();
        let file = folder.file("file", [starts[start], &bytes].concat());
        let _ = said(&file, &Default::default());
    }
}
