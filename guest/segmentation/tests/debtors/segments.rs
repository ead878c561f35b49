//! What each kind of debtor is called, and when that changes.

use maan_policy::Segmentation;
use maan_policy::slots::Segment;
use maan_policy::testkit::{Case, case, eur};
use maan_policy::types::*;
use maan_policy_segmentation::{DefaultSegmentation, OwnSegment, RankBy, Settings, describe};

fn decide_by(settings: Settings, case: &Case) -> Segment {
    DefaultSegmentation::new(settings)
        .unwrap()
        .decide(&case.context, &case.segmentation())
        .unwrap()
}

fn decide(case: &Case) -> Segment {
    decide_by(Settings::default(), case)
}

fn codes(segment: &Segment) -> Vec<&str> {
    segment
        .reasons
        .iter()
        .map(|reason| reason.code.as_str())
        .collect()
}

fn trait_of<'a>(segment: &'a Segment, key: &str) -> &'a str {
    &segment.traits.iter().find(|(own, _)| own == key).unwrap().1
}

const TODAY: &str = "2026-10-15";

fn overdue(case: Case) -> Case {
    case.invoice(|i| i.due("2026-09-20").open(eur("1000")))
}

#[test]
fn seg_5_first_miss_in_two_years_is_a_forgetter() {
    let segment = decide(&overdue(case(TODAY).paid_on_time(20)));
    assert_eq!(segment.key, "forgetter");
    assert_eq!(codes(&segment), ["forgetter.why"]);
    assert_eq!(trait_of(&segment, "lateness"), "one-off");
}

#[test]
fn seg_5_three_invoices_forgotten_in_one_fortnight_are_one_miss() {
    let forgotten = case(TODAY)
        .paid_on_time(20)
        .invoice(|i| i.due("2026-09-20").open(eur("10")))
        .invoice(|i| i.due("2026-09-26").open(eur("10")))
        .invoice(|i| i.due("2026-10-01").open(eur("10")));
    assert_eq!(decide(&forgotten).key, "forgetter");
}

#[test]
fn seg_5_a_miss_longer_ago_than_two_years_no_longer_counts() {
    let old = overdue(
        case(TODAY)
            .paid("2023-01-01", "2023-06-01", eur("1000"))
            .paid_on_time(20),
    );
    assert_eq!(decide(&old).key, "forgetter");
}

#[test]
fn seg_1_time_and_again_and_long_is_frequently_late() {
    let segment = decide(&overdue(case(TODAY).paid_late(12, 35)));
    assert_eq!(segment.key, "frequent-late");
    assert_eq!(trait_of(&segment, "lateness"), "frequent");
}

#[test]
fn seg_1_often_a_week_late_is_a_slow_payer() {
    assert_eq!(decide(&case(TODAY).paid_late(12, 8)).key, "slow-payer");
}

#[test]
fn seg_1_slow_with_broken_promises_is_frequently_late() {
    let mut slow = case(TODAY).paid_late(12, 8);
    slow.behaviour.promises_broken = 2;
    assert_eq!(decide(&slow).key, "frequent-late");
}

#[test]
fn seg_1_two_misses_in_twenty_is_only_now_and_then() {
    let twice = case(TODAY)
        .paid_on_time(20)
        .paid("2026-01-05", "2026-02-01", eur("1000"));
    assert_eq!(decide(&overdue(twice)).key, "occasional-late");
}

#[test]
fn on_time_and_nothing_overdue_is_a_good_payer() {
    assert_eq!(decide(&case(TODAY).paid_on_time(8)).key, "good-payer");
}

#[test]
fn paid_within_the_grace_is_on_time() {
    assert_eq!(decide(&case(TODAY).paid_late(8, 2)).key, "good-payer");
    assert_ne!(decide(&case(TODAY).paid_late(8, 3)).key, "good-payer");
}

#[test]
fn seg_2_a_customer_of_a_month_is_new() {
    let segment = decide(&overdue(case(TODAY).since("2026-09-01").paid_on_time(9)));
    assert_eq!(segment.key, "new-customer");
    assert_eq!(trait_of(&segment, "loyalty"), "new");
    assert_eq!(decide(&overdue(case(TODAY).paid_on_time(2))).key, "new-customer");
}

#[test]
fn seg_3_a_multinational_is_a_key_account() {
    let large = case(TODAY).paid_late(12, 35).size(CompanySize::Large);
    let segment = decide(&large);
    assert_eq!(segment.key, "key-account");
    assert_eq!(trait_of(&segment, "size"), "large");
    assert_eq!(trait_of(&segment, "lateness"), "frequent");
}

#[test]
fn seg_4_own_segments_go_by_sector_place_kind_and_traits() {
    let own = OwnSegment {
        segment: "horeca-be".into(),
        sector: Some("56".into()),
        country: Some("BE".into()),
        kind: Some(DebtorKind::Business),
        own_trait: Some(("label".into(), "vip".into())),
    };
    let settings = Settings {
        own: vec![own],
        ..Settings::default()
    };
    let mut debtor = case(TODAY).business("BE").paid_on_time(8);
    debtor.debtor.sector = "56.10".into();
    debtor.debtor.traits = vec![("label".into(), "vip".into())];
    assert_eq!(decide_by(settings.clone(), &debtor).key, "horeca-be");
    debtor.debtor.country = maan_policy::country::NL;
    assert_eq!(decide_by(settings, &debtor).key, "good-payer");
}

#[test]
fn seg_6_no_evidence_is_unknown_and_not_a_judgement() {
    let segment = decide(&overdue(case(TODAY).paid_late(12, 60)));
    assert_eq!(segment.willingness, Willingness::Unknown);
    assert!(segment.evidence.is_empty());
}

#[test]
fn seg_6_one_criterion_alone_stays_unknown() {
    let one = overdue(
        case(TODAY)
            .paid_late(12, 60)
            .evidence(Criterion::FinancialRoom, -900),
    );
    let segment = decide(&one);
    assert_eq!(segment.willingness, Willingness::Unknown);
    assert_eq!(
        segment.evidence.len(),
        1,
        "what is recorded is shown all the same"
    );
}

#[test]
fn seg_6_no_room_and_good_will_cannot_pay() {
    let cannot = overdue(
        case(TODAY)
            .paid_late(12, 60)
            .evidence(Criterion::FinancialRoom, -800)
            .evidence(Criterion::WillingnessToConcede, 600),
    );
    let segment = decide(&cannot);
    assert_eq!(
        (segment.key.as_str(), segment.willingness),
        ("cannot-pay", Willingness::Cannot)
    );
    assert_eq!(segment.confidence, 400);
    assert_eq!(segment.evidence[0].weight, -800);
}

#[test]
fn seg_6_room_but_no_will_will_not_pay() {
    let frustrated = case(TODAY)
        .paid_late(12, 60)
        .evidence(Criterion::FinancialRoom, 700)
        .evidence(Criterion::BeliefsAboutPaying, -600)
        .evidence(Criterion::WillingnessToConcede, -800);
    assert_eq!(decide(&overdue(frustrated)).key, "will-not-pay");
}

#[test]
fn seg_6_nobody_is_called_unwilling_while_room_is_unknown() {
    let unknown = case(TODAY)
        .evidence(Criterion::BeliefsAboutPaying, -900)
        .evidence(Criterion::WillingnessToConcede, -900);
    assert_eq!(decide(&unknown).willingness, Willingness::Unknown);
}

#[test]
fn seg_6_evidence_grows_old() {
    let mut old = case(TODAY)
        .evidence(Criterion::FinancialRoom, -800)
        .evidence(Criterion::SelfDirection, -800);
    for piece in &mut old.conversation.evidence {
        piece.on -= 366;
    }
    assert_eq!(decide(&old).willingness, Willingness::Unknown);
}

#[test]
fn seg_7_older_ranks_above_larger_by_default() {
    let old = decide(&case(TODAY).invoice(|i| i.due("2026-08-01").open(eur("10"))));
    let large = decide(&case(TODAY).invoice(|i| i.due("2026-08-02").open(eur("900000"))));
    let small = decide(&case(TODAY).invoice(|i| i.due("2026-08-02").open(eur("20"))));
    assert!(old.rank > large.rank && large.rank > small.rank);
}

#[test]
fn seg_7_the_larger_amount_at_risk_ranks_higher_where_chosen() {
    let settings = Settings {
        rank: RankBy::AmountAtRisk,
        ..Settings::default()
    };
    let old = case(TODAY)
        .invoice(|i| i.due("2026-08-01").open(eur("1000")))
        .credit_note(eur("995"));
    let young = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("20")));
    let (old, young) = (decide_by(settings.clone(), &old), decide_by(settings, &young));
    assert_eq!((old.at_risk, young.at_risk), (eur("5"), eur("20")));
    assert!(young.rank > old.rank);
}

#[test]
fn half_of_the_overdue_disputed_is_a_dispute_first_of_all() {
    let disputed = case(TODAY)
        .paid_late(12, 60)
        .invoice(|i| i.due("2026-09-20").open(eur("1000")).disputed(eur("500")));
    assert_eq!(decide(&disputed).key, "disputes");
}

#[test]
fn seg_8_a_debtor_leaves_a_segment_with_a_margin_and_a_reason() {
    // 40 of 100 late enters; 34 of 100 is below 400 ‰ and above 320 ‰.
    let between = || {
        let mut case = case(TODAY);
        for n in 0..100 {
            let due = case.context.today - 7 * (n + 1);
            case.behaviour.due.insert(0, due);
            case.behaviour
                .paid
                .insert(0, due + if n % 3 == 0 { 90 } else { 0 });
            case.behaviour.amount.insert(0, 1_000);
        }
        case
    };
    assert_ne!(decide(&between()).key, "frequent-late");
    let stays = decide(&between().was("frequent-late"));
    assert_eq!(stays.key, "frequent-late");
    let moves = decide(&case(TODAY).paid_on_time(20).was("frequent-late"));
    assert_eq!(moves.key, "good-payer");
    assert!(codes(&moves).contains(&"moved"));
}

#[test]
fn prev_9_a_good_payer_who_slows_down_is_signalled() {
    let slowing = case(TODAY)
        .paid("2025-06-01", "2025-06-01", eur("100"))
        .paid("2025-07-01", "2025-07-01", eur("100"))
        .paid("2025-08-01", "2025-08-01", eur("100"))
        .paid("2026-07-01", "2026-07-15", eur("100"))
        .paid("2026-08-01", "2026-08-15", eur("100"))
        .paid("2026-09-01", "2026-09-15", eur("100"));
    let segment = decide(&slowing);
    assert!(codes(&segment).contains(&"pays-later-than-before"));
    assert_eq!(trait_of(&segment, "trend"), "later");
}

#[test]
fn settings_that_make_no_sense_are_named() {
    let problems = DefaultSegmentation::configure(r#"{"slow_share":1200,"window_days":0}"#).unwrap_err();
    let paths: Vec<_> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["/slow_share", "/window_days"]);
}

#[test]
fn every_preset_is_accepted_and_every_code_has_words_in_four_languages() {
    let description = describe();
    for preset in &description.presets {
        DefaultSegmentation::configure(&preset.settings).unwrap();
    }
    for code in ["forgetter", "moved", "evidence.financial-room", "cannot-pay.why"] {
        assert_eq!(
            description.texts.iter().filter(|text| text.code == code).count(),
            4,
            "{code}"
        );
    }
}
