use futures_util::future::BoxFuture;
use thiserror::Error;

use super::Tokens;

/// Kept tokens with their version, which rises with each replacement.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The tokens.
    pub tokens: Tokens,
    /// Which replacement they came with.
    pub version: u64,
}

/// The right to renew the tokens of one connection, for a while.
#[derive(Clone, Debug)]
pub struct Lease {
    /// The tokens when the right was given.
    pub stored: Stored,
    /// Rises with each lease, so that a holder whose time has passed is recognised.
    pub fence: u64,
}

/// Where the embedder keeps the tokens of one connection.
///
/// A lease must hold for at least two minutes, longer than an attempt to renew takes. `replace` returns only when
/// the tokens are durable: they are used after that, never before.
pub trait TokenVault: Send + Sync {
    /// The tokens as they are now.
    fn current(&self) -> BoxFuture<'_, Result<Stored, VaultError>>;

    /// Takes the right to renew; none while another holder has it.
    fn lease(&self) -> BoxFuture<'_, Result<Option<Lease>, VaultError>>;

    /// Keeps new tokens, gives the right back and tells their version. Fails with [`VaultError::LeaseLost`] when
    /// the fence is no longer the newest.
    fn replace<'a>(&'a self, lease: &'a Lease, tokens: &'a Tokens) -> BoxFuture<'a, Result<u64, VaultError>>;

    /// Gives the right back.
    fn release<'a>(&'a self, lease: &'a Lease) -> BoxFuture<'a, Result<(), VaultError>>;
}

/// Why tokens cannot be read or kept.
#[derive(Debug, Error)]
pub enum VaultError {
    /// There are none.
    #[error("this administration is not connected; connect it first")]
    Empty,
    /// The lease ran out and another holder has it.
    #[error("another process took over renewing the access; its tokens are used next time")]
    LeaseLost,
    /// The store failed.
    #[error("the tokens cannot be kept or read ({0}); see to the database and its disk")]
    Failed(String),
}
