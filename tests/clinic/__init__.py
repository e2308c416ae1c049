"""The clinic: the same tests on SQLite and on PostgreSQL."""
