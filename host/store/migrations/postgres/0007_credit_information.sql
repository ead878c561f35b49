-- Credit bureaux and registers that an administration asks, and what it ordered of them.

-- Which bureau, the budget of a month, how long answers are good, as JSON.
CREATE TABLE credit_settings (
    tenant UUID NOT NULL PRIMARY KEY REFERENCES tenant,
    settings TEXT COLLATE "C" NOT NULL
);

CREATE TABLE credit_service (
    tenant UUID NOT NULL REFERENCES tenant,
    service TEXT COLLATE "C" NOT NULL,
    config TEXT COLLATE "C" NOT NULL,
    sealed_credentials BYTEA NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, service)
);

-- A report that was ordered for an action: reserved before it is asked for, then charged or released. Months are
-- counted from January of the year 0, in the tenant's time zone.
CREATE TABLE report_order (
    tenant UUID NOT NULL,
    action UUID NOT NULL,
    debtor UUID NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    month INTEGER NOT NULL,
    price BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant, action),
    FOREIGN KEY (tenant, action) REFERENCES action,
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
);

CREATE INDEX report_order_by_month ON report_order (tenant, month);
CREATE INDEX report_order_of_debtor ON report_order (tenant, debtor);

ALTER TABLE credit_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE credit_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON credit_settings
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);

ALTER TABLE credit_service ENABLE ROW LEVEL SECURITY;
ALTER TABLE credit_service FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON credit_service
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);

ALTER TABLE report_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_order FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON report_order
    USING (tenant = NULLIF(current_setting('maan.tenant', true), '')::uuid);
