//! The same text as a page for mail programs: no script, no image, nothing from outside.

use std::fmt::Write;

use crate::Language;
use crate::texts::{Block, Items, Layout};

/// Writes the page. Every value is escaped.
pub(crate) fn page(language: Language, blocks: &[Block], layout: &Layout) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"></head>\
         <body style=\"font:16px/1.5 Georgia,serif;color:#1c2430;max-width:38em;margin:2em auto;padding:0 1em\">",
        language.tag()
    );
    for block in blocks {
        match block {
            Block::Paragraph(text) => paragraph(&mut out, text),
            Block::Items(items) => table(&mut out, items, layout),
            Block::Instalments(rows) => instalments(&mut out, rows),
            Block::Link { number, link } => {
                let _ = write!(
                    out,
                    "<p><a href=\"{}\">{} {}</a></p>",
                    escape(link),
                    escape(&layout.pay_online),
                    escape(number)
                );
            }
        }
    }
    out.push_str("</body></html>\n");
    out
}

const CELL: &str = "padding:.35em .6em;border-bottom:1px solid #d9dee5;text-align:left";
const RIGHT: &str = "padding:.35em .6em;border-bottom:1px solid #d9dee5;text-align:right;white-space:nowrap";

fn paragraph(out: &mut String, text: &str) {
    let _ = write!(out, "<p>{}</p>", escape(text).replace('\n', "<br>"));
}

fn table(out: &mut String, items: &Items, layout: &Layout) {
    out.push_str("<table style=\"border-collapse:collapse;width:100%\"><thead><tr>");
    for (place, name) in layout.columns.iter().enumerate() {
        let style = if place < 2 { CELL } else { RIGHT };
        let _ = write!(out, "<th style=\"{style}\">{}</th>", escape(name));
    }
    out.push_str("</tr></thead><tbody>");
    items.first.iter().for_each(|first| sum(out, first));
    for [number, due, late, open] in &items.rows {
        let _ = write!(
            out,
            "<tr><td style=\"{CELL}\">{}</td><td style=\"{CELL}\">{}</td><td style=\"{RIGHT}\">{}</td>\
             <td style=\"{RIGHT}\">{}</td></tr>",
            escape(number),
            escape(due),
            escape(late),
            escape(open)
        );
    }
    out.push_str("</tbody><tfoot>");
    items.sums.iter().for_each(|one| sum(out, one));
    out.push_str("</tfoot></table>");
}

fn sum(out: &mut String, (label, amount): &(String, String)) {
    let _ = write!(
        out,
        "<tr><th colspan=\"3\" style=\"{CELL}\">{}</th><td style=\"{RIGHT}\"><strong>{}</strong></td></tr>",
        escape(label),
        escape(amount)
    );
}

fn instalments(out: &mut String, rows: &[[String; 3]]) {
    out.push_str("<table style=\"border-collapse:collapse\"><tbody>");
    for [place, day, amount] in rows {
        let _ = write!(
            out,
            "<tr><td style=\"{CELL}\">{}</td><td style=\"{CELL}\">{}</td><td style=\"{RIGHT}\">{}</td></tr>",
            escape(place),
            escape(day),
            escape(amount)
        );
    }
    out.push_str("</tbody></table>");
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
