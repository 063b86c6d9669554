"""Scrapy's side of the drive: where it asks, answers, resolves names and renders for us."""
