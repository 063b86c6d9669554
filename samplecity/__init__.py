"""A small city on loopback, with its own clock, its own faults and its own truth."""
