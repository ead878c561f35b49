-- Credit bureaux and registers that an administration asks, and what it ordered of them.

-- Which bureau, the budget of a month, how long answers are good, as JSON.
CREATE TABLE credit_settings (
    tenant BLOB NOT NULL PRIMARY KEY REFERENCES tenant,
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE credit_service (
    tenant BLOB NOT NULL REFERENCES tenant,
    service TEXT NOT NULL,
    config TEXT NOT NULL,
    sealed_credentials BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, service)
) STRICT;

-- A report that was ordered for an action: reserved before it is asked for, then charged or released. Months are
-- counted from January of the year 0, in the tenant's time zone.
CREATE TABLE report_order (
    tenant BLOB NOT NULL,
    action BLOB NOT NULL,
    debtor BLOB NOT NULL,
    service TEXT NOT NULL,
    month INTEGER NOT NULL,
    price INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant, action),
    FOREIGN KEY (tenant, action) REFERENCES action,
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
) STRICT;

CREATE INDEX report_order_by_month ON report_order (tenant, month);
CREATE INDEX report_order_of_debtor ON report_order (tenant, debtor);
