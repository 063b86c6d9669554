"""A night's crawl: its run, its targets, what it brings, and how it looked."""
