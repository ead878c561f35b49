-- Moments are microseconds since 1970-01-01 UTC, days are days since 1970-01-01 in the tenant's time zone,
-- amounts are whole minor units, currencies are ISO 4217 numbers, ids are UUIDs of 16 bytes.
-- Columns named sealed_… hold: id of the key (8 bytes), nonce (24), XChaCha20-Poly1305 ciphertext with its tag.
-- References are checked when a transaction commits: statements over many rows need no journal of their own then.

-- This database; a copy of it keeps the id.
CREATE TABLE instance (
    only_one INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    id BLOB NOT NULL
) STRICT;

-- Policy components by their digest; no tenant's data.
CREATE TABLE component (
    digest BLOB NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL,
    manifest TEXT NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;

-- wrapped_key is the tenant's key under the host key named by host_key_id;
-- batches and chain_root are the length and the head of the tenant's chain of decisions.
CREATE TABLE tenant (
    tenant BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    key_id INTEGER NOT NULL,
    host_key_id INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    batches INTEGER NOT NULL,
    chain_root BLOB NOT NULL
) STRICT;

CREATE TABLE connection (
    tenant BLOB NOT NULL REFERENCES tenant DEFERRABLE INITIALLY DEFERRED,
    id BLOB NOT NULL,
    platform TEXT NOT NULL,
    config TEXT NOT NULL,
    sealed_secret BLOB NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT NOT NULL,
    last_read INTEGER,
    cursor TEXT,
    lease_holder TEXT,
    lease_until INTEGER,
    fence INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

-- What each record of a platform looked like when it was last read.
CREATE TABLE record_version (
    tenant BLOB NOT NULL,
    connection BLOB NOT NULL,
    entity TEXT NOT NULL,
    reference TEXT NOT NULL,
    version INTEGER NOT NULL,
    debtor BLOB,
    alias TEXT,
    deleted INTEGER NOT NULL,
    PRIMARY KEY (tenant, connection, entity, reference),
    FOREIGN KEY (tenant, connection) REFERENCES connection DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- wrapped_key is the debtor's key under the tenant's key; NULL once it was destroyed.
-- The columns from decided_version on are rewritten by every decision.
CREATE TABLE debtor (
    tenant BLOB NOT NULL REFERENCES tenant DEFERRABLE INITIALLY DEFERRED,
    id BLOB NOT NULL,
    reference TEXT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    fact_version INTEGER NOT NULL,
    key_id INTEGER NOT NULL,
    wrapped_key BLOB,
    decided_version INTEGER,
    environment BLOB,
    next_look INTEGER,
    currency INTEGER,
    open_amount INTEGER,
    overdue_amount INTEGER,
    held_amount INTEGER,
    segment TEXT,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

-- Facts are only ever added. One page is what became known of a debtor at once; its number is the debtor's
-- fact_version that it made.
CREATE TABLE fact_page (
    tenant BLOB NOT NULL,
    debtor BLOB NOT NULL,
    number INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (tenant, debtor, number),
    FOREIGN KEY (tenant, debtor) REFERENCES debtor DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX fact_page_by_moment ON fact_page (tenant, recorded_at);

CREATE TABLE administration_fact (
    tenant BLOB NOT NULL REFERENCES tenant DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, number)
) STRICT;

CREATE TABLE batch (
    tenant BLOB NOT NULL REFERENCES tenant DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    id BLOB NOT NULL,
    as_of INTEGER NOT NULL,
    known_at INTEGER NOT NULL,
    header BLOB NOT NULL,
    root BLOB NOT NULL,
    previous_root BLOB NOT NULL,
    PRIMARY KEY (tenant, number),
    UNIQUE (tenant, id)
) STRICT;

CREATE TABLE decision (
    tenant BLOB NOT NULL,
    batch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    debtor BLOB NOT NULL,
    decided_version INTEGER NOT NULL,
    next_look INTEGER,
    held TEXT,
    record BLOB NOT NULL,
    sealed_payload BLOB NOT NULL,
    sealed_views BLOB,
    PRIMARY KEY (tenant, batch, position),
    FOREIGN KEY (tenant, batch) REFERENCES batch DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (tenant, debtor) REFERENCES debtor DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX decision_of_debtor ON decision (tenant, debtor, batch, position);

-- Worklist and outbox. items is a JSON list of [item, round]; sealed_content is title and body.
-- moves counts the rows of action_history; fence rises with every lease and every move.
CREATE TABLE action (
    tenant BLOB NOT NULL,
    id BLOB NOT NULL,
    batch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    debtor BLOB NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    items TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    automation TEXT NOT NULL,
    earliest INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    currency INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    sealed_content BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    moves INTEGER NOT NULL,
    message_id TEXT,
    proof TEXT,
    not_before INTEGER,
    lease_holder TEXT,
    lease_until INTEGER,
    fence INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, batch, position) REFERENCES decision DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (tenant, debtor) REFERENCES debtor DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX action_worklist ON action (tenant, state, rank DESC, id);
CREATE INDEX action_of_debtor ON action (tenant, debtor);

-- What must happen once. A row stands as long as the action that claims it is live or done.
CREATE TABLE obligation (
    tenant BLOB NOT NULL,
    item BLOB NOT NULL,
    level TEXT NOT NULL,
    round INTEGER NOT NULL,
    action BLOB NOT NULL,
    PRIMARY KEY (tenant, item, level, round),
    FOREIGN KEY (tenant, action) REFERENCES action DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE INDEX obligation_of_action ON obligation (tenant, action);

CREATE TABLE action_history (
    tenant BLOB NOT NULL,
    action BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (tenant, action, number),
    FOREIGN KEY (tenant, action) REFERENCES action DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE INDEX action_history_by_moment ON action_history (tenant, to_state, at);

-- The newest row of a slot is in force.
CREATE TABLE deployment (
    tenant BLOB NOT NULL REFERENCES tenant DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    slot TEXT NOT NULL,
    component BLOB NOT NULL REFERENCES component DEFERRABLE INITIALLY DEFERRED,
    settings TEXT NOT NULL,
    settings_digest BLOB NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant, number)
) STRICT;
