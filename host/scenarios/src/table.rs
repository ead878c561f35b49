//! Which story shows which requirement.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::story::{Located, Words};

/// The requirements that stories must show.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    /// Requirements that no story shows yet. The list only becomes shorter.
    #[serde(default)]
    pub not_yet: BTreeSet<String>,
    /// What each asks, by id, in the order of the file.
    pub requirement: Vec<Requirement>,
}

/// A requirement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its id.
    pub id: String,
    /// What it asks.
    pub what: String,
}

/// Why the requirements cannot be read.
#[derive(Debug, Error)]
#[error("`{path}`: {cause}")]
pub struct RequirementsError {
    path: String,
    cause: String,
}

/// How far the stories show the requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Requirements that no story shows, and that are not on the list of those to come.
    pub missing: Vec<String>,
    /// Requirements on the list of those to come that a story shows: take them off it.
    pub shown_already: Vec<String>,
    /// Ids of stories that are no requirement.
    pub unknown: Vec<String>,
}

impl Requirements {
    /// Reads the requirements of a folder of stories, where it has any.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of(folder: &Path) -> Result<Option<Self>, RequirementsError> {
        let path = folder.join("requirements.toml");
        let failed = |cause: String| RequirementsError {
            path: path.display().to_string(),
            cause,
        };
        if !path.is_file() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
        toml::from_str(&text)
            .map(Some)
            .map_err(|error| failed(error.to_string()))
    }

    /// What the stories show and do not show.
    pub fn coverage(&self, stories: &[Located]) -> Coverage {
        let shown: BTreeSet<&String> = stories
            .iter()
            .flat_map(|located| located.story.id.as_slice())
            .collect();
        let known: BTreeSet<&String> = self
            .requirement
            .iter()
            .map(|requirement| &requirement.id)
            .collect();
        let list = |ids: &mut dyn Iterator<Item = &&String>| ids.map(|id| (**id).clone()).collect();
        Coverage {
            missing: list(&mut known.difference(&shown).filter(|id| !self.not_yet.contains(**id))),
            shown_already: list(&mut shown.iter().filter(|id| self.not_yet.contains(**id))),
            unknown: list(&mut shown.difference(&known)),
        }
    }

    /// The table requirement, stories, policy as Markdown. Links lead from `docs/` to `scenarios/`.
    pub fn table(&self, stories: &[Located]) -> String {
        let mut of: BTreeMap<&String, Vec<&Located>> = BTreeMap::new();
        for located in stories {
            for id in located.story.id.as_slice() {
                of.entry(id).or_default().push(located);
            }
        }
        let mut text = String::from(
            "# What the default policies show\n\n\
             Each requirement, the stories that show it, and the policy whose rule it is. Written by \
             `maan policy test scenarios --table docs/scenarios.md`; a test compares.\n\n\
             | id | what | stories | policy |\n|---|---|---|---|\n",
        );
        for requirement in &self.requirement {
            let stories = of.get(&requirement.id).map(Vec::as_slice).unwrap_or_default();
            let link = |located: &&Located| {
                let file = located.file.display();
                format!("[{}](../scenarios/{file})", located.story.title)
            };
            let links: Vec<_> = stories.iter().map(link).collect();
            let slots = stories.iter().flat_map(|located| located.story.policy.as_slice());
            let slots: BTreeSet<_> = slots.map(|slot| slot.0.spelt()).collect();
            let slots: Vec<_> = slots.into_iter().collect();
            let links = if links.is_empty() {
                "*not yet*".to_owned()
            } else {
                links.join("<br>")
            };
            text.push_str(&format!(
                "| {} | {} | {links} | {} |\n",
                requirement.id,
                requirement.what,
                slots.join(", ")
            ));
        }
        text
    }
}
