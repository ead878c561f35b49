//! The last look: what the facts, the law and the host's own rules say on the day a message leaves, about the very
//! text that leaves.

use maan_ledger::{Day, ItemId, Level, Snapshot};
use maan_outreach::{Address, Text, TextError, compose};
use maan_policy_host::contract::{Answer, Context, Proposal};
use maan_store::TenantSettings;

use crate::actions::{Prepared, claimable};
use crate::followup::Followup;
use crate::guard::{self, Guarded, Stopped};
use crate::policies::{Answers, Policies};
use crate::{RunError, letter, registers, views};

/// How often the law is asked about one message before a person looks. Once for what it must hold and once for the
/// words are enough for a policy that means what it says.
const ROUNDS: usize = 4;

/// What the last look decided.
pub enum Look {
    /// It may leave.
    Send(Box<Ready>),
    /// Nothing is left to ask.
    Withdraw(String),
    /// The law or the host stops it.
    Veto(String),
    /// Not before a day.
    Later(Day, String),
    /// Not by this program.
    ByPerson(String),
    /// It cannot be written, or there is nowhere to send it.
    Unwritable(String),
}

/// A message as it was judged.
pub struct Ready {
    /// The action as the law lets it stand.
    pub guarded: Guarded,
    /// Its final text.
    pub text: Text,
    /// To whom it goes.
    pub to: Address,
}

/// What came of asking the law about a text.
#[derive(Debug, PartialEq)]
enum Judged {
    /// This text, and nothing is left to change.
    Lawful(Box<(Guarded, Text)>),
    /// It is stopped.
    Stopped(Stopped),
    /// The policy could not answer.
    Undecided(String),
    /// Nothing is left to ask.
    Nothing,
    /// It cannot be written.
    Unwritable(String),
}

impl Followup {
    /// Looks again at a message that is ready.
    pub(crate) async fn look_again(
        &self,
        policies: &Policies,
        context: &Context,
        settings: &TenantSettings,
        snapshot: &Snapshot<'_>,
        prepared: Prepared,
        debtor: maan_ledger::DebtorId,
    ) -> Result<Look, RunError> {
        let tomorrow = snapshot.as_of.plus(1);
        let latest = self.tenant.decisions(debtor, 1).await?.into_iter().next();
        if let Some(why) = latest.and_then(|decision| decision.held) {
            return Ok(Look::Later(tomorrow, format!("held: {why}")));
        }
        tokio::task::block_in_place(|| look(policies, context, settings, snapshot, &prepared.guarded))
    }
}

/// Looks again at an action that is ready: the facts, the law about the final text, and the host's own rules.
///
/// # Errors
/// Only incidents of the host of the policies.
pub fn look(
    policies: &impl Answers,
    context: &Context,
    settings: &TenantSettings,
    snapshot: &Snapshot<'_>,
    wanted: &Guarded,
) -> Result<Look, RunError> {
    if let Some(why) = settled(snapshot, wanted) {
        return Ok(Look::Withdraw(why));
    }
    let ids = views::item_ids(snapshot);
    let Some(proposal) = reindexed(snapshot, wanted, &ids) else {
        return Ok(Look::Withdraw("nothing is left to ask".into()));
    };
    let others = wanted
        .also
        .iter()
        .filter_map(|part| reindexed(snapshot, part, &ids));
    let proposals: Vec<Proposal> = std::iter::once(proposal).chain(others).collect();
    let ask = |proposals: &[Proposal], words: &str| {
        // The words of the message are the words of each of its parts.
        let texts = (!words.is_empty()).then(|| vec![words.to_owned(); proposals.len()]);
        let case = views::statute(snapshot, proposals.to_vec(), texts, snapshot.as_of);
        let decided = policies.statute(context, std::slice::from_ref(&case))?;
        Ok(
            match decided.into_iter().next().map(|decision| decision.outcome) {
                Some(Ok(judgement)) => Ok(judgement.answers),
                Some(Err(undecided)) => Err(undecided.to_string()),
                None => Err(no_answer()),
            },
        )
    };
    let whole = |proposals, answers, before: &[Guarded]| whole(snapshot, &ids, proposals, answers, before);
    let write = |guarded: &Guarded| words(settings, snapshot, guarded).map_err(|error| error.to_string());
    Ok(match judged(proposals, ask, whole, write)? {
        Judged::Lawful(lawful) => {
            let (guarded, text) = *lawful;
            decided(snapshot, wanted.level(), guarded, text)
        }
        Judged::Stopped(stopped) => Look::Veto(told(&stopped)),
        Judged::Undecided(why) => Look::Later(snapshot.as_of.plus(1), format!("held: {why}")),
        Judged::Nothing => Look::Withdraw("nothing is left to ask".into()),
        Judged::Unwritable(why) => Look::Unwritable(why),
    })
}

/// The text of an action as it reads today; none when nothing is left to ask.
///
/// # Errors
/// The text cannot be written.
pub fn words(
    settings: &TenantSettings,
    snapshot: &Snapshot<'_>,
    guarded: &Guarded,
) -> Result<Option<Text>, TextError> {
    let letter = letter::letter(settings, snapshot, guarded);
    letter.as_ref().map(compose).transpose()
}

fn no_answer() -> String {
    "the statute policy gave no answer".into()
}

/// Asks the law, first without words for what the message must hold, then about the words, until it has nothing
/// left to change: what leaves is what was judged last.
fn judged(
    mut proposals: Vec<Proposal>,
    mut ask: impl FnMut(&[Proposal], &str) -> Result<Result<Vec<Answer>, String>, RunError>,
    whole: impl Fn(Vec<Proposal>, Vec<Answer>, &[Guarded]) -> Result<Guarded, Stopped>,
    write: impl Fn(&Guarded) -> Result<Option<Text>, String>,
) -> Result<Judged, RunError> {
    let (mut before, mut written): (Vec<Guarded>, Option<Text>) = (vec![], None);
    for _ in 0..ROUNDS {
        let words = written.as_ref().map_or("", |text| text.body.as_str());
        let answers = match ask(&proposals, words)? {
            Ok(answers) if answers.len() == proposals.len() => answers,
            Ok(_) => return Ok(Judged::Undecided(no_answer())),
            Err(why) => return Ok(Judged::Undecided(why)),
        };
        let guarded = match whole(proposals, answers, &before) {
            Ok(guarded) => guarded,
            Err(stopped) => return Ok(Judged::Stopped(stopped)),
        };
        let text = match write(&guarded) {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(Judged::Nothing),
            Err(why) => return Ok(Judged::Unwritable(why)),
        };
        if written.as_ref() == Some(&text) {
            return Ok(Judged::Lawful(Box::new((guarded, text))));
        }
        proposals = guarded.parts().map(|part| part.proposal.clone()).collect();
        before = guarded.parts().cloned().collect();
        written = Some(text);
    }
    Ok(Judged::Unwritable(
        "the statute policy asks for other words each time; tell its publisher".into(),
    ))
}

/// The message as its parts were answered. A part that may no longer leave with it is left out, and free to be
/// proposed again; what an earlier answer asked of a part that is now allowed stands.
fn whole(
    snapshot: &Snapshot<'_>,
    ids: &[ItemId],
    proposals: Vec<Proposal>,
    answers: Vec<Answer>,
    before: &[Guarded],
) -> Result<Guarded, Stopped> {
    let earlier = before.iter().map(Some).chain(std::iter::repeat(None));
    let answered = proposals.into_iter().zip(answers).zip(earlier);
    let mut parts = answered.map(|((proposal, answer), earlier)| {
        let level = proposal.level;
        let part = match (answer, earlier) {
            (Answer::Allow, Some(earlier)) => Guarded {
                also: vec![],
                ..earlier.clone()
            },
            (answer, _) => guard::apply(ids, proposal, answer),
        };
        (level, part)
    });
    let nothing = || Stopped::Host(guard::reason("no-items", vec![]));
    let (_, mut lead) = parts.next().ok_or_else(nothing)?;
    if let Some(stopped) = lead.stopped.take() {
        return Err(stopped);
    }
    let leaves = |(level, part): (_, Guarded)| {
        let goes = part.stopped.is_none()
            && part.proposal.level == level
            && part.proposal.earliest <= snapshot.as_of.0
            && guard::host_rule(snapshot, &part).is_none()
            && guard::may_join(snapshot, &lead, &part);
        goes.then_some(part)
    };
    let also = parts.filter_map(leaves).collect();
    Ok(Guarded { also, ..lead })
}

/// What becomes of a lawful message.
fn decided(snapshot: &Snapshot<'_>, level: Level, guarded: Guarded, text: Text) -> Look {
    if guarded.level() != level {
        return Look::Withdraw("the law asks for another step now".into());
    }
    if guarded.proposal.earliest > snapshot.as_of.0 {
        let day = Day(guarded.proposal.earliest);
        return Look::Later(day, format!("lawful from {day} on"));
    }
    if let Some(reason) = guard::host_rule(snapshot, &guarded) {
        return match guard::passes(&reason) || registers::waits(&reason) {
            true => Look::Later(snapshot.as_of.plus(1), reason.code),
            false => Look::Veto(reason.code),
        };
    }
    if !guarded.is_mail() {
        return Look::ByPerson("it must go another way than by e-mail".into());
    }
    addressed(snapshot, guarded, text)
}

/// A message with the address to which it goes.
pub(crate) fn addressed(snapshot: &Snapshot<'_>, guarded: Guarded, text: Text) -> Look {
    match (letter::mail_address(snapshot, &guarded), &guarded.addressee) {
        (Some(to), _) => Look::Send(Box::new(Ready { guarded, text, to })),
        (None, Some(role)) => Look::ByPerson(format!(
            "it must be addressed to the {role}, whose e-mail is not known"
        )),
        (None, None) => Look::Unwritable("no e-mail address is known to work; choose another channel".into()),
    }
}

/// Why nothing is left to ask for the items of an action, in words for the log.
pub fn settled(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<String> {
    if guarded.items.is_empty() || guarded.level() == Level::None {
        return None;
    }
    paid(snapshot, guarded).or_else(|| {
        let free = guarded.items.iter().any(|id| claimable(snapshot, *id).minor > 0);
        (!free).then(|| "all that is open is disputed or not ours to ask now".into())
    })
}

/// That nothing of the items of an action is open any more, in words for the log.
pub(crate) fn paid(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<String> {
    let items = guarded.items.iter().filter_map(|id| snapshot.item(*id));
    if items.clone().any(|item| item.open.minor > 0) {
        return None;
    }
    Some(match items.filter_map(|item| item.closed_on).max() {
        Some(day) => format!("paid on {day}"),
        None => "the items are no longer there".into(),
    })
}

/// The proposal with its items as indices into the views of today; items of which nothing can be asked fall away.
fn reindexed(snapshot: &Snapshot<'_>, guarded: &Guarded, ids: &[ItemId]) -> Option<Proposal> {
    let place = |id: &ItemId| {
        ids.iter()
            .position(|other| other == id)
            .and_then(|place| u32::try_from(place).ok())
    };
    let demands = guarded.level() != Level::None;
    let asked = |id: &&ItemId| !demands || claimable(snapshot, **id).minor > 0;
    let items: Vec<u32> = guarded.items.iter().filter(asked).filter_map(place).collect();
    if items.is_empty() && demands {
        return None;
    }
    Some(Proposal {
        items,
        ..guarded.proposal.clone()
    })
}

/// A stop in words for the log.
pub(crate) fn told(stopped: &Stopped) -> String {
    match stopped {
        Stopped::Law(veto) => {
            let articles: Vec<_> = veto
                .articles
                .iter()
                .map(|article| article.name.as_str())
                .collect();
            let earliest = veto
                .earliest
                .map(|day| format!("; lawful from {}", Day(day)))
                .unwrap_or_default();
            let codes: Vec<_> = veto.reasons.iter().map(|reason| reason.code.as_str()).collect();
            format!(
                "not lawful now ({}): {}{earliest}",
                articles.join(", "),
                codes.join(", ")
            )
        }
        Stopped::Host(reason) => reason.code.clone(),
    }
}

#[cfg(test)]
mod tests;
