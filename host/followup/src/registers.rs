//! Public registers in which bankruptcy, moratorium, debt schemes and guardianship of a debtor are published. Each is
//! asked before a formal step: who is insolvent or represented gets no formal notice and is not handed over. Only an
//! answer of these days counts; no answer is never a clean one.

use maan_ledger::{Country, Day, DebtorKind, Level, RegisterState, Snapshot};
use maan_policy_host::contract::{
    ActionKind, Argument, Automation, Channel, Particulars, Proposal, Reason, Tone,
};

use crate::guard::{Guarded, Stopped, reason};
use crate::views;

/// An answer counts on its day and so many days after: it was given just before the step, a weekend between.
const FRESH_DAYS: i32 = 3;

/// Code of the task that asks for an answer.
const TASK: &str = "ask-register";

/// That task stays open so many days.
const TASK_DAYS: i32 = 31;

/// A public register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Register {
    /// Code by which its answers are kept.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
}

const fn register(code: &'static str, name: &'static str) -> Register {
    Register { code, name }
}

/// Faillissementswet art. 19 and 294: bankruptcies, moratoria, debt schemes, public schemes under the WHOA.
const CIR: Register = register("cir", "Centraal Insolventieregister");
/// Burgerlijk Wetboek art. 1:391 and 1:436: guardianship of persons and of their property.
const CCBR: Register = register("ccbr", "Centraal Curatele- en bewindregister");
/// Wetboek van economisch recht art. XX.15: bankruptcies and reorganisations.
const REGSOL: Register = register("regsol", "Centraal Register Solvabiliteit");
/// Gerechtelijk Wetboek art. 1389bis/1: collective debt schemes; asked through a bailiff or lawyer.
const CBB: Register = register("cbb", "Centraal bestand van berichten");
/// Insolvenzordnung § 9.
const GERMAN: Register = register("insolvenzbekanntmachungen", "Insolvenzbekanntmachungen");
/// Code de commerce art. R621-8, Code de la consommation art. R741-3.
const BODACC: Register = register("bodacc", "BODACC");
/// Law of 19 December 2002 on the register of commerce, art. 13.
const RCS: Register = register("rcs", "Registre de commerce et des sociétés");
/// Insolvency (England and Wales) Rules 2016, rule 1.27, and their like in Scotland and Northern Ireland.
const GAZETTE: Register = register("gazette", "The Gazette");
/// Regulation (EU) 2015/848 art. 24 and 25, and where there is none: whatever the debtor's country publishes.
const ELSEWHERE: Register = register(
    "insolvency-register",
    "insolvency register of the debtor's country",
);

/// The registers that must be asked about a debtor, by place and kind.
pub fn registers_of(country: Country, kind: DebtorKind) -> &'static [Register] {
    let company = matches!(kind, DebtorKind::Business);
    match (country.to_string().as_str(), company) {
        // The state and its parts cannot become insolvent.
        _ if kind == DebtorKind::PublicBody => &[],
        ("NL", true) => &[CIR],
        ("NL", false) => &[CIR, CCBR],
        ("BE", true) => &[REGSOL],
        ("BE", false) => &[REGSOL, CBB],
        ("DE", _) => &[GERMAN],
        ("FR", _) => &[BODACC],
        ("LU", _) => &[RCS],
        ("GB", _) => &[GAZETTE],
        _ => &[ELSEWHERE],
    }
}

/// Whether the registers are asked before this action.
pub(crate) fn is_formal(guarded: &Guarded) -> bool {
    let notice = guarded.proposal.kind == ActionKind::Message && guarded.level() == Level::FormalNotice;
    notice || guarded.proposal.kind == ActionKind::HandOver || guarded.level() == Level::HandOver
}

/// Why a formal step must wait: a register that was not asked, did not answer, or names something.
pub(crate) fn unasked(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Reason> {
    if !is_formal(guarded) {
        return None;
    }
    let debtor = snapshot.debtor;
    let country = debtor.map(|debtor| debtor.country).unwrap_or_default();
    let kind = debtor.map(|debtor| debtor.kind).unwrap_or_default();
    let step = snapshot.as_of.max(Day(guarded.proposal.earliest));
    let mut registers = registers_of(country, kind).iter();
    registers.find_map(|register| missing(snapshot, register, step))
}

/// What is missing of one register for a step on a day.
fn missing(snapshot: &Snapshot<'_>, register: &Register, step: Day) -> Option<Reason> {
    let name = Argument::Text(register.name.to_owned());
    let last = snapshot
        .registers
        .iter()
        .find(|answer| answer.what.register == register.code);
    let answer = last.filter(|answer| answer.on.plus(FRESH_DAYS) >= step);
    let Some(answer) = answer else {
        return Some(reason("register-unasked", vec![name]));
    };
    let code = match answer.what.answer {
        RegisterState::Nothing => return None,
        RegisterState::NoAnswer => "register-no-answer",
        RegisterState::Entry => "register-entry",
    };
    Some(reason(code, vec![name, Argument::Day(answer.on.0)]))
}

/// Whether a step waits for a register.
pub(crate) fn waits(reason: &Reason) -> bool {
    matches!(
        reason.code.as_str(),
        "host.register-unasked" | "host.register-no-answer" | "host.register-entry"
    )
}

/// Whether a formal step today would wait for an answer of the register with this code.
pub(crate) fn awaits(snapshot: &Snapshot<'_>, code: &str) -> bool {
    let debtor = snapshot.debtor;
    let country = debtor.map(|debtor| debtor.country).unwrap_or_default();
    let kind = debtor.map(|debtor| debtor.kind).unwrap_or_default();
    let mut registers = registers_of(country, kind).iter();
    let register = registers.find(|register| register.code == code);
    let reason = register.and_then(|register| missing(snapshot, register, snapshot.as_of));
    reason.is_some_and(|reason| reason.code != "host.register-entry")
}

/// Whether an action is the task of asking a register.
pub(crate) fn is_task(guarded: &Guarded) -> bool {
    matches!(&guarded.proposal.particulars, Particulars::Task(code) if code == TASK)
}

/// The task of asking, beside the first step that waits for it.
pub(crate) fn task(snapshot: &Snapshot<'_>, guarded: &[Guarded]) -> Option<Guarded> {
    guarded.iter().find_map(|one| match &one.stopped {
        Some(Stopped::Host(reason)) if waits(reason) => Some(asking(snapshot.as_of, one, reason.clone())),
        _ => None,
    })
}

fn asking(today: Day, step: &Guarded, reason: Reason) -> Guarded {
    Guarded {
        proposal: Proposal {
            kind: ActionKind::Task,
            level: views::level(Level::None),
            channel: Channel::Portal,
            tone: Tone::Neutral,
            text: "task.ask-register".into(),
            earliest: today.0,
            latest: today.plus(TASK_DAYS).0,
            automation: Automation::Person,
            particulars: Particulars::Task(TASK.into()),
            deadline: None,
            announces: views::level(Level::None),
            reasons: vec![reason.clone()],
            ..step.proposal.clone()
        },
        items: step.items.clone(),
        reasons: vec![reason],
        charges: None,
        phrases: vec![],
        addressee: None,
        also: vec![],
        copy: None,
        articles: vec![],
        stopped: None,
    }
}

#[cfg(test)]
mod tests {
    use maan_ledger::{Body, Fact, RegisterAnswer};

    use super::*;
    use crate::samples::{TODAY, guarded, known, snapshot_of, story};

    fn answered(register: &str, days_ago: i32, answer: RegisterState) -> Fact {
        let body = Body::RegisterAsked(RegisterAnswer {
            register: register.into(),
            answer,
        });
        Fact {
            happened: TODAY.plus(-days_ago),
            ..known(body)
        }
    }

    /// Why a step of this level waits; the debtor is of unknown kind, so both Dutch registers are asked.
    fn why(level: Level, answers: &[Fact]) -> Option<String> {
        let facts = [story(), answers.to_vec()].concat();
        unasked(&snapshot_of(&facts), &guarded(level, &[1])).map(|reason| reason.code)
    }

    #[test]
    fn a_formal_step_waits_until_every_register_answered_that_nothing_is_known() {
        use RegisterState::{Entry, NoAnswer, Nothing};
        for level in [Level::FormalNotice, Level::HandOver] {
            let why = |answers: &[Fact]| why(level, answers);
            let unasked = Some("host.register-unasked".to_owned());
            assert_eq!(why(&[]), unasked);
            assert_eq!(why(&[answered("cir", 0, Nothing)]), unasked, "one of two");
            let both = |days, other| vec![answered("cir", 0, Nothing), answered("ccbr", days, other)];
            assert_eq!(why(&both(0, Nothing)), None);
            assert_eq!(why(&both(3, Nothing)), None);
            assert_eq!(why(&both(4, Nothing)), unasked, "too old");
            assert_eq!(
                why(&both(1, NoAnswer)).as_deref(),
                Some("host.register-no-answer")
            );
            assert_eq!(why(&both(1, Entry)).as_deref(), Some("host.register-entry"));
            let silent_since = [both(2, Nothing), vec![answered("ccbr", 1, NoAnswer)]].concat();
            assert_eq!(why(&silent_since).as_deref(), Some("host.register-no-answer"));
        }
        assert_eq!(why(Level::Reminder2, &[]), None, "a reminder needs no register");
    }

    #[test]
    fn a_step_for_a_later_day_needs_an_answer_that_is_fresh_then() {
        let answers = ["cir", "ccbr"].map(|register| answered(register, 0, RegisterState::Nothing));
        let facts = [story(), answers.to_vec()].concat();
        let snapshot = snapshot_of(&facts);
        let mut notice = guarded(Level::FormalNotice, &[1]);
        notice.proposal.earliest = TODAY.plus(3).0;
        assert_eq!(unasked(&snapshot, &notice), None);
        notice.proposal.earliest = TODAY.plus(4).0;
        assert_eq!(unasked(&snapshot, &notice).unwrap().code, "host.register-unasked");
    }

    #[test]
    fn places_and_kinds_have_their_own_registers() {
        let codes = |country: &str, kind| {
            let registers = registers_of(Country::from_code(country), kind);
            registers.iter().map(|register| register.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("NL", DebtorKind::Business), ["cir"]);
        assert_eq!(codes("NL", DebtorKind::SoleTrader), ["cir", "ccbr"]);
        assert_eq!(codes("BE", DebtorKind::Consumer), ["regsol", "cbb"]);
        assert_eq!(codes("AT", DebtorKind::Business), ["insolvency-register"]);
        assert_eq!(codes("", DebtorKind::Unknown), ["insolvency-register"]);
        assert!(codes("NL", DebtorKind::PublicBody).is_empty());
    }

    #[test]
    fn a_waiting_step_opens_one_task() {
        let facts = story();
        let snapshot = snapshot_of(&facts);
        let mut notice = guarded(Level::FormalNotice, &[1]);
        assert_eq!(task(&snapshot, &[notice.clone()]), None);
        notice.stopped = unasked(&snapshot, &notice).map(Stopped::Host);
        let task = task(&snapshot, &[notice.clone(), notice.clone()]).unwrap();
        assert_eq!(
            (task.proposal.kind, task.items.clone()),
            (ActionKind::Task, notice.items)
        );
        assert_eq!(task.proposal.particulars, Particulars::Task(TASK.into()));
        assert!(!is_formal(&task) && task.stopped.is_none());
    }
}
