//! SOAP: written by hand, since a call has a handful of fields; read by name, whatever the prefixes.

use roxmltree::{Document, Node, ParsingOptions};

use super::Why;

/// More elements are no answer of a register.
const NODES: u32 = 200_000;

/// Text for the inside of an element.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML 1.0 has no other control characters
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// An element with text in it.
pub(super) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(text))
}

/// The text of an answer, which is read by [`parsed`].
pub(super) fn text(body: &[u8]) -> Result<&str, Why> {
    std::str::from_utf8(body).map_err(|error| Why::NotUnderstood(error.to_string()))
}

/// An answer. Document types are refused: they can grow without end or name other files.
pub(super) fn parsed(text: &str) -> Result<Document<'_>, Why> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| Why::NotUnderstood(error.to_string()))
}

/// The first element of a name below a node.
pub(super) fn find<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|child| child.tag_name().name() == name)
}

/// All elements of a name below a node.
pub(super) fn all<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |child| child.tag_name().name() == name)
}

/// The text of the first element of a name below a node; empty when it is absent.
pub(super) fn value<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    find(node, name)
        .and_then(|found| found.text())
        .unwrap_or_default()
        .trim()
}

/// What a fault says, in SOAP 1.1 and 1.2.
pub(super) fn fault(document: &Document<'_>) -> Option<String> {
    let fault = find(document.root(), "Fault")?;
    let said = ["faultstring", "Text"].map(|name| value(fault, name));
    Some(
        said.into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or("a fault without words")
            .to_owned(),
    )
}
