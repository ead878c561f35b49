//! Accounting platforms: OAuth, rate limits and retries once, one folder per platform.
