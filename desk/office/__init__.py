"""Offices and people: found by name, signed in, and the files that they hand in."""
