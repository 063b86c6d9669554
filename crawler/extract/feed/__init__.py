"""Lists that a site writes for machines: feeds, APIs and sitemaps."""
