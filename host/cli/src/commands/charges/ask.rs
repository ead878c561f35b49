//! One debt as the statute component sees it, and the questions that it is asked.

use maan_ledger::{Calendar, Country, Currency, Day, Money};
use maan_policy_host::contract::{
    ActionKind, Agreement, Answer, Automation, Channel, Charges, ClaimBasis, CompanySize, Consent,
    ContactRole, Context, Creditor, Debtor, DebtorKind, Decimal, Item, ItemKind, ItemPayments, Judgement,
    LanguageSource, Level, Particulars, Proposal, Reach, Reason, Relation, StatuteCase, StepDone, Tone,
};
use maan_policy_host::{Policy, Statute};

use crate::arguments;
use crate::problem::Problem;

/// The invoice was issued so many days before its due date.
const TERM: i32 = 30;

/// An overdue debt.
pub(super) struct Debt {
    country: Country,
    kind: DebtorKind,
    pub(super) currency: Currency,
    pub(super) principal: i64,
    due: Day,
    pub(super) on: Day,
    letter: Option<Day>,
    by: Channel,
    /// Day and amount, by day.
    payments: Vec<(Day, i64)>,
    rate_kind: String,
    agreement: Agreement,
}

/// What the component answered.
pub(super) struct Answered {
    pub(super) charges: Charges,
    pub(super) last_day: Option<Day>,
    pub(super) warnings: Vec<Reason>,
}

fn wrong(what: &str, value: &str, right: &str) -> Problem {
    Problem::failed(format!("`{value}` is no {what}; {right}"))
}

impl Debt {
    /// The debt that the arguments describe.
    pub(super) fn of(options: &arguments::Charges) -> Result<Self, Problem> {
        let country = Country::from_code(&options.country);
        if !country.is_known() {
            return Err(wrong(
                "country",
                &options.country,
                "write two letters, such as NL",
            ));
        }
        let usual = if country.to_string() == "GB" { "GBP" } else { "EUR" };
        let code = options.currency.as_deref().unwrap_or(usual);
        let currency = Currency::from_code(code).map_err(|error| Problem::failed(error.to_string()))?;
        let money = |text: &str| {
            let amount = Money::parse(text, currency).map_err(|error| Problem::failed(error.to_string()))?;
            match amount.minor {
                minor if minor > 0 => Ok(minor),
                _ => Err(wrong("amount", text, "write more than nothing, such as 1000.00")),
            }
        };
        let mut payments = Vec::new();
        for payment in &options.payment {
            let right = "write a day and an amount, such as 2025-01-10:250.00";
            let (day, amount) = payment
                .split_once(':')
                .ok_or_else(|| wrong("payment", payment, right))?;
            let day = day.parse().map_err(|_| wrong("payment", payment, right))?;
            payments.push((day, money(amount)?));
        }
        payments.sort_unstable();
        let days = [
            Some(options.due),
            Some(options.on),
            options.letter,
            options.agreed_on,
        ];
        let paid = payments.iter().map(|(day, _)| *day);
        if let Some(day) = days
            .into_iter()
            .flatten()
            .chain(paid)
            .find(|day| !day.is_plausible())
        {
            return Err(wrong(
                "day to reckon with",
                &day.to_string(),
                "write one between 1900 and 2200",
            ));
        }
        if options.letter.is_some_and(|letter| letter > options.on) {
            return Err(Problem::failed(
                "the letter is later than the day of calculation; leave it out",
            ));
        }
        let (_, kind) = one_of("kind of debtor", &options.debtor, &KINDS)?;
        let (_, by) = one_of("way for a letter", &options.by, &WAYS)?;
        let rate_kind = options.rate_kind.as_deref().unwrap_or_default();
        let (rate_kind, ()) = one_of("kind of interest", rate_kind, &RATES)?;
        Ok(Self {
            country,
            kind,
            currency,
            principal: money(&options.principal)?,
            due: options.due,
            on: options.on,
            letter: options.letter,
            by,
            payments,
            rate_kind: rate_kind.to_owned(),
            agreement: agreement(options, country)?,
        })
    }

    /// What is left of the principal at the end of a day.
    pub(super) fn open_on(&self, day: Day) -> i64 {
        let paid = self.paid_by(day).map(|(_, amount)| amount);
        paid.fold(self.principal, i64::saturating_sub).max(0)
    }

    fn paid_by(&self, day: Day) -> impl Iterator<Item = (Day, i64)> + '_ {
        self.payments.iter().copied().filter(move |(on, _)| *on <= day)
    }

    /// Asks the component, as its documentation says: with the letter as a proposal, and once it was sent, with the
    /// letter as a step that was done.
    pub(super) fn ask(&self, policy: &Policy<Statute>) -> Result<Answered, Problem> {
        let day = self.letter.unwrap_or(self.on);
        let proposal = self.proposal(day);
        let mut judgement = self.judged(policy, day, vec![proposal], vec![])?;
        let answer = judgement.answers.pop();
        if self.letter.is_none() {
            let charges = match answer {
                Some(Answer::Amend(amendment)) => amendment.charges,
                _ => None,
            };
            return Ok(Answered {
                charges: charges.unwrap_or(judgement.charges),
                last_day: judgement.last_day.map(Day),
                warnings: judgement.warnings,
            });
        }
        let (step, mut warnings) = match answer {
            Some(Answer::Veto(veto)) => (None, veto.reasons),
            Some(Answer::Amend(amendment)) => {
                let costs = amendment.charges.as_ref();
                let costs = costs.map_or(0, |charges| charges.costs.saturating_add(charges.lump_sum));
                (Some(self.sent(day, amendment.deadline, costs)), vec![])
            }
            Some(Answer::Allow) | None => (Some(self.sent(day, None, 0)), vec![]),
        };
        let judgement = self.judged(policy, self.on, vec![], step.into_iter().collect())?;
        warnings.extend(judgement.warnings);
        Ok(Answered {
            charges: judgement.charges,
            last_day: judgement.last_day.map(Day),
            warnings,
        })
    }

    fn judged(
        &self,
        policy: &Policy<Statute>,
        day: Day,
        proposals: Vec<Proposal>,
        steps_done: Vec<StepDone>,
    ) -> Result<Judgement, Problem> {
        let case = self.case(day, proposals, steps_done);
        let decided = policy.decide(&self.context(day), std::slice::from_ref(&case))?;
        match decided.into_iter().next().map(|decision| decision.outcome) {
            Some(Ok(judgement)) => Ok(judgement),
            Some(Err(undecided)) => Err(Problem::failed(undecided.to_string())),
            None => Err(Problem::failed("the statute policy gave no answer")),
        }
    }

    fn context(&self, day: Day) -> Context {
        let non_working = Calendar::new(self.country).non_working_days(day.plus(-45), day.plus(90));
        Context {
            today: day.0,
            creditor: Creditor {
                country: self.country.packed(),
                size: CompanySize::Unknown,
                deducts_vat: true,
                claims: ClaimBasis::OwnClaims,
                currency: self.currency.0,
                bank_booked_through: Some(day.0),
                non_working_days: non_working.into_iter().map(|day| day.0).collect(),
            },
        }
    }

    fn case(&self, day: Day, proposals: Vec<Proposal>, steps_done: Vec<StepDone>) -> StatuteCase {
        let paid: Vec<(Day, i64)> = self.paid_by(day).collect();
        StatuteCase {
            debtor: self.debtor(),
            agreement: self.agreement,
            reach: vec![self.reach()],
            items: vec![Item {
                kind: ItemKind::Invoice,
                issued: self.due.plus(-TERM).0,
                due: self.due.0,
                amount: self.principal,
                open: self.open_on(day),
                currency: self.currency.0,
                last_level: steps_done.first().map_or(Level::None, |step| step.level),
                last_level_day: steps_done.first().map_or(0, |step| step.on),
                round: 0,
            }],
            payments: ItemPayments {
                items: paid.iter().map(|_| 0).collect(),
                days: paid.iter().map(|(day, _)| day.0).collect(),
                amounts: paid.iter().map(|(_, amount)| *amount).collect(),
            },
            deliveries: vec![],
            disputes: None,
            withheld: None,
            steps_done,
            plans: None,
            contacts: vec![],
            situations: None,
            costs: vec![],
            texts: None,
            proposals,
            charges_on: day.0,
            rate_kind: self.rate_kind.clone(),
        }
    }

    fn debtor(&self) -> Debtor {
        Debtor {
            kind: self.kind,
            size: CompanySize::Unknown,
            country: self.country.packed(),
            sector: String::new(),
            language: String::new(),
            language_source: LanguageSource::Unknown,
            since: None,
            in_group: false,
            payer_is_other: false,
            legal_status: None,
            represented: false,
            relation: Relation::Customer,
            traits: None,
        }
    }

    fn reach(&self) -> Reach {
        Reach {
            channel: self.by,
            role: ContactRole::Unknown,
            branch: 0,
            reachable: true,
            preferred: true,
            consent: Consent::Given,
            right_person: true,
        }
    }

    /// The letter that must precede costs.
    fn proposal(&self, day: Day) -> Proposal {
        Proposal {
            kind: ActionKind::Message,
            level: Level::FormalNotice,
            items: vec![0],
            channel: self.by,
            tone: Tone::Neutral,
            text: "formal-notice.neutral".into(),
            earliest: day.0,
            latest: day.plus(30).0,
            from_minute: 9 * 60,
            to_minute: 17 * 60,
            automation: Automation::Approve,
            particulars: Particulars::None,
            deadline: None,
            announces: Level::None,
            reasons: vec![],
        }
    }

    fn sent(&self, day: Day, deadline: Option<i32>, announced_costs: i64) -> StepDone {
        StepDone {
            item: 0,
            level: Level::FormalNotice,
            round: 0,
            on: day.0,
            channel: self.by,
            proof: true,
            deadline,
            announced_costs,
        }
    }
}

const KINDS: [(&str, DebtorKind); 4] = [
    ("business", DebtorKind::Business),
    ("sole-trader", DebtorKind::SoleTrader),
    ("consumer", DebtorKind::Consumer),
    ("public-body", DebtorKind::PublicBody),
];
const WAYS: [(&str, Channel); 3] = [
    ("post", Channel::Letter),
    ("registered", Channel::RegisteredLetter),
    ("email", Channel::Email),
];
const RATES: [(&str, ()); 4] = [
    ("", ()),
    ("statutory", ()),
    ("commercial", ()),
    ("contractual", ()),
];

fn one_of<T: Copy>(
    what: &str,
    value: &str,
    known: &[(&'static str, T)],
) -> Result<(&'static str, T), Problem> {
    let found = known.iter().find(|(name, _)| *name == value);
    found.copied().ok_or_else(|| {
        let names = known
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !name.is_empty());
        let right = format!("there are {}", names.collect::<Vec<_>>().join(", "));
        wrong(what, value, &right)
    })
}

fn agreement(options: &arguments::Charges, country: Country) -> Result<Agreement, Problem> {
    let percent = |text: &String| {
        let number: rust_decimal::Decimal = text
            .parse()
            .map_err(|_| wrong("percentage", text, "write it as 8.00"))?;
        let units = number
            .checked_mul(100.into())
            .filter(|units| units.fract().is_zero());
        let units = units.and_then(|units| i64::try_from(units).ok());
        units
            .filter(|units| (0..=100_000).contains(units))
            .ok_or_else(|| wrong("percentage", text, "write it as 8.00, with at most two decimals"))
    };
    let rate = options.agreed_rate.as_ref().map(percent).transpose()?;
    let indemnity = options.agreed_indemnity.as_ref().map(percent).transpose()?;
    let share = |units: i64| u16::try_from(units / 10).unwrap_or(1_000).min(1_000);
    Ok(Agreement {
        agreed_on: options.agreed_on.map(|day| day.0),
        applicable_law: Some(country.packed()),
        term_days: u16::try_from(TERM).ok(),
        costs_clause: !options.no_costs_clause,
        interest_rate: rate.map(|units| Decimal { units, scale: 2 }),
        indemnity_share: indemnity.map(share),
        regular_supply: false,
        consumer_sale: false,
    })
}
