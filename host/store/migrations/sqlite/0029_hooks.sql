-- How a platform tells that something changed: the last step of the address that it calls, the whole address as it was
-- told to it (empty before that), its id of the subscription (NULL when a person sets it up) and with which secret its
-- messages are signed (NULL while that is not known).
CREATE TABLE hook (
    tenant BLOB NOT NULL,
    connection BLOB NOT NULL,
    path TEXT NOT NULL,
    address TEXT NOT NULL,
    subscription TEXT,
    sealed_secret BLOB,
    since INTEGER,
    ends INTEGER,
    last_message INTEGER,
    PRIMARY KEY (tenant, connection),
    FOREIGN KEY (tenant, connection) REFERENCES connection DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- Who reads a connection, until when without word of it, and the number of the reading: one that was overtaken keeps
-- nothing more.
ALTER TABLE connection ADD COLUMN reader TEXT;
ALTER TABLE connection ADD COLUMN reading_until INTEGER;
ALTER TABLE connection ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
