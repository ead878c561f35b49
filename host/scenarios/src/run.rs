//! Tests a story: it holds, and it fails where it must.

use maan_policy_host::contract::Slot;
use serde::Serialize;

use crate::cast::Cast;
use crate::check::{Miss, check};
use crate::play::play;
use crate::stand_in::{Players, Rules};
use crate::story::{Located, Story, Words};
use crate::timeline::{Line, Timeline};

/// What a test of a story found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The file.
    pub file: String,
    /// Requirements that it shows.
    pub id: Vec<String>,
    /// What it shows.
    pub title: String,
    /// Whose rule it shows.
    pub policy: Vec<&'static str>,
    /// It holds, and fails where it must.
    pub passed: bool,
    /// It cannot be played: what to change in the file.
    pub problem: Option<String>,
    /// What is not as expected.
    pub misses: Vec<Miss>,
    /// Where it does not fail though it must, or treats alike debtors differently.
    pub too_weak: Vec<String>,
    /// What was played.
    pub timeline: Vec<Line>,
}

/// Plays a story, then again with a policy that does nothing, with its rules switched off, and with debtors who must
/// be treated alike.
pub fn test(cast: &Cast<'_>, located: &Located) -> Report {
    let story = &located.story;
    let mut report = Report {
        file: located.file.display().to_string(),
        id: story.id.as_slice().to_vec(),
        title: story.title.clone(),
        policy: story
            .policy
            .as_slice()
            .iter()
            .map(|slot| slot.0.spelt())
            .collect(),
        passed: false,
        problem: None,
        misses: vec![],
        too_weak: vec![],
        timeline: vec![],
    };
    if let Err(problem) = tested(cast, story, &mut report) {
        report.problem = Some(problem);
    }
    report.passed = report.problem.is_none() && report.misses.is_empty() && report.too_weak.is_empty();
    report
}

fn tested(cast: &Cast<'_>, story: &Story, report: &mut Report) -> Result<(), String> {
    let policies = cast.configured(story, None)?;
    let players = |nothing: Option<Slot>| Players {
        policies: &policies,
        nothing,
        without: Rules::default(),
    };
    let played = play(&players(None), story, None)?;
    report.misses = check(story, &played);
    report.timeline.clone_from(&played.lines);
    for slot in story.policy.as_slice() {
        let idle = play(&players(Some(slot.0)), story, None)?;
        if check(story, &idle).is_empty() {
            let slot = slot.0.spelt();
            report
                .too_weak
                .push(format!("it holds with a {slot} policy that does nothing"));
        }
    }
    for without in &story.without {
        let change = without.change();
        let policies = cast
            .configured(story, change.as_ref())
            .map_err(|problem| format!("without `{}`: {problem}", without.name))?;
        let players = Players {
            policies: &policies,
            nothing: None,
            without: Rules {
                articles: &without.articles,
                reasons: &without.reasons,
            },
        };
        if check(story, &play(&players, story, None)?).is_empty() {
            report
                .too_weak
                .push(format!("it holds with its rule switched off: {}", without.name));
        }
    }
    for alike in &story.alike {
        let other = play(&players(None), story, Some(alike))?;
        if let Some(difference) = difference(&played, &other) {
            report
                .too_weak
                .push(format!("it is not the same with {}: {difference}", alike.name));
        }
    }
    Ok(())
}

/// Where two plays part, in their projection.
fn difference(one: &Timeline, other: &Timeline) -> Option<String> {
    let (one, other) = (one.projection(), other.projection());
    let longest = one.len().max(other.len());
    (0..longest).find_map(|place| {
        let nothing = "nothing".to_owned();
        let (one, other) = (
            one.get(place).unwrap_or(&nothing),
            other.get(place).unwrap_or(&nothing),
        );
        (one != other).then(|| format!("`{other}` instead of `{one}`"))
    })
}
