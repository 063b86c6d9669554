"""Processes that each crawl the accounts of some servers, and the one that watches them and writes."""
