//! Twinfield's documents: decoded, parsed, read by name.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use roxmltree::{Document, Node, ParsingOptions};

/// The text of an answer, which may come in UTF-16. None when it is not text.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let (encoding, from) = match (Encoding::for_bom(bytes), bytes) {
        (Some(found), _) => found,
        (None, [b'<', 0, ..]) => (UTF_16LE, 0),
        (None, [0, b'<', ..]) => (UTF_16BE, 0),
        (None, _) => (UTF_8, 0),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(from..)?);
    text.map(|text| text.into_owned())
}

/// A document. Document types are refused: they can grow without end or name other files.
pub(super) fn parsed(text: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| error.to_string())
}

/// All elements of a name below a node.
pub(super) fn all<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |child| child.tag_name().name() == name)
}

/// The first element of a name below a node.
pub(super) fn find<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    all(node, name).next()
}

/// The element at a path of children.
pub(super) fn at<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| {
        node.children().find(|child| child.tag_name().name() == *name)
    })
}

/// The text of the element at a path of children; empty when there is none.
pub(super) fn value<'a>(node: Node<'a, '_>, path: &[&str]) -> &'a str {
    at(node, path).map(own_text).unwrap_or_default()
}

/// The text of an element.
pub(super) fn own_text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

/// Text for the inside of an element. XML 1.0 has no control characters but these three.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => escaped.push(letter),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_read_and_what_is_no_text_is_not() {
        let text = "<a>é €</a>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xff, 0xfe][..], &little].concat();
        for bytes in [text.as_bytes(), &little, &big, &marked] {
            assert_eq!(decoded(bytes).as_deref(), Some(text));
        }
        for bytes in [&b"<a>\xff</a>"[..], &little[..little.len() - 1]] {
            assert_eq!(decoded(bytes), None);
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = element("comment", "Belafspraak: 3 december <\"é\"> &\u{1}");
        let document = parsed(&written).unwrap();
        assert_eq!(
            own_text(document.root_element()),
            "Belafspraak: 3 december <\"é\"> &"
        );
        assert!(parsed("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
    }
}
