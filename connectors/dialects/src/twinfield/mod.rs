//! Twinfield: documents in SOAP envelopes, from samples of its answers and what its clients tell.

mod browse;
mod dimensions;

use axum::http::Method;
use serde_json::json;

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};

/// Twinfield.
pub struct Twinfield;

const OFFICE: &str = "001";
const FAULT: &str = "<?xml version=\"1.0\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\
    <soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>REASON</faultstring></soap:Fault></soap:Body>\
    </soap:Envelope>";

impl Dialect for Twinfield {
    fn word(&self) -> &'static str {
        "twinfield"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (
                Case::Consumers,
                "a customer has no mark for consumers; without a VAT or trade register number its kind is unknown, which is protected like a consumer",
            ),
            (Case::Languages, "a customer has no language"),
            (
                Case::Holds,
                "deliveries cannot be held; what is blocked is projects in time and expenses",
            ),
            (Case::References, "a line of a transaction has no order reference"),
            (Case::Instalments, "a transaction has one due date"),
            (Case::Disputes, "a transaction has no field for it"),
            (Case::Promises, "a transaction has no field for it"),
            (Case::WriteOffs, "a write-off is a match like a payment"),
            (
                Case::Corrections,
                "a transaction does not name the one that it corrects",
            ),
            (Case::Quotations, "there are none in the books"),
            (Case::Orders, "there are none in the books"),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 3_600,
            youngest: 0,
            grace: None,
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        "/auth/authentication/connect/token"
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        match (&asked.method, asked.path.as_str()) {
            (&Method::GET, "/auth/authentication/connect/accesstokenvalidation") => validated(world, asked),
            (&Method::POST, "/webservices/processxml.asmx") => processed(world, asked),
            _ => Told::status(404),
        }
    }

    fn throttled(&self, _: &World, seconds: u64) -> Told {
        Told::status(429).with_header("retry-after", seconds)
    }

    fn absurdities(&self) -> usize {
        browse::ABSURD + dimensions::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        None
    }
}

/// The token stands in the query, whatever else shows it.
fn validated(world: &World, asked: &Asked) -> Told {
    let shown = asked.header("authorization").trim_start_matches("Bearer ");
    if asked.parameter("token").is_empty() || asked.parameter("token") != shown {
        return Told::json(&json!({ "Message": "invalid token" })).with_status(400);
    }
    Told::json(&json!({
        "iss": format!("{}/auth/authentication", world.base), "aud": "resource", "client_id": "client-id",
        "twf.organisationId": "9f1ac3c5-6a7c-4a4f-8f2c-0a6d0c8e7f11", "twf.organisationCode": "TWF-NOORD",
        "twf.clusterUrl": world.base,
    }))
}

/// An envelope with a token and an office in its head and a document in its body.
fn processed(world: &mut World, asked: &Asked) -> Told {
    let Ok(body) = std::str::from_utf8(&asked.body) else {
        return Told::status(400);
    };
    let is_soap = asked.header("content-type").starts_with("text/xml")
        && asked.header("soapaction") == "\"http://www.twinfield.com/ProcessXmlString\""
        && body.contains("<Header xmlns=\"http://www.twinfield.com/\">")
        && !between(body, "AccessToken").is_empty();
    if !is_soap {
        return fault("the request is no ProcessXmlString");
    }
    let request = unescaped(between(body, "xmlRequest"));
    if request == "<list><type>offices</type></list>" {
        return in_utf16(&offices(world));
    }
    if between(body, "CompanyCode") != OFFICE {
        return fault("Access denied.");
    }
    let kind = request.trim_start_matches('<').split(['>', ' ']).next();
    let document = match (kind.unwrap_or_default(), between(&request, "type")) {
        ("list", "dimensions") => dimensions::list(world),
        ("read", "dimensions") => dimensions::read(world, between(&request, "code")),
        ("columns", _) => browse::browse(world, &request),
        ("dimension", "DEB") => dimensions::write(world, &request),
        _ => return fault("unknown request"),
    };
    let escaped = escape(&format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{document}"));
    xml(envelope(&escaped))
}

fn offices(world: &World) -> String {
    let name = escape(world.model.name);
    format!("<offices result=\"1\"><office name=\"{name}\" shortname=\"\">{OFFICE}</office></offices>")
}

fn envelope(result: &str) -> String {
    format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
         <ProcessXmlStringResponse xmlns=\"http://www.twinfield.com/\"><ProcessXmlStringResult>{result}\
         </ProcessXmlStringResult></ProcessXmlStringResponse></soap:Body></soap:Envelope>"
    )
}

fn xml(body: String) -> Told {
    Told {
        status: 200,
        headers: vec![("content-type", "text/xml; charset=utf-8".to_owned())],
        body,
    }
}

/// Elements within the result, and all of it in UTF-16: so the list of offices comes.
fn in_utf16(document: &str) -> Told {
    Told {
        status: 200,
        headers: vec![("content-type", "text/xml; charset=utf-16".to_owned())],
        body: format!(
            "<ProcessXmlStringResponse><ProcessXmlStringResult>{document}</ProcessXmlStringResult>\
             </ProcessXmlStringResponse>"
        ),
    }
}

fn fault(reason: &str) -> Told {
    xml(FAULT.replace("REASON", reason))
}

/// The text between the tags of the first element of a name; empty when there is none.
fn between<'a>(text: &'a str, name: &str) -> &'a str {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let after = text.split_once(start.as_str()).map_or("", |(_, after)| after);
    after.split_once(end.as_str()).map_or("", |(inside, _)| inside)
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}
