use maan_ledger::{ActionId, Currency, Level, Moment, Money};
use maan_outreach::Text;
use maan_policy_host::contract::{Amendment, Answer, Proposal, Veto};

use super::*;
use crate::samples::{TODAY, amendment, guarded, invoice, item, known, snapshot_of, story};
use crate::send::steps_done;

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

fn put_together(
    proposals: Vec<Proposal>,
    answers: Vec<Answer>,
    before: &[Guarded],
) -> Result<Guarded, Stopped> {
    let facts = joined_story();
    whole(
        &snapshot_of(&facts),
        &[item(1), item(2)],
        proposals,
        answers,
        before,
    )
}

/// Invoice 1 was reminded of once, invoice 2 never.
fn joined_story() -> Vec<maan_ledger::Fact> {
    let mut facts = story();
    facts.push(known(invoice(2, Money::new(5_000, Currency::EUR))));
    let first = steps_done(
        ActionId::derived(uuid::Uuid::nil(), "first"),
        &guarded(Level::Reminder1, &[1]),
        &snapshot_of(&facts),
        TODAY.plus(-9),
        Moment(0),
    );
    [facts, first].concat()
}

/// A second reminder of invoice 1 with a first reminder of invoice 2.
fn joined() -> Vec<Proposal> {
    let second = guarded(Level::Reminder2, &[1]).proposal;
    let first = Proposal {
        items: vec![1],
        ..guarded(Level::Reminder1, &[2]).proposal
    };
    vec![second, first]
}

/// Asks a law that answers by the words, and keeps the words that it was asked about.
fn asked(law: impl Fn(&str) -> Answer) -> (Judged, Vec<String>) {
    let mut words = Vec::new();
    let ask = |_: &[Proposal], text: &str| {
        words.push(text.to_owned());
        Ok(Ok(vec![law(text)]))
    };
    let judged = judged(vec![proposal()], ask, put_together, write).unwrap();
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
    let ask = |_: &[Proposal], _: &str| Ok(Err("trap".into()));
    let judged = judged(vec![proposal()], ask, put_together, write).unwrap();
    assert_eq!(judged, Judged::Undecided("trap".into()));
}

/// What is left of a joined message when the law answers its parts so.
fn left_of(answers: [Answer; 2]) -> Result<Vec<Vec<maan_ledger::ItemId>>, Stopped> {
    let whole = put_together(joined(), answers.to_vec(), &[])?;
    Ok(whole.parts().map(|part| part.items.clone()).collect())
}

#[test]
fn a_part_that_may_no_longer_leave_stays_behind_and_the_message_goes() {
    let veto = || {
        Answer::Veto(Veto {
            articles: vec![],
            earliest: None,
            reasons: vec![],
        })
    };
    let by_letter = Answer::Amend(Amendment {
        channel: Some(views::channel(maan_ledger::Channel::Letter)),
        ..amendment()
    });
    let later = Answer::Amend(Amendment {
        earliest: Some(TODAY.plus(1).0),
        ..amendment()
    });
    let (both, first) = (vec![vec![item(1)], vec![item(2)]], vec![vec![item(1)]]);
    assert_eq!(left_of([Answer::Allow, Answer::Allow]), Ok(both));
    for answer in [veto(), by_letter, later, phrase("within fourteen days")] {
        assert_eq!(
            left_of([Answer::Allow, answer.clone()]),
            Ok(first.clone()),
            "{answer:?}"
        );
    }
    assert!(
        left_of([veto(), Answer::Allow]).is_err(),
        "the message itself is stopped"
    );
}

#[test]
fn the_words_of_a_joined_message_are_judged_for_each_part() {
    let mut asked = Vec::new();
    let ask = |proposals: &[Proposal], text: &str| {
        asked.push((proposals.len(), text.to_owned()));
        Ok(Ok(vec![Answer::Allow; proposals.len()]))
    };
    let judged = judged(joined(), ask, put_together, write).unwrap();
    assert_eq!(body(&judged), "pay");
    assert_eq!(asked, [(2, String::new()), (2, "pay".into())]);
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
