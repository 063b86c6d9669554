"""Rubrics as data."""
