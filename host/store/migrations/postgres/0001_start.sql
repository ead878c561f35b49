-- Moments are microseconds since 1970-01-01 UTC, days are days since 1970-01-01 in the tenant's time zone,
-- amounts are whole minor units, currencies are ISO 4217 numbers, ids are UUIDs.
-- Texts are ordered by their bytes, as SQLite does.
-- Columns named sealed_… hold: id of the key (8 bytes), nonce (24), XChaCha20-Poly1305 ciphertext with its tag.

-- This database; a copy of it keeps the id.
CREATE TABLE instance (
    only_one BIGINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    id UUID NOT NULL
);

-- Policy components by their digest; no tenant's data.
CREATE TABLE component (
    digest BYTEA NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL,
    manifest TEXT COLLATE "C" NOT NULL,
    added_at BIGINT NOT NULL
);

-- wrapped_key is the tenant's key under the host key named by host_key_id;
-- batches and chain_root are the length and the head of the tenant's chain of decisions.
CREATE TABLE tenant (
    tenant UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    settings TEXT COLLATE "C" NOT NULL,
    key_id BIGINT NOT NULL,
    host_key_id BIGINT NOT NULL,
    wrapped_key BYTEA NOT NULL,
    batches BIGINT NOT NULL,
    chain_root BYTEA NOT NULL
);

CREATE TABLE connection (
    tenant UUID NOT NULL REFERENCES tenant,
    id UUID NOT NULL,
    platform TEXT COLLATE "C" NOT NULL,
    config TEXT COLLATE "C" NOT NULL,
    sealed_secret BYTEA NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    state_reason TEXT COLLATE "C" NOT NULL,
    last_read BIGINT,
    cursor TEXT COLLATE "C",
    lease_holder TEXT COLLATE "C",
    lease_until BIGINT,
    fence BIGINT NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- What each record of a platform looked like when it was last read.
CREATE TABLE record_version (
    tenant UUID NOT NULL,
    connection UUID NOT NULL,
    entity TEXT COLLATE "C" NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    debtor UUID,
    alias TEXT COLLATE "C",
    deleted BOOLEAN NOT NULL,
    PRIMARY KEY (tenant, connection, entity, reference),
    FOREIGN KEY (tenant, connection) REFERENCES connection
);

-- wrapped_key is the debtor's key under the tenant's key; NULL once it was destroyed.
-- The columns from decided_version on are rewritten by every decision.
CREATE TABLE debtor (
    tenant UUID NOT NULL REFERENCES tenant,
    id UUID NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    search TEXT COLLATE "C" NOT NULL,
    fact_version BIGINT NOT NULL,
    key_id BIGINT NOT NULL,
    wrapped_key BYTEA,
    decided_version BIGINT,
    environment BYTEA,
    next_look INTEGER,
    currency SMALLINT,
    open_amount BIGINT,
    overdue_amount BIGINT,
    held_amount BIGINT,
    segment TEXT COLLATE "C",
    PRIMARY KEY (tenant, id)
);

-- Facts are only ever added. One page is what became known of a debtor at once; its number is the debtor's
-- fact_version that it made.
CREATE TABLE fact_page (
    tenant UUID NOT NULL,
    debtor UUID NOT NULL,
    number BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (tenant, debtor, number),
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
);

CREATE INDEX fact_page_by_moment ON fact_page (tenant, recorded_at);

CREATE TABLE administration_fact (
    tenant UUID NOT NULL REFERENCES tenant,
    number BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, number)
);

CREATE TABLE batch (
    tenant UUID NOT NULL REFERENCES tenant,
    number BIGINT NOT NULL,
    id UUID NOT NULL,
    as_of INTEGER NOT NULL,
    known_at BIGINT NOT NULL,
    header BYTEA NOT NULL,
    root BYTEA NOT NULL,
    previous_root BYTEA NOT NULL,
    PRIMARY KEY (tenant, number),
    UNIQUE (tenant, id)
);

CREATE TABLE decision (
    tenant UUID NOT NULL,
    batch BIGINT NOT NULL,
    position INTEGER NOT NULL,
    debtor UUID NOT NULL,
    decided_version BIGINT NOT NULL,
    next_look INTEGER,
    held TEXT COLLATE "C",
    record BYTEA NOT NULL,
    sealed_payload BYTEA NOT NULL,
    sealed_views BYTEA,
    PRIMARY KEY (tenant, batch, position),
    FOREIGN KEY (tenant, batch) REFERENCES batch,
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
);

CREATE INDEX decision_of_debtor ON decision (tenant, debtor, batch, position);

-- Worklist and outbox. items is a JSON list of [item, round]; sealed_content is title and body.
-- moves counts the rows of action_history; fence rises with every lease and every move.
CREATE TABLE action (
    tenant UUID NOT NULL,
    id UUID NOT NULL,
    batch BIGINT NOT NULL,
    position INTEGER NOT NULL,
    debtor UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    level TEXT COLLATE "C" NOT NULL,
    items TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    automation TEXT COLLATE "C" NOT NULL,
    earliest INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    rank BIGINT NOT NULL,
    currency SMALLINT NOT NULL,
    amount BIGINT NOT NULL,
    sealed_content BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    moves BIGINT NOT NULL,
    message_id TEXT COLLATE "C",
    proof TEXT COLLATE "C",
    not_before BIGINT,
    lease_holder TEXT COLLATE "C",
    lease_until BIGINT,
    fence BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, batch, position) REFERENCES decision,
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
);

CREATE INDEX action_worklist ON action (tenant, state, rank DESC, id);
CREATE INDEX action_of_debtor ON action (tenant, debtor);

-- What must happen once. A row stands as long as the action that claims it is live or done.
CREATE TABLE obligation (
    tenant UUID NOT NULL,
    item UUID NOT NULL,
    level TEXT COLLATE "C" NOT NULL,
    round INTEGER NOT NULL,
    action UUID NOT NULL,
    PRIMARY KEY (tenant, item, level, round),
    FOREIGN KEY (tenant, action) REFERENCES action
);

CREATE INDEX obligation_of_action ON obligation (tenant, action);

CREATE TABLE action_history (
    tenant UUID NOT NULL,
    action UUID NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    from_state TEXT COLLATE "C",
    to_state TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, action, number),
    FOREIGN KEY (tenant, action) REFERENCES action
);

CREATE INDEX action_history_by_moment ON action_history (tenant, to_state, at);

-- The newest row of a slot is in force.
CREATE TABLE deployment (
    tenant UUID NOT NULL REFERENCES tenant,
    number BIGINT NOT NULL,
    slot TEXT COLLATE "C" NOT NULL,
    component BYTEA NOT NULL REFERENCES component,
    settings TEXT COLLATE "C" NOT NULL,
    settings_digest BYTEA NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    why TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant, number)
);

-- Beside the tenant in every statement: a transaction sees and writes only the tenant named by its setting
-- maan.tenant, and nothing where it is not set. The owner of the tables is bound as well. The nil UUID is the
-- host itself, which sees the list of tenants and nothing else.
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid
        OR NULLIF(current_setting('maan.tenant', true), '')::uuid = '00000000-0000-0000-0000-000000000000');
ALTER TABLE connection ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON connection
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE record_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE record_version FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON record_version
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE debtor ENABLE ROW LEVEL SECURITY;
ALTER TABLE debtor FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON debtor
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE fact_page ENABLE ROW LEVEL SECURITY;
ALTER TABLE fact_page FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON fact_page
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE administration_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE administration_fact FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON administration_fact
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE batch FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON batch
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON decision
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE action ENABLE ROW LEVEL SECURITY;
ALTER TABLE action FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON action
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE obligation ENABLE ROW LEVEL SECURITY;
ALTER TABLE obligation FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON obligation
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE action_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE action_history FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON action_history
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
ALTER TABLE deployment ENABLE ROW LEVEL SECURITY;
ALTER TABLE deployment FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON deployment
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
