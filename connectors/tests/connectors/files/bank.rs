use maan_connectors::files::{BankEntry, Entry};

use super::{eur, refused, says};

pub(super) fn statement(opening: &str, closing: &str, entries: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Id>S1</Id><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{opening}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-18</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>
{entries}</Stmt></BkToCstmrStmt></Document>"#
    )
}

fn entry(amount: &str, direction: &str, details: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-19</Dt></BookgDt>\
         <NtryDtls>{details}</NtryDtls></Ntry>"
    )
}

fn details(amount: &str, name: &str, text: &str) -> String {
    format!(
        "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">{amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>{name}</Nm></Dbtr>\
         <DbtrAcct><Id><IBAN>BE68 5390 0754 7034</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )
}

fn payments(entries: &[Entry]) -> Vec<&BankEntry> {
    let bank = entries.iter().filter_map(|entry| match entry {
        Entry::Bank(bank) => Some(bank),
        _ => None,
    });
    bank.collect()
}

#[test]
fn a_payment_says_who_paid_and_why() {
    let one = entry(
        "121.00",
        "CRDT",
        &details("121.00", "Jansen", "factuur 2026-0001"),
    );
    let entries = says(statement("0.00", "121.00", &one));
    let [payment] = payments(&entries)[..] else {
        panic!("{entries:?}")
    };
    assert_eq!((payment.amount, payment.name.as_str()), (eur("121"), "Jansen"));
    assert_eq!(
        (payment.account.as_str(), payment.text.as_str()),
        ("BE68539007547034", "factuur 2026-0001")
    );
    assert!(entries.contains(&Entry::BankThrough("2026-11-19".parse().unwrap())));
}

#[test]
fn a_batch_is_divided_only_where_its_parts_make_it_up() {
    let parts = [details("100.00", "A", "1"), details("50.00", "B", "2")].concat();
    let entries = says(statement("0.00", "150.00", &entry("150.00", "CRDT", &parts)));
    let amounts: Vec<_> = payments(&entries).iter().map(|one| one.amount).collect();
    assert_eq!(amounts, [eur("100"), eur("50")]);
    let entries = says(statement("0.00", "160.00", &entry("160.00", "CRDT", &parts)));
    let [whole] = payments(&entries)[..] else {
        panic!("{entries:?}")
    };
    assert_eq!((whole.amount, whole.name.as_str()), (eur("160"), ""));
}

#[test]
fn money_that_goes_out_is_left_out_and_money_that_goes_back_is_negative() {
    let out = entry("30.00", "DBIT", &details("30.00", "Leverancier", "inkoop"));
    let back = details("75.00", "Jansen", "incasso")
        .replace("</TxDtls>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>");
    let entries = says(statement(
        "200.00",
        "95.00",
        &[out, entry("75.00", "DBIT", &back)].concat(),
    ));
    let [payment] = payments(&entries)[..] else {
        panic!("{entries:?}")
    };
    assert_eq!(
        (payment.amount, payment.return_code.as_str()),
        (eur("-75"), "AC04")
    );
    assert!(
        entries
            .iter()
            .any(|entry| matches!(entry, Entry::Skipped(why) if why.contains("went out")))
    );
}

#[test]
fn what_is_not_booked_counts_for_nothing_and_a_part_that_is_missing_is_told() {
    let pending = entry("10.00", "CRDT", &details("10.00", "A", "")).replace("BOOK", "PDNG");
    let entries = says(statement("0.00", "25.00", &pending));
    assert!(payments(&entries).is_empty());
    assert!(
        entries
            .iter()
            .any(|entry| matches!(entry, Entry::Warning(why) if why.contains("does not add up")))
    );
}

#[test]
fn the_same_entry_has_the_same_name_on_every_statement_and_two_equal_payments_have_two() {
    let one = entry("5.00", "CRDT", &details("5.00", "A", "x"));
    let twice = says(statement("0.00", "10.00", &[one.clone(), one.clone()].concat()));
    let keys: Vec<_> = payments(&twice).iter().map(|one| one.key.clone()).collect();
    assert_ne!(keys[0], keys[1]);
    let again = says(statement("7.00", "12.00", &one).replace("<Id>S1</Id>", "<Id>S2</Id>"));
    assert_eq!(payments(&again)[0].key, keys[0]);
}

#[test]
fn version_eight_is_read_like_version_two() {
    let text = statement(
        "0.00",
        "121.00",
        &entry("121.00", "CRDT", &details("121.00", "Jansen", "factuur 1")),
    )
    .replace("053.001.02", "053.001.08")
    .replace("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>")
    .replace(
        "<Dbtr><Nm>Jansen</Nm></Dbtr>",
        "<Dbtr><Pty><Nm>Jansen</Nm></Pty></Dbtr>",
    );
    let entries = says(text);
    assert_eq!(payments(&entries)[0].name, "Jansen");
}

#[test]
fn reports_and_notifications_are_refused_with_what_to_take_instead() {
    let text = statement("0.00", "0.00", "");
    assert!(refused(text.replace("camt.053.", "camt.054.")).contains("take the statement"));
    assert!(refused(":20:STARTUMSE\r\n:25:NL91ABNA\r\n").contains("MT940"));
}
