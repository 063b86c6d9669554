"""A night's work: what is due, the crawl with its waves, and how it went."""
