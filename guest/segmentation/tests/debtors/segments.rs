//! What each kind of debtor is called, and when that changes.

use maan_policy::Segmentation;
use maan_policy::testkit::{case, eur};
use maan_policy::types::*;
use maan_policy_segmentation::{DefaultSegmentation, OwnSegment, OwnTrait, RankBy, Settings, When, describe};

use crate::common::{TODAY, codes, decide, decide_by, overdue, trait_of};

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
    let when = When {
        sector: Some("56".into()),
        country: Some("BE".into()),
        kind: Some(DebtorKind::Business),
        master_trait: Some(("label".into(), "vip".into())),
        ..When::default()
    };
    let own = OwnSegment {
        segment: "horeca-be".into(),
        when,
    };
    let settings = Settings {
        own: vec![own],
        ..Settings::default()
    };
    let mut debtor = case(TODAY).business("BE").paid_on_time(8);
    debtor.debtor.sector = "56.10".into();
    debtor.debtor.traits = Some(vec!["label=vip".into()]);
    assert_eq!(decide_by(settings.clone(), &debtor).key, "horeca-be");
    debtor.debtor.country = maan_policy::country::NL;
    assert_eq!(decide_by(settings, &debtor).key, "good-payer");
}

#[test]
fn seg_4_own_traits_go_by_behaviour_too() {
    let slow_and_large = When {
        days_late: Some(20),
        turnover: Some(maan_policy::MajorAmount::whole(10_000)),
        size: Some(CompanySize::Medium),
        ..When::default()
    };
    let settings = Settings {
        own_traits: vec![
            OwnTrait {
                key: "visit".into(),
                value: "yes".into(),
                when: slow_and_large,
            },
            OwnTrait {
                key: "everyone".into(),
                value: "here".into(),
                when: When::default(),
            },
        ],
        ..Settings::default()
    };
    let slow = case(TODAY).paid_late(12, 35).size(CompanySize::Medium);
    let segment = decide_by(settings.clone(), &slow);
    assert_eq!(
        (trait_of(&segment, "visit"), trait_of(&segment, "everyone")),
        ("yes", "here")
    );
    let small = slow.size(CompanySize::Small);
    assert_eq!(trait_of(&decide_by(settings.clone(), &small), "visit"), "");
    let quick = case(TODAY).paid_late(12, 19).size(CompanySize::Medium);
    assert_eq!(trait_of(&decide_by(settings, &quick), "visit"), "");
}

#[test]
fn seg_4_every_condition_of_an_own_segment_can_keep_a_debtor_out() {
    let mut debtor = case(TODAY)
        .business("BE")
        .paid_late(12, 35)
        .size(CompanySize::Medium);
    debtor.debtor.sector = "56.10".into();
    debtor.debtor.since = Some(debtor.context.today - 400);
    debtor.behaviour.promises_broken = 1;
    debtor.behaviour.disputes_unjustified = 1;
    debtor.account.overdue = eur("100");
    let fits = |when: &str| {
        let json = format!(r#"{{"own":[{{"segment":"own","when":{when}}}]}}"#);
        let policy = DefaultSegmentation::configure(&json).unwrap();
        policy
            .decide(&debtor.context, &debtor.segmentation())
            .unwrap()
            .key
            == "own"
    };
    for (inside, outside) in [
        (r#"{"sector":"56"}"#, r#"{"sector":"5610"}"#),
        (r#"{"country":"BE"}"#, r#"{"country":"NL"}"#),
        (r#"{"kind":"business"}"#, r#"{"kind":"consumer"}"#),
        (r#"{"size":"medium"}"#, r#"{"size":"large"}"#),
        (r#"{}"#, r#"{"trait":["club","gold"]}"#),
        (r#"{"customer_days":400}"#, r#"{"customer_days":401}"#),
        (r#"{"late_share":1000}"#, r#"{"late_share":1001}"#),
        (r#"{"days_late":35}"#, r#"{"days_late":36}"#),
        (r#"{"broken_promises":1}"#, r#"{"broken_promises":2}"#),
        (r#"{"disputes":1}"#, r#"{"disputes":2}"#),
        (r#"{"turnover":"12000"}"#, r#"{"turnover":"12000.01"}"#),
        (r#"{"overdue":"100"}"#, r#"{"overdue":"100.01"}"#),
    ] {
        assert!(fits(inside), "{inside}");
        assert!(!fits(outside), "{outside}");
    }
}

#[test]
fn seg_1_the_weighted_delay_is_a_trait() {
    let delay = |days| trait_of(&decide(&case(TODAY).paid_late(12, days)), "delay").to_owned();
    assert_eq!(
        (delay(4), delay(5), delay(20)),
        (String::new(), "some".into(), "some".into())
    );
    assert_eq!(delay(21), "long");
    let open = case(TODAY)
        .paid_on_time(3)
        .invoice(|i| i.due("2026-09-01").open(eur("90000")));
    assert_eq!(trait_of(&decide(&open), "delay"), "long");
}

#[test]
fn seg_1_promises_and_disputes_are_traits() {
    let mut debtor = case(TODAY).paid_on_time(8);
    assert_eq!(trait_of(&decide(&debtor), "promises"), "");
    debtor.behaviour.promises_kept = 2;
    debtor.behaviour.disputes_justified = 1;
    let segment = decide(&debtor);
    assert_eq!(
        (trait_of(&segment, "promises"), trait_of(&segment, "disputes")),
        ("kept", "with-ground")
    );
    debtor.behaviour.promises_broken = 1;
    debtor.behaviour.disputes_unjustified = 2;
    let segment = decide(&debtor);
    assert_eq!(
        (trait_of(&segment, "promises"), trait_of(&segment, "disputes")),
        ("broken", "without-ground")
    );
}

#[test]
fn seg_1_what_is_open_counts_in_the_delay_before_it_is_paid() {
    let stopped = case(TODAY)
        .paid_on_time(6)
        .invoice(|i| i.due("2026-06-01").open(eur("2000")))
        .invoice(|i| i.due("2026-07-01").open(eur("2000")))
        .invoice(|i| i.due("2026-08-01").open(eur("2000")))
        .invoice(|i| i.due("2026-09-01").open(eur("2000")));
    assert_eq!(decide(&stopped).key, "frequent-late");
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
fn seg_8_better_days_must_last_and_worse_ones_count_at_once() {
    let mut better = case(TODAY).paid_on_time(20).was("slow-payer");
    better.in_force.segment_since = Some(better.context.today - 13);
    let stays = decide(&better);
    assert_eq!(
        (stays.key.as_str(), codes(&stays).contains(&"stays")),
        ("slow-payer", true)
    );
    better.in_force.segment_since = Some(better.context.today - 14);
    let moves = decide(&better);
    assert_eq!(
        (moves.key.as_str(), codes(&moves)),
        ("good-payer", vec!["good-payer.why", "moved"])
    );
    let mut worse = overdue(case(TODAY).paid_late(12, 35)).was("good-payer");
    worse.in_force.segment_since = Some(worse.context.today - 1);
    let moves = decide(&worse);
    assert_eq!(moves.key, "frequent-late");
    let date = &moves
        .reasons
        .iter()
        .find(|reason| reason.code == "moved")
        .unwrap()
        .arguments[2];
    assert_eq!(*date, Argument::Day(worse.context.today));
}

#[test]
fn seg_8_whose_delay_crosses_the_line_each_day_moves_once() {
    let mut segment: Option<(String, i32)> = None;
    let mut moves = 0;
    for day in 0..60 {
        // The delay is a day above the line on even days and a day below it on odd ones.
        let mut case = case(TODAY).paid_late(12, if day % 2 == 0 { 22 } else { 20 });
        if let Some((key, since)) = &segment {
            case.in_force.segment = Some(key.clone());
            case.in_force.segment_since = Some(*since);
        }
        let key = decide(&case).key;
        if segment.as_ref().is_none_or(|(before, _)| *before != key) {
            moves += 1;
            segment = Some((key, case.context.today + day));
        }
    }
    assert_eq!(moves, 1);
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
    let mut codes: Vec<_> = description.texts.iter().map(|text| text.code.as_str()).collect();
    codes.dedup();
    assert!(codes.contains(&"moved"));
    for code in codes {
        let words: Vec<_> = description
            .texts
            .iter()
            .filter(|text| text.code == code)
            .collect();
        assert_eq!(words.len(), 4, "{code}");
        let arguments = |text: &str| {
            (0..4)
                .map(|n| text.contains(&format!("{{{n}}}")))
                .collect::<Vec<_>>()
        };
        assert!(
            words
                .iter()
                .all(|text| arguments(&text.text) == arguments(&words[0].text)),
            "{code} names the same arguments in each language"
        );
    }
}
