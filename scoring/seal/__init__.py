"""The sealed semester: one archive of bytes out of values, and back, recomputed from itself. Pure."""
