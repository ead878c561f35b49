//! A request is a document in a SOAP envelope, and so is the answer: as text within text, or as elements.

use roxmltree::Document;

use super::{Twinfield, endpoints, xml};
use crate::Site;
use crate::http::{Answer, Call, CallError, Connection, Repeat};

/// Where the token stands in a request. Text in a request is escaped, so that it never says this.
const TOKEN: &str = "<access-token/>";
/// Longest message of a refusal that is told.
const LONGEST: usize = 200;

/// What was told.
#[derive(Debug)]
pub(super) struct Told {
    answer: Answer,
    text: String,
}

impl Told {
    /// The document that was asked for.
    pub(super) fn document(&self) -> Result<Document<'_>, CallError> {
        xml::parsed(&self.text).map_err(|error| self.answer.odd(&error))
    }

    /// That it is not what was asked for.
    pub(super) fn odd(&self, detail: &str) -> CallError {
        self.answer.odd(detail)
    }
}

/// Has a cluster process a document, for an office or, without one, for the organisation.
pub(super) async fn process(
    connection: &Connection,
    cluster: &Site,
    office: &str,
    request: &str,
    repeat: Repeat,
) -> Result<Told, CallError> {
    let url = cluster.path(["webservices", "processxml.asmx"]);
    let call = Call::post_text(
        url,
        "text/xml; charset=utf-8",
        envelope(office, request),
        TOKEN,
        repeat,
    )
    .with_header("SOAPAction", "\"http://www.twinfield.com/ProcessXmlString\"")
    .with_header("Accept", "text/xml");
    let answer = connection.call(&call).await?;
    let text = inner(&answer)?;
    let told = Told { answer, text };
    let why = refused(&told.document()?);
    match why {
        None => Ok(told),
        Some(why) => Err(refusal(&told.answer, &why)),
    }
}

impl Twinfield {
    /// Has the cluster process a document for this office.
    pub(super) async fn process(&self, request: &str, repeat: Repeat) -> Result<Told, CallError> {
        process(&self.connection, &self.site, self.office(), request, repeat).await
    }

    /// The code of the office.
    pub(super) fn office(&self) -> &str {
        let office = self.administration.place.get(endpoints::OFFICE);
        office.map_or("", String::as_str)
    }
}

fn envelope(office: &str, request: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header>\
         <Header xmlns=\"http://www.twinfield.com/\"><AccessToken>{TOKEN}</AccessToken>{}</Header>\
         </soap:Header><soap:Body><ProcessXmlString xmlns=\"http://www.twinfield.com/\">{}</ProcessXmlString>\
         </soap:Body></soap:Envelope>",
        xml::element("CompanyCode", office),
        xml::element("xmlRequest", request),
    )
}

/// The document within the envelope.
fn inner(answer: &Answer) -> Result<String, CallError> {
    let outer = xml::decoded(answer.bytes()).ok_or_else(|| answer.odd("it is not text"))?;
    let document = xml::parsed(&outer).map_err(|error| answer.odd(&error))?;
    let root = document.root_element();
    if let Some(fault) = xml::find(root, "Fault") {
        let said = xml::find(fault, "faultstring").map(xml::own_text);
        return Err(refusal(answer, said.unwrap_or("a fault without words")));
    }
    let result = xml::find(root, "ProcessXmlStringResult").ok_or_else(|| answer.odd("it holds no result"))?;
    let element = result.children().find(|child| child.is_element());
    Ok(match element {
        Some(element) => outer.get(element.range()).unwrap_or_default().to_owned(),
        None => xml::own_text(result).trim_start_matches('\u{feff}').to_owned(),
    })
}

/// Why a document was refused; none when it was not.
fn refused(document: &Document<'_>) -> Option<String> {
    let root = document.root_element();
    let failed = |node: roxmltree::Node<'_, '_>| node.attribute("result") == Some("0");
    if !root.descendants().any(failed) {
        return None;
    }
    let said: Vec<&str> = root
        .descendants()
        .filter_map(|node| node.attribute("msg"))
        .collect();
    Some(match said.as_slice() {
        [] => "without a reason".to_owned(),
        said => said.join("; "),
    })
}

/// Twinfield refuses with status 200.
fn refusal(answer: &Answer, why: &str) -> CallError {
    CallError::Refused {
        call: answer.call.clone(),
        status: 200,
        detail: why
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .take(LONGEST)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_has_one_place_whatever_a_request_says() {
        let text = envelope("001", &xml::element("comment", TOKEN));
        assert_eq!(text.matches(TOKEN).count(), 1, "{text}");
    }

    #[test]
    fn a_refusal_within_a_document_is_seen() {
        let refused = |text: &str| refused(&xml::parsed(text).unwrap());
        assert_eq!(
            refused("<offices result=\"1\"><office>001</office></offices>"),
            None
        );
        let one = "<dimension result=\"0\"><code msgtype=\"error\" msg=\"No rights\">1</code></dimension>";
        assert_eq!(refused(one).as_deref(), Some("No rights"));
        assert_eq!(
            refused("<dimensions result=\"0\"/>").as_deref(),
            Some("without a reason")
        );
    }
}
