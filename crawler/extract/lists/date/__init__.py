"""Dates as they stand in a list, before one is taken for a post's."""
