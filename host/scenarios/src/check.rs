//! Compares what was expected with what was played.

use maan_followup::Stopped;
use maan_ledger::{Currency, Day, Money};
use maan_policy_host::contract::{Charges, Particulars, Reason};
use serde::Serialize;

use crate::play::title;
use crate::story::{
    ActionWanted, Amount, ChargesWanted, CreditWanted, Expect, Expected, Never, NotChosenWanted, Question,
    RestWanted, SegmentWanted, Story, TextWanted, VerdictWanted, Words,
};
use crate::timeline::{Asked, Seen, Timeline};

/// Something that was expected and is not so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The day.
    pub day: Day,
    /// What was expected, as it stands in the file.
    pub expected: String,
    /// How it is instead.
    pub found: Vec<String>,
}

/// Collects how things differ from what was wanted.
struct Differences {
    home: Currency,
    list: Vec<String>,
}

impl Differences {
    fn new(home: Currency) -> Self {
        Self { home, list: vec![] }
    }

    fn add(&mut self, field: &str, wanted: impl std::fmt::Display, found: impl std::fmt::Display) {
        self.list.push(format!("{field} is {found}, not {wanted}"));
    }

    fn word<T: Words>(&mut self, field: &str, wanted: Option<crate::story::Word<T>>, found: T) {
        if let Some(wanted) = wanted.filter(|wanted| wanted.0 != found) {
            self.add(field, wanted.0.spelt(), found.spelt());
        }
    }

    fn text(&mut self, field: &str, wanted: &Option<String>, found: &str) {
        if let Some(wanted) = wanted.as_ref().filter(|wanted| *wanted != found) {
            self.add(field, format!("`{wanted}`"), format!("`{found}`"));
        }
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, field: &str, wanted: Option<T>, found: Option<T>) {
        if wanted.is_some() && wanted != found {
            let told = |value: Option<T>| value.map_or("none".to_owned(), |value| format!("{value:?}"));
            self.add(field, told(wanted), told(found));
        }
    }

    fn money(&mut self, field: &str, wanted: Option<&Amount>, found: Option<Money>) {
        let Some(wanted) = wanted else { return };
        let none = || "none".to_owned();
        match wanted.money(self.home) {
            Ok(wanted) if Some(wanted) == found => {}
            Ok(wanted) => self.add(field, wanted, found.map_or_else(none, |found| found.to_string())),
            Err(error) => self.list.push(format!("{field}: {error}")),
        }
    }

    /// The amount compares with a bound as asked.
    fn bound(&mut self, field: &str, bound: Option<&Amount>, found: Option<i64>, fits: fn(i64, i64) -> bool) {
        let Some(bound) = bound else { return };
        match (bound.money(self.home), found) {
            (Ok(bound), Some(found)) if fits(found, bound.minor) => {}
            (Ok(bound), found) => {
                let found = found.map_or("none".to_owned(), |found| {
                    Money::new(found, bound.currency).to_string()
                });
                self.add(field, bound, found);
            }
            (Err(error), _) => self.list.push(format!("{field}: {error}")),
        }
    }

    fn holds(&mut self, field: &str, wanted: &[String], found: &[&str]) {
        for one in wanted.iter().filter(|one| !found.contains(&one.as_str())) {
            let found = if found.is_empty() {
                "none".to_owned()
            } else {
                found.join(", ")
            };
            self.list
                .push(format!("{field} lack `{one}`; there are: {found}"));
        }
    }

    fn names(&mut self, field: &str, wanted: &[String], found: &[&str]) {
        for part in wanted
            .iter()
            .filter(|part| !found.iter().any(|name| name.contains(part.as_str())))
        {
            let found = if found.is_empty() {
                "none".to_owned()
            } else {
                found.join(", ")
            };
            self.list
                .push(format!("{field} lack `{part}`; there are: {found}"));
        }
    }

    fn charges(&mut self, wanted: [Option<&Amount>; 3], charges: Option<&Charges>, currency: Currency) {
        let [costs, interest, lump_sum] = wanted;
        let money = |of: fn(&Charges) -> i64| Some(Money::new(charges.map_or(0, of), currency));
        self.money("costs", costs, money(|charges| charges.costs));
        self.money("interest", interest, money(|charges| charges.interest));
        self.money("lump_sum", lump_sum, money(|charges| charges.lump_sum));
    }
}

fn codes(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code.as_str()).collect()
}

/// Everything that is not as the story expects.
pub(crate) fn check(story: &Story, timeline: &Timeline) -> Vec<Miss> {
    let home = Currency::from_code(&story.creditor.currency).unwrap_or(Currency::EUR);
    let mut misses: Vec<Miss> = Vec::new();
    for held in timeline.decisions.iter().filter(|decided| decided.held.is_some()) {
        misses.push(Miss {
            day: held.on,
            expected: "every policy answers".into(),
            found: held.held.iter().cloned().collect(),
        });
    }
    let checks = Checks {
        home,
        story,
        timeline,
    };
    for (place, expect) in story.expects.iter().enumerate() {
        let found = checks.expect(place, expect);
        if !found.is_empty() {
            misses.push(Miss {
                day: expect.on.0,
                expected: expect.told.clone(),
                found,
            });
        }
    }
    misses.extend(story.never.iter().flat_map(|never| checks.never(never)));
    if story.only {
        misses.extend(checks.unexpected());
    }
    misses
}

struct Checks<'a> {
    home: Currency,
    story: &'a Story,
    timeline: &'a Timeline,
}

impl Checks<'_> {
    fn who(&self, called: Option<&String>) -> usize {
        let called = called.map(String::as_str).unwrap_or_default();
        self.timeline
            .people
            .iter()
            .position(|name| name == called)
            .unwrap_or_default()
    }

    fn expect(&self, place: usize, expect: &Expect) -> Vec<String> {
        let who = self.who(expect.who.as_ref());
        let last = expect.until.unwrap_or(expect.on).0;
        if let Expected::Action(wanted) = &expect.what {
            return self.action(wanted, who, expect.on.0, last);
        }
        let mut first = Vec::new();
        for day in expect.on.0.0..=last.0 {
            let found = self.on(place, expect, who, Day(day));
            if found.is_empty() {
                return vec![];
            }
            if first.is_empty() {
                first = found;
            }
        }
        first
    }

    fn on(&self, place: usize, expect: &Expect, who: usize, day: Day) -> Vec<String> {
        let asked = || {
            self.timeline
                .answers
                .iter()
                .find(|(of, _)| *of == place)
                .map(|(_, asked)| asked)
        };
        match &expect.what {
            Expected::Action(_) => vec![],
            Expected::Rest(wanted) => self.rest(wanted, who, day),
            Expected::NotChosen(wanted) => self.not_chosen(wanted, who, day),
            Expected::Segment(wanted) => self.segment(wanted, who, day),
            Expected::Credit(wanted) => self.credit(wanted, who, day, asked()),
            Expected::Charges(wanted) => self.law(wanted, asked()),
            Expected::Clause(wanted) | Expected::Newsletter(wanted) => text(wanted, asked()),
        }
    }

    /// How the nearest action of these days differs from what is wanted.
    fn action(&self, wanted: &ActionWanted, who: usize, from: Day, until: Day) -> Vec<String> {
        let of = |seen: &&Seen| seen.who == who;
        let then = self
            .timeline
            .actions
            .iter()
            .filter(of)
            .filter(|seen| (from..=until).contains(&seen.on));
        let compared = then.map(|seen| (seen, self.differences(wanted, seen)));
        let nearest = compared.min_by_key(|(_, differences)| differences.len());
        match nearest {
            Some((_, differences)) if differences.is_empty() => vec![],
            Some((seen, mut differences)) => {
                differences.insert(0, format!("there was: {}", title(seen)));
                differences
            }
            None => {
                let mut found = vec![format!(
                    "nothing was proposed then{}",
                    self.why_nothing(who, until)
                )];
                let others = self.timeline.actions.iter().filter(of);
                let other = others
                    .into_iter()
                    .find(|seen| self.differences(wanted, seen).is_empty());
                found.extend(other.map(|seen| format!("it was proposed on {}", seen.on)));
                found
            }
        }
    }

    fn why_nothing(&self, who: usize, day: Day) -> String {
        let decided = self.timeline.decided(who, day);
        let plan = decided.and_then(|decided| decided.plan.as_ref().map(|plan| (decided.on, plan)));
        match plan {
            Some((on, plan)) => format!(
                "; the workflow last said on {on}: {}",
                codes(&plan.reasons).join(", ")
            ),
            None => String::new(),
        }
    }

    fn differences(&self, wanted: &ActionWanted, seen: &Seen) -> Vec<String> {
        let mut differences = Differences::new(self.home);
        let (one, proposal) = (&seen.guarded, &seen.guarded.proposal);
        differences.word("the kind", wanted.what, proposal.kind);
        differences.word("level", wanted.level, one.level());
        differences.word("channel", wanted.channel, proposal.channel);
        differences.word("tone", wanted.tone, proposal.tone);
        differences.word("automation", wanted.automation, proposal.automation);
        differences.word("announces", wanted.announces, proposal.announces);
        differences.text("text", &wanted.text, &proposal.text);
        if let Some(items) = &wanted.items {
            let sorted = |list: &[String]| {
                let mut list = list.to_vec();
                list.sort_unstable();
                list.join(", ")
            };
            let (wanted, found) = (sorted(items), sorted(&seen.numbers));
            if wanted != found {
                differences.add("items", wanted, found);
            }
        }
        differences.money("amount", wanted.amount.as_ref(), Some(seen.amount));
        differences.same("deadline", wanted.deadline.map(|day| day.0), one.deadline());
        differences.same("by_hand", wanted.by_hand, Some(seen.by_hand));
        differences.same("joined", wanted.joined, Some(seen.joined));
        differences.same("done", wanted.done, Some(seen.done.is_some()));
        self.verdict(&mut differences, wanted, seen);
        particulars(&mut differences, wanted, &proposal.particulars);
        for says in &wanted.says {
            if !seen.words.as_ref().is_some_and(|words| words.contains(says)) {
                let found = seen.words.as_deref().unwrap_or("it has not left");
                differences
                    .list
                    .push(format!("it does not say `{says}`: {found}"));
            }
        }
        differences.list
    }

    fn verdict(&self, differences: &mut Differences, wanted: &ActionWanted, seen: &Seen) {
        let one = &seen.guarded;
        let law = matches!(one.stopped, Some(Stopped::Law(_)));
        let fits = match wanted.verdict {
            VerdictWanted::GoesOn => seen.goes_on(),
            VerdictWanted::Allow => seen.goes_on() && !seen.amended(),
            VerdictWanted::Amend => seen.amended(),
            VerdictWanted::Veto => law,
            VerdictWanted::Stopped => !seen.goes_on() && !law,
        };
        if !fits {
            let found = match &one.stopped {
                Some(Stopped::Law(_)) => "veto".to_owned(),
                Some(Stopped::Host(reason)) => format!("stopped by {}", reason.code),
                None if seen.amended() => "amend".to_owned(),
                None => "allow".to_owned(),
            };
            differences.add(
                "the verdict",
                format!("{:?}", wanted.verdict).to_lowercase(),
                found,
            );
        }
        differences.holds("reasons", &wanted.reasons, &seen.codes());
        let articles: Vec<_> = one.articles.iter().map(|article| article.name.as_str()).collect();
        differences.names("articles", &wanted.articles, &articles);
        differences.text(
            "addressee",
            &wanted.addressee,
            one.addressee.as_deref().unwrap_or("none"),
        );
        differences.same(
            "copy",
            wanted.copy.map(|channel| channel.0.spelt()),
            one.copy.map(|channel| channel.spelt()),
        );
        let phrases: Vec<_> = one.phrases.iter().map(|(code, _)| code.as_str()).collect();
        differences.holds("phrases", &wanted.phrases, &phrases);
        let charges = [&wanted.costs, &wanted.interest, &wanted.lump_sum].map(Option::as_ref);
        differences.charges(charges, one.charges.as_ref(), seen.amount.currency);
        let earliest = match &one.stopped {
            Some(Stopped::Law(veto)) => veto.earliest.map(Day),
            _ => Some(Day(one.proposal.earliest)),
        };
        differences.same("earliest", wanted.earliest.map(|day| day.0), earliest);
    }

    fn rest(&self, wanted: &RestWanted, who: usize, day: Day) -> Vec<String> {
        let mut differences = Differences::new(self.home);
        let of = |seen: &&Seen| seen.who == who && seen.on == day && seen.goes_on() && !seen.by_hand;
        for seen in self.timeline.actions.iter().filter(of) {
            differences.list.push(format!("there was: {}", title(seen)));
        }
        let Some(decided) = self.timeline.decided(who, day) else {
            return vec!["nothing was decided by then".into()];
        };
        let plan = decided.plan.as_ref();
        let mut found = plan.map(|plan| codes(&plan.reasons)).unwrap_or_default();
        let rejected = plan.map(|plan| plan.rejected.as_slice()).unwrap_or_default();
        found.extend(rejected.iter().flat_map(|rejected| codes(&rejected.reasons)));
        differences.holds("reasons", &wanted.reasons, &found);
        differences.same("next_look", wanted.next_look.map(|day| day.0), decided.next_look);
        differences.list
    }

    fn not_chosen(&self, wanted: &NotChosenWanted, who: usize, day: Day) -> Vec<String> {
        let plan = self
            .timeline
            .decided(who, day)
            .and_then(|decided| decided.plan.as_ref());
        let rejected = plan.map(|plan| plan.rejected.as_slice()).unwrap_or_default();
        let compared = rejected.iter().map(|rejected| {
            let mut differences = Differences::new(self.home);
            differences.word("the kind", wanted.kind, rejected.kind);
            differences.word("level", wanted.level, rejected.level);
            differences.holds("reasons", &wanted.reasons, &codes(&rejected.reasons));
            differences.list
        });
        let nearest = compared.min_by_key(Vec::len);
        nearest.unwrap_or_else(|| vec!["nothing was weighed and not chosen then".into()])
    }

    fn segment(&self, wanted: &SegmentWanted, who: usize, day: Day) -> Vec<String> {
        let mut differences = Differences::new(self.home);
        let of = |who| {
            self.timeline
                .decided(who, day)
                .and_then(|decided| decided.segment.as_ref())
        };
        let Some(segment) = of(who) else {
            return vec!["no segment was decided by then".into()];
        };
        differences.text("the segment", &wanted.is, &segment.key);
        differences.word("willingness", wanted.willingness, segment.willingness);
        for (key, value) in &wanted.traits {
            let found = segment
                .traits
                .iter()
                .filter_map(|pair| pair.split_once('='))
                .find(|(name, _)| name == key)
                .map(|(_, value)| value);
            differences.text(
                &format!("trait {key}"),
                &Some(value.clone()),
                found.unwrap_or("none"),
            );
        }
        let evidence: Vec<_> = segment
            .evidence
            .iter()
            .map(|weighed| weighed.reason.code.as_str())
            .collect();
        differences.holds("evidence", &wanted.evidence, &evidence);
        differences.holds("reasons", &wanted.reasons, &codes(&segment.reasons));
        differences.money(
            "at_risk",
            wanted.at_risk.as_ref(),
            Some(Money::new(segment.at_risk, self.home)),
        );
        let confidence = segment.confidence;
        if wanted.confidence_from.is_some_and(|from| confidence < from)
            || wanted.confidence_to.is_some_and(|to| confidence > to)
        {
            differences.list.push(format!("confidence is {confidence}"));
        }
        if let Some(other) = &wanted.above {
            let rank = of(self.who(Some(other))).map(|segment| segment.rank);
            if rank.is_none_or(|rank| rank >= segment.rank) {
                let rank = rank.map_or("none".to_owned(), |rank| rank.to_string());
                differences
                    .list
                    .push(format!("its rank is {}, that of {other} {rank}", segment.rank));
            }
        }
        differences.list
    }

    fn credit(&self, wanted: &CreditWanted, who: usize, day: Day, asked: Option<&Asked>) -> Vec<String> {
        let reviewed = self
            .timeline
            .decided(who, day)
            .and_then(|decided| decided.credit.as_ref());
        let credit = match (wanted.question, asked) {
            (Question::Review, _) => reviewed,
            (_, Some(Asked::Credit(Ok(credit)))) => Some(credit),
            (_, Some(Asked::Credit(Err(error)))) => return vec![error.clone()],
            _ => None,
        };
        let Some(credit) = credit else {
            return vec!["the credit check was not asked by then".into()];
        };
        let mut differences = Differences::new(self.home);
        let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, self.home));
        differences.word("the verdict", wanted.verdict, credit.verdict);
        differences.same("advice_only", wanted.advice_only, Some(credit.advice_only));
        differences.money("limit", wanted.limit.as_ref(), money(credit.limit));
        differences.bound(
            "limit_from",
            wanted.limit_from.as_ref(),
            credit.limit,
            |found, bound| found >= bound,
        );
        differences.bound(
            "limit_to",
            wanted.limit_to.as_ref(),
            credit.limit,
            |found, bound| found <= bound,
        );
        differences.money("exposure", wanted.exposure.as_ref(), money(Some(credit.exposure)));
        differences.same("term_days", wanted.term_days, credit.term_days);
        differences.same("prepayment", wanted.prepayment, Some(credit.prepayment_share));
        differences.word("hold", wanted.hold, credit.hold);
        differences.same(
            "effective_on",
            wanted.effective_on.map(|day| day.0),
            credit.effective_on.map(Day),
        );
        differences.same("report_needed", wanted.report_needed, Some(credit.report_needed));
        differences.same(
            "next_review",
            wanted.next_review.map(|day| day.0),
            Some(Day(credit.next_review)),
        );
        differences.money(
            "counterfactual",
            wanted.counterfactual.as_ref(),
            money(credit.counterfactual),
        );
        differences.holds("reasons", &wanted.reasons, &codes(&credit.reasons));
        differences.list
    }

    fn law(&self, wanted: &ChargesWanted, asked: Option<&Asked>) -> Vec<String> {
        let judgement = match asked {
            Some(Asked::Law(Ok(judgement))) => judgement,
            Some(Asked::Law(Err(error))) => return vec![error.clone()],
            _ => return vec!["the law was not asked".into()],
        };
        let mut differences = Differences::new(self.home);
        let charges = [&wanted.costs, &wanted.interest, &wanted.lump_sum].map(Option::as_ref);
        differences.charges(charges, Some(&judgement.charges), self.home);
        differences.same(
            "last_day",
            wanted.last_day.map(|day| day.0),
            judgement.last_day.map(Day),
        );
        let [first, second] = judgement.law.to_be_bytes();
        let law = [char::from(first), char::from(second)].iter().collect::<String>();
        differences.text("law", &wanted.law, &law);
        let articles: Vec<_> = judgement
            .charges
            .articles
            .iter()
            .map(|article| article.name.as_str())
            .collect();
        differences.names("articles", &wanted.articles, &articles);
        differences.holds("reasons", &wanted.reasons, &codes(&judgement.charges.reasons));
        differences.holds("warnings", &wanted.warnings, &codes(&judgement.warnings));
        differences.list
    }

    fn never(&self, never: &Never) -> Vec<Miss> {
        let who = self.who(never.who.as_ref());
        let from = never.from.map_or(self.story.begin.0, |day| day.0);
        let until = never.until.map_or(self.story.end(), |day| day.0);
        let window = from..=until;
        let then =
            |seen: &&Seen| window.contains(&seen.on) || seen.done.is_some_and(|day| window.contains(&day));
        let of = self.timeline.actions.iter().filter(|seen| seen.who == who);
        let found = of
            .filter(then)
            .filter(|seen| self.differences(&never.action, seen).is_empty());
        found
            .map(|seen| Miss {
                day: seen.on,
                expected: format!("never {}", never.told),
                found: vec![format!("there was: {}", title(seen))],
            })
            .collect()
    }

    fn unexpected(&self) -> Vec<Miss> {
        let expected = |seen: &Seen| {
            self.story.expects.iter().any(|expect| match &expect.what {
                Expected::Action(wanted) => {
                    let days = expect.on.0..=expect.until.unwrap_or(expect.on).0;
                    let same = days.contains(&seen.on) && self.who(expect.who.as_ref()) == seen.who;
                    same && self.differences(wanted, seen).is_empty()
                }
                _ => false,
            })
        };
        let others = self
            .timeline
            .actions
            .iter()
            .filter(|seen| seen.goes_on() && !expected(seen));
        others
            .map(|seen| Miss {
                day: seen.on,
                expected: "nothing else than what is expected".into(),
                found: vec![format!("there was: {}", title(seen))],
            })
            .collect()
    }
}

fn text(wanted: &TextWanted, asked: Option<&Asked>) -> Vec<String> {
    let text = match asked {
        Some(Asked::Text(Ok(text))) => text,
        Some(Asked::Text(Err(error))) => return vec![error.clone()],
        _ => return vec!["the text was not asked".into()],
    };
    let lacks = wanted.says.iter().filter(|says| !text.contains(says.as_str()));
    let lacks = lacks.map(|says| format!("it does not say `{says}`: {text}"));
    let has = wanted.says_not.iter().filter(|says| text.contains(says.as_str()));
    lacks
        .chain(has.map(|says| format!("it says `{says}`: {text}")))
        .collect()
}

fn particulars(differences: &mut Differences, wanted: &ActionWanted, found: &Particulars) {
    let (mut task, mut goal, mut questions) = ("none", "none", Vec::new());
    let (mut plan, mut extended, mut discount, mut to) = (None, None, None, None);
    let mut estimate = Vec::new();
    match found {
        Particulars::Task(code) => task = code,
        Particulars::Call(guide) => {
            goal = &guide.goal;
            questions = guide.questions.iter().map(String::as_str).collect();
        }
        Particulars::Plan(bounds) => plan = Some(bounds),
        Particulars::Extension(day) => extended = Some(Day(*day)),
        Particulars::Discount((share, day)) => discount = Some((*share, Day(*day))),
        Particulars::HandOver(whom) => to = Some(*whom),
        Particulars::OutcomeEstimate(ways) => estimate.clone_from(ways),
        Particulars::None | Particulars::Other(_) => {}
    }
    differences.text("task", &wanted.task, task);
    differences.text("goal", &wanted.goal, goal);
    differences.holds("questions", &wanted.questions, &questions);
    differences.same(
        "most_instalments",
        wanted.most_instalments,
        plan.map(|plan| plan.max_instalments),
    );
    let least = plan.map(|plan| Money::new(plan.min_instalment, differences.home));
    differences.money("least_instalment", wanted.least_instalment.as_ref(), least);
    differences.same(
        "first_by",
        wanted.first_by.map(|day| day.0),
        plan.map(|plan| Day(plan.first_by)),
    );
    differences.same("extended_until", wanted.extended_until.map(|day| day.0), extended);
    differences.same("discount", wanted.discount, discount.map(|(share, _)| share));
    differences.same(
        "discount_until",
        wanted.discount_until.map(|day| day.0),
        discount.map(|(_, day)| day),
    );
    match (wanted.to, to) {
        (Some(wanted), Some(found)) => differences.word("to", Some(wanted), found),
        (Some(wanted), None) => differences.add("to", wanted.0.spelt(), "nobody"),
        (None, _) => {}
    }
    for (way, amount) in &wanted.estimate {
        let found = estimate.iter().find(|(name, _)| name == way);
        let found = found.map(|(_, minor)| Money::new(*minor, differences.home));
        differences.money(&format!("estimate of {way}"), Some(amount), found);
    }
}
