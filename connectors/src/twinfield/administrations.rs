use std::collections::BTreeMap;

use chrono_tz::Tz;
use secrecy::ExposeSecret;
use serde::Deserialize;
use url::Url;

use super::endpoints::{CLUSTER, OFFICE, connect};
use super::soap::process;
use super::xml;
use crate::http::{Call, CallError, Connection, Repeat};
use crate::mapping::Text;
use crate::{Administration, Site};

/// What the sign-in server says of an access token.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Validated {
    #[serde(rename = "twf.clusterUrl")]
    cluster: Text,
    #[serde(rename = "twf.organisationId")]
    organisation: Text,
    #[serde(rename = "twf.organisationCode")]
    code: Text,
}

/// The offices of the organisation that gave access. Codes of offices are only told apart within an organisation.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let mut url = connect(site, "accesstokenvalidation");
    let access = connection.session().access().await?;
    url.query_pairs_mut()
        .append_pair("token", access.token.expose_secret());
    let answer = connection.call(&Call::get(url)).await?;
    let validated: Validated = answer.json()?;
    let organisation = match &*validated.organisation {
        "" => &validated.code,
        _ => &validated.organisation,
    };
    let host = Url::parse(&validated.cluster)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .filter(|_| !organisation.is_empty())
        .ok_or_else(|| answer.odd("it names no cluster or organisation"))?;
    let request = "<list><type>offices</type></list>";
    let told = process(connection, &site.on_named_host(&host), "", request, Repeat::Safe).await?;
    let document = told.document()?;
    let offices = xml::all(document.root_element(), "office");
    Ok(offices
        .map(|office| {
            let code = xml::own_text(office);
            Administration {
                id: format!("{}/{code}", &**organisation),
                name: office.attribute("name").unwrap_or(code).to_owned(),
                language: "nl".to_owned(),
                currency: "EUR".to_owned(),
                country: "NL".to_owned(),
                time_zone: Tz::Europe__Amsterdam,
                suspended: false,
                place: BTreeMap::from([
                    (CLUSTER.to_owned(), host.clone()),
                    (OFFICE.to_owned(), code.to_owned()),
                ]),
            }
        })
        .collect())
}
