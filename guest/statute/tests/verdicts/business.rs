use super::*;
use maan_policy::testkit::eur;
use maan_policy::types::{CompanySize, DebtorKind, Decimal};
use maan_policy::{EUR, Money};

fn owing(today: &str, amount: &str) -> Case {
    case(today).invoice(|i| i.due("2026-10-01").open(eur(amount)))
}

#[test]
fn forty_euro_and_commercial_interest_from_the_day_after_due_through_the_payment_day() {
    let charges = charges(&owing("2026-10-02", "36500.00"));
    assert_eq!((charges.lump_sum, charges.costs), (eur("40.00"), 0));
    assert_eq!(charges.interest, eur("10.40"));
    assert_eq!(
        (charges.segments[0].start, charges.segments[0].end),
        (on("2026-10-02"), on("2026-10-03"))
    );
    assert_eq!(
        charges.segments[0].rate,
        Decimal {
            units: 1040,
            scale: 2
        }
    );
    for name in ["art. 6:96 lid 4 BW", "art. 6:119a BW"] {
        assert!(names(&charges.articles).contains(&name), "{name}");
    }
}

#[test]
fn on_the_due_day_nothing_is_charged() {
    let charges = charges(&owing("2026-10-01", "36500.00"));
    assert_eq!((charges.lump_sum, charges.costs, charges.interest), (0, 0, 0));
    assert_eq!(codes(&charges.reasons), ["nothing-overdue"]);
}

#[test]
fn after_a_formal_demand_the_table_applies_to_what_is_unpaid() {
    let demanded = |today: &str| {
        case(today).invoice(|i| {
            i.due("2026-10-01").open(eur("3500.00")).done_with_deadline(
                Level::LastReminder,
                "2026-10-12",
                "2026-10-19",
            )
        })
    };
    assert_eq!(charges(&demanded("2026-10-19")).costs, 0);
    let after = charges(&demanded("2026-10-20"));
    assert_eq!(codes(&after.reasons), ["costs-by-table", "interest-commercial"]);
    assert_eq!((after.lump_sum, after.costs), (eur("40.00"), eur("435.00")));
    let mut view = with_payments(&demanded("2026-10-20"), &[("2026-10-19", eur("2500.00"))]);
    view.items[0].open = eur("1000.00");
    let charges = judge_view(&demanded("2026-10-20"), &view).charges;
    assert_eq!((charges.lump_sum, charges.costs), (eur("40.00"), eur("110.00")));
}

#[test]
fn a_reminder_alone_makes_no_further_costs() {
    let case = case("2026-10-20").invoice(|i| {
        i.due("2026-10-01")
            .open(eur("3500.00"))
            .done(Level::Reminder1, "2026-10-08")
    });
    assert_eq!(charges(&case).costs, 0);
}

#[test]
fn the_lump_sum_is_counted_once_and_that_is_said() {
    let case = owing(TODAY, "100.00").invoice(|i| i.due("2026-10-05").open(eur("100.00")));
    let judgement = judge(&case, vec![]);
    assert_eq!(judgement.charges.lump_sum, eur("40.00"));
    assert_eq!(codes(&judgement.warnings), ["lump-sum-once"]);
}

#[test]
fn part_payments_count_towards_costs_then_interest_then_principal() {
    let case = owing("2026-11-01", "36500.00");
    let mut view = with_payments(&case, &[("2026-10-11", eur("1000.00"))]);
    view.items[0].open = eur("35500.00");
    let charges = judge_view(&case, &view).charges;
    // Ten days at 10.40 are 104.00; with the lump sum 144.00 of the payment is not principal.
    let parts: Vec<_> = charges
        .segments
        .iter()
        .map(|part| (part.start, part.base, part.interest))
        .collect();
    assert_eq!(parts[0], (on("2026-10-02"), eur("36500.00"), eur("104.00")));
    assert_eq!((parts[1].0, parts[1].1), (on("2026-10-12"), eur("35644.00")));
    assert!(names(&charges.articles).contains(&"art. 6:44 lid 1 BW"));
}

#[test]
fn a_payment_on_the_first_day_of_default_pays_the_lump_sum_first() {
    let case = owing("2026-10-05", "36500.00");
    for (paid_on, base) in [("2026-10-01", "36400.00"), ("2026-10-02", "36450.40")] {
        let mut view = with_payments(&case, &[(paid_on, eur("100.00"))]);
        view.items[0].open = eur("36400.00");
        let charges = judge_view(&case, &view).charges;
        assert_eq!(
            charges.segments.last().unwrap().base,
            eur(base),
            "paid on {paid_on}"
        );
    }
}

#[test]
fn an_agreed_rate_replaces_the_commercial_one_unless_another_is_asked() {
    let mut case = owing("2026-10-11", "36500.00");
    case.agreement.interest_rate = Some(Decimal { units: 120, scale: 1 });
    for (kind, expected) in [
        ("", "120.00"),
        ("contractual", "120.00"),
        ("commercial", "104.00"),
        ("statutory", "36.00"),
    ] {
        let mut view = case.statute(vec![]);
        view.rate_kind = kind.into();
        assert_eq!(judge_view(&case, &view).charges.interest, eur(expected), "{kind}");
    }
}

#[test]
fn charges_are_as_at_the_day_asked() {
    let case = owing("2026-10-11", "36500.00");
    for (day, expected) in [
        ("2026-09-15", "0.00"),
        ("2026-10-02", "10.40"),
        ("2026-10-31", "312.00"),
    ] {
        let mut view = case.statute(vec![]);
        view.charges_on = on(day);
        assert_eq!(judge_view(&case, &view).charges.interest, eur(expected), "{day}");
    }
}

#[test]
fn a_business_needs_no_letter_before_hand_over_but_must_be_in_default() {
    let late = owing(TODAY, "100.00");
    assert_eq!(answer(&late, hand_over(&late)), Answer::Allow);
    assert_eq!(answer(&late, message(&late, Level::LastReminder)), Answer::Allow);
    let early = case(TODAY).invoice(|i| i.due("2026-11-10").open(eur("100.00")));
    assert_eq!(vetoed(&early, hand_over(&early)).earliest, day("2026-11-11"));
}

#[test]
fn a_formal_notice_to_a_business_names_what_is_due_and_the_costs_that_follow() {
    let case = owing(TODAY, "3500.00");
    let notice = amended(&case, message(&case, Level::FormalNotice));
    let charges = notice.charges.unwrap();
    assert_eq!((charges.lump_sum, charges.costs), (eur("40.00"), eur("435.00")));
    assert!(charges.interest > 0);
    assert_eq!(
        codes(&notice.reasons),
        ["notice-names-charges", "arrival-must-be-provable"]
    );
    let view = case.statute(vec![message(&case, Level::FormalNotice)]);
    let policy = policy(r#"{"collection-costs": false}"#);
    let Answer::Amend(change) = &policy.decide(&case.context, &view).unwrap().answers[0] else {
        panic!("no amendment")
    };
    let charges = change.charges.as_ref().unwrap();
    assert_eq!((charges.lump_sum, charges.costs), (0, 0));
}

#[test]
fn a_formal_notice_is_about_its_own_items() {
    let case = owing(TODAY, "100.00").invoice(|i| i.due("2026-10-01").open(eur("3500.00")));
    let mut notice = message(&case, Level::FormalNotice);
    notice.items = vec![1];
    let charges = amended(&case, notice).charges.unwrap();
    assert_eq!((charges.lump_sum, charges.costs), (eur("40.00"), eur("435.00")));
    assert!(charges.segments.iter().all(|part| part.item == 1));
}

#[test]
fn sole_traders_and_public_bodies_pay_commercial_interest() {
    let trader = owing("2026-10-02", "36500.00").kind(DebtorKind::SoleTrader, "NL");
    assert_eq!(charges(&trader).interest, eur("10.40"));
    let public = charges(&owing("2026-10-02", "36500.00").kind(DebtorKind::PublicBody, "NL"));
    assert_eq!(public.interest, eur("10.40"));
    assert!(names(&public.articles).contains(&"art. 6:119b BW"));
}

#[test]
fn a_plan_that_is_kept_defers_charges_and_one_that_is_missed_does_not() {
    let case = owing(TODAY, "100.00");
    assert_eq!(
        charges(&case.clone().plan(&[0], &[("2026-12-01", 100_00)], 0, 0)).lump_sum,
        0
    );
    assert_eq!(
        charges(&case.plan(&[0], &[("2026-11-01", 100_00)], 0, 100_00)).lump_sum,
        eur("40.00")
    );
}

#[test]
fn terms_beyond_the_law_and_limitation_are_said() {
    let mut case = owing(TODAY, "100.00").size(CompanySize::Large);
    case.agreement.term_days = Some(31);
    assert_eq!(codes(&judge(&case, vec![]).warnings), ["term-too-long"]);
    let old = self::case("2026-10-02").invoice(|i| i.due("2021-10-01").open(eur("100.00")));
    assert_eq!(codes(&judge(&old, vec![]).warnings), ["limitation-passed"]);
    let near = self::case("2026-09-30").invoice(|i| i.due("2021-10-01").open(eur("100.00")));
    assert_eq!(codes(&judge(&near, vec![]).warnings), ["limitation-near"]);
    let early = self::case("2026-07-01").invoice(|i| i.due("2021-10-01").open(eur("100.00")));
    assert_eq!(judge(&early, vec![]).warnings, []);
}

#[test]
fn settings_can_leave_claims_out() {
    let case = owing("2026-10-02", "36500.00");
    let view = case.statute(vec![]);
    let policy = policy(r#"{"collection-costs": false, "interest": false}"#);
    let charges = policy.decide(&case.context, &view).unwrap().charges;
    assert_eq!((charges.lump_sum, charges.costs, charges.interest), (0, 0, 0));
    assert_eq!(
        codes(&charges.reasons),
        ["costs-not-claimed", "interest-not-claimed"]
    );
}

#[test]
fn another_currency_is_not_added_up() {
    let case = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("100.00")).currency(826));
    assert_eq!(charges(&case).lump_sum, 0);
}

#[test]
fn on_the_due_day_itself_nothing_is_due_also_when_asked_later() {
    let case = owing("2026-10-11", "36500.00");
    let mut view = case.statute(vec![]);
    view.charges_on = on("2026-10-01");
    let charges = judge_view(&case, &view).charges;
    assert_eq!(
        (charges.lump_sum, codes(&charges.reasons)),
        (0, vec!["nothing-overdue"])
    );
}

#[test]
fn what_is_wholly_disputed_or_written_to_zero_is_not_charged() {
    let disputed = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("100.00")).disputed(eur("100.00")));
    assert_eq!(codes(&charges(&disputed).reasons), ["nothing-overdue"]);
    let mut zero = owing(TODAY, "100.00").invoice(|i| {
        i.due("2026-10-01").open(eur("100.00")).done_with_deadline(
            Level::LastReminder,
            "2026-10-12",
            "2026-10-19",
        )
    });
    (zero.items[0].open, zero.items[1].open) = (0, 0);
    assert_eq!(codes(&charges(&zero).reasons), ["nothing-overdue"]);
}

#[test]
fn a_notice_leaves_out_what_is_wholly_disputed() {
    let mut case = case(TODAY)
        .invoice(|i| i.due("2026-09-01").open(eur("100.00")).disputed(eur("100.00")))
        .invoice(|i| i.due("2026-10-01").open(eur("100.00")));
    case.agreement.applicable_law = Some(maan_policy::country::FR);
    let charges = amended(&case, message(&case, Level::FormalNotice))
        .charges
        .unwrap();
    assert_eq!(charges.lump_sum, eur("40.00"));
    case.items.truncate(1);
    let notice = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(notice.charges, None);
}

#[test]
fn a_lump_sum_alone_is_said_as_such() {
    let charges = charges(&owing("2026-10-02", "36500.00"));
    assert_eq!(codes(&charges.reasons), ["lump-sum", "interest-commercial"]);
}

#[test]
fn a_payment_counts_towards_further_costs_from_the_day_after_the_demand_ran_out() {
    let case = case("2026-11-01").invoice(|i| {
        i.due("2026-10-01").open(eur("3500.00")).done_with_deadline(
            Level::LastReminder,
            "2026-10-12",
            "2026-10-19",
        )
    });
    // 18 days of interest are 17.95; 19 are 18.95; the fixed sum takes 40.00, further costs 435.00 from the 20th.
    for (paid_on, base) in [("2026-10-19", "2557.95"), ("2026-10-20", "2993.95")] {
        let mut view = with_payments(&case, &[(paid_on, eur("1000.00"))]);
        view.items[0].open = eur("2500.00");
        let charges = judge_view(&case, &view).charges;
        assert_eq!(charges.segments[1].base, eur(base), "paid on {paid_on}");
    }
}

#[test]
fn a_credit_is_used_once() {
    let case = owing(TODAY, "3000.00")
        .invoice(|i| i.due("2026-10-01").open(eur("3000.00")))
        .credit_note(eur("4000.00"));
    let mut notice = message(&case, Level::FormalNotice);
    notice.items = vec![0, 1];
    let charges = amended(&case, notice).charges.unwrap();
    assert_eq!(charges.costs + charges.lump_sum, eur("300.00"));
}

#[test]
fn what_was_paid_too_much_on_one_invoice_counts_for_another() {
    let mut case = owing(TODAY, "3000.00").invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    case.items[1].open = -eur("1000.00");
    let charges = amended(&case, message(&case, Level::FormalNotice))
        .charges
        .unwrap();
    assert_eq!(charges.costs + charges.lump_sum, eur("300.00"));
}

#[test]
fn before_the_last_of_its_invoices_is_in_default_nothing_is_handed_over() {
    let case = owing(TODAY, "100.00").invoice(|i| i.due("2026-11-10").open(eur("100.00")));
    assert_eq!(vetoed(&case, hand_over(&case)).earliest, day("2026-11-11"));
}

#[test]
fn further_costs_are_over_what_was_unpaid_when_the_first_demand_ran_out() {
    let case = case("2026-11-05").invoice(|i| {
        i.due("2026-10-01")
            .open(eur("3500.00"))
            .done_with_deadline(Level::LastReminder, "2026-10-12", "2026-10-19")
            .done_with_deadline(Level::FormalNotice, "2026-10-21", "2026-10-30")
    });
    let mut view = with_payments(&case, &[("2026-10-25", eur("2500.00"))]);
    view.items[0].open = eur("1000.00");
    let charges = judge_view(&case, &view).charges;
    assert_eq!((charges.lump_sum, charges.costs), (eur("40.00"), eur("435.00")));
    // The lump sum is part of what the table gives.
    let told = Money::new(eur("475.00"), EUR);
    assert_eq!(charges.reasons[0], maan_policy::reason!("costs-by-table", told));
}

#[test]
fn the_order_of_payments_is_said_when_one_of_several_invoices_had_a_payment() {
    let case = owing(TODAY, "100.00").invoice(|i| i.due("2026-10-05").open(eur("100.00")));
    assert!(!codes(&charges(&case).reasons).contains(&"payments-imputed"));
    let mut view = with_payments(&case, &[("2026-10-20", eur("10.00"))]);
    view.items[0].open = eur("90.00");
    let charges = judge_view(&case, &view).charges;
    assert!(codes(&charges.reasons).contains(&"payments-imputed"));
}

#[test]
fn an_invoice_paid_by_its_due_date_bears_no_lump_sum_and_takes_none_from_another() {
    let case = owing(TODAY, "100.00").invoice(|i| i.due("2026-10-05").open(eur("100.00")));
    for (paid_on, warnings) in [("2026-10-01", &[][..]), ("2026-10-02", &["lump-sum-once"])] {
        let mut view = with_payments(&case, &[(paid_on, eur("100.00"))]);
        view.items[0].open = 0;
        let judgement = judge_view(&case, &view);
        assert_eq!(judgement.charges.lump_sum, eur("40.00"), "paid on {paid_on}");
        assert_eq!(codes(&judgement.warnings), warnings, "paid on {paid_on}");
    }
}

#[test]
fn an_agreed_rate_of_nothing_leaves_no_interest_and_one_below_it_is_none() {
    let mut case = owing("2026-10-11", "36500.00");
    for (units, expected) in [(0, "0.00"), (-1, "104.00")] {
        case.agreement.interest_rate = Some(Decimal { units, scale: 0 });
        assert_eq!(charges(&case).interest, eur(expected), "{units} per cent");
    }
}

#[test]
fn a_contract_of_unknown_day_is_as_old_as_its_oldest_invoice() {
    for (issued, lower) in [
        (["2013-03-15", "2026-09-01"], true),
        (["2026-09-01", "2013-03-15"], true),
        (["2013-03-16", "2026-09-01"], false),
    ] {
        let case = issued.iter().fold(case(TODAY), |case, issued| {
            case.invoice(|i| i.due("2026-10-01").issued(issued).open(eur("100.00")))
        });
        let warnings = judge(&case, vec![]).warnings;
        assert_eq!(
            codes(&warnings).contains(&"old-contract-lower-rate"),
            lower,
            "{issued:?}"
        );
    }
}

#[test]
fn a_term_that_is_not_recorded_is_said_of_consumers_alone() {
    let mut case = owing(TODAY, "100.00");
    case.agreement.term_days = None;
    assert_eq!(judge(&case, vec![]).warnings, []);
}

/// Two invoices of EUR 3,500.00, the first demanded through 19 October 2026.
fn demanded_once(today: &str, due: &str) -> Case {
    let demanded = case(today).invoice(|i| {
        i.due("2026-10-01").open(eur("3500.00")).done_with_deadline(
            Level::LastReminder,
            "2026-10-12",
            "2026-10-19",
        )
    });
    demanded.invoice(|i| i.due(due).open(eur("3500.00")))
}

#[test]
fn an_invoice_that_was_never_demanded_bears_no_further_costs() {
    for due in ["2026-10-01", "2026-11-01"] {
        let charges = charges(&demanded_once("2026-11-05", due));
        assert_eq!(
            (charges.lump_sum, charges.costs),
            (eur("40.00"), eur("435.00")),
            "due {due}"
        );
    }
}

#[test]
fn an_invoice_that_is_demanded_later_adds_what_it_adds_to_the_costs_over_all() {
    for (today, expected) in [("2026-11-18", "435.00"), ("2026-11-19", "685.00")] {
        let mut case = demanded_once(today, "2026-11-01");
        let mut later = case.steps_done[0];
        (later.item, later.on, later.deadline) = (1, on("2026-11-04"), day("2026-11-18"));
        case.steps_done.insert(0, later);
        assert_eq!(charges(&case).costs, eur(expected), "{today}");
    }
}

#[test]
fn a_demand_of_an_earlier_round_makes_no_further_costs() {
    let mut case = demanded_once("2026-11-05", "2026-10-01");
    case.items[0].round = 1;
    assert_eq!(charges(&case).costs, 0);
}
