-- What is written back to the platforms: what was done here, told there once.

-- What became known up to this moment is queued already.
CREATE TABLE write_back_start (
    tenant UUID NOT NULL PRIMARY KEY REFERENCES tenant,
    through BIGINT NOT NULL
);

-- The id follows from what is told, so that nothing is queued twice; what it says is in the facts of the debtor.
-- not_before is the end of the lease while it is being written.
CREATE TABLE write_back (
    tenant UUID NOT NULL,
    id UUID NOT NULL,
    debtor UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    why TEXT COLLATE "C" NOT NULL,
    attempts INTEGER NOT NULL,
    not_before BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
);

CREATE INDEX write_back_by_state ON write_back (tenant, state, not_before);
CREATE INDEX write_back_of_debtor ON write_back (tenant, debtor);

ALTER TABLE write_back_start ENABLE ROW LEVEL SECURITY;
ALTER TABLE write_back_start FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON write_back_start
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);

ALTER TABLE write_back ENABLE ROW LEVEL SECURITY;
ALTER TABLE write_back FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON write_back
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
