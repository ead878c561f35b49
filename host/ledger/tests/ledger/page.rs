use maan_ledger::{PageError, decode_page, encode_page};

use crate::every_fact::facts;

/// A page of version 1 with one fact of every kind, in hexadecimal.
const VERSION_1: &str = include_str!("../data/page-v1.hex");

fn bytes_of(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|c| c.is_ascii_hexdigit()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn hex_of(bytes: &[u8]) -> String {
    let lines = bytes
        .chunks(50)
        .map(|line| line.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_page_of_version_1_reads_as_it_was_written() {
    assert_eq!(decode_page(&bytes_of(VERSION_1)).unwrap(), facts());
}

#[test]
fn the_bytes_of_a_page_do_not_change() {
    assert_eq!(hex_of(&encode_page(&facts())), VERSION_1);
}

#[test]
fn every_kind_of_fact_is_in_the_page() {
    let mut kinds: Vec<_> = facts()
        .iter()
        .map(|fact| std::mem::discriminant(&fact.body))
        .collect();
    kinds.dedup();
    assert_eq!(kinds.len(), 36);
}

#[test]
fn a_page_of_a_newer_version_says_so() {
    let mut bytes = encode_page(&facts());
    bytes[1] = 2;
    let error = decode_page(&bytes).unwrap_err();
    assert!(matches!(error, PageError::Version(2)));
    assert!(error.to_string().contains("version 2"));
}

#[test]
fn a_page_that_is_cut_off_or_followed_by_something_is_refused_at_every_length() {
    let bytes = encode_page(&facts());
    for length in 0..bytes.len() {
        assert!(
            matches!(decode_page(&bytes[..length]), Err(PageError::Damaged(_))),
            "{length} bytes"
        );
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(matches!(decode_page(&longer), Err(PageError::Longer(1))));
}

#[test]
fn a_page_without_facts_is_a_page() {
    assert_eq!(decode_page(&encode_page(&[])).unwrap(), Vec::new());
}
