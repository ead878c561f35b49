//! Words of an import.

use maan_connectors::files::Format;

use super::Asked;

/// Letters and digits in lower case, without the forms of companies: how names are compared.
pub(super) fn plain(name: &str) -> String {
    let spaced: String = name
        .to_lowercase()
        .chars()
        .filter(|c| *c != '.')
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let forms = [
        "bv", "nv", "vof", "cv", "gmbh", "ag", "kg", "sarl", "sa", "srl", "bvba", "ltd", "limited",
    ];
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let without: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !forms.contains(word))
        .collect();
    if without.is_empty() {
        words.join(" ")
    } else {
        without.join(" ")
    }
}

/// What a file is.
pub(super) fn format(format: Format) -> &'static str {
    match format {
        Format::Export => "an export of this program",
        Format::Ubl => "UBL invoice",
        Format::Xaf => "audit file XAF 3.2",
        Format::Csv => "CSV",
        Format::Excel => "Excel",
        Format::Camt053 => "bank statement CAMT.053",
    }
}

/// All questions, file by file.
pub(super) fn asked(asked: &[Asked]) -> String {
    let mut text = String::from("nothing was taken in; first answer");
    for file in asked {
        for question in &file.questions {
            text.push_str(&format!("\n{}: {question}", file.name));
        }
        let columns = file.mapped.columns.iter().map(|(header, field)| match field {
            Some(field) => format!("`{header}` as {field}"),
            None => format!("`{header}` left out"),
        });
        text.push_str(&format!(
            "\n{}: columns are read as {}",
            file.name,
            columns.collect::<Vec<_>>().join(", ")
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_compared_without_the_form_of_the_company() {
        assert_eq!(
            plain("Bakkerij De Korenaar B.V."),
            plain("bakkerij de korenaar bv")
        );
        assert_ne!(plain("Jansen"), plain("Janssen"));
        assert_eq!(plain("NV"), "nv");
    }
}
