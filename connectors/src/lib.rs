#![doc = include_str!("../README.md")]

mod administration;
mod batch;
pub mod business_central;
mod changes;
mod connector;
pub mod credit;
mod entity;
pub mod erpnext;
mod error;
pub mod exact_online;
pub mod files;
pub mod http;
mod ids;
mod known;
mod language;
mod mapping;
pub mod moneybird;
pub mod oauth;
pub mod odoo;
mod platform;
pub mod quickbooks;
mod reading;
mod remedy;
pub mod tryton;
pub mod twinfield;
pub mod webhook;
mod write_back;
pub mod xero;
mod zone;

pub use administration::Administration;
pub use batch::{Batch, Progress, ReadRecord};
pub use changes::{changes, is_as_on_platform};
pub use connector::{
    Administrations, CONNECTORS, Connector, Consent, From, Hooks, Opening, Parameter, Site, Verify,
};
pub use entity::Entity;
pub use error::ReadError;
pub use ids::{Ids, is_promised_on_platform};
pub use known::{KnownRecord, KnownVersions, Position};
pub use platform::{Listed, Look, Page, Platform, Subscription, Way};
pub use reading::{ReadOptions, Reading};
pub use remedy::Remedy;
pub use write_back::{WriteBack, Written};
