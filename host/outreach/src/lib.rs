//! Channels, outbox and texts.
