"""Sentences read back so that they can be said in another language, and made safe to show."""
