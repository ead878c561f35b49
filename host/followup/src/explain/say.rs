//! What was decided and imagined, in words.

use maan_ledger::{Channel, Day, ItemId, Level, Money, Snapshot, Verdict};
use maan_outreach::Language;
use maan_policy_host::contract::{Amount, Argument, Reason};
use maan_store::{Action, ActionState};

use super::flips::{Coming, Flip, Found};
use super::levers::{Ending, Lever, Part, Report};
use super::outcome::{Change, Outcome, Step};
use crate::guard::reason;
use crate::phrases::Phrases;
use crate::views;

/// Numbers of items that are named one by one.
const NAMED: usize = 3;

/// Who speaks: the phrases in a language, about a debtor's items.
pub(super) struct Say<'a> {
    language: Language,
    phrases: &'a Phrases,
    snapshot: &'a Snapshot<'a>,
    items: Vec<ItemId>,
}

impl<'a> Say<'a> {
    pub(super) fn new(language: Language, phrases: &'a Phrases, snapshot: &'a Snapshot<'a>) -> Self {
        Self {
            language,
            phrases,
            snapshot,
            items: views::item_ids(snapshot),
        }
    }

    /// A reason that names items of today's views.
    pub(super) fn reason(&self, reason: &Reason) -> String {
        let item = |index: u32| {
            let id = self.items.get(index as usize)?;
            self.snapshot.item(*id).map(|item| item.described.number.clone())
        };
        self.phrases
            .say(self.language, &self.with_steps_named(reason), item)
    }

    /// The reason with the steps of the default flow, which policies tell by their codes, told by their names.
    fn with_steps_named(&self, reason: &Reason) -> Reason {
        let named = |argument: &Argument| match argument {
            Argument::Text(code) => {
                let key = format!("host.step.{code}");
                let word = self.word(&key);
                text(if word == key { code.clone() } else { word })
            }
            other => other.clone(),
        };
        Reason {
            code: reason.code.clone(),
            arguments: reason.arguments.iter().map(named).collect(),
        }
    }

    /// A reason whose items are named by `item`.
    pub(super) fn about(&self, reason: &Reason, item: impl Fn(u32) -> Option<String>) -> String {
        self.phrases.say(self.language, reason, item)
    }

    /// The words of a policy for one of its own codes.
    pub(super) fn word(&self, code: &str) -> String {
        self.phrases.word(self.language, code)
    }

    /// Words of the host itself.
    pub(super) fn host(&self, code: &str, arguments: Vec<Argument>) -> String {
        self.reason(&reason(code, arguments))
    }

    /// A step by its name: its level, its task, or else its kind.
    pub(super) fn step_named(&self, kind: &str, level: Level, task: Option<&str>) -> String {
        match (level, task) {
            (Level::None, Some(task)) => {
                let code = format!("task.{task}");
                let word = self.word(&code);
                let told = if word == code {
                    task.replace('-', " ")
                } else {
                    word
                };
                self.host("step.task-named", vec![text(told)])
            }
            (Level::None, None) if kind.is_empty() => self.host("step.wait", vec![]),
            (Level::None, None) => self.host(&format!("step.{kind}"), vec![]),
            (level, _) => self.host(&format!("step.{}", level_code(level)), vec![]),
        }
    }

    fn named(&self, step: &Step) -> String {
        self.step_named(step.kind, step.level, step.task.as_deref())
    }

    /// What happens today, a line for each thing that goes on.
    pub(super) fn happens(&self, outcome: &Outcome) -> Vec<String> {
        let going: Vec<String> = outcome.going().map(|step| self.at_length(step)).collect();
        match going.as_slice() {
            [] => vec![self.host("now.nothing", vec![])],
            _ => going,
        }
    }

    /// A step with its items, amount, channel and who does it.
    fn at_length(&self, step: &Step) -> String {
        let mut parts = vec![self.named(step)];
        if !step.items.is_empty() {
            let (numbers, amount) = (numbers(&step.items), self.language.amount(step.amount));
            parts.push(format!("{numbers} ({amount})"));
        }
        if !step.is_task() && step.channel != Channel::Portal {
            parts.push(self.channel(step.channel));
        }
        parts.extend(step.copy.map(|channel| self.with_copy(channel)));
        parts.push(self.host(&format!("by.{}", step.automation), vec![]));
        parts.join(" · ")
    }

    fn with_copy(&self, channel: Channel) -> String {
        self.host("with-copy", vec![text(self.channel(channel))])
    }

    /// The copy that goes once a letter is posted.
    pub(super) fn copy(&self, channel: Channel) -> String {
        match channel {
            Channel::Email => self.host("copy.by-email", vec![]),
            other => self.host("copy.by-person", vec![text(self.channel(other))]),
        }
    }

    /// Steps that wait until a person has dealt with another action, or with what has stopped it since a day; or until
    /// one that was rejected comes back.
    pub(super) fn waits_for(&self, first: &Action, since: Day, steps: &[Step]) -> String {
        let (code, day) = match first.state {
            ActionState::Waiting => ("waits.approval", since),
            ActionState::Vetoed => ("waits.stopped", since),
            ActionState::Rejected => ("waits.rejected", first.latest.plus(1)),
            _ => ("waits.person", since),
        };
        let step = |step: &Step| format!("{} {}", self.named(step), numbers(&step.items));
        let steps: Vec<String> = steps.iter().map(step).collect();
        let first = self.step_named(&first.kind, first.level, None);
        let arguments = vec![text(steps.join(", ")), text(first), Argument::Day(day.0)];
        self.host(code, arguments)
    }

    /// What comes by itself, and when.
    pub(super) fn coming(&self, coming: &Coming, after_this: bool) -> String {
        let steps: Vec<String> = coming.steps.iter().map(|step| self.named(step)).collect();
        let code = if after_this {
            "next.after-this"
        } else {
            "next.by-itself"
        };
        format!(
            "{}: {}",
            steps.join(", "),
            self.host(code, vec![Argument::Day(coming.on.0)])
        )
    }

    /// Nothing comes by itself for so many days.
    pub(super) fn nothing_within(&self, days: i32, bank_is_behind: bool) -> String {
        let code = if bank_is_behind {
            "next.nothing-while-behind"
        } else {
            "next.nothing"
        };
        self.host(code, vec![Argument::Count(days.into())])
    }

    /// A policy could not answer.
    pub(super) fn asked_again(&self) -> String {
        self.host("next.asked-again", vec![])
    }

    /// A flip with its words.
    pub(super) fn flip(&self, found: Found) -> Flip {
        Flip {
            when: self.when(&found.lever),
            then: self.then(&found.changes),
            lever: found.lever,
            changes: found.changes,
            outcome: found.outcome,
        }
    }

    /// What is imagined.
    pub(super) fn when(&self, lever: &Lever) -> String {
        let part = |item: &Part| vec![text(item.number.clone())];
        match lever {
            Lever::Paid { amount, parts } => match parts.as_slice() {
                [_] | [] => self.host("if.paid", vec![money(*amount), text(of_parts(parts))]),
                _ => self.host(
                    "if.paid-oldest-first",
                    vec![money(*amount), text(of_parts(parts))],
                ),
            },
            Lever::Later { on, .. } => self.host("if.later", vec![Argument::Day(on.0)]),
            Lever::Promised { amount, by } => {
                self.host("if.promised", vec![money(*amount), Argument::Day(by.0)])
            }
            Lever::Disputed { item } => self.host("if.disputed", part(item)),
            Lever::Ended { what, number, .. } => {
                let about = number.clone().unwrap_or_default();
                let told = self.host(ending(*what), vec![text(about)]);
                told.trim_end().to_owned()
            }
            Lever::Reported { report } => self.host(reported(*report), vec![]),
            Lever::Reachable { channel } => self.host(reachable(*channel), vec![]),
            Lever::Consented { channel } => self.host("if.consented", vec![text(self.channel(*channel))]),
            Lever::BankBooked { through } => self.host("if.bank-booked", vec![Argument::Day(through.0)]),
            Lever::Answered { .. } => self.host("if.answered", vec![]),
            Lever::Delivered { item } => self.host("if.delivered", part(item)),
            Lever::IsBusiness => self.host("if.is-business", vec![]),
            Lever::LegalOver => self.host("if.legal-over", vec![]),
            Lever::SituationOver { code } => self.host("if.situation-over", vec![text(code.clone())]),
        }
    }

    /// How what happens then differs.
    fn then(&self, changes: &[Change]) -> String {
        let gone = changes.iter().any(|change| matches!(change, Change::Gone { .. }));
        let told: Vec<String> = changes.iter().map(|change| self.change(change, gone)).collect();
        told.join("; ")
    }

    fn change(&self, change: &Change, instead: bool) -> String {
        let of = |step: &Step, more: Vec<Argument>| {
            let mut arguments = vec![text(self.named(step))];
            arguments.extend(more);
            arguments
        };
        match change {
            Change::Gone { step } => self.host("then.gone", of(step, vec![])),
            Change::Comes { step } if instead => self.host("then.instead", of(step, vec![])),
            Change::Comes { step } => self.host("then.comes", of(step, vec![])),
            Change::Stopped { step } => self.host("then.stopped", of(step, vec![text(self.stop(step))])),
            Change::Released { step } => self.host("then.released", of(step, vec![])),
            Change::Items { step, before } => {
                let items = [numbers(&step.items), numbers(before)].map(text);
                self.host("then.items", of(step, items.into()))
            }
            Change::Amount { step, before } => {
                self.host("then.amount", of(step, vec![money(step.amount), money(*before)]))
            }
            Change::Channel { step, before } => {
                let channels = [step.channel, *before].map(|channel| text(self.channel(channel)));
                self.host("then.channel", of(step, channels.into()))
            }
            Change::Automation { step, .. } => {
                let by = self.host(&format!("by.{}", step.automation), vec![]);
                self.host("then.automation", of(step, vec![text(by)]))
            }
            Change::Segment { before, after } => {
                let word =
                    |key: &Option<String>| text(key.as_deref().map_or("–".into(), |key| self.word(key)));
                self.host("then.segment", vec![word(after), word(before)])
            }
            Change::Verdict { before, after } => {
                let words = [after, before].map(|verdict| text(self.verdict(*verdict)));
                self.host("then.verdict", words.into())
            }
            Change::Hold { held: true } => self.host("then.held", vec![]),
            Change::Hold { held: false } => self.host("then.not-held", vec![]),
            Change::Undecided { why: Some(why) } => self.host("then.undecided", vec![text(why.clone())]),
            Change::Undecided { why: None } => self.host("then.decided", vec![]),
        }
    }

    /// Why a step is stopped: the articles, or the first reason.
    fn stop(&self, step: &Step) -> String {
        let Some(stop) = &step.stopped else {
            return String::new();
        };
        match stop.articles.as_slice() {
            [] => stop
                .reasons
                .first()
                .map(|reason| self.reason(reason))
                .unwrap_or_default(),
            articles => articles.join(", "),
        }
    }

    fn channel(&self, channel: Channel) -> String {
        let code = match channel {
            Channel::Email => "email",
            Channel::Letter => "letter",
            Channel::RegisteredLetter => "registered-letter",
            Channel::Sms => "sms",
            Channel::Whatsapp => "whatsapp",
            Channel::Phone => "phone",
            Channel::Portal => "portal",
            Channel::Bailiff => "bailiff",
        };
        self.host(&format!("channel.{code}"), vec![])
    }

    pub(super) fn verdict(&self, verdict: Option<Verdict>) -> String {
        let code = match verdict {
            Some(Verdict::Accept) => "accept",
            Some(Verdict::AcceptOnConditions) => "accept-on-conditions",
            Some(Verdict::Review) => "review",
            Some(Verdict::Decline) => "decline",
            None => return "–".into(),
        };
        self.host(&format!("verdict.{code}"), vec![])
    }

    /// The first lawful day.
    pub(super) fn earliest(&self, day: Day) -> String {
        self.host("why.earliest", vec![Argument::Day(day.0)])
    }
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn money(money: Money) -> Argument {
    Argument::Amount(Amount {
        minor: money.minor,
        currency: money.currency.0,
    })
}

fn of_parts(parts: &[Part]) -> String {
    let all: Vec<String> = parts.iter().map(|part| part.number.clone()).collect();
    numbers(&all)
}

fn numbers(all: &[String]) -> String {
    let named = all
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named}, +{more}"),
    }
}

fn ending(what: Ending) -> &'static str {
    match what {
        Ending::Promise => "if.promise-withdrawn",
        Ending::Plan => "if.plan-ended",
        Ending::Dispute => "if.dispute-settled",
        Ending::Pause => "if.pause-lifted",
        Ending::Withholding => "if.withholding-ended",
        Ending::Extension => "if.extension-ended",
    }
}

fn reported(report: Report) -> &'static str {
    match report {
        Report::Good => "if.report-good",
        Report::Bad => "if.report-bad",
        Report::NoAnswer => "if.report-unanswered",
    }
}

fn reachable(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "if.email-known",
        Channel::Phone => "if.phone-known",
        _ => "if.address-known",
    }
}

fn level_code(level: Level) -> &'static str {
    match level {
        Level::None => "message",
        Level::Notice1 => "notice-1",
        Level::Notice2 => "notice-2",
        Level::Notice3 => "notice-3",
        Level::Reminder1 => "reminder-1",
        Level::Reminder2 => "reminder-2",
        Level::Reminder3 => "reminder-3",
        Level::Call1 => "call-1",
        Level::Call2 => "call-2",
        Level::LastReminder => "last-reminder",
        Level::FormalNotice => "formal-notice",
        Level::HandOver => "hand-over",
        Level::WriteOff => "write-off",
    }
}
