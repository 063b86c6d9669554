"""Whether a database holds what docs/database.md promises of it: looked at, and never changed."""
