-- What an action claims is found by its items.
DROP INDEX obligation_of_action;
