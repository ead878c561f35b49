//! The consent page.

use super::Scope;

/// Text made safe to stand in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// A page that asks the user to allow or refuse; the form posts `consent`, `decision` and `administration_ids`.
pub(super) fn consent(
    client: &str,
    ticket: &str,
    scopes: &[Scope],
    administrations: &[(u64, &str)],
) -> String {
    let scopes: String = scopes
        .iter()
        .map(|scope| format!("<li>{}</li>", scope.word()))
        .collect();
    let choices: String = administrations
        .iter()
        .map(|(id, name)| {
            format!(
                "<p><label><input type=\"checkbox\" name=\"administration_ids\" value=\"{id}\" checked> {}</label></p>",
                escape(name)
            )
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Practice administration: allow access?</title></head>\
         <body><h1>Allow access to a practice administration?</h1>\
         <p>This is a practice server with fictional debtors. <strong>{}</strong> asks for:</p><ul>{scopes}</ul>\
         <form method=\"post\" action=\"/oauth/authorize\">{choices}\
         <input type=\"hidden\" name=\"consent\" value=\"{ticket}\">\
         <button name=\"decision\" value=\"allow\">Allow</button> \
         <button name=\"decision\" value=\"deny\">Refuse</button></form></body></html>",
        escape(client)
    )
}

/// A page for an error that must not be sent back to the client.
pub(super) fn error(message: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Practice administration: not possible</title></head>\
         <body><h1>This request for access is not possible</h1><p>{}</p></body></html>",
        escape(message)
    )
}
