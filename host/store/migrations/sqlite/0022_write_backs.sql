-- What is written back to the platforms: what was done here, told there once.

-- What became known up to this moment is queued already.
CREATE TABLE write_back_start (
    tenant BLOB NOT NULL PRIMARY KEY REFERENCES tenant DEFERRABLE INITIALLY DEFERRED,
    through INTEGER NOT NULL
) STRICT;

-- The id follows from what is told, so that nothing is queued twice; what it says is in the facts of the debtor.
-- not_before is the end of the lease while it is being written.
CREATE TABLE write_back (
    tenant BLOB NOT NULL,
    id BLOB NOT NULL,
    debtor BLOB NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, debtor) REFERENCES debtor DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX write_back_by_state ON write_back (tenant, state, not_before);
CREATE INDEX write_back_of_debtor ON write_back (tenant, debtor);
