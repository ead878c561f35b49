-- How a platform tells that something changed: the last step of the address that it calls, the whole address as it was
-- told to it (empty before that), its id of the subscription (NULL when a person sets it up) and with which secret its
-- messages are signed (NULL while that is not known).
CREATE TABLE hook (
    tenant UUID NOT NULL,
    connection UUID NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    subscription TEXT COLLATE "C",
    sealed_secret BYTEA,
    since BIGINT,
    ends BIGINT,
    last_message BIGINT,
    PRIMARY KEY (tenant, connection),
    FOREIGN KEY (tenant, connection) REFERENCES connection
);

ALTER TABLE hook ENABLE ROW LEVEL SECURITY;
ALTER TABLE hook FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON hook
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);

-- Who reads a connection, until when without word of it, and the number of the reading: one that was overtaken keeps
-- nothing more.
ALTER TABLE connection ADD COLUMN reader TEXT COLLATE "C";
ALTER TABLE connection ADD COLUMN reading_until BIGINT;
ALTER TABLE connection ADD COLUMN reading BIGINT NOT NULL DEFAULT 0;
