"""A small Indonesian city on loopback: websites of many builds, a Graph API, a clock, and the truth."""
