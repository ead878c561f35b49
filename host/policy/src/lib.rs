//! Loads, limits, runs, records and replays policy components.
