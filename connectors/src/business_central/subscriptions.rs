//! Subscriptions, one for each kind of record. They end after three days and are renewed by subscribing again. Making or
//! renewing one has the platform try the address.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::endpoints::{api, keyed};
use super::{BusinessCentral, odata};
use crate::Subscription;
use crate::http::{Call, CallError, Repeat};
use crate::mapping::{Text, moment};

/// How long a subscription lives where the platform does not tell when it ends.
const LIFE_SECONDS: i64 = 3 * 24 * 3_600;

/// What to hear of.
const RESOURCES: [&str; 5] = [
    "customers",
    "salesInvoices",
    "salesCreditMemos",
    "salesQuotes",
    "salesOrders",
];

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Registered {
    subscription_id: Text,
    notification_url: Text,
    resource: Text,
    client_state: Text,
    expiration_date_time: Text,
    #[serde(rename = "@odata.etag")]
    etag: String,
}

impl BusinessCentral {
    /// Subscribes, or renews what is subscribed already. All share one secret word, with which messages come.
    pub(super) async fn subscribed(&self, url: &Url) -> Result<Option<Subscription>, CallError> {
        let own = self.registered(url.as_str()).await?;
        let kept = own
            .iter()
            .map(|one| &*one.client_state)
            .find(|word| !word.is_empty());
        let word = kept.map_or_else(
            || format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
            str::to_owned,
        );
        let secret = SecretString::from(word);
        let mut ends = None;
        for resource in RESOURCES {
            let company = keyed("companies", &self.administration.id);
            let path = format!("/api/v2.0/{company}/{resource}");
            let body = json!({
                "notificationUrl": url, "resource": path, "clientState": secret.expose_secret(),
            });
            let call = match own.iter().find(|one| one.resource.ends_with(&path)) {
                Some(one) => {
                    Call::patch(self.subscription(one), body).with_header("If-Match", one.etag.clone())
                }
                None => Call::post(api(&self.site, &["subscriptions"]), body, Repeat::Never),
            };
            let told: Registered = self.connection.call(&call).await?.json()?;
            // the first that ends has all be renewed
            ends = match (ends, moment(&told.expiration_date_time)) {
                (Some(one), Some(other)) => Some(std::cmp::min(one, other)),
                (one, other) => one.or(other),
            };
        }
        Ok(Some(Subscription {
            id: url.to_string(),
            secret: Some(secret),
            ends: ends.or_else(|| Some(self.clock.now().plus_seconds(LIFE_SECONDS))),
        }))
    }

    /// Ends all subscriptions of an address.
    pub(super) async fn unsubscribed(&self, address: &str) -> Result<(), CallError> {
        for one in self.registered(address).await? {
            let call = Call::delete(self.subscription(&one)).with_header("If-Match", one.etag);
            match self.connection.call(&call).await {
                Ok(_) | Err(CallError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn registered(&self, address: &str) -> Result<Vec<Registered>, CallError> {
        let url = api(&self.site, &["subscriptions"]);
        let all: Vec<Registered> = odata::every(&self.connection, &self.site, &url).await?;
        let company = keyed("companies", &self.administration.id);
        let own = all
            .into_iter()
            .filter(|one| &*one.notification_url == address && one.resource.contains(&company));
        Ok(own.collect())
    }

    fn subscription(&self, one: &Registered) -> Url {
        api(
            &self.site,
            &[&keyed("subscriptions", &format!("'{}'", &*one.subscription_id))],
        )
    }
}
