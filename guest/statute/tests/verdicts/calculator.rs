//! The charges on one debt, asked as the crate's documentation says, against published figures.

use super::*;
use maan_policy::EUR;
use maan_policy::testkit::{country_of, eur};
use maan_policy::types::{ClaimBasis, Currency, DebtorKind, Decimal};

/// A question to the calculator.
pub(crate) struct Debt {
    country: &'static str,
    kind: DebtorKind,
    principal: i64,
    due: &'static str,
    on: &'static str,
    letter: Option<(&'static str, Channel)>,
    payments: Vec<(&'static str, i64)>,
    rate_kind: &'static str,
    agreed: Option<Decimal>,
    clause: bool,
}

/// What came of it.
#[derive(Debug, PartialEq)]
pub(crate) struct Due {
    pub(crate) costs: i64,
    pub(crate) lump_sum: i64,
    pub(crate) interest: i64,
    pub(crate) total: i64,
    pub(crate) last_day: Option<Day>,
    pub(crate) bases: Vec<i64>,
    pub(crate) rates: Vec<i64>,
    pub(crate) articles: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

pub(crate) fn debt(
    country: &'static str,
    kind: DebtorKind,
    principal: &str,
    due: &'static str,
    on: &'static str,
) -> Debt {
    Debt {
        country,
        kind,
        principal: eur(principal),
        due,
        on,
        letter: None,
        payments: vec![],
        rate_kind: "",
        agreed: None,
        clause: true,
    }
}

impl Debt {
    pub(crate) fn letter(mut self, sent: &'static str, by: Channel) -> Self {
        self.letter = Some((sent, by));
        self
    }

    pub(crate) fn paid(mut self, day: &'static str, amount: &str) -> Self {
        self.payments.push((day, eur(amount)));
        self
    }

    pub(crate) fn rate(mut self, kind: &'static str) -> Self {
        self.rate_kind = kind;
        self
    }

    pub(crate) fn agreed(mut self, units: i64, scale: u8) -> Self {
        self.agreed = Some(Decimal { units, scale });
        self
    }

    pub(crate) fn without_clause(mut self) -> Self {
        self.clause = false;
        self
    }

    fn currency(&self) -> Currency {
        if self.country == "GB" { 826 } else { EUR }
    }

    /// The case as at a day.
    fn case(&self, today: &str, by: Channel) -> (Case, StatuteCase) {
        let mut case = case(today)
            .kind(self.kind, self.country)
            .unreachable()
            .reachable(by);
        let creditor = &mut case.context.creditor;
        (creditor.country, creditor.currency) = (country_of(self.country), self.currency());
        creditor.claims = ClaimBasis::OwnClaims;
        case.agreement.applicable_law = Some(country_of(self.country));
        case.agreement.term_days = Some(30);
        case.agreement.costs_clause = self.clause;
        case.agreement.interest_rate = self.agreed;
        let case = case.invoice(|i| i.due(self.due).open(self.principal).currency(self.currency()));
        let mut view = case.statute(vec![]);
        for (day, amount) in self
            .payments
            .iter()
            .filter(|(day, _)| on(day) <= case.context.today)
        {
            view.payments.items.push(0);
            view.payments.days.push(on(day));
            view.payments.amounts.push(*amount);
            view.items[0].open = (view.items[0].open - amount).max(0);
        }
        view.rate_kind = self.rate_kind.into();
        (case, view)
    }

    /// The judgement of a day with the letter proposed, and what the letter announces.
    fn ask_letter(&self, today: &str, by: Channel) -> (Judgement, Answer) {
        let (case, mut view) = self.case(today, by);
        let mut letter = proposal(&case, ActionKind::Message, Level::FormalNotice, by);
        letter.latest = case.context.today + 30;
        view.proposals = vec![letter];
        let mut judgement = judge_view(&case, &view);
        let answer = judgement.answers.remove(0);
        (judgement, answer)
    }

    pub(crate) fn ask(&self) -> Due {
        let (judgement, charges) = match self.letter {
            None => {
                let (judgement, answer) = self.ask_letter(self.on, Channel::Letter);
                let announced = match answer {
                    Answer::Amend(change) => change.charges,
                    _ => None,
                };
                let charges = announced.unwrap_or_else(|| judgement.charges.clone());
                (judgement, charges)
            }
            Some((sent, by)) => {
                let (_, answer) = self.ask_letter(sent, by);
                let (case, mut view) = self.case(self.on, by);
                if let Answer::Amend(change) = answer {
                    let announced = change.charges.unwrap();
                    view.steps_done.push(StepDone {
                        item: 0,
                        level: Level::FormalNotice,
                        round: 0,
                        on: on(sent),
                        channel: by,
                        proof: true,
                        deadline: change.deadline,
                        announced_costs: announced.costs + announced.lump_sum,
                    });
                }
                let judgement = judge_view(&case, &view);
                let charges = judgement.charges.clone();
                (judgement, charges)
            }
        };
        let paid: i64 = self.payments.iter().map(|(_, amount)| amount).sum();
        Due {
            costs: charges.costs,
            lump_sum: charges.lump_sum,
            interest: charges.interest,
            total: self.principal - paid + charges.costs + charges.lump_sum + charges.interest,
            last_day: judgement.last_day,
            bases: charges.segments.iter().map(|part| part.base).collect(),
            rates: charges.segments.iter().map(|part| part.rate.units).collect(),
            articles: charges.articles.into_iter().map(|article| article.name).collect(),
            warnings: judgement
                .warnings
                .into_iter()
                .map(|warning| warning.code)
                .collect(),
        }
    }
}

const CONSUMER: DebtorKind = DebtorKind::Consumer;
const BUSINESS: DebtorKind = DebtorKind::Business;
const PUBLIC: DebtorKind = DebtorKind::PublicBody;
const TRADER: DebtorKind = DebtorKind::SoleTrader;

#[test]
fn dutch_costs_without_a_letter_are_those_that_a_correct_one_announces() {
    for (principal, costs) in [
        ("0.01", "40.00"),
        ("100.00", "40.00"),
        ("266.66", "40.00"),
        ("266.67", "40.00"),
        ("267.00", "40.05"),
        ("1000.00", "150.00"),
        ("2500.00", "375.00"),
        ("2501.00", "375.10"),
        ("3500.00", "475.00"),
        ("5001.00", "625.05"),
        ("10001.00", "875.01"),
        ("200001.00", "2775.01"),
        ("1000000.00", "6775.00"),
        ("1000001.00", "6775.00"),
    ] {
        let due = debt("NL", CONSUMER, principal, "2026-03-14", "2026-11-02").ask();
        assert_eq!((due.costs, due.lump_sum), (eur(costs), 0), "on {principal}");
        assert_eq!(due.last_day, day("2026-11-18"));
        let due = debt("NL", BUSINESS, principal, "2026-03-14", "2026-11-02").ask();
        assert_eq!(due.costs + due.lump_sum, eur(costs), "on {principal}");
        assert_eq!((due.lump_sum, due.last_day), (eur("40.00"), None));
    }
}

#[test]
fn dutch_costs_after_a_letter_are_due_from_the_day_after_its_last_day() {
    for (on, costs) in [("2024-04-18", "0.00"), ("2024-04-19", "150.00")] {
        let debt = debt("NL", CONSUMER, "1000.00", "2024-03-14", on).letter("2024-04-02", Channel::Letter);
        let due = debt.ask();
        assert_eq!(
            (due.costs, due.last_day),
            (eur(costs), day("2024-04-18")),
            "on {on}"
        );
    }
    let email =
        debt("NL", CONSUMER, "1000.00", "2024-03-14", "2024-04-18").letter("2024-04-02", Channel::Email);
    assert_eq!(
        (email.ask().costs, email.ask().last_day),
        (eur("150.00"), day("2024-04-17"))
    );
}

#[test]
fn dutch_interest_over_years_with_a_payment() {
    let due = debt("NL", CONSUMER, "1000.00", "2024-03-14", "2026-02-17")
        .letter("2024-04-02", Channel::Letter)
        .paid("2025-01-10", "250.00")
        .ask();
    assert_eq!(due.rates, [700, 700, 600, 600, 600, 600, 400]);
    assert_eq!(due.costs, eur("150.00"));
    assert_eq!(due.bases[0], eur("1000.00"));
    // 150.00 of the payment is costs, the rest interest: 7 % until the turn of the year, 6 % for nine days.
    let until_payment: i64 = 20_71 + 35_29 + 1_48;
    assert_eq!(due.bases[3], eur("1000.00") - (eur("100.00") - until_payment));
    assert_eq!(due.total, eur("750.00") + due.costs + due.interest);
}

#[test]
fn payment_in_full_that_came_late_still_owes_its_interest() {
    let due = debt("NL", CONSUMER, "36500.00", "2026-01-01", "2026-06-01")
        .paid("2026-01-12", "36500.00")
        .ask();
    // Ten days at 4.00 a day; what the payment left of the principal bears little more.
    assert_eq!(due.bases, [eur("36500.00"), eur("40.00")]);
    assert!((eur("40.00")..eur("41.00")).contains(&due.interest), "{due:?}");
    let early = debt("NL", CONSUMER, "36500.00", "2026-01-01", "2026-06-01")
        .paid("2026-01-01", "36500.00")
        .ask();
    assert_eq!((early.interest, early.costs, early.total), (0, 0, 0));
}

#[test]
fn payment_in_full_by_the_due_day_owes_nothing_anywhere() {
    for country in ["NL", "BE", "DE", "FR", "LU", "GB", "AT"] {
        for kind in [CONSUMER, TRADER, BUSINESS, PUBLIC] {
            let due = debt(country, kind, "1000.00", "2026-03-02", "2026-06-01")
                .paid("2026-03-02", "1000.00")
                .ask();
            assert_eq!(
                (due.total, due.costs, due.lump_sum),
                (0, 0, 0),
                "{country} {kind:?}"
            );
        }
    }
    let late = debt("FR", BUSINESS, "1000.00", "2026-03-02", "2026-06-01")
        .paid("2026-03-03", "1000.00")
        .ask();
    assert_eq!(late.lump_sum, eur("40.00"));
}

#[test]
fn dutch_rate_kinds() {
    for (kind, rate_kind, rate) in [
        (CONSUMER, "", 400),
        (CONSUMER, "commercial", 400),
        (TRADER, "", 1040),
        (TRADER, "statutory", 400),
        (PUBLIC, "commercial", 1040),
    ] {
        let due = debt("NL", kind, "1000.00", "2026-09-01", "2026-10-01")
            .rate(rate_kind)
            .ask();
        assert_eq!(due.rates, [rate], "{kind:?} {rate_kind}");
    }
    let agreed = debt("NL", BUSINESS, "1000.00", "2026-09-01", "2026-10-01")
        .agreed(15, 1)
        .rate("contractual");
    assert_eq!(agreed.ask().rates, [15]);
}

#[test]
fn contracts_from_before_the_margin_rose_keep_the_lower_one_and_that_is_said() {
    for (due, rate, said) in [("2013-04-14", 775, true), ("2013-04-15", 875, false)] {
        let answer = debt("NL", BUSINESS, "1000.00", due, "2013-05-01").ask();
        assert_eq!(answer.rates, [rate], "due {due}");
        let warned = answer.warnings.contains(&"old-contract-lower-rate".to_owned());
        assert_eq!(warned, said, "due {due}");
    }
}

#[test]
fn belgian_indemnity_of_a_consumer() {
    for (principal, indemnity) in [
        ("100.00", "20.00"),
        ("150.00", "20.00"),
        ("150.01", "30.00"),
        ("151.00", "30.10"),
        ("200.00", "35.00"),
        ("499.99", "65.00"),
        ("500.00", "65.00"),
        ("501.00", "65.05"),
        ("1000.00", "90.00"),
        ("10000.00", "540.00"),
        ("50000.00", "2000.00"),
    ] {
        let due = debt("BE", CONSUMER, principal, "2026-10-01", "2026-11-19").ask();
        assert_eq!(
            (due.costs, due.lump_sum, due.interest),
            (eur(indemnity), 0, 0),
            "on {principal}"
        );
        assert_eq!(due.last_day, day("2026-12-07"));
        assert!(due.articles.contains(&"art. XIX.4 WER".to_owned()));
    }
}

#[test]
fn belgian_consumers_owe_indemnity_and_interest_after_the_reminder_ran_out() {
    let debt = |on| debt("BE", CONSUMER, "36500.00", "2026-06-01", on).letter("2026-07-17", Channel::Letter);
    let running = debt("2026-08-05").ask();
    assert_eq!((running.costs, running.interest), (0, 0));
    let due = debt("2026-08-16").ask();
    // Ten days from 6 August at the ordinary legal rate of 4.5 per cent.
    assert_eq!((due.costs, due.interest), (eur("1865.00"), eur("45.00")));
    assert_eq!(due.last_day, day("2026-08-05"));
    let agreed = debt("2026-08-16").agreed(12, 0).ask();
    assert_eq!(
        (agreed.rates, agreed.interest),
        (vec![450], eur("45.00")),
        "a rate above the highest allowed is void: the legal rate runs"
    );
    let agreed = debt("2026-08-16").agreed(1050, 2).ask();
    assert_eq!((agreed.rates, agreed.interest), (vec![1050], eur("105.00")));
    let agreed = debt("2026-08-16").agreed(8, 0).ask();
    assert_eq!(agreed.rates, [8]);
    let bare = debt("2026-08-16").without_clause().ask();
    assert_eq!((bare.costs, bare.interest), (0, eur("45.00")));
}

#[test]
fn belgian_businesses() {
    let due = debt("BE", BUSINESS, "36500.00", "2025-06-20", "2025-07-11").ask();
    // Ten days of June at 11.5, ten of July at 10.5 per cent.
    assert_eq!(due.rates, [1150, 1050]);
    assert_eq!(
        (due.interest, due.lump_sum, due.costs),
        (eur("220.00"), eur("40.00"), 0)
    );
    let statutory = debt("BE", BUSINESS, "36500.00", "2025-06-20", "2025-07-01")
        .rate("statutory")
        .ask();
    assert_eq!(statutory.interest, eur("45.00"));
    let formula = debt("BE", PUBLIC, "1000.00", "2026-06-20", "2026-07-01").ask();
    assert!(formula.warnings.contains(&"rate-by-formula".to_owned()));
    let published = debt("BE", PUBLIC, "1000.00", "2026-06-10", "2026-06-30").ask();
    assert!(published.warnings.is_empty(), "{published:?}");
}

#[test]
fn german_debts() {
    let due = debt("DE", CONSUMER, "10000.00", "2022-12-31", "2023-07-01").ask();
    assert_eq!((due.interest, due.costs, due.lump_sum), (eur("328.28"), 0, 0));
    assert_eq!(due.rates, [662]);
    let due = debt("DE", BUSINESS, "36500.00", "2026-06-30", "2026-07-11").ask();
    assert_eq!(due.rates, [1052]);
    assert_eq!(
        (due.interest, due.costs, due.lump_sum),
        (eur("105.20"), 0, eur("40.00"))
    );
    let due = debt("DE", BUSINESS, "36500.00", "2026-06-30", "2026-07-11")
        .rate("statutory")
        .ask();
    assert_eq!(due.rates, [652]);
    // Half a year without compounding, before and after the margin rose.
    assert_eq!(
        debt("DE", PUBLIC, "1000.00", "2014-06-30", "2014-07-31")
            .ask()
            .rates,
        [727]
    );
    assert_eq!(
        debt("DE", PUBLIC, "1000.00", "2014-08-28", "2014-09-30")
            .ask()
            .rates,
        [827]
    );
}

#[test]
fn french_debts() {
    let due = debt("FR", BUSINESS, "2400.00", "2026-01-31", "2026-03-18").ask();
    assert_eq!((due.rates, due.interest), (vec![1215], eur("35.95")));
    assert_eq!((due.lump_sum, due.costs), (eur("40.00"), 0));
    // 10,000 for three months at 10.25 %: a published example gives about 256, by days of the year it is 255.55.
    let due = debt("FR", BUSINESS, "10000.00", "2014-03-31", "2014-07-01").ask();
    assert_eq!((due.rates, due.interest), (vec![1025], eur("255.55")));
    for (due, on, rate) in [
        ("2023-01-10", "2023-02-01", 1250),
        ("2023-07-10", "2023-08-01", 1400),
        ("2024-01-10", "2024-02-01", 1450),
        ("2024-07-10", "2024-08-01", 1425),
        ("2025-01-10", "2025-02-01", 1315),
        ("2025-07-10", "2025-08-01", 1215),
        ("2026-07-10", "2026-08-01", 1240),
    ] {
        assert_eq!(
            debt("FR", BUSINESS, "1000.00", due, on).ask().rates,
            [rate],
            "{due}"
        );
    }
    assert_eq!(
        debt("FR", PUBLIC, "1000.00", "2026-07-10", "2026-08-01")
            .ask()
            .rates,
        [1040]
    );
    // A consumer owes the legal rate from the formal notice on, and none of the half-year that is not known.
    let notified =
        debt("FR", CONSUMER, "36500.00", "2026-05-01", "2026-06-11").letter("2026-05-31", Channel::Letter);
    let due = notified.ask();
    assert_eq!((due.rates, due.interest, due.costs), (vec![262], eur("26.20"), 0));
    let before = debt("FR", CONSUMER, "36500.00", "2026-05-01", "2026-06-11").ask();
    assert_eq!((before.interest, before.costs), (0, 0));
    let later =
        debt("FR", CONSUMER, "36500.00", "2026-05-01", "2026-08-01").letter("2026-05-31", Channel::Letter);
    assert_eq!(later.ask().interest, eur("78.60"));
    assert!(later.ask().warnings.contains(&"rates-unverified".to_owned()));
}

#[test]
fn luxembourg_debts() {
    for (due, on, rate) in [
        ("2024-07-10", "2024-08-01", 1225),
        ("2025-01-10", "2025-02-01", 1115),
        ("2025-07-10", "2025-08-01", 1015),
        ("2026-01-10", "2026-02-01", 1015),
        ("2026-07-10", "2026-08-01", 1040),
    ] {
        let answer = debt("LU", BUSINESS, "1000.00", due, on).ask();
        assert_eq!(
            (answer.rates, answer.lump_sum),
            (vec![rate], eur("40.00")),
            "{due}"
        );
        assert!(answer.warnings.contains(&"lump-sum-by-directive".to_owned()));
    }
    let leap = debt("LU", BUSINESS, "36500.00", "2023-12-31", "2024-07-01").ask();
    assert_eq!(
        leap.interest,
        182 * eur("12.50"),
        "days over 365 in a leap year too"
    );
    // Invoiced on 2 March 2024: from 1 July, only where a rate was announced, and only through 2024.
    let consumer = debt("LU", CONSUMER, "36500.00", "2024-04-01", "2024-07-11");
    assert_eq!((consumer.ask().interest, consumer.ask().costs), (0, 0));
    let announced = consumer.agreed(9, 0).ask();
    assert_eq!((announced.rates, announced.interest), (vec![450], eur("45.00")));
    let unknown = debt("LU", CONSUMER, "36500.00", "2025-02-01", "2025-12-31")
        .agreed(9, 0)
        .ask();
    assert_eq!(unknown.interest, 0);
}

#[test]
fn british_debts() {
    let due = debt("GB", BUSINESS, "10000.00", "2026-02-28", "2026-04-30").ask();
    assert_eq!(
        (due.interest, due.lump_sum, due.total),
        (eur("193.15"), eur("100.00"), eur("10293.15"))
    );
    assert_eq!(due.rates, [1175]);
    for (principal, sum) in [
        ("999.99", "40.00"),
        ("1000.00", "70.00"),
        ("9999.99", "70.00"),
        ("10000.00", "100.00"),
    ] {
        let due = debt("GB", TRADER, principal, "2026-02-28", "2026-03-01").ask();
        assert_eq!((due.lump_sum, due.interest), (eur(sum), 0), "{principal}");
    }
    // Interest starts on 1 January 2026 or a day earlier.
    assert_eq!(
        debt("GB", PUBLIC, "1000.00", "2025-12-31", "2026-08-01")
            .ask()
            .rates,
        [1175]
    );
    assert_eq!(
        debt("GB", PUBLIC, "1000.00", "2025-12-30", "2026-08-01")
            .ask()
            .rates,
        [1225]
    );
    let paid = debt("GB", BUSINESS, "1000.00", "2026-02-28", "2026-04-30")
        .paid("2026-04-01", "500.00")
        .ask();
    assert_eq!(paid.bases, [eur("1000.00"), eur("500.00")]);
    let consumer = debt("GB", CONSUMER, "1000.00", "2026-02-28", "2026-04-30").ask();
    assert_eq!((consumer.interest, consumer.lump_sum, consumer.costs), (0, 0, 0));
    assert!(!consumer.articles.is_empty());
}

#[test]
fn the_rest_of_the_union_gets_what_the_directive_gives_at_least() {
    for country in ["AT", "IE", "ES", "BG"] {
        let due = debt(country, BUSINESS, "36500.00", "2026-07-10", "2026-07-21").ask();
        assert_eq!(
            (due.rates, due.interest, due.lump_sum),
            (vec![1040], eur("104.00"), eur("40.00"))
        );
        assert_eq!(due.warnings, ["national-law-unknown"]);
    }
    for country in ["PL", "SE", "DK"] {
        let due = debt(country, PUBLIC, "36500.00", "2026-07-10", "2026-07-21").ask();
        assert_eq!((due.interest, due.lump_sum), (0, eur("40.00")), "{country}");
    }
    let consumer = debt("AT", CONSUMER, "36500.00", "2026-07-10", "2026-07-21").ask();
    assert_eq!((consumer.interest, consumer.lump_sum, consumer.costs), (0, 0, 0));
    assert_eq!(
        debt("AT", BUSINESS, "1000.00", "2013-04-10", "2013-05-01")
            .ask()
            .rates,
        [775]
    );
    assert_eq!(
        debt("AT", BUSINESS, "1000.00", "2013-04-20", "2013-05-01")
            .ask()
            .rates,
        [875]
    );
}

#[test]
fn past_the_verified_day_businesses_get_the_last_rate_and_consumers_no_new_charge() {
    for country in ["NL", "BE", "DE", "FR", "LU", "GB", "AT"] {
        let business = debt(country, BUSINESS, "36500.00", "2026-12-01", "2027-01-11").ask();
        assert!(
            business.warnings.contains(&"rates-unverified".to_owned()),
            "{country}"
        );
        assert!(business.interest > eur("300.00"), "{country}");
        let consumer = debt(country, CONSUMER, "36500.00", "2027-01-01", "2027-02-11").ask();
        assert!(
            consumer.warnings.contains(&"rates-unverified".to_owned()),
            "{country}"
        );
        assert_eq!((consumer.costs, consumer.interest), (0, 0), "{country}");
    }
}

#[test]
fn on_the_due_day_nobody_owes_anything_more() {
    for country in ["NL", "BE", "DE", "FR", "LU", "GB", "AT"] {
        for kind in [CONSUMER, TRADER, BUSINESS, PUBLIC] {
            let due = debt(country, kind, "1000.00", "2026-11-02", "2026-11-02").ask();
            assert_eq!((due.total, due.costs), (eur("1000.00"), 0), "{country} {kind:?}");
        }
    }
}
