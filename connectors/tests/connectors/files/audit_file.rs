use maan_connectors::files::{Entry, Invoice};

use super::{eur, refused, says};

fn audit_file(opening: &str, journals: &str, subledgers: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><auditfile xmlns="http://www.auditfiles.nl/XAF/3.2">
<header><fiscalYear>2026</fiscalYear><startDate>2026-01-01</startDate><endDate>2026-12-31</endDate><curCode>EUR</curCode><dateCreated>2026-11-20</dateCreated></header>
<company><companyName>Zonneveld</companyName><taxRegistrationCountry>NL</taxRegistrationCountry><taxRegIdent>1</taxRegIdent>
<customersSuppliers>
<customerSupplier><custSupID>100</custSupID><custSupName>Jansen BV</custSupName><eMail>j@jansen.example</eMail><commerceNr>12345678</commerceNr><custSupTp>C</custSupTp><custCreditLimit>5000.00</custCreditLimit>
<streetAddress><streetname>Kerkstraat</streetname><number>1</number><city>Utrecht</city><postalCode>3511AA</postalCode><country>NL</country></streetAddress>
<bankAccount><bankAccNr>NL91ABNA0417164300</bankAccNr></bankAccount></customerSupplier>
<customerSupplier><custSupID>900</custSupID><custSupName>Leverancier</custSupName><custSupTp>S</custSupTp></customerSupplier>
</customersSuppliers>
<generalLedger><ledgerAccount><accID>1300</accID><accDesc>Debiteuren</accDesc><accTp>B</accTp></ledgerAccount><ledgerAccount><accID>8000</accID><accDesc>Omzet</accDesc><accTp>P</accTp></ledgerAccount></generalLedger>
<openingBalance><opBalDate>2026-01-01</opBalDate><linesCount>1</linesCount><totalDebit>0</totalDebit><totalCredit>0</totalCredit>{opening}</openingBalance>
<transactions><linesCount>1</linesCount><totalDebit>0</totalDebit><totalCredit>0</totalCredit>{journals}{subledgers}</transactions></company></auditfile>"#
    )
}

fn line(nr: &str, account: &str, amount: &str, side: &str) -> String {
    format!(
        "<trLine><nr>{nr}</nr><accID>{account}</accID><docRef>d</docRef><effDate>2026-03-01</effDate><amnt>{amount}</amnt><amntTp>{side}</amntTp><custSupID>100</custSupID><invRef>2026-7</invRef>\
         <vat><vatID>1</vatID><vatPerc>21</vatPerc><vatAmnt>21.00</vatAmnt><vatAmntTp>C</vatAmntTp></vat><currency><curCode>USD</curCode><curAmnt>999.00</curAmnt></currency></trLine>"
    )
}

fn journal(id: &str, kind: &str, date: &str, lines: &str) -> String {
    format!(
        "<journal><jrnID>{id}</jrnID><desc>x</desc><jrnTp>{kind}</jrnTp><transaction><nr>1</nr><periodNumber>3</periodNumber><trDt>{date}</trDt>{lines}</transaction></journal>"
    )
}

fn subledger_line(nr: &str, journal: &str, amount: &str, side: &str, invoice: &str, kind: &str) -> String {
    format!(
        "<sbLine><nr>{nr}</nr><jrnID>{journal}</jrnID><trNr>1</trNr><trLineNr>1</trLineNr><amnt>{amount}</amnt><amntTp>{side}</amntTp><custSupID>100</custSupID><invRef>{invoice}</invRef><invPurSalTp>S</invPurSalTp><invDt>2026-03-01</invDt><invDueDt>2026-03-31</invDueDt><mutTp>{kind}</mutTp></sbLine>"
    )
}

/// A sale of 121 and a payment of 100 on it, and 50 from before the year.
fn small(payment: &str) -> String {
    let opening = "<obLine><nr>1</nr><accID>1300</accID><amnt>50.00</amnt><amntTp>D</amntTp></obLine>
<obSubledgers><obSubledger><sbType>CU</sbType><linesCount>1</linesCount><totalDebit>50</totalDebit><totalCredit>0</totalCredit>
<obSbLine><nr>1</nr><obLineNr>1</obLineNr><amnt>50.00</amnt><amntTp>D</amntTp><custSupID>100</custSupID><invRef>2025-9</invRef><invDt>2025-12-01</invDt><invDueDt>2025-12-31</invDueDt><mutTp>I</mutTp></obSbLine></obSubledger></obSubledgers>";
    let journals = [
        journal("VRK", "S", "2026-03-01", &line("1", "1300", "121.00", "D")),
        journal("BNK", "B", "2026-04-02", &line("1", "1300", payment, "C")),
    ]
    .concat();
    let lines = [
        subledger_line("1", "VRK", "121.00", "D", "2026-7", "I"),
        subledger_line("2", "BNK", "100.00", "C", "2026-7", "P"),
    ]
    .concat();
    let subledgers = format!(
        "<subledgers><subledger><sbType>CU</sbType><linesCount>2</linesCount><totalDebit>121</totalDebit><totalCredit>100</totalCredit>{lines}</subledger></subledgers>"
    );
    audit_file(opening, &journals, &subledgers)
}

fn warnings(entries: &[Entry]) -> Vec<&str> {
    let warnings = entries.iter().filter_map(|entry| match entry {
        Entry::Warning(why) => Some(why.as_str()),
        _ => None,
    });
    warnings.collect()
}

fn invoices(entries: &[Entry]) -> Vec<&Invoice> {
    let invoices = entries.iter().filter_map(|entry| match entry {
        Entry::Invoice(invoice) => Some(invoice),
        _ => None,
    });
    invoices.collect()
}

#[test]
fn open_items_follow_from_the_sub_ledger_and_agree_with_the_ledger() {
    let entries = says(small("100.00"));
    assert_eq!(warnings(&entries), [""; 0]);
    let invoices = invoices(&entries);
    let told: Vec<_> = invoices
        .iter()
        .map(|one| (one.number.as_str(), one.amount.unwrap()))
        .collect();
    assert_eq!(told, [("2025-9", eur("50")), ("2026-7", eur("121"))]);
    assert_eq!(invoices[1].due.unwrap().to_string(), "2026-03-31");
    let settled: Vec<_> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Settled(settled) => {
                Some((settled.number.as_str(), settled.amount, settled.on.to_string()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(settled, [("2026-7", eur("100"), "2026-04-02".to_owned())]);
    let Some(Entry::Debtor(party)) = entries.first() else {
        panic!("{entries:?}")
    };
    assert_eq!(
        (party.number.as_str(), party.address.as_str()),
        ("100", "Kerkstraat 1\nUtrecht\n3511AA")
    );
    assert_eq!((party.limit, party.accounts.len()), (Some(eur("5000")), 1));
    assert_eq!(
        entries
            .iter()
            .filter(|entry| matches!(entry, Entry::Debtor(_)))
            .count(),
        1
    );
}

#[test]
fn a_difference_with_the_ledger_is_told_with_its_amount() {
    let entries = says(small("90.00"));
    let [warning] = warnings(&entries)[..] else {
        panic!("{entries:?}")
    };
    for words in ["EUR 71.00", "EUR 81.00 on 1300", "a difference of EUR -10.00"] {
        assert!(warning.contains(words), "{warning}");
    }
}

#[test]
fn without_a_sub_ledger_the_lines_of_the_ledger_are_used_and_that_is_told() {
    let journals = [
        journal("VRK", "S", "2026-03-01", &line("1", "1300", "121.00", "D")),
        journal("BNK", "B", "2026-04-02", &line("1", "1300", "21.00", "C")),
    ]
    .concat();
    let entries = says(audit_file("", &journals, ""));
    assert_eq!(invoices(&entries)[0].amount, Some(eur("121")));
    let [warning] = warnings(&entries)[..] else {
        panic!("{entries:?}")
    };
    assert!(warning.contains("no sub-ledger"), "{warning}");
}

#[test]
fn version_four_is_refused_with_the_reason() {
    let why = refused(small("100.00").replace("XAF/3.2", "XAF/4.0"));
    assert!(
        why.contains("no sub-ledger of debtors") && why.contains("3.2"),
        "{why}"
    );
}
