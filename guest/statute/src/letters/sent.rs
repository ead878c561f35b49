//! Which letters were sent, and which of them make costs due.
//!
//! The first correct letter on a claim counts; after it no further one is needed (HR 13 June 2014,
//! ECLI:NL:HR:2014:1405). A letter is void when its arrival cannot be shown, when it named no last day or one too
//! early, when the debtor was not in default yet, when its costs were higher than the law allows, or when another
//! letter with other costs ran at the same time. To judge its costs, the items that it covered must stay in the
//! case for as long as the round runs, paid ones too: what is missing makes the costs look too high.

use super::{Carrier, LetterRule};
use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use maan_policy::reason::day;
use maan_policy::types::{ItemIndex, Level, Reason, StepDone};
use maan_policy::{EUR, Money, reason};

/// A letter that announced costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    sent: Day,
    level: Level,
    carrier: Option<Carrier>,
    proof: bool,
    deadline: Option<Day>,
    announced: i64,
    items: Vec<ItemIndex>,
    /// Last day to pay without costs, or why it makes none due.
    term: Result<Day, Defect>,
}

/// Why a letter makes no costs due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// Its arrival cannot be shown.
    NotProvable,
    /// It named no last day.
    NoDeadline,
    /// It named a day earlier than this one.
    TooEarly(Day),
    /// It was sent before the debtor was in default.
    BeforeDefault,
    /// It announced more than this.
    TooHigh(i64),
    /// Another letter with other costs ran at the same time.
    Competing,
}

impl Defect {
    /// In words.
    pub fn reason(self) -> Reason {
        match self {
            Self::NotProvable => reason!("letter-not-provable"),
            Self::NoDeadline => reason!("letter-without-last-day"),
            Self::TooEarly(least) => reason!("letter-too-early", day(least)),
            Self::BeforeDefault => reason!("letter-before-default"),
            Self::TooHigh(allowed) => reason!("letter-costs-too-high", Money::new(allowed, EUR)),
            Self::Competing => reason!("letters-compete"),
        }
    }
}

/// What the letters on a claim are worth on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The debtor can still pay without costs through this day.
    Running(Day),
    /// The term ended on this day: costs are due.
    RanOut(Day),
    /// No costs, and a new letter is needed.
    Void(Defect),
}

/// The letters to a debtor, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    letters: Vec<Letter>,
    pub(super) rule: Option<&'static LetterRule>,
}

impl Letters {
    /// The letters that announced costs in the running round of the claims, sent on or before `on`. `claims` are
    /// all that are overdue. None where the law knows no such letter.
    pub fn of(inquiry: &Inquiry, claims: &[Claim], on: Day) -> Self {
        let Some(rule) = inquiry.regime.letter else {
            return Self::default();
        };
        let mut letters: Vec<Letter> = Vec::new();
        let steps = inquiry
            .case
            .steps_done
            .iter()
            .filter(|step| step.announced_costs > 0 && step.on <= on);
        for step in steps {
            if !claims
                .iter()
                .any(|claim| claim.item == step.item && claim.round == step.round)
            {
                continue;
            }
            let letter = Letter::of(step);
            let same = letters.iter_mut().find(|other| other.is_same_message(&letter));
            match same {
                Some(other) => other.join(letter),
                None => letters.push(letter),
            }
        }
        letters.sort_by_key(|letter| (letter.sent, letter.level));
        for letter in &mut letters {
            letter.term = letter.checked(rule, inquiry, claims);
        }
        let competing: Vec<bool> = letters
            .iter()
            .map(|one| letters.iter().any(|it| one.competes(it)))
            .collect();
        for (letter, _) in letters
            .iter_mut()
            .zip(competing)
            .filter(|(_, competing)| *competing)
        {
            letter.term = letter.term.and(Err(Defect::Competing));
        }
        Self {
            letters,
            rule: Some(rule),
        }
    }

    /// The letter that counts for a claim: the first correct one, else the last.
    fn governing(&self, claim: &Claim) -> Option<&Letter> {
        let mut on_claim = self
            .letters
            .iter()
            .filter(|letter| letter.items.contains(&claim.item));
        let correct = on_claim.clone().find(|letter| letter.term.is_ok());
        correct.or_else(|| on_claim.next_back())
    }

    /// What the letters on a claim are worth on a day; `None` when there is none.
    pub fn standing(&self, claim: &Claim, on: Day) -> Option<Standing> {
        self.governing(claim).map(|letter| match letter.term {
            Err(defect) => Standing::Void(defect),
            Ok(last) if on <= last => Standing::Running(last),
            Ok(last) => Standing::RanOut(last),
        })
    }

    /// Last day on which a new letter on the claim would compete with one that was sent.
    pub fn competing_through(&self, claim: &Claim, on: Day) -> Option<Day> {
        let on_claim = self
            .letters
            .iter()
            .filter(|letter| letter.items.contains(&claim.item));
        on_claim
            .filter_map(Letter::named)
            .filter(|last| on <= *last)
            .max()
    }

    /// Costs on the owed claims that are due by letters whose term ran out, each with the first day on which they
    /// are due. Each is over what was unpaid when its term ended, never more than it announced; together never
    /// more than the costs over all of it at once.
    pub fn costs_due(&self, inquiry: &Inquiry, owed: &[&Claim], on: Day) -> Vec<(Day, i64)> {
        self.principals_and_costs(inquiry, owed, on).1
    }

    /// The principals over which the costs of letters that ran out before a day are, and those costs.
    pub(super) fn principals_and_costs(
        &self,
        inquiry: &Inquiry,
        owed: &[&Claim],
        on: Day,
    ) -> (Vec<i64>, Vec<(Day, i64)>) {
        let (mut unpaid_of_all, mut due, mut so_far) = (Vec::new(), Vec::new(), 0i64);
        let Some(rule) = self.rule else {
            return (unpaid_of_all, due);
        };
        for letter in &self.letters {
            let Some(last) = letter.term.ok().filter(|last| *last < on) else {
                continue;
            };
            let governed = owed.iter().filter(|claim| self.governing(claim) == Some(letter));
            let unpaid: Vec<i64> = governed.map(|claim| claim.unpaid_after(last)).collect();
            unpaid_of_all.extend_from_slice(&unpaid);
            let cap = (rule.costs)(inquiry, &unpaid_of_all) - so_far;
            let costs = (rule.costs)(inquiry, &unpaid).min(letter.announced).min(cap);
            if costs > 0 {
                so_far += costs;
                due.push((last + 1, costs));
            }
        }
        (unpaid_of_all, due)
    }

    /// No letter announced costs.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// Whether a letter that announced costs was sent on a day.
    pub fn sent_on(&self, day: Day) -> bool {
        self.letters.iter().any(|letter| letter.sent == day)
    }
}

impl Letter {
    fn of(step: &StepDone) -> Self {
        Self {
            sent: step.on,
            level: step.level,
            carrier: Carrier::of(step.channel),
            proof: step.proof,
            deadline: step.deadline,
            announced: step.announced_costs,
            items: vec![step.item],
            term: Err(Defect::NoDeadline),
        }
    }

    /// Whether two steps were done by one message.
    fn is_same_message(&self, other: &Self) -> bool {
        (self.sent, self.level, self.carrier) == (other.sent, other.level, other.carrier)
    }

    fn join(&mut self, other: Self) {
        self.items.extend(other.items);
        self.proof &= other.proof;
        self.announced = self.announced.max(other.announced);
        self.deadline = self.deadline.min(other.deadline);
    }

    /// The last day to pay without costs, as far as the letter by itself decides.
    fn checked(&self, rule: &LetterRule, inquiry: &Inquiry, claims: &[Claim]) -> Result<Day, Defect> {
        let carrier = match self.carrier {
            Some(Carrier::Post) => Carrier::Post,
            Some(Carrier::Email) if self.proof || inquiry.settings.email_proves_arrival => Carrier::Email,
            _ => return Err(Defect::NotProvable),
        };
        let named = self.deadline.ok_or(Defect::NoDeadline)?;
        let least = (rule.last_day)(self.sent, carrier, 0);
        if named < least {
            return Err(Defect::TooEarly(least));
        }
        let covered = || claims.iter().filter(|claim| self.items.contains(&claim.item));
        if covered().any(|claim| self.sent <= claim.due) {
            return Err(Defect::BeforeDefault);
        }
        let demandable = covered().map(|claim| claim.demandable(inquiry.case, self.sent));
        let allowed = (rule.costs)(inquiry, &demandable.collect::<Vec<_>>());
        if self.announced > allowed {
            Err(Defect::TooHigh(allowed))
        } else {
            Ok(named)
        }
    }

    /// The last day that it named, unless the debtor could see that it did not count.
    fn named(&self) -> Option<Day> {
        match self.term {
            Ok(_) | Err(Defect::TooHigh(_) | Defect::Competing) => self.deadline,
            _ => None,
        }
    }

    /// Whether the debtor held two letters with different costs at once.
    fn competes(&self, other: &Self) -> bool {
        let overlap = match (self.named(), other.named()) {
            (Some(last), Some(other_last)) => other.sent <= last && self.sent <= other_last,
            _ => false,
        };
        overlap
            && self.announced != other.announced
            && self.items.iter().any(|item| other.items.contains(item))
    }
}
