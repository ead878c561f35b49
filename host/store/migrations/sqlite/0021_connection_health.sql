-- How the newest try to read went: when it was, why it failed (NULL when it did not), and how many calls the platform
-- still took (NULL where it does not tell).
ALTER TABLE connection ADD COLUMN tried_at INTEGER;
ALTER TABLE connection ADD COLUMN trouble TEXT;
ALTER TABLE connection ADD COLUMN calls_left INTEGER;
