use super::*;
use crate::conformance::{Cases, generate};
use crate::contract::*;
use crate::slots::{CreditCheck, Segmentation, Slot, Statute, Workflow};

/// Applies one change to a good outcome and gives the field that is named as nonsense.
fn nonsense<S: Cases>(case: &S::Case, good: &S::Outcome, change: impl FnOnce(&mut S::Outcome)) -> String {
    let (context, _) = generate::<S>(0, 0);
    let mut outcome = good.clone();
    S::check(&context, case, &mut outcome)
        .map_err(|found| found.field)
        .unwrap();
    change(&mut outcome);
    <S as Slot>::check(&context, case, &mut outcome)
        .unwrap_err()
        .field
}

fn today() -> Day {
    generate::<Workflow>(0, 0).0.today
}

fn reason(argument: Argument) -> Reason {
    Reason {
        code: "because".into(),
        arguments: vec![argument],
    }
}

#[test]
fn a_segment() {
    let (_, mut cases) = generate::<Segmentation>(1, 1);
    let case = cases.remove(0);
    let good = Segment {
        key: "regular".into(),
        traits: vec!["size=small".into()],
        willingness: Willingness::Pays,
        confidence: 1000,
        evidence: vec![Weighed {
            reason: reason(Argument::Count(3)),
            weight: -1000,
        }],
        rank: i64::MIN,
        at_risk: 0,
        reasons: Vec::new(),
    };
    let named = |change: fn(&mut Segment)| nonsense::<Segmentation>(&case, &good, change);
    assert_eq!(named(|s| s.key.clear()), "key");
    assert_eq!(named(|s| s.key = "k".repeat(201)), "key");
    assert_eq!(named(|s| s.traits[0] = "v".repeat(4_001)), "traits/0");
    assert_eq!(named(|s| s.traits = vec![Default::default(); 201]), "traits");
    assert_eq!(named(|s| s.confidence = 1001), "confidence");
    assert_eq!(named(|s| s.evidence[0].weight = -1001), "evidence/0/weight");
    assert_eq!(
        named(|s| s.evidence[0].reason = reason(Argument::Share(1001))),
        "evidence/0/reason/arguments/0"
    );
    assert_eq!(named(|s| s.at_risk = -1), "at-risk");
    assert_eq!(
        named(|s| s.reasons = vec![reason(Argument::Item(99))]),
        "reasons/0/arguments/0"
    );
    assert_eq!(
        named(|s| s.reasons = vec![reason(Argument::Day(i32::MAX))]),
        "reasons/0/arguments/0"
    );
    let amount = |currency| reason(Argument::Amount(Amount { minor: -5, currency }));
    assert_eq!(
        nonsense::<Segmentation>(&case, &good, |s| s.reasons = vec![amount(1000)]),
        "reasons/0/arguments/0"
    );
    let number = || reason(Argument::Number(Decimal { units: 1, scale: 19 }));
    assert_eq!(
        nonsense::<Segmentation>(&case, &good, |s| s.reasons = vec![number()]),
        "reasons/0/arguments/0"
    );
}

#[test]
fn a_credit_decision() {
    let (_, mut cases) = generate::<CreditCheck>(1, 1);
    let case = cases.remove(0);
    let good = CreditDecision {
        verdict: Verdict::Accept,
        advice_only: true,
        limit: Some(0),
        exposure: -5,
        term_days: Some(30),
        prepayment_share: 1000,
        hold: HoldAdvice::Keep,
        effective_on: Some(today()),
        report_needed: false,
        next_review: today(),
        counterfactual: Some(0),
        reasons: Vec::new(),
    };
    let named = |change: fn(&mut CreditDecision)| nonsense::<CreditCheck>(&case, &good, change);
    assert_eq!(named(|d| d.limit = Some(-1)), "limit");
    assert_eq!(named(|d| d.term_days = Some(4_000)), "term-days");
    assert_eq!(named(|d| d.prepayment_share = 1001), "prepayment-share");
    assert_eq!(named(|d| d.effective_on = Some(today() - 1)), "effective-on");
    assert_eq!(named(|d| d.next_review = today() - 1), "next-review");
    assert_eq!(named(|d| d.next_review = i32::MAX), "next-review");
    assert_eq!(named(|d| d.counterfactual = Some(-1)), "counterfactual");
}

/// A case with items and a proposal on them.
fn proposed() -> (WorkflowCase, Proposal) {
    let case = generate::<Workflow>(1, 20)
        .1
        .into_iter()
        .find(|case| case.items.len() > 1)
        .unwrap();
    let statute = generate::<Statute>(1, 50)
        .1
        .into_iter()
        .find(|case| !case.proposals.is_empty())
        .unwrap();
    let proposal = Proposal {
        items: vec![1, 0],
        ..statute.proposals[0].clone()
    };
    (case, proposal)
}

#[test]
fn a_plan_of_action() {
    let (case, proposal) = proposed();
    let good = PlanOfAction {
        proposals: vec![proposal],
        rejected: vec![Rejected {
            kind: ActionKind::Call,
            level: Level::None,
            reasons: Vec::new(),
        }],
        checkpoint: false,
        next_look: today(),
        reasons: Vec::new(),
        diagnostic: String::new(),
    };
    let named = |change: fn(&mut PlanOfAction)| nonsense::<Workflow>(&case, &good, change);
    assert_eq!(named(|p| p.proposals[0].items = vec![99]), "proposals/0/items/0");
    assert_eq!(
        named(|p| p.proposals[0].items = vec![1, 0, 1]),
        "proposals/0/items"
    );
    assert_eq!(
        named(|p| p.proposals = vec![p.proposals[0].clone(); 51]),
        "proposals"
    );
    assert_eq!(
        named(|p| p.proposals[0].text = "t".repeat(201)),
        "proposals/0/text"
    );
    assert_eq!(
        named(|p| p.proposals[0].earliest = i32::MIN),
        "proposals/0/earliest"
    );
    assert_eq!(
        named(|p| p.proposals[0].latest = today() - 1),
        "proposals/0/latest"
    );
    assert_eq!(
        named(|p| p.proposals[0].earliest = p.proposals[0].latest + 1),
        "proposals/0/earliest"
    );
    assert_eq!(
        named(|p| p.proposals[0].to_minute = 1441),
        "proposals/0/to-minute"
    );
    assert_eq!(
        named(|p| p.proposals[0].from_minute = 1200),
        "proposals/0/from-minute"
    );
    assert_eq!(
        named(|p| p.proposals[0].deadline = Some(today() - 1)),
        "proposals/0/deadline"
    );
    assert_eq!(
        named(|p| p.rejected[0].reasons = vec![reason(Argument::Item(99))]),
        "rejected/0/reasons/0/arguments/0"
    );
    assert_eq!(named(|p| p.next_look = today() - 1), "next-look");
    assert_eq!(named(|p| p.next_look = today() + 4_000), "next-look");
    let bounds = |min_instalment| PlanBounds {
        max_instalments: 3,
        min_instalment,
        interval_days: 30,
        first_by: today(),
    };
    let particulars = [
        (Particulars::Plan(bounds(-1)), "min-instalment"),
        (
            Particulars::Plan(PlanBounds {
                first_by: 0,
                ..bounds(0)
            }),
            "first-by",
        ),
        (
            Particulars::Plan(PlanBounds {
                max_instalments: 241,
                ..bounds(0)
            }),
            "max-instalments",
        ),
        (Particulars::Extension(0), "extension"),
        (Particulars::Discount((1001, today())), "discount"),
        (Particulars::Discount((10, 0)), "discount"),
        (Particulars::Task(String::new()), "task"),
        (Particulars::Task("call\u{1b}[2J".into()), "task"),
        (Particulars::Other("o".repeat(4_001)), "other"),
        (
            Particulars::OutcomeEstimate(vec![(String::new(), -5)]),
            "outcome-estimate/0/0",
        ),
        (
            Particulars::Call(CallGuide {
                goal: "g".repeat(201),
                questions: Vec::new(),
            }),
            "goal",
        ),
    ];
    for (particulars, field) in particulars {
        let named = nonsense::<Workflow>(&case, &good, |p| p.proposals[0].particulars = particulars);
        assert_eq!(named, format!("proposals/0/particulars/{field}"));
    }
}

#[test]
fn a_long_diagnostic_is_cut_and_no_nonsense() {
    let (context, mut cases) = generate::<Workflow>(1, 1);
    let mut plan = PlanOfAction {
        proposals: Vec::new(),
        rejected: Vec::new(),
        checkpoint: false,
        next_look: today() + 31,
        reasons: Vec::new(),
        diagnostic: "é".repeat(300),
    };
    assert!(workflow(&context, &cases.remove(0), &mut plan).is_ok());
    assert_eq!(plan.diagnostic, "é".repeat(250));
}

#[test]
fn a_judgement() {
    let case = generate::<Statute>(1, 50)
        .1
        .into_iter()
        .find(|case| !case.proposals.is_empty())
        .unwrap();
    let segment = InterestSegment {
        item: 0,
        start: 20_000,
        end: 20_000,
        rate: Decimal { units: 6, scale: 0 },
        base: 0,
        interest: 0,
    };
    let charges = Charges {
        costs: 0,
        lump_sum: 0,
        interest: 0,
        segments: vec![segment],
        reasons: Vec::new(),
        articles: Vec::new(),
    };
    let article = Article {
        name: "art. 6:96 BW".into(),
        source: "law".into(),
    };
    let amendment = Amendment {
        charges: Some(charges.clone()),
        deadline: Some(today()),
        channel: None,
        addressee: Some("curator".into()),
        phrases: vec![("phrase".into(), "wording".into())],
        level: None,
        earliest: Some(today()),
        articles: vec![article.clone()],
        reasons: Vec::new(),
    };
    let good = Judgement {
        answers: vec![Answer::Amend(amendment.clone()); case.proposals.len()],
        charges,
        law: 0x4E4C,
        last_day: Some(20_000),
        rates_verified_through: 20_000,
        warnings: Vec::new(),
    };
    let named = |change: fn(&mut Judgement)| nonsense::<Statute>(&case, &good, change);
    assert_eq!(named(|j| j.answers.clear()), "answers");
    assert_eq!(named(|j| j.answers.push(Answer::Allow)), "answers");
    assert_eq!(named(|j| j.charges.costs = -1), "charges/costs");
    assert_eq!(named(|j| j.charges.lump_sum = -1), "charges/lump-sum");
    assert_eq!(named(|j| j.charges.interest = -1), "charges/interest");
    assert_eq!(
        named(|j| j.charges.segments[0].item = 99),
        "charges/segments/0/item"
    );
    assert_eq!(
        named(|j| j.charges.segments[0].end -= 1),
        "charges/segments/0/start"
    );
    assert_eq!(
        named(|j| j.charges.segments[0].base = -1),
        "charges/segments/0/base"
    );
    assert_eq!(
        named(|j| j.charges.segments[0].rate.scale = 19),
        "charges/segments/0/rate"
    );
    assert_eq!(named(|j| j.law = 7), "law");
    assert_eq!(named(|j| j.last_day = Some(i32::MAX)), "last-day");
    assert_eq!(
        named(|j| j.rates_verified_through = i32::MIN),
        "rates-verified-through"
    );
    let amended = |change: fn(&mut Amendment)| {
        let mut amendment = amendment.clone();
        change(&mut amendment);
        nonsense::<Statute>(&case, &good, |j| j.answers[0] = Answer::Amend(amendment))
    };
    assert_eq!(
        amended(|a| a.deadline = Some(today() - 1)),
        "answers/0/amend/deadline"
    );
    assert_eq!(
        amended(|a| a.earliest = Some(today() - 1)),
        "answers/0/amend/earliest"
    );
    assert_eq!(
        amended(|a| a.addressee = Some(String::new())),
        "answers/0/amend/addressee"
    );
    assert_eq!(
        amended(|a| a.phrases[0].1 = "w".repeat(4_001)),
        "answers/0/amend/phrases/0/1"
    );
    assert_eq!(
        amended(|a| a.articles[0].name.clear()),
        "answers/0/amend/articles/0/name"
    );
    let veto = |articles, earliest| {
        Answer::Veto(Veto {
            articles,
            earliest,
            reasons: Vec::new(),
        })
    };
    let vetoed = |answer| nonsense::<Statute>(&case, &good, |j| j.answers[0] = answer);
    assert_eq!(vetoed(veto(vec![article; 201], None)), "answers/0/veto/articles");
    assert_eq!(
        vetoed(veto(Vec::new(), Some(i32::MAX))),
        "answers/0/veto/earliest"
    );
}

#[test]
fn an_answer_that_would_fill_the_disk_is_nonsense() {
    let (case, proposal) = proposed();
    let good = PlanOfAction {
        proposals: vec![proposal],
        rejected: Vec::new(),
        checkpoint: false,
        next_look: today(),
        reasons: Vec::new(),
        diagnostic: String::new(),
    };
    let named = |change: &dyn Fn(&mut PlanOfAction)| nonsense::<Workflow>(&case, &good, change);
    let text = |bytes: usize| reason(Argument::Text("x".repeat(bytes)));
    let items = case.items.len();
    assert_eq!(named(&|p| p.reasons = vec![text(3_900); 5 + items]), "size");
    assert_eq!(named(&|p| p.reasons = vec![text(1); 41 + items]), "reasons");
    let task = |p: &PlanOfAction, number: usize| Proposal {
        kind: ActionKind::Task,
        particulars: Particulars::Task(format!("task-{number}")),
        ..p.proposals[0].clone()
    };
    assert_eq!(
        named(&|p| p.proposals = (0..11).map(|number| task(p, number)).collect()),
        "proposals"
    );
    assert_eq!(
        named(&|p| p.proposals = vec![p.proposals[0].clone(); 21]),
        "proposals"
    );
}

#[test]
fn what_is_to_be_done_is_to_be_done_about_now() {
    let (case, proposal) = proposed();
    let good = PlanOfAction {
        proposals: vec![proposal],
        rejected: Vec::new(),
        checkpoint: false,
        next_look: today(),
        reasons: Vec::new(),
        diagnostic: String::new(),
    };
    let named = |change: fn(&mut PlanOfAction)| nonsense::<Workflow>(&case, &good, change);
    assert_eq!(
        named(|p| p.proposals[0].earliest = -20_000),
        "proposals/0/earliest"
    );
    assert_eq!(
        named(|p| p.proposals[0].latest = today() + 3_600),
        "proposals/0/latest"
    );
}
