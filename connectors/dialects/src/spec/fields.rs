use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The names of the fields of some kinds of records.
pub struct Fields(BTreeMap<String, BTreeSet<String>>);

impl Fields {
    /// From `{"kind": {"properties": {"field": …}}}`.
    pub fn of_properties(document: &Value) -> Self {
        let kinds = document.as_object().into_iter().flatten().map(|(kind, schema)| {
            let names = schema["properties"].as_object().into_iter().flatten();
            (kind.clone(), names.map(|(name, _)| name.clone()).collect())
        });
        Self(kinds.collect())
    }

    /// The elements and attributes of the complex types of schemas in XML, with those of the types that they extend.
    ///
    /// # Panics
    /// They are no XML.
    pub fn of_schemas(documents: &[&str]) -> Self {
        let mut own: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
        for document in documents {
            let document = roxmltree::Document::parse(document).expect("the specification is XML");
            let types = document
                .descendants()
                .filter(|node| node.has_tag_name((XSD, "complexType")));
            for node in types {
                let Some(name) = node.attribute("name") else {
                    continue;
                };
                let extended = node
                    .descendants()
                    .find(|node| node.has_tag_name((XSD, "extension")));
                let base = extended.and_then(|node| node.attribute("base")).map(local);
                let is_field = |tag: &str| tag == "element" || tag == "attribute";
                let elements = node.descendants().filter(|node| is_field(node.tag_name().name()));
                let names = elements.filter_map(|node| node.attribute("name").or(node.attribute("ref")));
                let names = names.map(local).collect();
                own.insert(name.to_owned(), (base.unwrap_or_default(), names));
            }
        }
        let with_base = |kind: &String| {
            let mut all = BTreeSet::new();
            let mut next = Some(kind);
            while let Some((base, names)) = next.and_then(|kind| own.get(kind)) {
                all.extend(names.iter().cloned());
                next = Some(base);
            }
            (kind.clone(), all)
        };
        Self(own.keys().map(with_base).collect())
    }

    /// The fields of a record that its kind does not have; names that begin with `@` are not the record's.
    pub fn complaints(&self, kind: &str, record: &Value) -> Vec<String> {
        let Some(names) = self.0.get(kind) else {
            return vec![format!("there is no {kind}")];
        };
        let fields = record.as_object().into_iter().flatten();
        let unknown = fields.filter(|(name, _)| !name.starts_with('@') && !names.contains(*name));
        unknown.map(|(name, _)| format!("{kind} has no {name}")).collect()
    }
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn unknown_fields_are_noticed() {
        let fields =
            Fields::of_properties(&json!({ "customer": { "properties": { "id": {}, "number": {} } } }));
        assert_eq!(
            fields.complaints("customer", &json!({ "id": 1, "@odata.etag": "x" })),
            Vec::<String>::new()
        );
        assert_eq!(
            fields.complaints("customer", &json!({ "iid": 1 })),
            ["customer has no iid"]
        );
        let schema = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:complexType name="Base"><xs:sequence><xs:element name="Id"/></xs:sequence></xs:complexType>
            <xs:complexType name="Customer"><xs:complexContent><xs:extension base="Base">
              <xs:sequence><xs:element name="Name"/><xs:element ref="Line"/></xs:sequence>
            </xs:extension></xs:complexContent></xs:complexType></xs:schema>"#;
        let fields = Fields::of_schemas(&[schema]);
        assert_eq!(
            fields.complaints("Customer", &json!({ "Id": 1, "Name": "", "Line": 1 })),
            Vec::<String>::new()
        );
        assert_eq!(
            fields.complaints("Base", &json!({ "Name": 1 })),
            ["Base has no Name"]
        );
        assert_eq!(fields.complaints("Other", &json!({})), ["there is no Other"]);
    }
}
