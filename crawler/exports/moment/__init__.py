"""Moments as exports write them: their zones, their order of day and month."""
