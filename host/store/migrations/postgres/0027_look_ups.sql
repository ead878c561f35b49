-- Questions to registers that cost something: their price is set aside before they are asked, then charged or released.
-- Months are counted from January of the year 0, in the tenant's time zone.
CREATE TABLE look_up (
    tenant UUID NOT NULL,
    id UUID NOT NULL,
    debtor UUID NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    month INTEGER NOT NULL,
    price BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
);

CREATE INDEX look_up_by_month ON look_up (tenant, month);

ALTER TABLE look_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE look_up FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON look_up
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
