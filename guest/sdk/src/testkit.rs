//! Builds cases for tests in a few lines.
