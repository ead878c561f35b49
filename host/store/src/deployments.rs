//! Which policy component runs in which slot with which settings.

use maan_ledger::Moment;
use serde::{Deserialize, Serialize};

use crate::codes::{bytes32, from_word, word};
use crate::db::{execute, fetch_all, fetch_optional};
use crate::{ComponentDigest, StoreError, TenantStore};

/// The slots of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// Who is this debtor to us now?
    Segmentation,
    /// How much trust, on which terms?
    CreditCheck,
    /// What do we propose today?
    Workflow,
    /// Is that lawful?
    Statute,
}

/// A component with settings for a slot, before it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeployment {
    /// Which slot.
    pub slot: Slot,
    /// Digest of the component.
    pub component: [u8; 32],
    /// Settings as JSON, accepted by the component.
    pub settings: String,
    /// Digest of the settings.
    pub settings_digest: [u8; 32],
    /// Who put it in force.
    pub who: String,
    /// Why.
    pub why: String,
}

/// A component with settings that was put in force for a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// Counts the deployments of an administration, from 1.
    pub number: i64,
    /// Which slot.
    pub slot: Slot,
    /// Digest of the component.
    pub component: [u8; 32],
    /// Settings as JSON.
    pub settings: String,
    /// Digest of the settings.
    pub settings_digest: [u8; 32],
    /// Who put it in force.
    pub who: String,
    /// Why.
    pub why: String,
    /// Since when.
    pub at: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    number: i64,
    slot: String,
    component: Vec<u8>,
    settings: String,
    settings_digest: Vec<u8>,
    who: String,
    why: String,
    at: i64,
}

impl Row {
    fn deployment(self) -> Result<Deployment, StoreError> {
        Ok(Deployment {
            number: self.number,
            slot: from_word("a slot", self.slot)?,
            component: bytes32("a digest", &self.component)?,
            settings: self.settings,
            settings_digest: bytes32("a digest", &self.settings_digest)?,
            who: self.who,
            why: self.why,
            at: Moment(self.at),
        })
    }
}

impl TenantStore {
    /// Puts a component with settings in force for a slot, in place of the one before.
    pub async fn deploy(&self, deployment: NewDeployment, at: Moment) -> Result<Deployment, StoreError> {
        self.key().await?;
        let mut tx = self.write().await?;
        let component = fetch_optional!(
            tx,
            (i64,),
            "SELECT added_at FROM component WHERE digest = $1",
            deployment.component.as_slice()
        )?;
        if component.is_none() {
            return Err(StoreError::UnknownComponent(ComponentDigest(
                deployment.component,
            )));
        }
        let last = fetch_optional!(
            tx,
            (i64,),
            "SELECT COALESCE(MAX(number), 0) FROM deployment WHERE tenant = $1",
            self.tenant.0
        )?;
        let number = last.map_or(1, |(number,)| number + 1);
        execute!(
            tx,
            "INSERT INTO deployment (tenant, number, slot, component, settings, settings_digest, who, why, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            self.tenant.0,
            number,
            word(deployment.slot),
            deployment.component.as_slice(),
            deployment.settings.as_str(),
            deployment.settings_digest.as_slice(),
            deployment.who.as_str(),
            deployment.why.as_str(),
            at.0,
        )?;
        tx.commit().await?;
        Ok(Deployment {
            number,
            slot: deployment.slot,
            component: deployment.component,
            settings: deployment.settings,
            settings_digest: deployment.settings_digest,
            who: deployment.who,
            why: deployment.why,
            at,
        })
    }

    /// What is in force, in the order of the slots.
    pub async fn deployments(&self) -> Result<Vec<Deployment>, StoreError> {
        let mut newest: Vec<Deployment> = Vec::new();
        for deployment in self.deployment_history().await?.into_iter().rev() {
            if !newest.iter().any(|newer| newer.slot == deployment.slot) {
                newest.push(deployment);
            }
        }
        newest.sort_by_key(|deployment| deployment.slot);
        Ok(newest)
    }

    /// Everything that ever was in force, oldest first.
    pub async fn deployment_history(&self) -> Result<Vec<Deployment>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            Row,
            "SELECT number, slot, component, settings, settings_digest, who, why, at
             FROM deployment WHERE tenant = $1 ORDER BY number",
            self.tenant.0
        )?;
        tx.commit().await?;
        rows.into_iter().map(Row::deployment).collect()
    }

    /// Settings by their digest, as far as they ever were in force.
    pub async fn deployment_settings(&self, settings_digest: [u8; 32]) -> Result<Option<String>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (String,),
            "SELECT settings FROM deployment WHERE tenant = $1 AND settings_digest = $2 ORDER BY number LIMIT 1",
            self.tenant.0,
            settings_digest.as_slice(),
        )?;
        tx.commit().await?;
        Ok(row.map(|(settings,)| settings))
    }
}
