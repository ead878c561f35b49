//! A strict OAuth 2 server: authorization code with PKCE (RFC 6749, RFC 7636), rotating refresh tokens whose reuse
//! ends the grant (RFC 9700), and revocation (RFC 7009).

mod grants;
mod page;
mod routes;
mod tokens;

pub(crate) use grants::{Access, Grants, Lifetimes};
pub(crate) use routes::{authorize, decide, revoke, token};

/// What a client may see and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    SalesInvoices,
    Documents,
    Estimates,
    Bank,
    TimeEntries,
    Settings,
}

impl Scope {
    pub(crate) const ALL: [Self; 6] = [
        Self::SalesInvoices,
        Self::Documents,
        Self::Estimates,
        Self::Bank,
        Self::TimeEntries,
        Self::Settings,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::SalesInvoices => "sales_invoices",
            Self::Documents => "documents",
            Self::Estimates => "estimates",
            Self::Bank => "bank",
            Self::TimeEntries => "time_entries",
            Self::Settings => "settings",
        }
    }

    /// Scopes from a list separated by spaces; without a list only sales invoices. `None` for an unknown scope.
    fn list(text: Option<&str>) -> Option<Vec<Self>> {
        let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
        if words.is_empty() {
            return Some(vec![Self::SalesInvoices]);
        }
        words
            .into_iter()
            .map(|word| Self::ALL.into_iter().find(|scope| scope.word() == word))
            .collect()
    }
}
