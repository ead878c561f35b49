//! Explanations by the default policies, as real components behind the host.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use maan_ledger::{
    ActionId, AgreementId, Body, Calendar, Channel, Country, DebtorKind, Fact, Known, Level, Moment, Pause,
    StepDone, TenantId,
};
use maan_policy_host::contract::{SLOTS, Slot};
use maan_policy_host::{Compiler, Component, Digest, HostConfig, Limits, PolicyHost, canonical_settings};
use maan_store::{AdministrationBody, AdministrationFact, TenantSettings};
use uuid::Uuid;

use super::outcome::Facet;
use super::*;
use crate::samples::{TODAY, item, known, settings, story};

const NOW: Moment = Moment(1_728_000_000_000_000);

/// The default policies; none where they or the compiler are not built, which is said. What was compiled is kept
/// for the next run.
fn policies() -> Option<Policies> {
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/policies");
    let components = std::env::var_os("MAAN_POLICIES").map_or(built, PathBuf::from);
    let tests = std::env::current_exe().unwrap();
    let beside = tests.ancestors().nth(2).unwrap();
    let compiler = beside.join("examples/compile_component");
    if !components.join("workflow.wasm").exists() || !compiler.exists() {
        eprintln!(
            "SKIPPED: the default policies or their compiler are not built; `cargo xtask test` builds them"
        );
        return None;
    }
    let config = HostConfig {
        cache: beside.join("../tmp/explained-policies"),
        key: [7; 32],
        compiler: Compiler::new(compiler, [] as [&str; 0]),
        limits: Limits::default(),
        trusted_statutes: Default::default(),
    };
    let host = PolicyHost::new(config).unwrap();
    let admitted = |slot: Slot| {
        let bytes = std::fs::read(components.join(format!("{}.wasm", slot.name()))).unwrap();
        let digest = Digest::of(&bytes);
        host.trust_statute(digest);
        host.load(digest, || Ok(bytes)).unwrap()
    };
    let preset = |component: &Arc<Component>, name: &str| {
        let presets = &component.description().presets;
        let found = presets
            .iter()
            .find(|preset| preset.name == name)
            .or(presets.first());
        canonical_settings(found.map_or("{}", |preset| &preset.settings)).unwrap()
    };
    let [segmentation, credit_check, workflow, statute] = SLOTS.map(admitted);
    let settings = [&segmentation, &credit_check, &workflow, &statute].map(|one| preset(one, "process"));
    Some(Policies {
        segmentation: host.configure(&segmentation, &settings[0]).unwrap(),
        credit_check: host.configure(&credit_check, &settings[1]).unwrap(),
        workflow: host.configure(&workflow, &settings[2]).unwrap(),
        statute: host.configure(&statute, &settings[3]).unwrap(),
    })
}

/// A debtor's facts with the administration around them.
struct Scene<'a> {
    policies: &'a Policies,
    settings: TenantSettings,
    calendar: Calendar,
    administration: Vec<AdministrationFact>,
    facts: Vec<Fact>,
    ended: HashMap<ActionId, Option<Day>>,
    /// Working days by which the bank lags behind, on every day.
    lag: i32,
}

impl<'a> Scene<'a> {
    /// A company that can be mailed and called, and the bank booked through yesterday.
    fn new(policies: &'a Policies, more: Vec<Fact>) -> Self {
        let mut facts = story();
        describe(&mut facts, |debtor| debtor.kind = DebtorKind::Business);
        facts.extend(more);
        let mut scene = Self {
            policies,
            settings: settings(),
            calendar: Calendar::new(Country::from_code("NL")),
            administration: vec![],
            facts,
            ended: HashMap::new(),
            lag: 0,
        };
        scene.book(1);
        scene
    }

    /// The bank is booked so many working days behind.
    fn book(&mut self, lag: i32) {
        self.lag = lag;
        self.administration = vec![self.booked_on(TODAY)];
    }

    fn booked_on(&self, day: Day) -> AdministrationFact {
        let through = self.calendar.add_working_days(day, -self.lag);
        AdministrationFact {
            happened: day,
            known: Known::At(Moment(0)),
            body: AdministrationBody::BankBooked { through },
        }
    }

    fn stage(&self) -> Stage<'_, Policies> {
        Stage {
            policies: self.policies,
            settings: &self.settings,
            calendar: &self.calendar,
            administration: &self.administration,
            tenant: TenantId(Uuid::from_u128(1)),
            debtor: DebtorId(Uuid::from_u128(2)),
            facts: &self.facts,
            ended: &self.ended,
            today: TODAY,
            known_at: NOW,
        }
    }

    /// The explanation; every flip of it was confirmed by a run of its own.
    fn explained(&self, language: Language) -> Explained {
        let stage = self.stage();
        let start = std::time::Instant::now();
        let explained = explained(&stage, language, &Phrases::of(self.policies)).unwrap();
        eprintln!(
            "explained in {} ms, {} flips",
            start.elapsed().as_millis(),
            explained.flips.len()
        );
        for flip in &explained.flips {
            self.confirm(&explained, flip);
        }
        explained
    }

    /// The changed facts alone, decided in a batch of their own, come to the same; and any less does not.
    fn confirm(&self, explained: &Explained, flip: &Flip) {
        let stage = self.stage();
        let imagine = |lever: &Lever| {
            let bodies = imagined::bodies(lever, &stage.snapshot());
            let facts = bodies.into_iter().map(|body| stage.fact(body)).collect();
            stage.imagine(&[facts]).unwrap().remove(0).outcome
        };
        match &flip.lever {
            Lever::BankBooked { through } => {
                assert_eq!(stage.booked(*through).unwrap().outcome, flip.outcome);
            }
            Lever::Later { days, .. } => {
                // A run looks at the debtor again when the workflow says so; what is done changes on no day before.
                let done = |changes: &[Change]| changes.iter().any(|change| change.facet() == Facet::Steps);
                for ahead in 1..=*days {
                    let changes = self.on_day(TODAY.plus(ahead)).changes(&explained.outcome);
                    let turned = ahead == *days && done(&flip.changes);
                    assert_eq!(done(&changes), turned, "after {ahead} days: {changes:?}");
                }
            }
            Lever::Paid { parts, .. } => {
                let outcome = imagine(&flip.lever);
                assert_eq!(outcome, flip.outcome, "{flip:?}");
                let mut less = parts.clone();
                let last = less.last_mut().unwrap();
                last.amount.minor -= 1;
                let amount = last.amount;
                less.retain(|part| part.amount.minor > 0);
                let outcome = imagine(&Lever::Paid { amount, parts: less });
                let facets = |changes: &[Change]| -> Vec<_> {
                    let turning = changes.iter().filter(|change| change.turns());
                    turning.map(Change::facet).collect()
                };
                let (with, without) = (
                    facets(&flip.changes),
                    facets(&outcome.changes(&explained.outcome)),
                );
                assert!(
                    without.len() < with.len(),
                    "{flip:?} is not the least: {without:?}"
                );
            }
            lever => assert_eq!(imagine(lever), flip.outcome, "{flip:?}"),
        }
        assert!(
            !flip.changes.is_empty() && !flip.then.is_empty() && !flip.when.contains("host."),
            "{flip:?}"
        );
    }

    /// What happens on a later day with the same facts, and the bank booked as far behind.
    fn on_day(&self, day: Day) -> Outcome {
        let later = Scene {
            policies: self.policies,
            settings: self.settings.clone(),
            calendar: Calendar::new(Country::from_code("NL")),
            administration: vec![self.booked_on(day)],
            facts: self.facts.clone(),
            ended: HashMap::new(),
            lag: self.lag,
        };
        let stage = Stage {
            today: day,
            ..later.stage()
        };
        stage.now().unwrap().outcome
    }
}

fn describe(facts: &mut [Fact], change: impl Fn(&mut maan_ledger::DebtorDescription)) {
    for fact in facts {
        if let Body::DebtorDescribed(debtor) = &mut fact.body {
            change(debtor);
        }
    }
}

fn reach(channel: Channel) -> maan_ledger::Reach {
    let facts = story();
    let Body::DebtorDescribed(debtor) = &facts[0].body else {
        panic!("a description comes first");
    };
    maan_ledger::Reach {
        channel,
        address: "+31 20 123 45 67".into(),
        ..debtor.reach[0].clone()
    }
}

fn done(level: Level, days_ago: i32, channel: Channel) -> Fact {
    let on = TODAY.plus(-days_ago);
    let step = StepDone {
        action: ActionId(Uuid::from_u128(u128::from(days_ago.unsigned_abs()))),
        items: vec![item(1)],
        level,
        kind: if channel == Channel::Phone {
            "call"
        } else {
            "message"
        }
        .into(),
        round: 0,
        on,
        channel,
        proof: false,
        deadline: (level == Level::LastReminder).then(|| on.plus(8)),
        announced_costs: None,
    };
    Fact {
        happened: on,
        ..known(Body::StepDone(step))
    }
}

fn flip(explained: &Explained, wanted: impl Fn(&Lever) -> bool) -> &Flip {
    let mut flips = explained.flips.iter();
    let found = flips.find(|flip| wanted(&flip.lever));
    found.unwrap_or_else(|| panic!("{:#?}", told(explained)))
}

fn told(explained: &Explained) -> Vec<String> {
    let told = explained.flips.iter();
    told.map(|flip| format!("{}: {}", flip.when, flip.then)).collect()
}

/// All stories in one test: the components are compiled once.
#[test]
fn ops_4_every_debtor_has_an_answer_that_the_policies_confirm() {
    let Some(policies) = policies() else {
        return;
    };
    a_reminder_is_due(&policies);
    a_call_follows_a_reminder(&policies);
    nothing_is_due(&policies);
    a_pause_is_lifted(&policies);
    books_are_behind(&policies);
    a_consumer_is_protected(&policies);
    what_a_person_refused_is_not_told_as_coming(&policies);
    every_language_has_its_own_words(&policies);
}

fn a_reminder_is_due(policies: &Policies) {
    let scene = Scene::new(policies, vec![]);
    let explained = scene.explained(Language::En);
    assert_eq!(explained.outcome.level(), Level::Reminder1, "{explained:#?}");
    let paid = flip(&explained, |lever| matches!(lever, Lever::Paid { .. }));
    let Lever::Paid { amount, .. } = &paid.lever else {
        panic!("{paid:?}");
    };
    assert!(amount.minor > 0 && amount.minor <= 10_000, "{paid:?}");
    assert!(paid.then.starts_with("no first reminder"), "{}", paid.then);
    let promised = flip(&explained, |lever| matches!(lever, Lever::Promised { .. }));
    assert!(promised.outcome.going().next().is_none(), "{promised:?}");
    assert_eq!(promised.when, "with a promise to pay €100.00 by 11 October 2024");
    flip(&explained, |lever| matches!(lever, Lever::Disputed { .. }));
    let stronger = explained.stronger.unwrap();
    assert!(
        stronger.level > Level::Reminder1 && !stronger.why.is_empty(),
        "{stronger:?}"
    );
    let milder = explained.milder.unwrap();
    assert!(milder.why[0].starts_with("that would happen: "), "{milder:?}");
}

fn a_call_follows_a_reminder(policies: &Policies) {
    let mut scene = Scene::new(policies, vec![done(Level::Reminder1, 10, Channel::Email)]);
    describe(&mut scene.facts, |debtor| {
        debtor.reach.push(reach(Channel::Phone))
    });
    let explained = scene.explained(Language::En);
    assert_eq!(explained.outcome.level(), Level::Call1, "{explained:#?}");
    let milder = explained.milder.unwrap();
    assert_eq!(
        (milder.level, milder.step.as_str()),
        (Level::Reminder1, "first reminder")
    );
    assert_eq!(milder.why, ["this level was done on 24 September 2024"]);
    let stronger = explained.stronger.unwrap();
    assert_eq!(stronger.level, Level::LastReminder, "{stronger:?}");
    assert!(
        stronger.why[0].starts_with("follows on 11 October 2024"),
        "{stronger:?}"
    );
    assert_eq!(explained.next_on, Some(TODAY.plus(7)), "{}", explained.next);
}

fn nothing_is_due(policies: &Policies) {
    let mut scene = Scene::new(policies, vec![]);
    for fact in &mut scene.facts {
        if let Body::ItemDescribed(item) = &mut fact.body {
            item.due = TODAY.plus(20);
        }
    }
    let explained = scene.explained(Language::En);
    assert_eq!(explained.happens, ["nothing happens today"], "{explained:#?}");
    assert_eq!(explained.milder, None);
    let later = flip(&explained, |lever| matches!(lever, Lever::Later { .. }));
    let Lever::Later { on, .. } = later.lever else {
        panic!("{later:?}");
    };
    assert_eq!(explained.next_on, Some(on));
    assert!(on > TODAY && on < TODAY.plus(20), "{later:?}");
    assert!(
        explained.next.starts_with("notice before the due date: "),
        "{}",
        explained.next
    );
}

fn a_pause_is_lifted(policies: &Policies) {
    let pause = known(Body::Paused(Pause {
        agreement: AgreementId(Uuid::from_u128(9)),
        item: None,
        until: Some(TODAY.plus(30)),
        reason: String::new(),
    }));
    let explained = Scene::new(policies, vec![pause]).explained(Language::En);
    assert!(explained.outcome.going().next().is_none(), "{explained:#?}");
    let lifted = flip(&explained, |lever| {
        matches!(
            lever,
            Lever::Ended {
                what: Ending::Pause,
                ..
            }
        )
    });
    assert_eq!(lifted.outcome.level(), Level::Reminder1, "{lifted:?}");
    let later = flip(&explained, |lever| matches!(lever, Lever::Later { .. }));
    // trust is reviewed before the pause ends
    assert!(matches!(later.lever, Lever::Later { days: 15, .. }), "{later:?}");
}

fn books_are_behind(policies: &Policies) {
    let mut scene = Scene::new(policies, vec![]);
    scene.book(11);
    let explained = scene.explained(Language::En);
    assert_eq!(explained.outcome.level(), Level::None, "{explained:#?}");
    let booked = flip(&explained, |lever| matches!(lever, Lever::BankBooked { .. }));
    assert_eq!(booked.then, "first reminder");
    let stronger = explained.stronger.unwrap();
    assert!(stronger.why[0].contains("bank is booked through"), "{stronger:?}");
}

fn a_consumer_is_protected(policies: &Policies) {
    let mut scene = Scene::new(
        policies,
        vec![
            done(Level::Reminder1, 25, Channel::Email),
            done(Level::Call1, 18, Channel::Phone),
            done(Level::LastReminder, 11, Channel::Email),
        ],
    );
    describe(&mut scene.facts, |debtor| debtor.kind = DebtorKind::Consumer);
    scene.facts.extend(crate::samples::registers_are_clean());
    let explained = scene.explained(Language::En);
    let stronger = explained
        .stronger
        .as_ref()
        .unwrap_or_else(|| panic!("{explained:#?}"));
    assert_eq!(stronger.level, Level::HandOver, "{explained:#?}");
    let law = stronger.law.as_ref().unwrap_or_else(|| panic!("{explained:#?}"));
    assert!(
        law.articles.iter().any(|article| article.contains("6:96")),
        "{law:?}"
    );
}

fn what_a_person_refused_is_not_told_as_coming(policies: &Policies) {
    let mut scene = Scene::new(policies, vec![]);
    let stage = scene.stage();
    let now = stage.now().unwrap();
    let refused = crate::actions::new_actions(
        stage.tenant,
        stage.debtor,
        &stage.snapshot(),
        &now.decided.guarded,
        "",
        0,
    )
    .unwrap();
    let ended = refused.iter().map(|action| (action.id, Some(action.latest)));
    let ended: HashMap<_, _> = ended.collect();
    let latest = ended.values().flatten().max().copied().unwrap();
    scene.ended = ended;
    let stage = scene.stage();
    let explained = super::explained(&stage, Language::En, &Phrases::of(policies)).unwrap();
    assert_eq!(explained.happens, ["nothing happens today"], "{explained:#?}");
    assert!(
        explained.next_on.is_some_and(|day| day > latest),
        "{explained:#?}"
    );
}

fn every_language_has_its_own_words(policies: &Policies) {
    let scene = Scene::new(policies, vec![]);
    let all = [Language::Nl, Language::En, Language::De, Language::Fr]
        .map(|language| super::explained(&scene.stage(), language, &Phrases::of(policies)).unwrap());
    for (place, explained) in all.iter().enumerate() {
        assert_eq!(explained.outcome, all[0].outcome);
        let words = told(explained).concat();
        assert!(!words.is_empty() && !words.contains("host."), "{words}");
        assert!(
            all.iter()
                .skip(place + 1)
                .all(|other| told(other) != told(explained))
        );
    }
}

#[test]
fn the_host_has_words_for_every_step_in_every_language() {
    for (code, words) in texts::all() {
        assert!(code.starts_with("host."), "{code}");
        let places = |text: &str| ["{0}", "{1}", "{2}"].map(|place| text.matches(place).count());
        for text in words {
            assert!(!text.is_empty());
            assert_eq!(places(text), places(words[0]), "{code}: {text}");
        }
    }
}
