"""Read posts, and the evidence for their dates, out of a page."""
