//! Consent by OAuth 2: the authorization code flow with PKCE (RFC 6749, RFC 7636), refresh by one holder at a
//! time, and revocation (RFC 7009).

mod authorization;
mod consent_end;
mod endpoint;
mod error;
mod pkce;
mod redirect;
mod session;
mod tokens;
mod vault;

pub use authorization::{Authorization, told};
pub use consent_end::ConsentEnd;
pub use endpoint::{ClientAuthentication, ClientCredentials, Grant, Provider, TokenEndpoint};
pub use error::OAuthError;
pub use redirect::RedirectListener;
pub use session::{Access, Session};
pub use tokens::Tokens;
pub use vault::{Lease, Stored, TokenVault, VaultError};
