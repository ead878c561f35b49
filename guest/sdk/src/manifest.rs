//! What a component says of itself.

pub use crate::bindings::manifest::exports::maan::policy::manifest::{
    Description, FuelClass, Preset, Slot, SlotSettings, Text,
};
use crate::settings::{self, Settings};

/// What the author states; slots and schemas are added by [`export!`](crate::export).
#[derive(Debug)]
pub struct Manifest {
    /// Name of the component.
    pub name: &'static str,
    /// Semantic version of the policy.
    pub version: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Named settings.
    pub presets: Vec<Preset>,
    /// Words for the codes of segments, steps and reasons.
    pub texts: Vec<Text>,
}

impl Manifest {
    /// The whole description.
    pub fn describe(self, slots: Vec<SlotSettings>) -> Description {
        Description {
            name: self.name.into(),
            version: self.version.into(),
            publisher: self.publisher.into(),
            fuel: FuelClass::Compiled,
            slots,
            presets: self.presets,
            texts: self.texts,
        }
    }
}

/// Settings under a name.
pub fn preset(slot: Slot, name: &str, settings: &impl Settings) -> Preset {
    Preset {
        name: name.into(),
        slot,
        settings: settings::json(settings),
    }
}

/// A slot with the schema of its settings.
pub fn slot_settings<S: Settings>(slot: Slot) -> SlotSettings {
    SlotSettings {
        slot,
        schema: settings::schema::<S>(),
    }
}

/// Texts from a table: per code its wording in each of the languages, in their order.
pub fn texts<const N: usize>(languages: [&str; N], table: &[(&str, [&str; N])]) -> Vec<Text> {
    table
        .iter()
        .flat_map(|(code, wordings)| {
            languages.iter().zip(wordings).map(|(language, text)| Text {
                language: (*language).into(),
                code: (*code).into(),
                text: (*text).into(),
            })
        })
        .collect()
}
