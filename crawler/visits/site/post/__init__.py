"""A site's posts by themselves: their identity, own pages, dates, copies and absence."""
