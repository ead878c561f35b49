-- Questions to registers that cost something: their price is set aside before they are asked, then charged or released.
-- Months are counted from January of the year 0, in the tenant's time zone.
CREATE TABLE look_up (
    tenant BLOB NOT NULL,
    id BLOB NOT NULL,
    debtor BLOB NOT NULL,
    service TEXT NOT NULL,
    month INTEGER NOT NULL,
    price INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, debtor) REFERENCES debtor
) STRICT;

CREATE INDEX look_up_by_month ON look_up (tenant, month);
