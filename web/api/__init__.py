"""A read-only JSON API for programs: the pages' own door, with answers that a program reads."""
