"""Visits to Instagram and Facebook through the Graph API."""
