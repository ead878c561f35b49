//! Changes name the version of a record that they change. When somebody was faster they are refused, and made again on
//! the newer one.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::BusinessCentral;
use crate::http::{Call, CallError};

/// The status of a change of a version that is not the newest.
const STALE: u16 = 412;

#[derive(Deserialize)]
struct Tagged {
    #[serde(rename = "@odata.etag")]
    etag: String,
}

impl BusinessCentral {
    /// Sets fields of a record.
    pub(super) async fn set(&self, url: &Url, fields: &Value) -> Result<(), CallError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let record: Tagged = self.connection.call(&Call::get(url.clone())).await?.json()?;
            let call = Call::patch(url.clone(), fields.clone()).with_header("If-Match", record.etag);
            match self.connection.call(&call).await {
                Ok(_) => return Ok(()),
                Err(CallError::Refused { status: STALE, .. }) if tries == 1 => {}
                Err(error) => return Err(error),
            }
        }
    }
}
