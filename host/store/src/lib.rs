//! The database: SQLite embedded, PostgreSQL when it grows.
//!
//! One code base and one text of each statement for both. Everything of a tenant is reached through
//! [`TenantStore`], so that the tenant cannot be forgotten, and every key in the tables starts with it;
//! PostgreSQL's row-level security stands beside that. Facts are only ever added to; what a decision leads to is
//! written in one transaction with it; what must happen once is an obligation, unique in the database; actions
//! that leave go through leases with a fence that only rises.
//!
//! Money is kept as whole minor units with the currency's ISO 4217 number, days as days since 1970-01-01 in the
//! tenant's time zone, moments as microseconds. Time is always an argument.

mod actions;
mod administration;
mod claims;
mod codes;
mod connections;
mod credit_information;
mod db;
mod debtors;
mod decisions;
mod deployments;
mod error;
mod facts;
mod follow;
mod groups;
mod hooks;
mod host_key;
mod ingest;
mod latest;
mod look_ups;
mod many;
mod outbox;
mod readings;
mod sealing;
mod store;
mod tenant_settings;
mod write_backs;
mod write_batch;

pub use actions::{Action, ActionFilter, ActionMove, ActionState};
pub use administration::{AdministrationBody, AdministrationFact, UnplacedPayment};
pub use claims::{Claims, ClaimsError, Registration};
pub use connections::{Connection, ConnectionId, ConnectionState, NewConnection, Tried};
pub use credit_information::{CreditService, CreditSettings, ReportOrder, ReportSettled, Reserved};
pub use debtors::{CurrencyTotals, Debtor, DebtorDigest, Due, Totals};
pub use decisions::{BatchHead, DecisionId, StoredBatch, StoredDecision, StoredRecord};
pub use deployments::{Deployment, NewDeployment, Slot};
pub use error::StoreError;
pub use follow::Follows;
pub use groups::{GroupMember, GroupStatement};
pub use hooks::{Hook, NewHook};
pub use host_key::HostKey;
pub use ingest::{DebtorRow, Ingest, Ingested, Intake, RecordVersion};
pub use look_ups::LookUp;
pub use outbox::{Claim, Claimed, Fence, SendOutcome};
pub use store::{Component, ComponentDigest, Store, Tenant, TenantStore};
pub use tenant_settings::TenantSettings;
pub use write_backs::{QueuedWriteBack, WriteBackKind, WriteBackOutcome, WriteBackState, WriteBacks};
pub use write_batch::{Batches, DecidedBatch, Decision, NewAction, Refusal, Refused, Written};
