"""Offices and people: who they are, who may sign in, what they send and are sent."""
