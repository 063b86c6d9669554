"""Integrity flags: one file a kind, each finds and tells, none decides."""
