//! The components of the four slots, configured as a story asks.

use std::sync::Arc;

use maan_followup::Policies;
use maan_policy_host::contract::{SLOTS, Slot};
use maan_policy_host::{Component, PolicyHost};
use serde_json::Value;

use crate::settings;
use crate::story::{Change, Story};

/// A component for each slot, and the host that runs them. The statute component must be trusted by the host.
pub struct Cast<'a> {
    host: &'a PolicyHost,
    components: [Arc<Component>; 4],
}

impl<'a> Cast<'a> {
    /// Takes for each slot the last of the components that fills it.
    ///
    /// # Errors
    /// A slot that none of them fills.
    pub fn of(host: &'a PolicyHost, components: &[Arc<Component>]) -> Result<Self, Slot> {
        let find = |slot: Slot| {
            let last = components
                .iter()
                .rev()
                .find(|component| component.slots().contains(&slot));
            last.cloned().ok_or(slot)
        };
        let [a, b, c, d] = SLOTS;
        Ok(Self {
            host,
            components: [find(a)?, find(b)?, find(c)?, find(d)?],
        })
    }

    /// The policies as the story sets them, with one change more.
    pub(crate) fn configured(&self, story: &Story, more: Option<&Change>) -> Result<Policies, String> {
        let [segmentation, credit_check, workflow, statute] = &self.components;
        let settings = |component, slot| settings_of(component, slot, story, more);
        let refused = |error: maan_policy_host::PolicyError| error.to_string();
        Ok(Policies {
            segmentation: self
                .host
                .configure(segmentation, &settings(segmentation, Slot::Segmentation)?)
                .map_err(refused)?,
            credit_check: self
                .host
                .configure(credit_check, &settings(credit_check, Slot::CreditCheck)?)
                .map_err(refused)?,
            workflow: self
                .host
                .configure(workflow, &settings(workflow, Slot::Workflow)?)
                .map_err(refused)?,
            statute: self
                .host
                .configure(statute, &settings(statute, Slot::Statute)?)
                .map_err(refused)?,
        })
    }
}

fn settings_of(
    component: &Component,
    slot: Slot,
    story: &Story,
    more: Option<&Change>,
) -> Result<String, String> {
    let changes = || {
        story
            .settings
            .iter()
            .chain(more)
            .filter(|change| change.policy.0 == slot)
    };
    let preset = changes().rev().find_map(|change| change.preset.as_ref());
    let preset = preset.or(story.preset.as_ref().filter(|_| slot == Slot::Workflow));
    let mut settings = preset_of(component, slot, preset.map(String::as_str))?;
    for change in changes() {
        settings::change(&mut settings, change)
            .map_err(|error| format!("settings of the {slot}: {error}"))?;
    }
    Ok(settings.to_string())
}

fn preset_of(component: &Component, slot: Slot, name: Option<&str>) -> Result<Value, String> {
    let description = component.description();
    let mut presets = description.presets.iter().filter(|preset| preset.slot == slot);
    let found = match name {
        Some(name) => presets.find(|preset| preset.name == name),
        None => presets.next(),
    };
    match (found, name) {
        (Some(preset), _) => serde_json::from_str(&preset.settings)
            .map_err(|error| format!("the preset `{}` of the {slot} is no JSON: {error}", preset.name)),
        (None, None) => Ok(Value::Object(serde_json::Map::new())),
        (None, Some(name)) => Err(format!(
            "`{}` has no preset `{name}` for the {slot}",
            description.name
        )),
    }
}
