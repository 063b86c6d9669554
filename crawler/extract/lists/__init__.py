"""Pages that list posts: their records, their links and the slot in which their dates stand."""
