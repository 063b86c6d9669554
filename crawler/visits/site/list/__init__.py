"""A site's lists: home page, menu, pages, feeds, APIs and maps, walked to their end."""
