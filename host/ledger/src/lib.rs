//! Facts, money, days, snapshots and metrics of accounts receivable.
