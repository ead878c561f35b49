//! Plays a story, day by day: what becomes known, the run, what leaves and is done, what people say.

use std::collections::{BTreeMap, HashMap, HashSet};

use maan_followup::parts::{Answers, Decided, asked};
use maan_followup::parts::{
    Due, Look, ask_credit, books_behind, by_hand, context, decide, item_ids, judged, leaves, look,
    new_actions, news, settled, stated, statute, steps_done, words,
};
use maan_followup::{ByHand, Guarded, Phrases, Prepared, Stopped, level_name, registers_of};
use maan_ledger::{
    ActionId, Body, Calendar, Contact, Country, Currency, Day, DebtorDescription, Fact, ItemId, Known, Level,
    Moment, Money, Outcome, RegisterAnswer, RegisterState, Snapshot, TenantId, snapshot,
};
use maan_outreach::Language;
use maan_policy_host::contract::{self, ActionKind, Context, Reason};
use maan_store::{
    ActionState, AdministrationBody, AdministrationFact, Claims, GroupMember, Registration, TenantSettings,
};
use uuid::Uuid;

use crate::stand_in::Players;
use crate::story::{Alike, Amount, CreditWanted, Expected, Question, RegistersSay, RegistrationIs, Story};
use crate::tell::{Deed, Tale, Told, tell};
use crate::timeline::{Asked, DecidedOn, Line, Mark, Seen, Timeline};

/// The run of a day, in minutes since midnight, and what comes before and after it.
const MORNING: i64 = 6 * 60;
const RUN: i64 = 8 * 60;
const WORK: i64 = 10 * 60;
const TALK: i64 = 12 * 60;

/// Plays a story with these players; the debtor with other fields where `alike` says so. The error says what of the
/// story cannot be played.
pub(crate) fn play(players: &Players<'_>, story: &Story, alike: Option<&Alike>) -> Result<Timeline, String> {
    let none = toml::Table::new();
    let tale = tell(story, alike.map_or(&none, |alike| &alike.debtor))?;
    let mut play = Play::new(players, story, tale, alike.is_some_and(|alike| alike.neighbours))?;
    for day in story.begin.0.0..=story.end().0 {
        play.day(Day(day))?;
    }
    Ok(play.timeline)
}

/// An action that is not done yet.
struct Open {
    /// Its place in the timeline.
    seen: usize,
    guarded: Guarded,
    state: ActionState,
}

/// A debtor in the play.
struct Life {
    id: maan_ledger::DebtorId,
    facts: Vec<Fact>,
    changed: bool,
    /// What was stated of the debtor's group.
    group_stated: Option<i64>,
    next_look: Option<Day>,
    open: BTreeMap<ActionId, Open>,
    ended: HashSet<ActionId>,
}

struct Play<'a> {
    players: &'a Players<'a>,
    phrases: Phrases,
    story: &'a Story,
    neighbours: bool,
    settings: TenantSettings,
    calendar: Calendar,
    home: Currency,
    told: std::collections::VecDeque<Told>,
    numbers: HashMap<ItemId, String>,
    lives: Vec<Life>,
    /// Said on this day, after the run.
    said: Vec<Told>,
    bank: Option<Day>,
    registers: RegistersSay,
    resting: Option<Day>,
    moments: i64,
    timeline: Timeline,
}

impl<'a> Play<'a> {
    fn new(players: &'a Players<'a>, story: &'a Story, tale: Tale, neighbours: bool) -> Result<Self, String> {
        let settings = settings(story)?;
        let mut play = Self {
            players,
            phrases: Phrases::of(players.policies),
            story,
            neighbours,
            calendar: Calendar::new(Country::from_code(&settings.country)),
            home: settings.currency,
            settings,
            told: tale.told.into(),
            numbers: tale.numbers,
            lives: vec![],
            said: vec![],
            bank: None,
            registers: RegistersSay::Nothing,
            resting: None,
            moments: 0,
            timeline: Timeline::default(),
        };
        for person in tale.people {
            let first = |(happened, body): (Day, Body)| Fact {
                happened,
                known: Known::Assumed(moment(happened, MORNING)),
                body,
            };
            play.timeline.people.push(person.called);
            play.lives.push(Life {
                id: person.id,
                facts: person.described.into_iter().map(first).collect(),
                changed: true,
                group_stated: None,
                next_look: None,
                open: BTreeMap::new(),
                ended: HashSet::new(),
            });
        }
        Ok(play)
    }

    fn day(&mut self, today: Day) -> Result<(), String> {
        self.said.clear();
        self.become_known(today);
        self.ask_registers(today);
        let context = self.context(today);
        let runs = self.resting.is_none_or(|through| through < today);
        if runs {
            self.run(today, &context)?;
            if self.state_groups(today) {
                self.run(today, &context)?;
            }
        }
        self.answer(today, &context);
        self.wish(today, &context)?;
        if runs && self.calendar.is_working_day(today) {
            self.work(today, &context)?;
        }
        self.talk(today);
        Ok(())
    }

    fn line(&mut self, day: Day, who: usize, mark: Mark, text: String) {
        let who = self.timeline.people.get(who).cloned().unwrap_or_default();
        self.timeline.lines.push(Line { day, who, mark, text });
    }

    /// A moment of a day, later than all before.
    fn moment(&mut self, day: Day, minutes: i64) -> Moment {
        self.moments = self.moments.saturating_add(1);
        Moment(moment(day, minutes).0.saturating_add(self.moments))
    }

    fn learn(&mut self, who: usize, day: Day, minutes: i64, happened: Day, body: Body) {
        let known = Known::At(self.moment(day, minutes));
        if let Some(life) = self.lives.get_mut(who) {
            life.facts.push(Fact {
                happened,
                known,
                body,
            });
            life.changed = true;
        }
    }

    /// What is known before the run; what is said today waits until after it.
    fn become_known(&mut self, today: Day) {
        while self.told.front().is_some_and(|told| told.known <= today) {
            let Some(told) = self.told.pop_front() else { break };
            let history = told.known < self.story.begin.0;
            if told.said && !history {
                self.said.push(told);
            } else {
                self.take_in(told, today, MORNING);
            }
        }
    }

    fn take_in(&mut self, told: Told, today: Day, minutes: i64) {
        let day = told.known.min(today);
        if !told.line.is_empty() {
            self.line(day, told.who, Mark::Fact, told.line);
        }
        for (happened, body) in told.facts {
            self.learn(told.who, day, minutes, happened, body);
        }
        match told.deed {
            Some(Deed::NoRun(through)) => self.resting = Some(through),
            Some(Deed::Bank(through)) => self.bank = through,
            Some(Deed::Registers(answer)) => self.registers = answer,
            Some(Deed::Call(contact)) => {
                self.learn(told.who, day, minutes, told.known, Body::Contacted(contact))
            }
            Some(wish @ Deed::ByHand { .. }) => self.said.push(Told {
                deed: Some(wish),
                facts: vec![],
                line: String::new(),
                ..told
            }),
            None => {}
        }
    }

    fn context(&self, today: Day) -> Context {
        let booked = AdministrationFact {
            happened: today,
            known: Known::At(moment(today, MORNING)),
            body: AdministrationBody::BankBooked {
                through: self.bank.unwrap_or(today.plus(-1)),
            },
        };
        context(&self.settings, &self.calendar, &[booked], today)
    }

    /// Registers are asked every morning, unless the story says otherwise.
    fn ask_registers(&mut self, today: Day) {
        let answer = match self.registers {
            RegistersSay::Nothing => RegisterState::Nothing,
            RegistersSay::NoAnswer => RegisterState::NoAnswer,
            RegistersSay::Unasked => return,
        };
        let known = Known::At(moment(today, MORNING));
        for life in &mut self.lives {
            let (country, kind) = described(&life.facts)
                .map(|debtor| (debtor.country, debtor.kind))
                .unwrap_or_default();
            let same =
                |fact: &Fact| matches!(&fact.body, Body::RegisterAsked(asked) if asked.answer == answer);
            let answered = life.facts.iter().any(same);
            life.facts
                .retain(|fact| !matches!(fact.body, Body::RegisterAsked(_)));
            let asked = registers_of(country, kind).iter().map(|register| Fact {
                happened: today,
                known,
                body: Body::RegisterAsked(RegisterAnswer {
                    register: register.code.to_owned(),
                    answer,
                }),
            });
            life.changed |= !answered;
            life.facts.extend(asked);
        }
    }

    /// States to the debtors of a group what it owes; whether that changed for any.
    fn state_groups(&mut self, today: Day) -> bool {
        let at = self.moment(today, RUN);
        let mut members: Vec<GroupMember> = Vec::new();
        for life in &self.lives {
            let stand = snapshot(&life.facts, self.home, today, at);
            members.push(GroupMember {
                debtor: life.id,
                group: stand
                    .debtor
                    .and_then(|debtor| debtor.group.clone())
                    .unwrap_or_default(),
                open: Some(stand.account.totals.open),
                stated: life.group_stated,
            });
        }
        members.sort_by(|one, other| one.group.cmp(&other.group));
        let news = news(&members, self.home);
        for (debtor, open) in &news {
            if let Some(life) = self.lives.iter_mut().find(|life| life.id == *debtor) {
                life.group_stated = *open;
                life.facts.push(stated(*open, self.home, today, Known::At(at)));
                life.changed = true;
            }
        }
        !news.is_empty()
    }

    /// Decides each debtor whose facts changed or whose next look has come.
    fn run(&mut self, today: Day, context: &Context) -> Result<(), String> {
        let known_at = self.moment(today, RUN);
        let due: Vec<usize> = (0..)
            .zip(&self.lives)
            .filter(|(_, life)| life.changed || life.next_look.is_some_and(|day| day <= today))
            .map(|(who, _)| who)
            .collect();
        if due.is_empty() {
            return Ok(());
        }
        let facts: Vec<(usize, Vec<Fact>)> = due
            .iter()
            .filter_map(|who| Some((*who, self.lives.get(*who)?.facts.clone())))
            .collect();
        let mut batch: Vec<Due<'_>> = Vec::new();
        for (who, facts) in &facts {
            let Some(life) = self.lives.get(*who) else {
                continue;
            };
            let stand = || snapshot(facts, self.home, today, known_at);
            if self.neighbours {
                batch.push(neighbour("before", stand()));
            }
            batch.push(Due {
                debtor: life.id,
                snapshot: stand(),
                rejected: None,
            });
            if self.neighbours {
                batch.push(neighbour("after", stand()));
            }
        }
        let decided = decide(self.players, context, &batch).map_err(|error| error.to_string())?;
        for (who, _) in &facts {
            let id = self.lives.get(*who).map(|life| life.id);
            let mine = batch.iter().zip(&decided).find(|(due, _)| Some(due.debtor) == id);
            if let Some((due, one)) = mine {
                self.decided(*who, today, one, &due.snapshot, known_at)?;
            }
        }
        Ok(())
    }

    fn decided(
        &mut self,
        who: usize,
        today: Day,
        one: &Decided,
        snapshot: &Snapshot<'_>,
        known_at: Moment,
    ) -> Result<(), String> {
        let held = one.held.as_ref().map(ToString::to_string);
        let segment = one.segment().cloned();
        let key = segment
            .as_ref()
            .map(|segment| segment.key.clone())
            .unwrap_or_default();
        let text = self.told_decision(one, snapshot);
        self.line(today, who, Mark::Decided, text);
        let tenant = TenantId(Uuid::nil());
        let guarded = self.players.without.let_on(&one.guarded);
        let new = new_actions(tenant, one.debtor, snapshot, &guarded, &key, 0);
        let new = new.map_err(|error| error.to_string())?;
        let judgement = judged(one, snapshot, known_at);
        if let Some(life) = self.lives.get_mut(who) {
            life.changed = false;
            life.next_look = one.next_look;
            life.facts.extend(judgement);
        }
        if held.is_none() {
            let keep: HashSet<ActionId> = new.iter().map(|action| action.id).collect();
            self.withdraw(who, today, |id| !keep.contains(id), "no longer proposed");
        }
        self.timeline.decisions.push(DecidedOn {
            who,
            on: today,
            held,
            segment,
            credit: one.credit_decision().cloned(),
            plan: one.plan().cloned(),
            next_look: one.next_look,
        });
        for action in new {
            let guarded = Prepared::read(&action.body)
                .map_err(|error| error.to_string())?
                .guarded;
            self.proposed(who, today, action.id, action.state, guarded, snapshot);
        }
        Ok(())
    }

    fn proposed(
        &mut self,
        who: usize,
        today: Day,
        id: ActionId,
        state: ActionState,
        guarded: Guarded,
        snapshot: &Snapshot<'_>,
    ) {
        let Some(life) = self.lives.get_mut(who) else {
            return;
        };
        if life.ended.contains(&id) {
            return;
        }
        if let Some(open) = life.open.get_mut(&id) {
            open.guarded = guarded;
            if state == ActionState::ToDo {
                open.state = state;
            }
            return;
        }
        let seen = self.timeline.actions.len();
        if state != ActionState::Vetoed {
            let guarded = guarded.clone();
            life.open.insert(id, Open { seen, guarded, state });
        }
        self.see(who, today, guarded, snapshot, false);
    }

    /// Each part of a message is seen by itself, those that joined it right after it.
    fn see(&mut self, who: usize, today: Day, guarded: Guarded, snapshot: &Snapshot<'_>, by_hand: bool) {
        let number = |id: &ItemId| self.numbers.get(id).cloned().unwrap_or_else(|| id.to_string());
        let parts: Vec<Seen> = guarded
            .parts()
            .enumerate()
            .map(|(place, part)| {
                let guarded = Guarded {
                    also: vec![],
                    ..part.clone()
                };
                Seen {
                    who,
                    on: today,
                    numbers: guarded.items.iter().map(number).collect(),
                    amount: asked(snapshot, &guarded),
                    guarded,
                    joined: place > 0,
                    by_hand,
                    done: None,
                    words: None,
                }
            })
            .collect();
        for seen in parts {
            let mark = if seen.goes_on() {
                Mark::Proposed
            } else {
                Mark::Stopped
            };
            let text = self.told_action(&seen, snapshot);
            self.line(today, who, mark, text);
            self.timeline.actions.push(seen);
        }
    }

    /// Takes open actions away, with what became of them.
    fn withdraw(&mut self, who: usize, today: Day, gone: impl Fn(&ActionId) -> bool, why: &str) {
        let Some(life) = self.lives.get_mut(who) else {
            return;
        };
        let ids: Vec<ActionId> = life.open.keys().filter(|id| gone(id)).copied().collect();
        let gone: Vec<usize> = ids
            .iter()
            .filter_map(|id| life.open.remove(id))
            .map(|open| open.seen)
            .collect();
        for seen in gone {
            let what = self.timeline.actions.get(seen).map(title).unwrap_or_default();
            self.line(today, who, Mark::Became, format!("{what}: withdrawn, {why}"));
        }
    }

    /// What expectations ask on this day.
    fn answer(&mut self, today: Day, context: &Context) {
        let known_at = self.moment(today, RUN);
        for (place, expect) in self
            .story
            .expects
            .iter()
            .enumerate()
            .filter(|(_, expect)| expect.on.0 == today)
        {
            let who = self.place(expect.who.as_deref());
            let Some(life) = self.lives.get(who) else { continue };
            let snapshot = snapshot(&life.facts, self.home, today, known_at);
            let answer = match &expect.what {
                Expected::Credit(wanted) if wanted.question != Question::Review => {
                    Asked::Credit(self.credit(context, &snapshot, wanted))
                }
                Expected::Charges(wanted) => Asked::Law(self.law(context, &snapshot, &wanted.rate_kind)),
                Expected::Clause(wanted) => Asked::Text(
                    self.players
                        .clause(&wanted.language)
                        .map_err(|error| error.to_string()),
                ),
                Expected::Newsletter(wanted) => {
                    let block = self.players.newsletter(&wanted.language, &wanted.segment);
                    Asked::Text(block.map_err(|error| error.to_string()))
                }
                _ => continue,
            };
            self.timeline.answers.push((place, answer));
        }
    }

    fn place(&self, called: Option<&str>) -> usize {
        let called = called.unwrap_or_default();
        self.timeline
            .people
            .iter()
            .position(|name| name == called)
            .unwrap_or_default()
    }

    fn credit(
        &self,
        context: &Context,
        snapshot: &Snapshot<'_>,
        wanted: &CreditWanted,
    ) -> Result<contract::CreditDecision, String> {
        let nothing = Amount::Whole(0);
        let asks = wanted.asks.as_ref().unwrap_or(&nothing).money(self.home);
        let asks = asks.map_err(|error| error.to_string())?.minor;
        let question = match wanted.question {
            Question::Review => contract::Question::Review,
            Question::Application => contract::Question::Application(asks),
            Question::Quotation => contract::Question::Quotation(asks),
            Question::Order => contract::Question::Order(asks),
            Question::BeforeCall => contract::Question::BeforeCall,
        };
        ask_credit(self.players, context, snapshot, question).map_err(|error| error.to_string())
    }

    fn law(
        &self,
        context: &Context,
        snapshot: &Snapshot<'_>,
        rate_kind: &str,
    ) -> Result<contract::Judgement, String> {
        let mut case = statute(snapshot, vec![], None, snapshot.as_of);
        case.rate_kind = rate_kind.to_owned();
        let decided = self.players.statute(context, std::slice::from_ref(&case));
        let decided = decided.map_err(|error| error.to_string())?.into_iter().next();
        let outcome = decided.ok_or("the statute policy gave no answer")?.outcome;
        outcome.map_err(|undecided| undecided.to_string())
    }

    /// What people want to do by hand today goes through the same door, and is done if it may be.
    fn wish(&mut self, today: Day, context: &Context) -> Result<(), String> {
        let wishes: Vec<(usize, Deed)> = self
            .said
            .iter()
            .filter_map(|told| Some((told.who, told.deed.clone()?)))
            .collect();
        for (who, wish) in wishes {
            let Deed::ByHand {
                level,
                channel,
                items,
            } = wish
            else {
                continue;
            };
            let at = self.moment(today, WORK);
            let Some(life) = self.lives.get(who) else { continue };
            let facts = life.facts.clone();
            let stand = snapshot(&facts, self.home, today, at);
            let wish = ByHand {
                debtor: life.id,
                level,
                channel,
                items,
            };
            let guarded = by_hand(self.players, context, &stand, &wish).map_err(|error| error.to_string())?;
            let Some(guarded) = guarded else {
                self.line(
                    today,
                    who,
                    Mark::Stopped,
                    "by hand: nothing is left to ask".into(),
                );
                continue;
            };
            let id = ActionId::derived(Uuid::nil(), &format!("by hand {}", self.timeline.actions.len()));
            let seen = self.timeline.actions.len();
            let goes_on = guarded.stopped.is_none();
            self.see(who, today, guarded.clone(), &stand, true);
            if goes_on {
                let said = self.said_in(&guarded, &stand)?;
                self.done(who, today, seen, id, &guarded, said, &stand);
            }
        }
        Ok(())
    }

    /// What may leave leaves, and people do what waits for them: the highest level first.
    fn work(&mut self, today: Day, context: &Context) -> Result<(), String> {
        let behind = books_behind(context, &self.calendar);
        for who in 0..self.lives.len() {
            let Some(life) = self.lives.get(who) else { continue };
            let mut ids: Vec<(Level, ActionId)> = life
                .open
                .iter()
                .map(|(id, open)| (open.guarded.level(), *id))
                .collect();
            ids.sort_unstable_by(|one, other| other.cmp(one));
            for (_, id) in ids {
                self.work_on(who, id, today, context, behind)?;
            }
        }
        Ok(())
    }

    fn work_on(
        &mut self,
        who: usize,
        id: ActionId,
        today: Day,
        context: &Context,
        behind: bool,
    ) -> Result<(), String> {
        let at = self.moment(today, WORK);
        let Some(life) = self.lives.get_mut(who) else {
            return Ok(());
        };
        let Some(open) = life.open.get(&id) else {
            return Ok(());
        };
        let (guarded, state, seen) = (open.guarded.clone(), open.state, open.seen);
        if Day(guarded.proposal.latest) < today {
            self.withdraw(who, today, |other| *other == id, "its last day has passed");
            return Ok(());
        }
        if Day(guarded.proposal.earliest) > today {
            return Ok(());
        }
        let facts = life.facts.clone();
        let stand = snapshot(&facts, self.home, today, at);
        let by_mail = leaves(&guarded.proposal) && guarded.channel() == maan_ledger::Channel::Email;
        let approved = state == ActionState::Queued || state == ActionState::Waiting && self.story.approve;
        if approved && by_mail {
            if behind {
                return Ok(());
            }
            match look(self.players, context, &self.settings, &stand, &guarded)
                .map_err(|error| error.to_string())?
            {
                Look::Send(ready) => {
                    let said = Some(ready.text.body.clone());
                    self.end(who, id);
                    self.done(who, today, seen, id, &ready.guarded, said, &stand);
                }
                Look::Withdraw(why) => self.withdraw(who, today, |other| *other == id, &why),
                Look::Veto(why) => self.withdraw(who, today, |other| *other == id, &format!("vetoed: {why}")),
                Look::Unwritable(why) => return Err(format!("{}: {why}", level_name(guarded.level()))),
                Look::Later(..) => {}
                Look::ByPerson(_) => {
                    if let Some(open) = self.lives.get_mut(who).and_then(|life| life.open.get_mut(&id)) {
                        open.state = ActionState::ToDo;
                    }
                }
            }
            return Ok(());
        }
        let persons = matches!(state, ActionState::ToDo) || approved;
        let lasts = matches!(guarded.proposal.kind, ActionKind::Task | ActionKind::OrderReport);
        if !persons || !self.story.people || lasts {
            return Ok(());
        }
        if let Some(why) = settled(&stand, &guarded) {
            self.withdraw(who, today, |other| *other == id, &why);
            return Ok(());
        }
        let said = self.said_in(&guarded, &stand)?;
        self.end(who, id);
        self.done(who, today, seen, id, &guarded, said, &stand);
        if guarded.proposal.kind == ActionKind::Call {
            self.called(who, id, today);
        }
        Ok(())
    }

    /// The words of what reaches the debtor in writing.
    fn said_in(&self, guarded: &Guarded, snapshot: &Snapshot<'_>) -> Result<Option<String>, String> {
        if !leaves(&guarded.proposal) {
            return Ok(None);
        }
        let text = words(&self.settings, snapshot, guarded).map_err(|error| error.to_string())?;
        Ok(text.map(|text| text.body))
    }

    fn end(&mut self, who: usize, id: ActionId) {
        if let Some(life) = self.lives.get_mut(who) {
            life.open.remove(&id);
            life.ended.insert(id);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is needed once, in one place")]
    fn done(
        &mut self,
        who: usize,
        today: Day,
        seen: usize,
        id: ActionId,
        guarded: &Guarded,
        said: Option<String>,
        snapshot: &Snapshot<'_>,
    ) {
        let at = self.moment(today, WORK);
        let facts = steps_done(id, guarded, snapshot, today, at);
        if let Some(life) = self.lives.get_mut(who) {
            life.facts.extend(facts);
            life.changed = true;
        }
        let how = if leaves(&guarded.proposal) { "left" } else { "done" };
        let parts = self.timeline.actions.iter_mut().skip(seen).enumerate();
        let parts = parts.take_while(|(place, part)| *place == 0 || part.joined);
        let mut titles = Vec::new();
        for (_, part) in parts {
            // A part that fell away at the last look has not left.
            if guarded.parts().any(|one| one.level() == part.guarded.level()) {
                part.done = Some(today);
                part.words.clone_from(&said);
                titles.push(title(part));
            }
        }
        for what in titles {
            self.line(today, who, Mark::Became, format!("{what}: {how}"));
        }
    }

    /// A proposed call was made: what the story tells of a call today is its outcome, else nobody answered.
    fn called(&mut self, who: usize, id: ActionId, today: Day) {
        let told = self
            .said
            .iter()
            .position(|told| told.who == who && matches!(told.deed, Some(Deed::Call(_))));
        let told = told.map(|place| self.said.remove(place));
        let contact = match told.as_ref().and_then(|told| told.deed.clone()) {
            Some(Deed::Call(contact)) => contact,
            _ => Contact {
                id: String::new(),
                channel: maan_ledger::Channel::Phone,
                outcome: Outcome::NoAnswer,
                right_person: false,
                inbound: false,
                unhandled: false,
                items: vec![],
            },
        };
        let line = told.map_or_else(|| "nobody answered the call".to_owned(), |told| told.line);
        self.line(today, who, Mark::Fact, line);
        let contact = Contact {
            id: id.to_string(),
            ..contact
        };
        self.learn(who, today, TALK, today, Body::Contacted(contact));
    }

    /// What people say and agree today, after the run.
    fn talk(&mut self, today: Day) {
        for told in std::mem::take(&mut self.said) {
            if !matches!(told.deed, Some(Deed::ByHand { .. })) {
                self.take_in(told, today, TALK);
            }
        }
    }

    fn say(&self, reason: &Reason, snapshot: &Snapshot<'_>) -> String {
        let ids = item_ids(snapshot);
        let number = |index: u32| {
            ids.get(index as usize)
                .and_then(|id| self.numbers.get(id))
                .cloned()
        };
        format!(
            "{} [{}]",
            self.phrases.say(Language::En, reason, number),
            reason.code
        )
    }

    fn told_decision(&self, one: &Decided, snapshot: &Snapshot<'_>) -> String {
        let mut parts = Vec::new();
        if let Some(held) = &one.held {
            parts.push(format!("held: {held}"));
        }
        if let Some(segment) = one.segment() {
            parts.push(format!(
                "{} [{}]",
                self.phrases.word(Language::En, &segment.key),
                segment.key
            ));
        }
        if let Some(credit) = one.credit_decision() {
            let limit = credit
                .limit
                .map(|limit| format!(", limit {}", Money::new(limit, self.home)));
            let verdict = crate::story::Words::spelt(credit.verdict);
            parts.push(format!("credit {verdict}{}", limit.unwrap_or_default()));
        }
        if let Some(plan) = one.plan() {
            let why: Vec<_> = plan
                .reasons
                .iter()
                .map(|reason| self.say(reason, snapshot))
                .collect();
            if plan.proposals.is_empty() {
                parts.push(format!("nothing: {}", why.join("; ")));
            }
        }
        if let Some(day) = one.next_look {
            parts.push(format!("next look {day}"));
        }
        parts.join(" · ")
    }

    fn told_action(&self, seen: &Seen, snapshot: &Snapshot<'_>) -> String {
        let proposal = &seen.guarded.proposal;
        let say = |reasons: &[Reason]| {
            let told: Vec<_> = reasons.iter().map(|reason| self.say(reason, snapshot)).collect();
            told.join("; ")
        };
        let mut text = format!(
            "{}, {}, {} tone, {}",
            title(seen),
            crate::story::Words::spelt(proposal.channel),
            crate::story::Words::spelt(proposal.tone),
            crate::story::Words::spelt(proposal.automation),
        );
        if let Some(deadline) = seen.guarded.deadline() {
            text.push_str(&format!(", to be paid by {deadline}"));
        }
        if let Some(charges) = &seen.guarded.charges {
            let currency = seen.amount.currency;
            let money = |minor| Money::new(minor, currency);
            text.push_str(&format!(
                ", costs {}, interest {}, lump sum {}",
                money(charges.costs),
                money(charges.interest),
                money(charges.lump_sum)
            ));
        }
        if !proposal.reasons.is_empty() {
            text.push_str(&format!(" — {}", say(&proposal.reasons)));
        }
        let articles: Vec<_> = seen
            .guarded
            .articles
            .iter()
            .map(|article| article.name.as_str())
            .collect();
        let verdict = match &seen.guarded.stopped {
            Some(Stopped::Law(veto)) => {
                let earliest = veto.earliest.map(|day| format!(", lawful from {}", Day(day)));
                format!("veto{}", earliest.unwrap_or_default())
            }
            Some(Stopped::Host(reason)) => format!("stopped: {}", self.say(reason, snapshot)),
            None if seen.amended() => "amended".to_owned(),
            None => "allowed".to_owned(),
        };
        text.push_str(&format!(" — {verdict}"));
        for part in [articles.join(", "), say(&seen.guarded.reasons)] {
            if !part.is_empty() {
                text.push_str(&format!(" ({part})"));
            }
        }
        text
    }
}

/// An action in a few words.
pub(crate) fn title(seen: &Seen) -> String {
    let level = seen.guarded.level();
    let kind = maan_followup::parts::kind_name(seen.guarded.proposal.kind);
    let task = match &seen.guarded.proposal.particulars {
        contract::Particulars::Task(code) => format!(" {code}"),
        _ => String::new(),
    };
    let by_hand = match (seen.by_hand, seen.joined) {
        (true, _) => "by hand: ",
        (false, true) => "with it: ",
        (false, false) => "",
    };
    let step = match level {
        Level::None => format!("{kind}{task}"),
        level => format!("{kind}, {}", level_name(level)),
    };
    let about = seen.numbers.join(", ");
    if about.is_empty() {
        format!("{by_hand}{step}")
    } else {
        format!("{by_hand}{step}: {about} ({})", seen.amount)
    }
}

/// How the debtor is described.
fn described(facts: &[Fact]) -> Option<&DebtorDescription> {
    facts.iter().rev().find_map(|fact| match &fact.body {
        Body::DebtorDescribed(described) => Some(described),
        _ => None,
    })
}

fn neighbour<'a>(name: &str, snapshot: Snapshot<'a>) -> Due<'a> {
    Due {
        debtor: maan_ledger::DebtorId::derived(Uuid::nil(), name),
        snapshot,
        rejected: None,
    }
}

fn moment(day: Day, minutes: i64) -> Moment {
    Moment(i64::from(day.0).saturating_mul(86_400_000_000)).plus_seconds(minutes.saturating_mul(60))
}

fn settings(story: &Story) -> Result<TenantSettings, String> {
    let creditor = &story.creditor;
    Ok(TenantSettings {
        zone: "Europe/Amsterdam".into(),
        country: creditor.country.clone(),
        currency: Currency::from_code(&creditor.currency).map_err(|error| error.to_string())?,
        language: creditor.language.clone(),
        creditor_name: "Bakkerij De Korenaar".into(),
        trade_register_number: Some("12345678".into()),
        vat_number: None,
        iban: Some("NL91ABNA0417164300".into()),
        size: creditor.size,
        deducts_vat: creditor.deducts_vat,
        claims: claims(creditor.for_others.as_deref()),
        sender_name: "Els Visser".into(),
        sender_address: "els@example.com".into(),
        reply_to: None,
        send_from_minute: 8 * 60,
        send_until_minute: 18 * 60,
        daily_maximum: 1_000,
        longest_promise_days: 60,
        stop_all: false,
        write_back: maan_store::WriteBacks::default(),
    })
}

fn claims(for_others: Option<&[RegistrationIs]>) -> Claims {
    let registration = |one: &RegistrationIs| Registration {
        country: Country::from_code(&one.country),
        register: one.register.clone(),
        until: one.until.map(|day| day.0),
    };
    match for_others {
        None => Claims::Own,
        Some(held) => Claims::ForOthers(held.iter().map(registration).collect()),
    }
}
