use maan_ledger::Level;
use maan_outreach::Text;
use maan_policy_host::contract::{Amendment, Answer, Proposal, Veto};

use super::*;
use crate::samples::{amendment, guarded, item, snapshot_of, story};

fn proposal() -> Proposal {
    guarded(Level::Reminder1, &[1]).proposal
}

/// The phrases, as the text that is written.
fn write(guarded: &Guarded) -> Result<Option<Text>, String> {
    let body = guarded
        .phrases
        .iter()
        .fold("pay".to_owned(), |text, (_, phrase)| text + " " + phrase);
    Ok(Some(Text {
        subject: String::new(),
        body,
        html: String::new(),
    }))
}

fn phrase(text: &str) -> Answer {
    let phrases = vec![("code".to_owned(), text.to_owned())];
    Answer::Amend(Amendment {
        phrases,
        ..amendment()
    })
}

/// Asks a law that answers by the words, and keeps the words that it was asked about.
fn asked(law: impl Fn(&str) -> Answer) -> (Judged, Vec<String>) {
    let mut words = Vec::new();
    let ask = |_: &Proposal, text: &str| {
        words.push(text.to_owned());
        Ok(Ok(law(text)))
    };
    let judged = judged(&[item(1)], proposal(), ask, write).unwrap();
    (judged, words)
}

fn body(judged: &Judged) -> &str {
    match judged {
        Judged::Lawful(lawful) => &lawful.1.body,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_very_words_that_leave_are_judged() {
    let (judged, words) = asked(|_| phrase("within fourteen days"));
    assert_eq!(body(&judged), "pay within fourteen days");
    assert_eq!(words, ["", "pay within fourteen days"]);
}

#[test]
fn words_that_are_allowed_keep_what_the_law_asked_for() {
    let (judged, _) = asked(|words| match words {
        "" => phrase("within fourteen days"),
        _ => Answer::Allow,
    });
    assert_eq!(body(&judged), "pay within fourteen days");
}

#[test]
fn amended_words_that_the_law_refuses_do_not_leave() {
    let veto = || {
        Answer::Veto(Veto {
            articles: vec![],
            earliest: None,
            reasons: vec![],
        })
    };
    let (judged, _) = asked(|words| if words.is_empty() { phrase("today") } else { veto() });
    assert!(matches!(judged, Judged::Stopped(Stopped::Law(_))), "{judged:?}");
}

#[test]
fn a_law_that_is_never_content_ends_with_a_person() {
    let (judged, words) = asked(|words| phrase(&format!("{words} more")));
    assert!(matches!(judged, Judged::Unwritable(_)), "{judged:?}");
    assert_eq!(words.len(), ROUNDS);
}

#[test]
fn a_law_without_an_answer_holds() {
    let judged = judged(&[item(1)], proposal(), |_, _| Ok(Err("trap".into())), write).unwrap();
    assert_eq!(judged, Judged::Undecided("trap".into()));
}

fn looked(facts: &[maan_ledger::Fact], guarded: Guarded) -> Look {
    let text = Text {
        subject: String::new(),
        body: String::new(),
        html: String::new(),
    };
    decided(&snapshot_of(facts), Level::Reminder1, guarded, text)
}

#[test]
fn what_must_go_by_letter_is_not_mailed() {
    let mut letter = guarded(Level::Reminder1, &[1]);
    letter.proposal.channel = views::channel(maan_ledger::Channel::Letter);
    assert!(matches!(looked(&story(), letter), Look::ByPerson(_)));
}

#[test]
fn who_represents_the_debtor_is_addressed_or_nobody() {
    let represented = Guarded {
        addressee: Some("curator".into()),
        ..guarded(Level::Reminder1, &[1])
    };
    assert!(matches!(looked(&story(), represented), Look::ByPerson(_)));
    assert!(matches!(
        looked(&story(), guarded(Level::Reminder1, &[1])),
        Look::Send(_)
    ));
}

#[test]
fn another_step_than_was_decided_does_not_leave() {
    assert!(matches!(
        looked(&story(), guarded(Level::Reminder2, &[1])),
        Look::Withdraw(_)
    ));
}

#[test]
fn who_was_contacted_today_is_left_alone_until_tomorrow() {
    let mut facts = story();
    facts.push(crate::samples::contacted());
    let look = looked(&facts, guarded(Level::Reminder1, &[1]));
    assert!(matches!(look, Look::Later(day, _) if day == crate::samples::TODAY.plus(1)));
}
