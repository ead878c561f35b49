-- The group whose exposure counts together: NULL before the debtor was described, empty outside a group; and what
-- was last stated to the debtor of it.
ALTER TABLE debtor ADD COLUMN group_name TEXT;
ALTER TABLE debtor ADD COLUMN group_stated INTEGER;
CREATE INDEX debtor_group ON debtor (tenant, group_name) WHERE (group_name <> '' OR group_stated IS NOT NULL);
