//! Rust forms of the contract, generated from `wit/`. `types` and `actions` are generated once and
//! shared by all interfaces, so that a `Day` or a `Reason` is one Rust type in every slot.
//!
//! Each interface has its own world here, so that a component exports exactly the slots it fills.
#![allow(missing_docs, reason = "generated; the documentation is that of the contract")]

pub mod shared {
    wit_bindgen::generate!({
        path: "../../wit",
        inline: "package maan:sdk; world shared { import maan:policy/types@0.2.0; import maan:policy/actions@0.2.0; }",
        generate_all,
        generate_unused_types: true,
        additional_derives: [Clone, PartialEq],
        additional_type_attributes: {
            "maan:policy/types@0.2.0/level": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/types@0.2.0/channel": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/types@0.2.0/debtor-kind": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/types@0.2.0/company-size": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/types@0.2.0/verdict": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/types@0.2.0/willingness": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/actions@0.2.0/automation": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/actions@0.2.0/tone": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
            "maan:policy/actions@0.2.0/hand-over-to": [#[derive(Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = "kebab-case")]],
        },
        // serde sees no word break before a digit.
        additional_member_attributes: {
            "maan:policy/types@0.2.0/level.notice-1": [#[serde(rename = "notice-1")]],
            "maan:policy/types@0.2.0/level.notice-2": [#[serde(rename = "notice-2")]],
            "maan:policy/types@0.2.0/level.notice-3": [#[serde(rename = "notice-3")]],
            "maan:policy/types@0.2.0/level.reminder-1": [#[serde(rename = "reminder-1")]],
            "maan:policy/types@0.2.0/level.reminder-2": [#[serde(rename = "reminder-2")]],
            "maan:policy/types@0.2.0/level.reminder-3": [#[serde(rename = "reminder-3")]],
            "maan:policy/types@0.2.0/level.call-1": [#[serde(rename = "call-1")]],
            "maan:policy/types@0.2.0/level.call-2": [#[serde(rename = "call-2")]],
        },
    });
    pub use maan::policy::{actions, types};
}

pub mod manifest {
    wit_bindgen::generate!({
        path: "../../wit",
        inline: "package maan:sdk; world describes { export maan:policy/manifest@0.2.0; }",
        additional_derives: [Clone, PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_manifest",
        disable_custom_section_link_helpers: true,
    });
}

pub mod segmentation {
    wit_bindgen::generate!({
        path: "../../wit",
        inline: "package maan:sdk; world segments { export maan:policy/segmentation@0.2.0; }",
        with: { "maan:policy/types@0.2.0": crate::bindings::shared::types },
        additional_derives: [Clone, PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_segmentation",
        disable_custom_section_link_helpers: true,
    });
}

pub mod credit_check {
    wit_bindgen::generate!({
        path: "../../wit",
        inline: "package maan:sdk; world checks-credit { export maan:policy/credit-check@0.2.0; }",
        with: { "maan:policy/types@0.2.0": crate::bindings::shared::types },
        additional_derives: [Clone, PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_credit_check",
        disable_custom_section_link_helpers: true,
    });
}

pub mod workflow {
    wit_bindgen::generate!({
        path: "../../wit",
        inline: "package maan:sdk; world proposes { export maan:policy/workflow@0.2.0; }",
        with: {
            "maan:policy/types@0.2.0": crate::bindings::shared::types,
            "maan:policy/actions@0.2.0": crate::bindings::shared::actions,
        },
        additional_derives: [Clone, PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_workflow",
        disable_custom_section_link_helpers: true,
    });
}

pub mod statute {
    wit_bindgen::generate!({
        path: "../../wit",
        inline: "package maan:sdk; world guards { export maan:policy/statute@0.2.0; }",
        with: {
            "maan:policy/types@0.2.0": crate::bindings::shared::types,
            "maan:policy/actions@0.2.0": crate::bindings::shared::actions,
        },
        additional_derives: [Clone, PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_statute",
        disable_custom_section_link_helpers: true,
    });
}
