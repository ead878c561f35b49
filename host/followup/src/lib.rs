//! The run: changed facts, decisions, guarded proposals, worklist.
