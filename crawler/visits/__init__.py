"""One pure generator a channel: yields fetches, receives pages, returns one harvest."""
